"""What goes into an operation and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

_NONE: Mapping[str, Any] = MappingProxyType({})


class Arguments(NamedTuple):
    """The values of one call, already checked against the contract.

    `path`, `query` and `headers` hold the declared parameters by their declared names (header
    names in lower case), coerced to the type their schema names; a parameter that was not sent
    and has no default is missing from its mapping. `body` is the parsed JSON, or None when none
    was sent (`has_body` tells the two apart from a JSON null).
    """

    path: Mapping[str, Any] = _NONE
    query: Mapping[str, Any] = _NONE
    headers: Mapping[str, Any] = _NONE
    body: Any = None
    has_body: bool = False


class Reply(NamedTuple):
    """An answer before it is bytes.

    `body` is JSON data or what JSON data follows from (`derived`), or None for an answer without
    content (a JSON null is never answered).
    `headers` are those the operation sets itself; content type and length are added on the way out.
    """

    status: int
    body: Any = None
    headers: Mapping[str, str] = _NONE
    media_type: str = "application/json"
