"""Reading JSON strictly: what two parsers could read differently is refused."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from mockserver.contract.violations import Violation, ViolationError, shown

# Deeper than any schema asks for, and well below where a serialiser gives up (orjson: 254).
DEPTH_LIMIT = 100
_MEMBER = re.compile(rb'"[ \t\r\n]*:')


def read_json(text: bytes) -> Any:
    """Parse a JSON body; ViolationError when it is not exactly one RFC 8259 value in UTF-8.

    Refused as well: a member given twice, nesting beyond 100 levels, numbers outside the range
    of a double (`1e999`), lone surrogates. An integer beyond 64 bits becomes the nearest double,
    which no schema takes for an integer.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _refused(_reason(text, error)) from error
    if _is_shallow(text) and _is_alike(text, orjson.dumps(value)):
        return value  # a member given twice would be written once
    if len(_MEMBER.findall(text)) != _count_members(value):
        # Either a member is given twice, or the text of a string looks like one.
        json.loads(text, object_pairs_hook=_unique)
    return value


def _is_shallow(text: bytes) -> bool:
    """Whether a text certainly nests no deeper than the limit."""
    return len(text) <= DEPTH_LIMIT or text.count(b"{") + text.count(b"[") < DEPTH_LIMIT


def _is_alike(one: bytes, other: bytes) -> bool:
    """Whether two JSON texts are the same but for a space behind some commas and colons."""
    return one == other or _without_spaces(one) == _without_spaces(other)


def _without_spaces(text: bytes) -> bytes:
    return text.replace(b", ", b",").replace(b": ", b":")


def _reason(text: bytes, error: orjson.JSONDecodeError) -> str:
    if not text.strip():
        return "is empty; send a JSON value"
    return f"is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})"


def _refused(message: str) -> ViolationError:
    return ViolationError([Violation("body", (), "json", message)])


def _count_members(value: Any) -> int:
    """The number of members in all objects; refuses what is nested too deep."""
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
        if not below:
            return members
        level = below
    raise _refused(f"is nested more than {DEPTH_LIMIT} levels deep")


def _unique(pairs: list[tuple[str, Any]]) -> None:
    names: set[str] = set()
    for name, _ in pairs:
        if name in names:
            raise _refused(f"gives the member {shown(name)} twice")
        names.add(name)
