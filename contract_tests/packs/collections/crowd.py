"""The crowd: rows that the run made, so that a part of a list is known completely."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from contract_tests import pointers
from contract_tests.acting import perform
from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.listing import Page, Walk, page, walk
from contract_tests.records import Made, Unable
from contract_tests.semantics import Collection, ExpressionError, Filter, Population, Resource
from contract_tests.sightings import listed

Json = Any
Query = dict[str, Json]
_SECONDS = timedelta(seconds=2)


@dataclass
class Crowd:
    """Rows of the run in one list: `rows` in the order they were made, `strangers` of others.

    `narrow` is the query and `path` the place that leave only these rows; `items` are the rows as
    the list shows them, by id.
    """

    bench: Bench
    collection: Collection
    path: Query = field(default_factory=dict)
    narrow: Query = field(default_factory=dict)
    names: dict[str, Json] = field(default_factory=dict)
    needs: dict[str, Made] = field(default_factory=dict)
    group: str = ""
    rows: list[Made] = field(default_factory=list)
    strangers: list[Made] = field(default_factory=list)
    items: dict[str, Json] = field(default_factory=dict)

    @property
    def resource(self) -> Resource:
        """What is listed."""
        return self.bench.semantics.resources[self.collection.resource]

    @property
    def is_narrowed(self) -> bool:
        """Whether what is asked leaves only rows of the run."""
        return bool(self.narrow or (self.path and not self.collection.needs_filter))

    @property
    def ids(self) -> list[str]:
        """The ids of the rows, in the order they were made."""
        return [made.id for made in self.rows]

    @property
    def chain(self) -> tuple[Exchange, ...]:
        """How the first row was made."""
        return self.rows[0].exchanges[:1] if self.rows else ()

    def id_of(self, item: Json) -> str:
        """The id of a row as it is listed."""
        return str(pointers.get(item, self.resource.id))

    def page(self, query: Query) -> Page:
        """One page."""
        return page(self.bench, self.collection, query, self.path)

    def walk(self, query: Query, size: int | None = None) -> Walk:
        """Every page."""
        return walk(self.bench, self.collection, query, self.path, size)

    def without(self, *filters: str) -> Query:
        """What narrows the list, without the parameters that are about to be used."""
        return {name: value for name, value in self.narrow.items() if name not in filters}

    def kept(self, rule: Filter, items: list[Json], value: str) -> list[Json]:
        """The rows that meet a filter; a rule about the record needs rows of the run."""
        assert rule.keeps is not None
        expressions, scope = self.bench.expressions, self.bench.scope(items=items, value=value)
        try:
            verdicts = expressions.evaluate(f"items.map(item, {rule.keeps})", scope)
        except ExpressionError:  # about the record, or it cannot be said of some row
            verdicts = [self._keeps(rule.keeps, item, value) for item in items]
        return [item for item, keeps in zip(items, verdicts, strict=True) if keeps is True]

    def _keeps(self, keeps: str, item: Json, value: str) -> bool:
        made = next((each for each in self.rows if each.id == self.id_of(item)), None)
        names = {"item": item, "value": value, "record": made.record if made else None}
        return self.bench.expressions.holds(keeps, self.bench.scope(**names))

    def grow(self, count: int) -> None:
        """Make plain rows until there are so many, in the second that it is."""
        while len(self.rows) < count:
            self.rows.append(self.bench.make(self.resource.name, {}, self.needs, self.group))


def gather(bench: Bench, collection: Collection) -> Crowd:
    """The declared population, made; Unable when it cannot be."""
    population = collection.population
    if population is None:
        raise Unable(f"fill {collection.operation}", "no population is declared for it")
    group = bench.new_group()
    needs = {name: bench.make(each, group=group) for name, each in population.needs.items()}
    names = {name: each.names for name, each in needs.items()} | {"group": group}
    crowd = Crowd(bench, collection, names=names, needs=needs, group=group)
    crowd.path = {name: bench.fill(each, **names) for name, each in collection.path.items()}
    crowd.narrow = {name: bench.fill(each, **names) for name, each in population.narrow.items()}
    _make(crowd, population)
    _fill_first(crowd)
    crowd.strangers.append(bench.make(collection.resource))
    return crowd


def _fill_first(crowd: Crowd) -> None:
    """Give the first row two of each thing that records of its kind hold."""
    bench = crowd.bench
    for resource in bench.semantics.resources.values():
        create, inside = resource.create, resource.inside
        if create is None or inside is None or create.operation in bench.plan.left_out:
            continue
        if create.needs.get(inside.need) == crowd.resource.name:
            for _ in range(2):
                bench.make(resource.name, needs={inside.need: crowd.rows[0]}, group=crowd.group)


def _make(crowd: Crowd, population: Population) -> None:
    """Make the rows; a second passes now and then, so that times differ, and some are the same."""
    bench, half = crowd.bench, len(population.records) // 2
    for number, (changes, actions) in enumerate(population.records):
        if number == half and bench.plan.profile.name != "smoke":
            bench.tick()
        elif number % 2:
            bench.target.advance(_SECONDS)
        made = bench.make(crowd.resource.name, changes, crowd.needs, crowd.group)
        crowd.rows.append(perform(bench, made, actions))


def look(crowd: Crowd, walked: Walk | None) -> None:
    """Keep the rows as the list shows them; where it needs a filter, each is looked for."""
    if walked is not None:
        own = set(crowd.ids)
        crowd.items = {crowd.id_of(i): i for i in walked.items if crowd.id_of(i) in own}
        return
    for made in crowd.rows:
        try:
            seen = listed(crowd.bench, made, crowd.collection)
        except ExpressionError:
            continue
        if seen is not None and seen.item is not pointers.MISSING:
            crowd.items[made.id] = seen.item
