"""What a schema says of texts that stand for values: in forms, in objects within a query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mockserver.contract.bodies import read_json
from mockserver.contract.coercion import coerce
from mockserver.contract.references import follow
from mockserver.contract.violations import ViolationError

_DEEPEST = 30
_COMBINING = ("allOf", "anyOf", "oneOf")
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_KINDS = {bool: "boolean", int: "integer", float: "number", str: "string", dict: "object"}


def types_of(document: dict[str, Any], schema: Any) -> frozenset[str]:
    """Every JSON type but null that the schema lets through; empty when it names none."""
    found: set[str] = set()
    for part in _parts(document, schema, 0):
        named = part.get("type", [])
        found.update([named] if isinstance(named, str) else named)
        if not named:
            values = part.get("enum", [part["const"]] if "const" in part else [])
            found.update(_KINDS.get(type(value), "null") for value in values)
    return frozenset(found - {"null"})


def _parts(document: dict[str, Any], schema: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The schema and the branches that say more of the same value."""
    schema = follow(document, schema)
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    yield schema
    if "type" not in schema or "properties" not in schema:
        for branch in (b for key in _COMBINING for b in schema.get(key, ())):
            yield from _parts(document, branch, depth + 1)


class Shape:
    """The view of a schema that coercion needs; never says what is wrong, validators do."""

    __slots__ = ("_document", "_schema", "types")

    def __init__(self, document: dict[str, Any], schema: Any) -> None:
        self._document = document
        self._schema = schema
        self.types = types_of(document, schema)

    def value(self, text: str) -> Any:
        """The value that the text stands for; the text itself where it stands for none."""
        if text[:1] in {"{", "["} and self.types & {"object", "array"}:
            try:
                return read_json(text.encode("utf-8", "surrogatepass"))
            except ViolationError:
                return text
        try:
            return coerce(text, self.types)
        except ValueError:
            return text

    @property
    def names(self) -> frozenset[str]:
        """The members that the schema names."""
        parts = _parts(self._document, self._schema, 0)
        return frozenset(name for part in parts for name in part.get("properties", ()))

    def member(self, name: str) -> Shape:
        """The shape of a member of an object."""
        others: Any = {}
        for part in _parts(self._document, self._schema, 0):
            if name in part.get("properties", ()):
                return Shape(self._document, part["properties"][name])
            others = part.get("additionalProperties") or others
        return Shape(self._document, others)

    @property
    def item(self) -> Shape:
        """The shape of the items of a list."""
        parts = _parts(self._document, self._schema, 0)
        items: Any = next((part["items"] for part in parts if "items" in part), {})
        return Shape(self._document, items)

    def list_of(self, texts: Iterable[str]) -> list[Any]:
        """The list whose items the texts stand for."""
        item = self.item
        return [item.value(text) for text in texts]

    def object_of(self, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """The object whose members the pairs stand for.

        A name with brackets (`a[b]`, `a[]`) leads into a member, unless it is declared as it is;
        a name given several times is a list where the schema has one, else its last value.
        """
        texts: dict[str, Any] = {}
        names = self.names
        for name, text in pairs:
            head, bracket, _ = name.partition("[")
            inner = _BRACKETS.findall(name) if bracket and name not in names else []
            _place(texts, [head, *inner] if inner and head else [name], text)
        return {name: self.member(name).of(node) for name, node in texts.items()}

    def of(self, node: Any) -> Any:
        """The value of placed texts: a list of texts, or an object of such."""
        if isinstance(node, dict):
            if "array" in self.types and all(key == "" or key.isdigit() for key in node):
                flat = (text for below in node.values() for text in _each(below))
                return [self.item.of(text) for text in flat]
            return {name: self.member(name).of(below) for name, below in node.items()}
        if "array" in self.types and not node[0].startswith("["):
            return self.list_of(node)
        return self.value(node[-1])


def _each(node: Any) -> list[Any]:
    """The items of a list that brackets spell out: each text, or one object."""
    return [[text] for text in node] if isinstance(node, list) else [node]


def _place(texts: dict[str, Any], path: list[str], text: str) -> None:
    for key in path[:-1][:_DEEPEST]:
        below = texts.setdefault(key, {})
        if not isinstance(below, dict):
            return
        texts = below
    last = texts.setdefault(path[-1], [])
    if isinstance(last, list):
        last.append(text)
