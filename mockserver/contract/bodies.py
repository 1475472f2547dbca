"""Reading JSON strictly: what two parsers could read differently is refused."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from mockserver.contract.violations import Violation, ViolationError

# Deeper than any schema asks for, and well below where a serialiser gives up (orjson: 254).
DEPTH_LIMIT = 100
_MEMBER = re.compile(rb'"[ \t\r\n]*:')


def read_json(text: bytes) -> Any:
    """Parse a JSON body; ViolationError when it is not exactly one RFC 8259 value in UTF-8.

    Refused as well: a member given twice, nesting beyond 100 levels, numbers outside the range
    of a double (`1e999`), integers beyond 64 bits, lone surrogates.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _refused(_reason(text, error)) from error
    members = _measure(value)
    if len(_MEMBER.findall(text)) != members:
        _refuse_duplicates(text)
    return value


def _reason(text: bytes, error: orjson.JSONDecodeError) -> str:
    if not text.strip():
        return "is empty; send a JSON value"
    return f"is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})"


def _refused(message: str) -> ViolationError:
    return ViolationError([Violation("body", (), "json", message)])


def _measure(value: Any) -> int:
    """The number of members in all objects; refuses what is too deep or too large a number."""
    members = 0
    level: list[Any] = [value]
    for _ in range(DEPTH_LIMIT):
        below: list[Any] = []
        for node in level:
            if type(node) is dict:
                members += len(node)
                below.extend(node.values())
            elif type(node) is list:
                below.extend(node)
            elif type(node) is float and node.is_integer() and abs(node) >= 2**63:
                raise _refused(f"holds a number beyond 64 bits ({node:g})")
        if not below:
            return members
        level = below
    raise _refused(f"is nested more than {DEPTH_LIMIT} levels deep")


def _refuse_duplicates(text: bytes) -> None:
    """Look closely: more member names in the text than members parsed may be a text in quotes."""

    def unique(pairs: list[tuple[str, Any]]) -> None:
        names: set[str] = set()
        for name, _ in pairs:
            if name in names:
                raise _refused(f"gives the member {name!r} twice")
            names.add(name)

    json.loads(text, object_pairs_hook=unique)
