"""Values that a request schema allows at its edges, and values that it forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contract_tests import pointers
from contract_tests.contract import Contract

Json = Any
_MANY_SCRIPTS = (
    " Ünïcødé e\u0301 שלום 你好 🧹👩‍🔧𝒥",
    " é שלום 🧹𝒥",
    "é𝒥",
    "é",
)
_MANY_LINES = "\nand  more,\n\tof <b>several</b> lines"
_FILLINGS = "éä7xA "
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Field:
    """A member that a body may have: where, its schema, and whether its object must have it."""

    pointer: str
    schema: Json
    is_required: bool

    @property
    def kind(self) -> str:
        """Its JSON type, or empty when the schema does not name one."""
        kind = self.schema.get("type", "")
        return kind if isinstance(kind, str) else ""

    @property
    def is_text(self) -> bool:
        """Whether it is a text of no certain form."""
        return self.kind == "string" and not {"enum", "format"} & set(self.schema)


class Shape:
    """The schema of a request body, read along a body that fits it."""

    def __init__(self, contract: Contract, schema: Json) -> None:
        self._contract = contract
        self.schema = schema

    def fits(self, body: Json) -> bool:
        """Whether a body keeps the schema."""
        return self._contract.schemas.fits(self.schema, body)

    def fits_field(self, field: Field, value: Json) -> bool:
        """Whether a value keeps the schema of a member."""
        return self._contract.schemas.fits(field.schema, value)

    def fields(self, body: Json) -> list[Field]:
        """The members that a body like this may have, at any depth."""
        return list(self._fields(self.schema, body, "", _DEPTH))

    def closed(self, body: Json) -> list[str]:
        """Where members that the schema does not name are forbidden."""
        return list(self._closed(self.schema, body, "", _DEPTH))

    def _fields(self, schema: Json, body: Json, at: str, depth: int) -> Iterator[Field]:
        schema = self._chosen(schema, body)
        if isinstance(body, list) and body:
            yield from self._fields(schema.get("items", {}), body[0], f"{at}/0", depth - 1)
        if not isinstance(body, dict) or depth <= 0:
            return
        required = schema.get("required", ())
        for name, member in schema.get("properties", {}).items():
            pointer = at + pointers.joined([name])
            resolved = self._chosen(member, body.get(name))
            yield Field(pointer, resolved, name in required)
            inner = body.get(name, {} if resolved.get("type") == "object" else None)
            yield from self._fields(resolved, inner, pointer, depth - 1)

    def _closed(self, schema: Json, body: Json, at: str, depth: int) -> Iterator[str]:
        schema = self._chosen(schema, body)
        if isinstance(body, list) and body:
            yield from self._closed(schema.get("items", {}), body[0], f"{at}/0", depth - 1)
        if not isinstance(body, dict) or depth <= 0:
            return
        if schema.get("additionalProperties") is False:
            yield at
        for name, member in schema.get("properties", {}).items():
            if name in body:
                pointer = at + pointers.joined([name])
                yield from self._closed(member, body[name], pointer, depth - 1)

    def _chosen(self, schema: Json, value: Json) -> Json:
        """A schema with its reference followed, and of several forms the one that fits."""
        schema = self._contract.document.resolve(schema)
        for keyword in ("oneOf", "anyOf"):
            forms = schema.get(keyword, ()) if "properties" not in schema else ()
            for form in forms:
                if value is not None and self._contract.schemas.fits(form, value):
                    return {**self._chosen(form, value), **_beside(schema)}
        return schema


def _beside(schema: Json) -> Json:
    return {name: value for name, value in schema.items() if name in ("nullable", "description")}


def many_scripts(shape: Shape, field: Field, value: Json) -> Json:
    """A text that goes on in many scripts, as far as the schema allows it; None when not at all."""
    room = field.schema.get("maxLength", 10**6) - len(value)
    for text in _MANY_SCRIPTS:
        longer = value + text[: max(room, 0)].rstrip()
        if longer != value and shape.fits_field(field, longer):
            return longer
    return None


def many_lines(shape: Shape, field: Field, value: Json) -> Json:
    """A text that goes on in several lines, with marks of HTML; None where that is forbidden."""
    text = value + _MANY_LINES
    return text if shape.fits_field(field, text) else None


def longest(shape: Shape, field: Field, value: Json) -> Json:
    """A text as long as the schema allows; None when there is no bound or no way to fill it."""
    bound = field.schema.get("maxLength")
    if bound is None or bound > 100_000 or len(value) >= bound:
        return None
    for filling in _FILLINGS:
        text = value + filling * (bound - len(value))
        if shape.fits_field(field, text):
            return text
    return None


def empty(shape: Shape, field: Field, value: Json) -> Json:
    """The empty text; None where the schema forbids it."""
    return "" if value and shape.fits_field(field, "") else None


def capitals(shape: Shape, field: Field, value: Json) -> Json:
    """A text in capitals (of an address of mail the part before the @); None when forbidden."""
    local, at, domain = value.partition("@")
    text = local.upper() + at + domain
    return text if text != value and shape.fits_field(field, text) else None


def choice(field: Field, turn: int) -> Json:
    """One of a few values: of an enumeration, of a flag, the bounds of a number or a half."""
    if field.schema.get("enum"):
        allowed = [each for each in field.schema["enum"] if each is not None]
        return allowed[turn % len(allowed)] if allowed else None
    if field.kind == "boolean":
        return turn % 2 == 0
    if field.kind == "number" and turn == 2:
        return 0.5
    if field.kind in ("integer", "number"):
        return field.schema.get(("minimum", "maximum")[turn % 2])
    return None


def bad_values(shape: Shape, field: Field, good: Json) -> Iterator[tuple[str, Json]]:
    """Values that break the schema of a member, each with the keyword that it breaks."""
    for keyword, value in _suspects(field, good):
        if not shape.fits_field(field, value):
            yield keyword, value


def _suspects(field: Field, good: Json) -> Iterator[tuple[str, Json]]:
    schema = field.schema
    wrong: dict[str, Json] = {"string": 7, "boolean": "yes", "array": {}, "object": "text"}
    yield "type", wrong.get(field.kind, "many")
    yield "nullable", None
    if "enum" in schema:
        yield "enum", "no such value"
    if field.kind == "string" and "enum" not in schema:
        yield from _suspect_texts(schema, good if isinstance(good, str) else "")
    for keyword, step in (("minimum", -1), ("maximum", 1)):
        if keyword in schema:
            yield keyword, schema[keyword] + step
    if field.kind == "integer":
        yield "type integer", 1.5
    if field.kind == "array" and isinstance(good, list) and good:
        if 0 < schema.get("maxItems", 0) <= 100:
            yield "maxItems", [good[0]] * (schema["maxItems"] + 1)
        if schema.get("minItems"):
            yield "minItems", []
        if schema.get("uniqueItems"):
            yield "uniqueItems", [good[0], good[0]]
        yield "items", [*good, {"no": "such item"}]


def _suspect_texts(schema: Json, good: str) -> Iterator[tuple[str, Json]]:
    bound = schema.get("maxLength", 10**6)
    if bound <= 100_000:
        filling = next(
            (c for c in _FILLINGS if re.search(schema.get("pattern", ""), good + c)), "x"
        )
        yield "maxLength", good + filling * (bound + 1 - len(good))
    if schema.get("minLength"):
        yield "minLength", good[: schema["minLength"] - 1]
    if "pattern" in schema:
        for text in ("bad\u0007bell", "!", "x", "\u0001" * max(1, schema.get("minLength", 1))):
            yield "pattern", text
    if "format" in schema:
        yield "format", "no such thing"
