from __future__ import annotations

from collections.abc import Callable

import pytest

from mockserver.store import Collection, Query
from tests.store.people import PEOPLE, Person, crowd

Writer = Callable[[Collection[Person]], object]


def put(people: Collection[Person], *rows: Person) -> None:
    for row in rows:
        people.put(row)


WRITES: dict[str, Writer] = {
    "a row is added": lambda people: put(people, Person("new", badge="new", name="new")),
    "a loaded row is replaced": lambda people: put(people, Person("p3", name="other")),
    "a fresh row is replaced": lambda people: put(people, Person("fresh", name="other")),
    "a loaded row is removed": lambda people: people.remove("p4"),
    "a fresh row is removed": lambda people: people.remove("fresh"),
    "the overlay is frozen": lambda people: put(people, *crowd(60, seed=2)[20:]),
    "most rows are removed": lambda people: [people.remove(f"p{n}") for n in range(15)],
}


def people() -> Collection[Person]:
    collection = Collection(PEOPLE, crowd(20), overlay_limit=8)
    collection.put(Person("fresh", badge="fresh", name="fresh"))
    return collection


def everything(collection: Collection[Person]) -> object:
    return (
        list(collection),
        collection.select(Query()),
        collection.select(Query(contains="e", order="name")),
        collection.rows("name", "fresh"),
        collection.find("badge", "fresh"),
        collection.find("badge", "new"),
    )


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_the_origin_stays_as_it_was_when_in_the_fork(write: Writer) -> None:
    origin = people()
    before = everything(origin)
    write(origin.fork())
    assert everything(origin) == before


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_the_fork_stays_as_it_was_when_in_the_origin(write: Writer) -> None:
    origin = people()
    fork = origin.fork()
    before = everything(fork)
    write(origin)
    assert everything(fork) == before


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_fork_of_a_fork_starts_with_what_was_written_when_in_between(write: Writer) -> None:
    middle = people().fork()
    write(middle)
    assert everything(middle.fork()) == everything(middle)


def test_both_sides_may_insert_the_same_unique_value() -> None:
    origin = people()
    fork = origin.fork()
    origin.put(Person("here", badge="same"))
    fork.put(Person("there", badge="same"))
    assert origin.find("badge", "same") == Person("here", badge="same")
    assert fork.find("badge", "same") == Person("there", badge="same")


def test_a_prepared_collection_answers_as_before() -> None:
    collection = people()
    before = everything(collection)
    collection.prepare()
    assert everything(collection) == before
