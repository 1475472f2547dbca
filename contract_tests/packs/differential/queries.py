"""Queries: values for the parameters of a list, near what its rows hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from contract_tests.bench import Bench
from contract_tests.contract import Operation, Parameter
from contract_tests.contract.schemas import leaves
from contract_tests.packs.differential.identities import is_id
from contract_tests.packs.differential.knowledge import Knowledge
from contract_tests.packs.differential.sides import Arena
from contract_tests.packs.differential.times import moment
from contract_tests.semantics import Collection, ExpressionError
from contract_tests.semantics.expressions import moment_text
from contract_tests.values import shape_of

Json = Any
_PAGE = re.compile(r"^(page|page_?number|offset|skip|start)$", re.IGNORECASE)
_SIZE = re.compile(r"^(per_?page|page_?size|limit|size|count)$", re.IGNORECASE)
_NEAR_NOW = timedelta(minutes=10)


class Queries:
    """Draws queries for list operations."""

    def __init__(self, arena: Arena, knowledge: Knowledge) -> None:
        self._arena = arena
        self._bench: Bench = arena.bench
        self._knowledge = knowledge

    def narrow(self, operation: Operation) -> dict[str, Json]:
        """The query that leaves only what the run made; empty where none is declared."""
        collection = self._bench.semantics.collections.get(operation.name)
        population = collection.population if collection else None
        if population is None:
            return {}
        try:
            narrow = self._bench.fill(population.narrow, group=self._arena.group)
        except ExpressionError:
            return {}
        return dict(narrow)

    def single(self, operation: Operation) -> Iterator[dict[str, Json]]:
        """Queries that try each parameter by itself, several values of each."""
        random = self._bench.random
        for parameter in operation.parameters_in("query"):
            values = list(self.values(operation, parameter))
            random.shuffle(values)
            yield from ({parameter.name: value} for value in values[:8])

    def states(self, operation: Operation) -> Iterator[dict[str, Json]]:
        """Queries for each value of the parameters that have only a few."""
        for parameter in operation.parameters_in("query"):
            shape = shape_of(parameter.schema, self._bench.contract)
            yield from ({parameter.name: value} for value in shape.keywords.get("enum", ()))

    def any(self, operation: Operation) -> dict[str, Json]:
        """A query of up to three filters, with or without paging."""
        random = self._bench.random
        parameters = list(operation.parameters_in("query"))
        random.shuffle(parameters)
        chosen = parameters[: random.choice((0, 1, 1, 2, 2, 3, 4))]
        query = self.narrow(operation) if random.random() < self._chance_of_narrow else {}
        for parameter in chosen:
            values = list(self.values(operation, parameter))
            if values and parameter.name not in query:
                query[parameter.name] = random.choice(values)
        return query

    @property
    def _chance_of_narrow(self) -> float:
        return 0.4 if self._arena.are_twins else 0.9

    def values(self, operation: Operation, parameter: Parameter) -> Iterator[Json]:
        """Values worth trying for a parameter."""
        collection = self._bench.semantics.collections.get(operation.name)
        shape = shape_of(parameter.schema, self._bench.contract)
        said = shape.keywords
        declared = list(self._declared(operation, parameter, collection))
        if said.get("enum"):
            yield from said["enum"]
        elif "boolean" in shape.types:
            yield from (True, False)
        elif _is(collection, parameter.name, "page", _PAGE):
            yield from (1, 2, 2, 3, self._last_page(operation, collection))
        elif _is(collection, parameter.name, "size", _SIZE):
            yield from self._sizes(operation, said)
        elif _is_timed(parameter.schema, self._bench):
            yield from self._times(operation)
        elif is_id(f"/{parameter.name}"):
            yield from self._ids(parameter)
        elif {"integer", "number"} & set(shape.types):
            yield from self._numbers(operation)
        else:
            # What is declared weighs as much as what is guessed.
            yield from (each for each in self._texts(operation, parameter.name) if each)
        yield from declared

    def _declared(
        self, operation: Operation, parameter: Parameter, collection: Collection | None
    ) -> Iterator[Json]:
        known = collection.filters.get(parameter.name) if collection else None
        if known is None:
            return
        names = {"group": self._arena.group, "mark": self._arena.group}
        for template in known.values:
            for value in self._filled(template, names):
                yield from self._around(value) if moment(value) is not None else (value,)
        rows = self._sample(operation)
        for draw in known.draws:
            for row in rows[:3]:
                for value in self._filled(f"= {draw}", {**names, "item": row}):
                    is_time = moment(value) is not None
                    yield from self._around(value) if is_time else self._cuts(value)

    def _filled(self, template: Json, names: dict[str, Json]) -> Iterator[Json]:
        try:
            value = self._bench.fill(template, **names)
        except ExpressionError:
            return
        if value not in (None, "") and not isinstance(value, dict | list):
            yield value

    def _cuts(self, value: Json) -> Iterator[Json]:
        if not isinstance(value, str) or len(value) < 4:
            yield value
            return
        random = self._bench.random
        start = random.randrange(0, len(value) - 3)
        part = value[start : start + random.randint(2, 6)].strip() or value
        yield from (value, value.swapcase(), part, f"{value}x", f"{value}-0001", f"%{part}")

    def _sample(self, operation: Operation) -> list[Json]:
        """A few rows of a list: of those seen, and of those that the sequence made."""
        random, side = self._bench.random, self._arena.reference
        rows = self._knowledge.rows.get(operation.name, [])
        chosen = random.sample(rows, min(len(rows), 3))
        collection = self._bench.semantics.collections.get(operation.name)
        kind = collection.resource if collection else ""
        serials = [handle.serial for handle in self._knowledge.of(kind)]
        made = [side.items.get(each) or side.records.get(each) for each in serials]
        own = [each for each in made if isinstance(each, dict)]
        return [*random.sample(own, min(len(own), 2)), *chosen]

    def _last_page(self, operation: Operation, collection: Collection | None) -> int:
        total = self._knowledge.totals.get(operation.name, 0)
        size = collection.paging.default if collection and collection.paging else 20
        return max(1, -(-total // size) + self._bench.random.randrange(0, 2))

    def _sizes(self, operation: Operation, said: dict[str, Json]) -> Iterator[int]:
        total = self._knowledge.totals.get(operation.name, 3)
        most = said.get("maximum", 100)
        yield from sorted({1, 2, 3, 7, most, *(min(max(n, 1), most) for n in (total - 1, total))})

    def _ids(self, parameter: Parameter) -> Iterator[Json]:
        fits = self._bench.contract.schemas.fits
        found = 0
        for known in self._knowledge.origins(parameter.name):
            if fits(parameter.schema, known.value):
                yield known.origin
                found += 1
            if found == 4:
                return

    def _times(self, operation: Operation) -> Iterator[Json]:
        for row in self._sample(operation):
            told = [value for _, value in leaves(row) if moment(value) is not None]
            for text in self._bench.random.sample(told, min(len(told), 3)):
                yield from self._around(text)

    def _around(self, text: str) -> Iterator[str]:
        known = moment(text)
        assert known is not None
        if not self._arena.is_frozen and abs(known - self._arena.now()) < _NEAR_NOW:
            known += self._bench.random.choice((-1, 1)) * 2 * _NEAR_NOW
            yield moment_text(known)
            return
        yield from (moment_text(known), date.isoformat(known.date()))
        yield moment_text(known + timedelta(seconds=self._bench.random.choice((-1, 1))))

    def _numbers(self, operation: Operation) -> Iterator[int]:
        for row in self._sample(operation):
            found = [
                v
                for _, v in leaves(row)
                if isinstance(v, int) and not isinstance(v, bool) and v > 20
            ]
            for number in found[-3:]:
                yield from (number, number + 1, number - 1)

    def _texts(self, operation: Operation, name: str) -> Iterator[str]:
        """Texts of rows and records, whole and in part; those of the parameter's name first."""
        side, random = self._arena.reference, self._bench.random
        records = [*side.records.values(), *side.sent.values()]
        own = [each for each in records if isinstance(each, dict)]
        rows = [*self._sample(operation)[:3], *random.sample(own, min(len(own), 5))]
        told = [[(p, v) for p, v in leaves(row) if _is_text(p, v)] for row in rows]
        named = [v for row in told for p, v in row if name.casefold() in p.casefold()]
        for text in named[:6]:
            yield from self._cuts(text)
        for row in [] if named else told:
            for _, text in row[:8]:
                yield from self._cuts(text)
            yield from (f"{one} {other}" for (_, one), (_, other) in pairwise(row))
        yield from ("%", "_", "*")


def _is_text(place: str, value: Json) -> bool:
    """Whether a leaf is a text that somebody might search for."""
    return isinstance(value, str) and bool(value) and moment(value) is None and not is_id(place)


def _is(collection: Collection | None, name: str, which: str, usual: re.Pattern[str]) -> bool:
    if collection is not None and collection.paging is not None:
        return bool(name == getattr(collection.paging, which))
    return bool(usual.search(name))


def _is_timed(schema: Json, bench: Bench) -> bool:
    """Whether a schema, or an alternative of it, is a date or a moment."""
    shape = shape_of(schema, bench.contract)
    if shape.keywords.get("format") in ("date", "date-time"):
        return True
    return any(_is_timed(each, bench) for choice in shape.choices for each in choice)
