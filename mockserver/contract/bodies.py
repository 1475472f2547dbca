"""Reading JSON strictly: what two parsers could read differently is refused."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from mockserver.contract.violations import Violation, ViolationError, shown

# Deeper than any schema asks for, and well below where a serialiser gives up (orjson: 254).
DEPTH_LIMIT = 100
_HUGE = 2**63
_NUMBERS = frozenset({int, float})
_LONGEST_INTEGER = 20
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
    members, has_huge_number = _measure(value)
    if has_huge_number or len(_MEMBER.findall(text)) != members:
        _look_closely(text)
    return value


def _reason(text: bytes, error: orjson.JSONDecodeError) -> str:
    if not text.strip():
        return "is empty; send a JSON value"
    return f"is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})"


def _refused(message: str) -> ViolationError:
    return ViolationError([Violation("body", (), "json", message)])


def _measure(value: Any) -> tuple[int, bool]:
    """Count the members of all objects, and say whether some number may be too large an integer.

    Refuses what is nested too deep.
    """
    members, has_huge_number = 0, False
    level: list[Any] = [value]
    for _ in range(DEPTH_LIMIT):
        below: list[Any] = []
        for node in level:
            if type(node) is dict:
                members += len(node)
                below.extend(node.values())
            elif type(node) is list:
                below.extend(node)
            elif type(node) in _NUMBERS and not -_HUGE < node < _HUGE:
                has_huge_number = True
        if not below:
            return members, has_huge_number
        level = below
    raise _refused(f"is nested more than {DEPTH_LIMIT} levels deep")


def _look_closely(text: bytes) -> None:
    """Read once more, slowly: what looked suspicious may be the text of a string."""
    json.loads(text, object_pairs_hook=_unique, parse_int=_exact)


def _unique(pairs: list[tuple[str, Any]]) -> None:
    names: set[str] = set()
    for name, _ in pairs:
        if name in names:
            raise _refused(f"gives the member {shown(name)} twice")
        names.add(name)


def _exact(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER or not -_HUGE <= int(digits) < _HUGE:
        raise _refused(f"holds the integer {digits[:25]}, which is beyond 64 bits")
    return 0
