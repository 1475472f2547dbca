"""Spoils a value: each result breaks its schema in one place, for one reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from contract_tests import pointers
from contract_tests.contract import Contract
from contract_tests.values.structure import Shape, shape_of

Json = Any
_LONGEST = 3000
_OTHER_TYPES: dict[str, Json] = {
    "string": 7,
    "integer": "seven",
    "number": "seven",
    "boolean": "yes",
    "array": {},
    "object": [],
}


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A broken value: where it is broken, what is wrong there (a keyword), and the whole value."""

    pointer: str
    what: str
    value: Json


def spoilt(schema: Json, value: Json, random: Random, contract: Contract) -> Iterator[Spoilt]:
    """Broken versions of a value that keeps the schema, in an order that is drawn."""
    found = list(_everywhere(schema, value, "", contract))
    random.shuffle(found)
    for pointer, what, member in found:
        if member is pointers.MISSING:
            broken = pointers.dropped(value, pointer)
        else:
            broken = pointers.put(value, pointer, member)
        if not contract.schemas.fits(schema, broken):
            yield Spoilt(pointer, what, broken)


def _everywhere(
    schema: Json, value: Json, pointer: str, contract: Contract
) -> Iterator[tuple[str, str, Json]]:
    shape = _fitting(schema, value, contract)
    yield from ((pointer, what, broken) for what, broken in _here(shape, value))
    if isinstance(value, dict):
        yield from _members(shape, value, pointer, contract)
    elif isinstance(value, list):
        for index, item in enumerate(value[:2]):
            items = shape.keywords.get("items", {})
            yield from _everywhere(items, item, f"{pointer}/{index}", contract)


def _members(
    shape: Shape, value: Json, pointer: str, contract: Contract
) -> Iterator[tuple[str, str, Json]]:
    for name in value:
        place = pointer + pointers.joined([name])
        if name in shape.required:
            yield place, "required", pointers.MISSING
        if name in shape.members:
            yield from _everywhere(shape.members[name], value[name], place, contract)
    if shape.rest is None:
        yield f"{pointer}/unknown_member", "additionalProperties", 1


def _here(shape: Shape, value: Json) -> Iterator[tuple[str, Json]]:
    said = shape.keywords
    if not shape.is_nullable:
        yield "null", None
    if len(shape.types) == 1:
        yield "type", _OTHER_TYPES[shape.types[0]]
    if isinstance(value, str):
        yield from _texts(said, value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _numbers(shape, value)
    elif isinstance(value, list) and value:
        yield from _lists(said, value)


def _numbers(shape: Shape, value: Json) -> Iterator[tuple[str, Json]]:
    said = shape.keywords
    if "minimum" in said:
        yield "minimum", said["minimum"] - 1
    if "maximum" in said:
        yield "maximum", said["maximum"] + 1
    if "integer" in shape.types:
        yield "type", value + 0.5


def _lists(said: dict[str, Json], value: list[Json]) -> Iterator[tuple[str, Json]]:
    if "maxItems" in said and said["maxItems"] < 60 and not said.get("uniqueItems"):
        yield "maxItems", (value * (said["maxItems"] + 1))[: said["maxItems"] + 1]
    if said.get("uniqueItems"):
        yield "uniqueItems", [value[0], value[0]]
    if said.get("minItems"):
        yield "minItems", []


def _texts(said: dict[str, Json], value: str) -> Iterator[tuple[str, Json]]:
    if said.get("enum"):
        yield "enum", "something_else"
        return
    if said.get("minLength") and "format" not in said:
        yield "minLength", ""
    if "maxLength" in said and said["maxLength"] < _LONGEST and "format" not in said:
        yield "maxLength", "x" * (said["maxLength"] + 1)
    if "pattern" in said:
        size = max(said.get("minLength", 1), 2)
        near = ("\u0007", " " * size, f"{value[:-1]}7", value[:1], f"{value}!", value.swapcase())
        yield from (("pattern", text) for text in near)
    if "format" in said:
        yield "format", "not of this form"


def _fitting(schema: Json, value: Json, contract: Contract) -> Shape:
    """The shape of a schema with the alternatives taken that the value keeps."""
    taken: list[Json] = []
    shape = shape_of(schema, contract)
    while len(shape.choices) > len(taken):
        for each in shape.choices[len(taken) :]:
            keeps = (one for one in each if contract.schemas.fits(one, value))
            taken.append(next(keeps, each[0]))
        shape = shape_of(schema, contract, *taken)
    return shape
