"""What goes into an operation and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Arguments:
    """The values of one call, already checked against the contract.

    `path`, `query` and `headers` hold the declared parameters by their declared names (header
    names in lower case), coerced to the type their schema names; a parameter that was not sent
    and has no default is missing from its mapping. `body` is the parsed JSON, or None when none
    was sent (`has_body` tells the two apart from a JSON null).
    """

    path: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    has_body: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is bytes.

    `body` is JSON data or what JSON data follows from (`derived`), or None for an answer without
    content (a JSON null is never answered).
    `headers` are those the operation sets itself; content type and length are added on the way out.
    """

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
