from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mockserver.store import Collection, DuplicateKey, MissingKey, Query
from tests.store.people import PEOPLE, Model, Person, crowd

NUMBERS = st.integers(0, 30)
KEYS = NUMBERS.map(lambda number: f"p{number}")
TEAMS = st.sampled_from(["red", "blue", "Green", "nobody"])
TAGS = st.sampled_from(["x", "y", "z"])
SCORES = st.one_of(st.none(), st.integers(0, 9))
NAMES = st.text("abÄß", max_size=4)
PERSONS = st.builds(
    Person,
    id=KEYS,
    badge=st.one_of(st.none(), NUMBERS.map(lambda number: f"b{number}")),
    team=TEAMS,
    tags=st.lists(TAGS, max_size=2).map(tuple),
    score=SCORES,
    name=NAMES,
)
QUERIES = st.builds(
    Query,
    equals=st.fixed_dictionaries(
        {}, optional={"team": TEAMS, "any_tag": TAGS, "name": NAMES, "tag": TAGS}
    ),
    between=st.fixed_dictionaries({}, optional={"score": st.tuples(SCORES, SCORES)}),
    after=st.fixed_dictionaries({}, optional={"score": st.integers(-1, 9)}),
    contains=st.one_of(st.none(), st.text("abÄSs r", max_size=3)),
    where=st.sampled_from([(), (lambda row: row.id > "p2",)]),
    order=st.sampled_from([None, "newest", "name"]),
    reverse=st.booleans(),
    page=st.integers(1, 4),
    per_page=st.one_of(st.none(), st.integers(1, 8)),
)


class CollectionsAndModels(RuleBasedStateMachine):
    """Several forks of one collection, each with a dictionary that must agree with it."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[Collection[Person], Model]] = []

    @initialize(size=st.integers(0, 25), limit=st.integers(1, 6))
    def load(self, size: int, limit: int) -> None:
        rows = crowd(size)
        self.pairs = [(Collection(PEOPLE, rows, overlay_limit=limit), Model(rows))]

    def pick(self, data: st.DataObject) -> tuple[Collection[Person], Model]:
        return self.pairs[data.draw(st.integers(0, len(self.pairs) - 1))]

    @rule(data=st.data(), rows=st.lists(PERSONS, min_size=1, max_size=8))
    def put(self, data: st.DataObject, rows: list[Person]) -> None:
        collection, model = self.pick(data)
        for row in rows:
            assert outcome(collection.put, row) == outcome(model.put, row)

    @rule(data=st.data(), keys=st.lists(KEYS, min_size=1, max_size=8))
    def remove(self, data: st.DataObject, keys: list[str]) -> None:
        collection, model = self.pick(data)
        for key in keys:
            if key in model.by_key:
                assert collection.remove(key) == model.by_key.pop(key)
            else:
                with pytest.raises(MissingKey):
                    collection.remove(key)

    @rule(data=st.data())
    def fork(self, data: st.DataObject) -> None:
        collection, model = self.pick(data)
        self.pairs = [*self.pairs[-3:], (collection.fork(), model.copy())]

    @rule(data=st.data())
    def prepare(self, data: st.DataObject) -> None:
        self.pick(data)[0].prepare()

    @rule(data=st.data(), queries=st.lists(QUERIES, min_size=1, max_size=4))
    def select(self, data: st.DataObject, queries: list[Query[Person]]) -> None:
        collection, model = self.pick(data)
        for query in queries:
            assert collection.select(query) == model.select(query)

    @rule(data=st.data(), key=KEYS, number=NUMBERS, name=NAMES, tag=TAGS)
    def look_up(self, data: st.DataObject, key: str, number: int, name: str, tag: str) -> None:
        collection, model = self.pick(data)
        assert collection.get(key) == model.by_key.get(key)
        assert (key in collection) == (key in model.by_key)
        assert collection.find("badge", f"b{number}") == model.find(f"b{number}")
        assert collection.rows("name", name) == model.rows("name", name)
        assert collection.rows("tag", tag) == model.rows("tag", tag)

    @invariant()
    def every_fork_has_the_rows_of_its_model_in_insertion_order(self) -> None:
        for collection, model in self.pairs:
            assert list(collection) == list(model.by_key.values())
            assert len(collection) == len(model.by_key)


def outcome(act: Any, row: Person) -> tuple[str, object] | None:
    try:
        act(row)
    except DuplicateKey as refused:
        return refused.name, refused.value
    return None


TestCollectionsAndModels = CollectionsAndModels.TestCase
TestCollectionsAndModels.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
