"""Which member of a record holds its id, and where in an answer the record stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from mockserver.engine.data.canonical import matches
from mockserver.engine.inference.model import Identity, Names
from mockserver.engine.names import plain, same_kind
from mockserver.engine.shapes import Shape, Shapes

Json = Any
_SYNONYMS = ("id", "uuid", "guid", "sid", "gid", "_id", "uid", "identifier", "objectid")
_WEAK = ("key", "slug", "name", "code", "number", "login", "username", "handle", "email", "symbol")
_SCALARS = ("string", "integer", "number", "")
# Formats of texts of which a value of one is no value of another, and no number either.
_DISTINCT = frozenset({"uuid", "email", "date", "date-time", "ipv4", "ipv6"})
# Keywords that do not narrow what an id may be beyond its type.
_SILENT = frozenset(
    {"type", "nullable", "title", "description", "example", "examples", "default", "readOnly"}
)
_WRAPPERS = ("data", "item", "result", "record", "entry", "value", "content", "response", "payload",
             "object", "resource", "attributes")  # fmt: skip


def identity_of(
    shapes: Shapes, record: Json, parameter: str, parameter_schema: Json, singular: str
) -> Identity:
    """How the records are told apart, given the path parameter that names one ("" if none does).

    A parameter that takes several ids at once is one of each.
    """
    shape, asked = shapes.flat(record), shapes.flat(parameter_schema)
    own = () if parameter_schema is None else (parameter_schema,)
    if asked.kind == "array":
        own = () if asked.items is None else (asked.items,)
    for member, reason in _candidates(shape, parameter, singular):
        node = shape.members[member]
        if _is_scalar(shapes, node) and all(agree(shapes, node, other) for other in own):
            return Identity(member, (node, *own), reason)
    return Identity(None, own, "no member of the record holds the id: that of the path is kept")


def _candidates(shape: Shape, parameter: str, singular: str) -> list[tuple[str, str]]:
    """The members that may hold the id, the surest first, each with the reason."""
    wanted, noun = plain(parameter), plain(singular)
    found: list[tuple[str | None, str]] = []
    if parameter:
        found.append((shape.named(parameter), f"the path parameter {parameter} is a member"))
        for bare in (wanted.removeprefix(noun), wanted.removesuffix(noun)):
            if bare and bare != wanted:
                reason = f"the path parameter {parameter} without {singular} is a member"
                found.append((shape.named(bare), reason))
    if not parameter or not wanted.endswith(("name", "slug", "code", "key")):
        found += [(shape.named(each), f"{each} means the id") for each in _SYNONYMS]
        found.append((shape.named(noun + "id"), f"{singular} id means the id"))
    for each in _WEAK:
        if not parameter or wanted.endswith(each) or wanted in (noun, "id"):
            found.append((shape.named(each), f"a guess: {each} may stand for the id"))
    return [(member, reason) for member, reason in found if member is not None]


def _is_scalar(shapes: Shapes, node: Json) -> bool:
    return shapes.flat(node).kind in _SCALARS


def widened(shapes: Shapes, identity: Identity, others: Iterable[Json]) -> Identity:
    """An identity that keeps to what other paths say of it, as far as that may be together."""
    known = list(identity.schemas)
    for node in others:
        says = narrows(node) or shapes.flat(node).kind in ("integer", "number")
        if says and node not in known and all(agree(shapes, node, each) for each in known):
            known.append(node)
    return replace(identity, schemas=tuple(known))


def narrows(schema: Json) -> bool:
    """Whether a schema asserts more of a value than its type."""
    return isinstance(schema, dict) and any(
        name not in _SILENT and not name.startswith("x-") for name in schema
    )


def agree(shapes: Shapes, one: Json, other: Json) -> bool:
    """Whether a value of one schema may be a value of the other, as far as kinds tell."""
    both = (shapes.flat(one), shapes.flat(other))
    distinct = {s.format for s in both if s.kind == "string" and s.format in _DISTINCT}
    is_number = any(s.kind in ("integer", "number") for s in both)
    listed = [{str(value) for value in s.enum} for s in both if s.enum]
    if len(listed) == 2 and not listed[0] & listed[1]:
        return False
    patterns = [shapes.follow(node).get("pattern") for node in (one, other)]
    if is_number and any(isinstance(p, str) and not matches(p, "1") for p in patterns):
        return False
    return len(distinct) < 2 and not (distinct and (is_number or listed))


def wrapper_of(shapes: Shapes, schema: Json, singular: str, record: Json = None) -> Names:
    """Where the record stands in an answer or a body: at its root (empty), or in one member."""
    shape = shapes.flat(schema)
    if not shape.members:
        return ()
    wanted = shapes.flat(record).reference if record is not None else ""
    if wanted and shape.reference == wanted:
        return ()
    objects = [n for n, m in shape.members.items() if shapes.flat(m).kind == "object"]
    if wanted:
        same = [n for n in objects if shapes.flat(shape.members[n]).reference == wanted]
        if len(same) == 1 and len(shape.members) <= 4:
            return (same[0],)
    named = [name for name in objects if plain(name) in _WRAPPERS or same_kind(name, singular)]
    if not named or shape.named("id") is not None:
        return ()
    is_thin = len(shape.members) <= 6 or plain(named[0]) in ("data", "result")
    return (named[0],) if is_thin else ()


def inside(shapes: Shapes, schema: Json, place: Names) -> Json:
    """The schema node at a place within another."""
    for name in place:
        schema = shapes.flat(schema).members.get(name)
    return schema
