"""Draws a value that a schema allows."""

from __future__ import annotations

from random import Random
from typing import Any

from contract_tests.contract import Contract
from contract_tests.values import texts
from contract_tests.values.structure import Shape, shape_of

Json = Any
_TRIES = 60
_DEEPEST = 6
_LARGEST = 1_000_000


class Undrawable(Exception):
    """A schema of which no value was found; the message quotes it."""


def draw(schema: Json, random: Random, contract: Contract) -> Json:
    """A value that a schema of the contract allows; Undrawable when none is found."""
    drawing = _Drawing(random, contract)
    for _ in range(_TRIES):
        value = drawing.value(schema, 0)
        if contract.schemas.fits(schema, value):
            return value
    raise Undrawable(f"no value was found in {_TRIES} tries for the schema {str(schema)[:200]}")


class _Drawing:
    def __init__(self, random: Random, contract: Contract) -> None:
        self._random = random
        self._contract = contract

    def value(self, schema: Json, depth: int) -> Json:
        shape = self._decided(schema)
        said = shape.keywords
        if "const" in said or said.get("enum"):
            return self._random.choice([said["const"]] if "const" in said else said["enum"])
        if shape.is_nullable and self._random.random() < 0.1:
            return None
        return self._of_kind(self._random.choice(shape.types or ("string",)), shape, depth)

    def _of_kind(self, kind: str, shape: Shape, depth: int) -> Json:
        said = shape.keywords
        if kind == "object":
            return self._object(shape, depth)
        if kind == "array":
            return self._array(shape, depth)
        if kind in ("integer", "number"):
            return self._number(said, is_whole=kind == "integer")
        return self._random.random() < 0.5 if kind == "boolean" else self._text(said)

    def _decided(self, schema: Json) -> Shape:
        """The shape of a schema once every choice in it is made."""
        taken: list[Json] = []
        shape = shape_of(schema, self._contract)
        for _ in range(_DEEPEST):
            if len(shape.choices) <= len(taken):
                break
            taken += [self._random.choice(each) for each in shape.choices[len(taken) :]]
            shape = shape_of(schema, self._contract, *taken)
        return shape

    def _object(self, shape: Shape, depth: int) -> Json:
        most = shape.keywords.get("maxProperties", 20)
        chance = 0.5 if depth < _DEEPEST else 0.0
        made: dict[str, Json] = {}
        for name, member in shape.members.items():
            if name in shape.required or (len(made) < most and self._random.random() < chance):
                made[name] = self.value(member, depth + 1)
        least = max(shape.keywords.get("minProperties", 0), 1 if shape.members == {} else 0)
        while isinstance(shape.rest, dict) and len(made) < min(least, most):
            made[f"member_{len(made) + 1}"] = self.value(shape.rest, depth + 1)
        return made

    def _array(self, shape: Shape, depth: int) -> Json:
        said = shape.keywords
        least, most = said.get("minItems", 0), said.get("maxItems")
        top = most if most is not None and most <= 6 else least + 3
        wanted = least if depth > _DEEPEST else self._random.randint(least, max(least, top))
        made: list[Json] = []
        for _ in range(wanted * 3):
            if len(made) == wanted:
                break
            item = self.value(said.get("items", {}), depth + 1)
            if not (said.get("uniqueItems") and item in made):
                made.append(item)
        return made

    def _number(self, said: dict[str, Json], *, is_whole: bool) -> Json:
        low, high = _bounds(said)
        step = said.get("multipleOf")
        kind = self._random.random()
        if kind < 0.12:
            value: float = low
        elif kind < 0.2:
            value = high
        else:
            near = min(high, low + self._random.choice((3, 10, 100, 10_000, _LARGEST)))
            value = self._random.uniform(low, near)
        if step:
            return type(step)(round(value / step) * step)
        return round(value) if is_whole or value == int(value) else round(value, 2)

    def _text(self, said: dict[str, Json]) -> str:
        least, most = said.get("minLength", 0), said.get("maxLength")
        made = texts.formatted(self._random, said.get("format", ""))
        if made is None and "pattern" in said:
            made = texts.matching(self._random, said["pattern"], least, most)
        return (
            texts.plain(self._random, texts.length(self._random, least, most))
            if made is None
            else made
        )


def _bounds(said: dict[str, Json]) -> tuple[float, float]:
    low, high = said.get("minimum"), said.get("maximum")
    above, below = said.get("exclusiveMinimum"), said.get("exclusiveMaximum")
    if low is not None and above is True:
        low += 1
    if high is not None and below is True:
        high -= 1
    if above not in (None, True, False):
        low = above + 1 if low is None else max(low, above + 1)
    if below not in (None, True, False):
        high = below - 1 if high is None else min(high, below - 1)
    if low is None:
        low = 0 if high is None or high >= 0 else high - _LARGEST
    return low, max(low, high if high is not None else low + _LARGEST)
