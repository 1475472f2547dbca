from __future__ import annotations

from mockserver.store import Collection
from tests.store.people import PEOPLE, Person


def letters(collection: Collection[Person]) -> str:
    return "".join(row.id for row in collection)


def people(limit: int = 256) -> Collection[Person]:
    loaded = [Person(key, score=score, tags=("x",)) for score, key in enumerate("dab")]
    return Collection(PEOPLE, loaded, overlay_limit=limit)


def test_iteration_follows_insertion_not_the_default_order() -> None:
    collection = people()
    collection.put(Person("c"))
    assert letters(collection) == "dabc"


def test_a_replaced_row_stays_where_it_was_even_in_a_fork() -> None:
    for limit in (1, 2, 256):
        collection = people(limit).fork()
        collection.put(Person("c", tags=("x",)))
        collection.put(Person("d", score=99, tags=("x",)))
        collection.put(Person("a", score=-99, tags=("x", "x")))
        assert letters(collection) == "dabc"
        assert "".join(row.id for row in collection.rows("tag", "x")) == "dabc"


def test_a_removed_row_comes_back_at_the_end() -> None:
    for limit in (1, 2, 256):
        collection = people(limit)
        row = collection.remove("d")
        collection.put(row)
        assert letters(collection) == "abd"


def test_writes_during_an_iteration_do_not_disturb_it() -> None:
    collection = people()
    seen = []
    for row in collection:
        collection.remove(row.id)
        collection.put(Person(row.id.upper()))
        seen.append(row.id)
    assert seen == list("dab")
    assert letters(collection) == "DAB"
