"""The configuration of a booking: free JSON within the bounds of the contract."""

from __future__ import annotations

import re
from typing import Any

from mockserver.archive.findings import Found, refuse, shown
from mockserver.archive.kinds import Kind

_MOST_MEMBERS = 20
_MOST_ITEMS = 50
_MOST_CHARACTERS = 200
_MOST_NUMBER = 1_000_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SCALAR: list[dict[str, Any]] = [
    {"type": "string", "maxLength": _MOST_CHARACTERS, "pattern": r"^[^\u0000-\u001F\u007F]*$"},
    {"type": "number", "minimum": -_MOST_NUMBER, "maximum": _MOST_NUMBER},
    {"type": "boolean"},
]
_ITEM: list[dict[str, Any]] = [
    *_SCALAR,
    {
        "type": "object",
        "maxProperties": _MOST_MEMBERS,
        "additionalProperties": {"anyOf": _SCALAR},
    },
]
_VALUE: list[dict[str, Any]] = [
    *_ITEM,
    {"type": "array", "maxItems": _MOST_ITEMS, "items": {"anyOf": _ITEM}},
]


def configuration() -> Kind:
    """At most 20 of text, number, boolean, an object of these, or a list of all of them."""
    schema = {
        "type": "object",
        "maxProperties": _MOST_MEMBERS,
        "additionalProperties": {"anyOf": _VALUE},
    }
    return Kind(_read, schema)


def _read(value: Any, found: Found) -> Any:
    if type(value) is not dict or len(value) > _MOST_MEMBERS:
        must = f"an object of at most {_MOST_MEMBERS} members"
        return refuse(found, "type", f"is {shown(value)}: it must be {must}")
    for name, member in value.items():
        if not (_is_scalar(member) or _is_item(member) or _is_list(member)):
            must = "a short text, a number, true, false, an object of these, or a list"
            refuse(found, "type", f"is {shown(member)}: it must be {must}", name)
    return {name: _copied(member) for name, member in value.items()}


def _is_list(value: Any) -> bool:
    return type(value) is list and len(value) <= _MOST_ITEMS and all(map(_is_item, value))


def _is_item(value: Any) -> bool:
    if type(value) is dict:
        return len(value) <= _MOST_MEMBERS and all(map(_is_scalar, value.values()))
    return _is_scalar(value)


def _is_scalar(value: Any) -> bool:
    if type(value) is str:
        return len(value) <= _MOST_CHARACTERS and _CONTROL.search(value) is None
    return type(value) is bool or (
        isinstance(value, int | float) and -_MOST_NUMBER <= value <= _MOST_NUMBER
    )


def _copied(value: Any) -> Any:
    """The value, independent of what was handed in."""
    if type(value) is list:
        return [_copied(item) for item in value]
    return dict(value) if type(value) is dict else value
