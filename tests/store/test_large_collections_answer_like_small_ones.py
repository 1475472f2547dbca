"""Thousands of rows in segments, an overlay and forks, against a plain filter, sort and page."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from mockserver.store import Collection, Query
from tests.store.people import PEOPLE, Model, Person, crowd, person

SIZE = 4500
NEEDLES = ("a", "ß", "SS", "ab", "äb", "abc", "ss", "bla", "blue", "green", "ä ß", "zz", "c r")


def worked(size: int, writes: int) -> tuple[Collection[Person], Model]:
    """Give a collection after loading and many random writes, with its model."""
    chance = random.Random(size + writes)
    rows = crowd(size)
    collection, model = Collection(PEOPLE, rows, overlay_limit=64), Model(rows)
    for _ in range(writes):
        row = replace(person(chance, chance.randrange(size * 4 // 3)), badge=None)
        if chance.random() < 0.3 and row.id in collection:
            assert collection.remove(row.id) == model.by_key.pop(row.id)
        else:
            collection.put(row)
            model.put(row)
    return collection, model


LOADED = worked(SIZE, 0)
WRITTEN = worked(SIZE, 1500)
GROWN = worked(SIZE // 10, 2500)


def random_query(chance: random.Random) -> Query[Person]:
    def maybe(value: object, share: float = 0.3) -> bool:
        return chance.random() < share

    low, high = sorted(chance.choices(range(50), k=2))
    bounds = chance.choice([(low, high), (None, high), (low, None), (None, None)])
    return Query(
        equals={
            **({"team": chance.choice(("red", "blue", "Green"))} if maybe("team") else {}),
            **({"any_tag": chance.choice("xyz")} if maybe("any_tag") else {}),
            **({"name": chance.choice("abc")} if maybe("name", 0.1) else {}),
        },
        between={"score": bounds} if maybe("between") else {},
        after={"score": chance.randrange(50)} if maybe("after", 0.2) else {},
        contains=chance.choice(NEEDLES) if maybe("contains", 0.5) else None,
        where=(lambda row: "1" in row.id,) if maybe("where", 0.1) else (),
        order=chance.choice((None, "newest", "name")),
        reverse=maybe("reverse", 0.5),
        page=chance.choice((1, 1, 2, 5, 40, 200)),
        per_page=chance.choice((None, 1, 25, 100)),
    )


@pytest.mark.parametrize("pair", [LOADED, WRITTEN, GROWN], ids=["loaded", "written", "grown"])
@pytest.mark.parametrize("seed", range(8))
def test_any_query_gives_the_rows_of_a_naive_filter_sort_and_page(
    pair: tuple[Collection[Person], Model], seed: int
) -> None:
    collection, model = pair
    chance = random.Random(seed)
    for _ in range(15):
        query = random_query(chance)
        assert collection.select(query) == model.select(query), query


@pytest.mark.parametrize("pair", [LOADED, WRITTEN, GROWN], ids=["loaded", "written", "grown"])
def test_lookups_give_each_row_once_in_insertion_order(
    pair: tuple[Collection[Person], Model],
) -> None:
    collection, model = pair
    for lookup, value in (("tag", "x"), ("name", "a"), ("name", "ßÄ"), ("name", "nobody")):
        assert collection.rows(lookup, value) == model.rows(lookup, value)
    for key in ("p7", "p77", "p777", "nobody"):
        assert collection.get(key) == model.by_key.get(key)


def test_a_value_that_a_row_names_twice_gives_the_row_once() -> None:
    twice = Person("twice", tags=("rare", "rare"))
    collection = Collection(PEOPLE, [*crowd(100), twice])
    assert collection.rows("tag", "rare") == (twice,)


@pytest.mark.parametrize("pair", [LOADED, WRITTEN, GROWN], ids=["loaded", "written", "grown"])
@pytest.mark.parametrize("reverse", [False, True])
def test_pages_in_turn_give_every_row_once_in_order(
    pair: tuple[Collection[Person], Model], reverse: bool
) -> None:
    collection, model = pair
    whole = model.select(Query(reverse=reverse)).rows
    pages = -(-len(whole) // 97)
    found = [
        row
        for page in range(1, pages + 1)
        for row in collection.select(Query(page=page, per_page=97, reverse=reverse)).rows
    ]
    assert tuple(found) == whole


def test_rows_put_one_by_one_are_found_like_loaded_ones() -> None:
    grown = Collection(PEOPLE)
    for row in crowd(SIZE):
        grown.put(row)
    for query in (Query[Person](), Query[Person](contains="ab", per_page=25)):
        assert grown.select(query) == LOADED[0].select(query)
    assert list(grown) == crowd(SIZE)


def test_removing_everything_leaves_an_empty_collection_that_can_be_filled_again() -> None:
    collection = Collection(PEOPLE, crowd(1000))
    for row in crowd(1000):
        collection.remove(row.id)
    assert (len(collection), list(collection), collection.select(Query()).total) == (0, [], 0)
    collection.put(Person("p1"))
    assert list(collection) == [Person("p1")]


def test_preparing_changes_no_answer() -> None:
    collection = WRITTEN[0].fork()
    before = collection.select(Query(contains="b", per_page=25))
    collection.prepare()
    assert collection.select(Query(contains="b", per_page=25)) == before
    assert list(collection) == list(WRITTEN[0])
