from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.store import Collection
from tests.store.people import PEOPLE, Person, crowd, person


def by_hand(before: Collection[Person], after: Collection[Person]) -> set[tuple[str, int, int]]:
    """The keys with the identity of both rows, found by looking at every row."""
    keys = {row.id for row in before} | {row.id for row in after}
    pairs = {key: (before.get(key), after.get(key)) for key in keys}
    return {(key, id(old), id(new)) for key, (old, new) in pairs.items() if old is not new}


def told(before: Collection[Person], after: Collection[Person]) -> set[tuple[str, int, int]]:
    changes = after.changes_since(before)
    keys = [row.id for pair in changes for row in [pair[0] or pair[1]] if row is not None]
    assert len(set(keys)) == len(keys)
    return {(key, id(old), id(new)) for key, (old, new) in zip(keys, changes, strict=True)}


def lived(people: Collection[Person], seed: int, steps: int) -> Collection[Person]:
    chance = random.Random(seed)
    for _ in range(steps):
        number = chance.randrange(60)
        if chance.random() < 0.3 and f"p{number}" in people:
            people.remove(f"p{number}")
        else:
            people.put(person(chance, number))
    return people


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 2**32),
    st.sampled_from([1, 4, 16, 256]),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 120),
)
def test_they_are_those_found_by_looking_at_every_row(
    seed: int, limit: int, loaded: int, before_steps: int, steps: int
) -> None:
    before = lived(Collection(PEOPLE, crowd(loaded), overlay_limit=limit), seed, before_steps)
    after = lived(before.fork(), seed + 1, steps)
    assert told(before, after) == by_hand(before, after)
    assert told(after, before) == by_hand(after, before)


def test_collections_that_share_nothing_are_compared_row_by_row() -> None:
    rows = crowd(20)
    before, after = Collection(PEOPLE, rows[:15]), Collection(PEOPLE, rows[5:])
    assert told(before, after) == by_hand(before, after)
    assert len(after.changes_since(before)) == 10


def test_a_fork_starts_without_changes() -> None:
    people = Collection(PEOPLE, crowd(20))
    people.put(Person("fresh"))
    assert people.fork().changes_since(people) == []


def test_changed_and_removed_rows_come_before_new_ones_each_as_inserted() -> None:
    before = Collection(PEOPLE, [Person(key) for key in ("a", "b", "c", "d")])
    after = before.fork()
    for key in ("z", "d", "y"):
        after.put(Person(key, name="new"))
    after.remove("b")
    assert after.changes_since(before) == [
        (Person("b"), None),
        (Person("d"), Person("d", name="new")),
        (None, Person("z", name="new")),
        (None, Person("y", name="new")),
    ]


def test_rows_that_are_shared_are_not_looked_at() -> None:
    before = Collection(PEOPLE, crowd(20))
    before.prepare()
    after = before.fork()
    after.put(Person("fresh"))
    looked_at: list[str] = []
    original = PEOPLE.key

    def key(row: Person) -> str:
        looked_at.append(row.id)
        return original(row)

    object.__setattr__(PEOPLE, "key", key)
    try:
        assert len(after.changes_since(before)) == 1
    finally:
        object.__setattr__(PEOPLE, "key", original)
    assert looked_at == ["fresh"]
