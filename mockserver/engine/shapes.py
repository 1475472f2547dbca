"""Schemas as far as names and kinds need them: references followed, branches joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mockserver.contract.references import follow
from mockserver.engine.names import plain
from mockserver.errors import SetupError

Json = Any
_DEEPEST = 12
_MOST_MEMBERS = 2000
_JOINS = ("allOf", "oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class Shape:
    """One schema, flat.

    `kind` is its type without null, empty for any; `members` are the schema nodes of an object by
    name, those of every branch included; `items` is the node of a list's items; `is_closed` says
    that other members are not kept, `reference` is the `$ref` by which the schema is known.
    """

    kind: str = ""
    members: Mapping[str, Json] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: Json = None
    is_open: bool = False
    is_nullable: bool = False
    format: str = ""
    enum: tuple[Json, ...] = ()
    marks: Mapping[str, Json] = field(default_factory=dict)
    reference: str = ""

    def named(self, name: str) -> str | None:
        """The member that the name means, however it is spelt."""
        if name in self.members:
            return name
        wanted = plain(name)
        return next((member for member in self.members if plain(member) == wanted), None)


class Shapes:
    """Reads the schemas of a document, each once."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._known: dict[int, tuple[Json, Shape]] = {}

    def follow(self, node: Json) -> dict[str, Any]:
        """What a node leads to, empty when that is no object."""
        try:
            found = follow(self._document, node)
        except SetupError:
            return {}
        return found if isinstance(found, dict) else {}

    def flat(self, schema: Json) -> Shape:
        """The shape of a schema node of the document."""
        known = self._known.get(id(schema))
        if known is None:
            # The node is kept with its shape, so that its identity stays its own.
            known = self._known[id(schema)] = (schema, self._read(schema))
        return known[1]

    def member(self, schema: Json, name: str) -> Shape:
        """The shape of a member of an object schema."""
        return self.flat(self.flat(schema).members.get(name))

    def _read(self, schema: Json) -> Shape:
        parts = list(self._parts(schema, 0))
        if not parts:
            return Shape()
        members: dict[str, Json] = {}
        required: set[str] = set()
        for part, is_certain in parts:
            for name, member in _mapping(part.get("properties")).items():
                if len(members) < _MOST_MEMBERS:
                    members.setdefault(name, member)
            if is_certain:
                required.update(name for name in listed(part.get("required")) if name in members)
        nodes = [part for part, _ in parts]
        kinds, nullable = _kinds(nodes)
        items = next((part["items"] for part in nodes if "items" in part), None)
        return Shape(
            kind=kinds or ("object" if members else "array" if items is not None else ""),
            members=members,
            required=frozenset(required),
            items=items,
            is_open=any(part.get("additionalProperties") not in (None, False) for part in nodes),
            is_nullable=nullable,
            format=str(next((part["format"] for part in nodes if "format" in part), "")),
            enum=_enum(nodes),
            marks={k: v for part in reversed(nodes) for k, v in part.items() if k in _MARKS},
            reference=_reference(schema),
        )

    def _parts(self, schema: Json, depth: int) -> Iterator[tuple[dict[str, Any], bool]]:
        """Every object schema that takes part; with it, whether it always does."""
        node = self.follow(schema)
        if not node or depth > _DEEPEST:
            return
        yield node, True
        for branch in listed(node.get("allOf")):
            yield from self._parts(branch, depth + 1)
        for choice in ("oneOf", "anyOf"):
            for branch in listed(node.get(choice)):
                for part, _ in self._parts(branch, depth + 1):
                    yield part, False


_MARKS = frozenset(
    {"readOnly", "writeOnly", "default", "example", "examples", "minimum", "description"}
)


def _reference(schema: Json) -> str:
    """The name of a schema: its own `$ref`, or that of the one schema which it repeats."""
    while isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            return str(schema["$ref"])
        whole = [each for name in _JOINS for each in listed(schema.get(name))]
        if len(whole) != 1 or "properties" in schema:
            return ""
        schema = whole[0]
    return ""


def _kinds(parts: list[dict[str, Any]]) -> tuple[str, bool]:
    kind, nullable = "", False
    for part in parts:
        named = part.get("type")
        for each in named if isinstance(named, list) else [named]:
            if each == "null":
                nullable = True
            elif isinstance(each, str) and not kind:
                kind = each
        nullable = nullable or part.get("nullable") is True
    return kind, nullable


def _enum(parts: list[dict[str, Any]]) -> tuple[Json, ...]:
    for part in parts:
        if isinstance(part.get("enum"), list):
            return tuple(part["enum"])
        if "const" in part:
            return (part["const"],)
    return ()


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def listed(value: Json) -> list[Json]:
    """A list as it is, anything else as an empty one."""
    return value if isinstance(value, list) else []
