"""What a server decides of a record: when it was made and changed, its first status, its flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from mockserver.clock import instant_text
from mockserver.engine.names import plain, words
from mockserver.engine.shapes import Shape, Shapes

Json = Any
_CREATED = frozenset({"created", "inserted", "added", "registered"})
_UPDATED = frozenset({"updated", "modified", "changed", "edited"})
_BEGINNINGS = ("pending", "new", "created", "open", "draft", "queued", "active", "todo", "received")
_STATUSES = ("status", "state", "lifecyclestate", "phase")
_OFF = frozenset({"deleted", "isdeleted", "archived", "isarchived", "cancelled", "canceled",
                  "locked", "islocked", "suspended", "disabled", "closed", "trashed"})  # fmt: skip
_MILLISECONDS_FROM = 10**11


def instant_in(shapes: Shapes, node: Json, now: datetime, name: str) -> Json:
    """An instant in the form that a member has: text, a day, or a number of seconds; else None."""
    shape = shapes.flat(node)
    if shape.kind == "string" and shape.format in ("date-time", ""):
        return instant_text(now)
    if shape.kind == "string" and shape.format == "date":
        return instant_text(now)[:10]
    if shape.kind in ("integer", "number"):
        seconds = int(now.timestamp())
        return seconds * 1000 if _counts_milliseconds(shape, name) else seconds
    return None


def _counts_milliseconds(shape: Shape, name: str) -> bool:
    """Whether a number stands for milliseconds: it is said, or the examples are that large."""
    examples = shape.marks.get("examples")
    shown = [shape.marks.get("example"), *(examples if isinstance(examples, list) else [])]
    is_large = any(isinstance(e, int | float) and e > _MILLISECONDS_FROM for e in shown)
    is_said = "millisecond" in str(shape.marks.get("description", "")).lower()
    return is_large or is_said or words(name)[-1:] == ("ms",)


def times_of(shapes: Shapes, shape: Shape, now: datetime, *, is_new: bool) -> dict[str, Json]:
    """The members that tell when the record was made (if it is new) and changed."""
    return told(shapes, time_members(shapes, shape, is_new=is_new), now)


def time_members(shapes: Shapes, shape: Shape, *, is_new: bool) -> tuple[tuple[str, Json], ...]:
    """The names and nodes of these members."""
    wanted = _UPDATED | _CREATED if is_new else _UPDATED
    return tuple(
        (name, node)
        for name, node in shape.members.items()
        if wanted.intersection(words(name)) and _is_time(shapes, name, node)
    )


def told(shapes: Shapes, members: Iterable[tuple[str, Json]], now: datetime) -> dict[str, Json]:
    """The instant in the form of each member, but for those that have none for it."""
    instants = ((name, instant_in(shapes, node, now, name)) for name, node in members)
    return {name: value for name, value in instants if value is not None}


def beginnings_of(shapes: Shapes, shape: Shape) -> dict[str, Json]:
    """The first status of a record, and the flags that are not set yet."""
    found: dict[str, Json] = {}
    for name, node in shape.members.items():
        member = shapes.flat(node)
        if "default" in member.marks:
            found[name] = member.marks["default"]
        elif plain(name) in _STATUSES and member.enum:
            found[name] = _first_of(member.enum)
        elif plain(name) in _OFF and member.kind == "boolean":
            found[name] = False
    return found


def _first_of(enum: tuple[Json, ...]) -> Json:
    by_name = {plain(str(value)): value for value in reversed(enum) if value is not None}
    return next((by_name[name] for name in _BEGINNINGS if name in by_name), enum[0])


def is_ending(shapes: Shapes, name: str, node: Json) -> bool:
    """Whether a member tells when something happened that has not happened to a new record."""
    last = frozenset(words(name)) & {"deleted", "archived", "cancelled", "canceled", "closed",
                                     "completed", "finished", "ended", "expired"}  # fmt: skip
    return bool(last) and _is_time(shapes, name, node)


def _is_time(shapes: Shapes, name: str, node: Json) -> bool:
    shape = shapes.flat(node)
    parts = words(name)
    if "by" in parts or shape.enum:
        return False
    if shape.format in ("date-time", "date"):
        return True
    ends = parts[-1:] in (("at",), ("on",), ("time",), ("date",), ("timestamp",), ("ms",))
    is_bare = len(parts) == 1 and shape.kind in ("integer", "number")
    return shape.kind in ("string", "integer", "number") and (ends or is_bare)


def agreeing(shapes: Shapes, shape: Shape, values: Mapping[str, Json]) -> dict[str, Json]:
    """The values that have a member of their name and kind, under the name of the member."""
    found: dict[str, Json] = {}
    for name, value in values.items():
        member = shape.named(name)
        if member is not None and agrees(shapes, shape.members[member], value):
            found[member] = value
    return found


def agrees(shapes: Shapes, node: Json, value: Json) -> bool:
    """Whether a value is of the kind that a schema asks for."""
    kind = shapes.flat(node).kind
    return not kind or kind == kind_of(value) or (kind == "number" and kind_of(value) == "integer")


def kind_of(value: Json) -> str:
    """The JSON Schema type of a value."""
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array",
             dict: "object", type(None): "null"}  # fmt: skip
    return kinds[type(value)]
