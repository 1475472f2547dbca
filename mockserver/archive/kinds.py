"""Kinds of JSON values: each a reader that notes what is wrong, and the schema that says the same.

A reader gives the value as the records hold it. When it notes a problem, what it gives is void.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from mockserver.archive.findings import MOST, Found, Read, placed, refuse, shown
from mockserver.clock import instant_text, parse_day, parse_instant

MOST_WHOLE = 9_007_199_254_740_991
"""The largest whole number every JSON parser keeps."""

_CONTROL = r"\u0000-\u001F\u007F"
_CONTROL_IN_LINES = r"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F"
_DECIMAL = r"[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?"
_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kind:
    """How to read one kind of value, and its schema in OpenAPI 3.0."""

    read: Read
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object: its kind, and whether it has to be there."""

    kind: Kind
    required: bool


def text(most: int = 200, *, pattern: str | None = None, lines: bool = False) -> Kind:
    """A text of at most ``most`` characters; tabs and line breaks only with ``lines``."""
    form = pattern or f"[^{_CONTROL_IN_LINES if lines else _CONTROL}]*"
    matches = re.compile(form, re.ASCII).fullmatch
    must = f"of the form {pattern}" if pattern else "without control characters"

    def read(value: Any, found: Found) -> Any:
        if type(value) is not str:
            _wrong_type(found, "a text", value)
        elif len(value) > most:
            refuse(found, "too_long", f"has {len(value)} characters, at most {most} are allowed")
        elif not matches(value):
            refuse(found, "form", f"is {shown(value)}: it must be {must}")
        return value

    return Kind(read, {"type": "string", "maxLength": most, "pattern": f"^{form}$"})


def choice(options: Sequence[str]) -> Kind:
    """One of a few texts."""
    known = {option: option for option in options}

    def read(value: Any, found: Found) -> Any:
        if type(value) is not str:
            _wrong_type(found, "a text", value)
        elif value not in known:
            refuse(found, "choice", f"is {shown(value)}: it must be one of {', '.join(known)}")
        return value

    return Kind(read, {"type": "string", "enum": list(options)})


def flag() -> Kind:
    """True or false."""

    def read(value: Any, found: Found) -> Any:
        if type(value) is not bool:
            _wrong_type(found, "true or false", value)
        return value

    return Kind(read, {"type": "boolean"})


def whole(least: int = 0, most: int = MOST_WHOLE) -> Kind:
    """A whole number between two bounds; ``1.0`` is none."""

    def read(value: Any, found: Found) -> Any:
        if type(value) is not int:
            _wrong_type(found, "a whole number", value)
        elif not least <= value <= most:
            refuse(found, "range", f"is {shown(value)}: it must lie between {least} and {most}")
        return value

    return Kind(read, {"type": "integer", "minimum": least, "maximum": most})


def decimal(most: int) -> Kind:
    """A number from 0 to ``most``, written as a text so that it is kept exactly."""
    matches = re.compile(_DECIMAL, re.ASCII).fullmatch

    def read(value: Any, found: Found) -> Any:
        if type(value) is not str:
            return _wrong_type(found, 'a number in quotes, such as "0.085"', value)
        number = Decimal(value) if matches(value) else Decimal(-1)
        if not 0 <= number <= most:
            refuse(found, "range", f"is {shown(value)}: it must be a number from 0 to {most}")
        return number

    return Kind(read, {"type": "string", "maxLength": 70, "pattern": f"^{_DECIMAL}$"})


def instant(latest: datetime = _END) -> Kind:
    """A date-time with any offset (RFC 3339), not after ``latest``."""

    def read(value: Any, found: Found) -> Any:
        if type(value) is not str:
            return _wrong_type(found, "a date-time", value)
        try:
            at = _instant(value)
        except ValueError as error:
            return refuse(found, "form", f"is no instant: {str(error).rstrip('.')}")
        if at > latest:
            refuse(found, "range", f"is {shown(value)}: the latest is {instant_text(latest)}")
        return at

    schema = {"type": "string", "format": "date-time", "minLength": 20, "maxLength": 40}
    return Kind(read, schema)


def day(latest: date = date.max) -> Kind:
    """A date such as ``2026-02-26``, not after ``latest``."""

    def read(value: Any, found: Found) -> Any:
        if type(value) is not str:
            return _wrong_type(found, "a date", value)
        try:
            on = _day(value)
        except ValueError as error:
            return refuse(found, "form", f"is no day: {str(error).rstrip('.')}")
        if on > latest:
            refuse(found, "range", f"is {shown(value)}: the latest is {latest.isoformat()}")
        return on

    return Kind(read, {"type": "string", "format": "date", "minLength": 10, "maxLength": 10})


def optional(kind: Kind) -> Kind:
    """A value of a kind, or null."""
    inner = kind.read

    def read(value: Any, found: Found) -> Any:
        return None if value is None else inner(value, found)

    schema = {**kind.schema, "nullable": True}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return Kind(read, schema)


def listing(kind: Kind, most: int, *, unique: bool = False) -> Kind:
    """A list of at most ``most`` values of a kind, which becomes a tuple."""
    inner = kind.read

    def read(value: Any, found: Found) -> Any:
        if type(value) is not list:
            return _wrong_type(found, "a list", value)
        if len(value) > most:
            return refuse(found, "too_long", f"has {len(value)} items, at most {most} are allowed")
        items, noted = [], len(found)
        for index, item in enumerate(value):
            items.append(inner(item, found))
            if len(found) != noted:
                noted = placed(found, noted, index)
                if noted >= MOST:
                    return None
        if unique and len(set(map(repr, items))) != len(items):
            refuse(found, "duplicate", "names something twice: each may stand there once")
        return tuple(items)

    schema: dict[str, Any] = {"type": "array", "maxItems": most, "items": kind.schema}
    return Kind(read, {**schema, "uniqueItems": True} if unique else schema)


def mapping(key: Kind, kind: Kind, most: int) -> Kind:
    """An object of at most ``most`` members under names of one kind, with values of another."""

    def read(value: Any, found: Found) -> Any:
        if type(value) is not dict:
            return _wrong_type(found, "an object", value)
        if len(value) > most:
            return refuse(found, "too_long", f"has {len(value)} members, at most {most} may be")
        members, noted = {}, len(found)
        for name, member in value.items():
            members[key.read(name, found)] = kind.read(member, found)
            if len(found) != noted:
                noted = placed(found, noted, name)
        return MappingProxyType(members)

    schema = {"type": "object", "maxProperties": most, "additionalProperties": kind.schema}
    return Kind(read, schema)


def record(make: Callable[..., Any], members: Mapping[str, Member]) -> Kind:
    """A closed object that becomes the record ``make`` makes of its members by keyword."""
    rows = [(name, member.kind.read, member.required) for name, member in members.items()]

    def read(value: Any, found: Found) -> Any:
        if type(value) is not dict:
            return _wrong_type(found, "an object", value)
        before = noted = len(found)
        given = {}
        for name, read_member, required in rows:
            if name in value:
                given[name] = read_member(value[name], found)
                if len(found) != noted:
                    noted = placed(found, noted, name)
            elif required:
                refuse(found, "required", "is missing", name)
                noted += 1
        if len(given) != len(value):
            _refuse_unknown(value, members, found)
        return make(**given) if len(found) == before else None

    return Kind(read, _closed(members))


def _closed(members: Mapping[str, Member]) -> dict[str, Any]:
    required = [name for name, member in members.items() if member.required]
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": {name: member.kind.schema for name, member in members.items()},
    }


def _refuse_unknown(value: dict[str, Any], members: Mapping[str, Member], found: Found) -> None:
    for name in value:
        if name not in members and len(found) < MOST:
            refuse(found, "unknown", f"is not known: use {', '.join(members)}", name)


def _wrong_type(found: Found, expected: str, value: Any) -> None:
    refuse(found, "type", f"is {shown(value)}: it must be {expected}")


def _instant(value: str) -> datetime:
    """Read an instant; the form that is written here takes a way five times as short."""
    if len(value) != 20 or not value.isascii() or value[11:13] > "23":
        return parse_instant(value)
    marks = value[4] + value[7] + value[10] + value[13] + value[16] + value[19]
    return datetime.fromisoformat(value) if marks == "--T::Z" else parse_instant(value)


def _day(value: str) -> date:
    """Read a day; what has the form takes the short way, what has not gets its sentence."""
    if len(value) == 10 and value[4] == value[7] == "-" and value.isascii():
        return date.fromisoformat(value)
    return parse_day(value).date()
