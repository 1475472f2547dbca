from __future__ import annotations

import pytest

from mockserver.store import Collection, Page, Query, Table
from tests.store.people import PEOPLE, Person

ROWS = [Person(f"p{number}", score=number // 2, name=f"n{-number % 7}") for number in range(7)]


@pytest.fixture(params=["loaded", "fresh", "mixed"])
def people(request: pytest.FixtureRequest) -> Collection[Person]:
    loaded = {"loaded": 7, "fresh": 0, "mixed": 4}[request.param]
    collection = Collection(PEOPLE, ROWS[:loaded])
    for row in ROWS[loaded:]:
        collection.put(row)
    return collection


def ids(page: Page[Person]) -> str:
    return " ".join(row.id for row in page.rows)


def test_the_first_declared_order_is_the_default(people: Collection[Person]) -> None:
    assert ids(people.select(Query())) == "p6 p4 p5 p2 p3 p0 p1"


def test_a_named_order_replaces_the_default(people: Collection[Person]) -> None:
    assert ids(people.select(Query(order="name"))) == "p0 p6 p5 p4 p3 p2 p1"


def test_reverse_turns_the_whole_order_round_ties_included(people: Collection[Person]) -> None:
    assert ids(people.select(Query(reverse=True))) == "p1 p0 p3 p2 p5 p4 p6"


@pytest.mark.parametrize(
    ("page", "reverse", "expected"),
    [(1, False, "p6 p4 p5"), (2, False, "p2 p3 p0"), (3, False, "p1"), (3, True, "p6")],
)
def test_a_page_holds_its_share(
    people: Collection[Person], page: int, reverse: bool, expected: str
) -> None:
    found = people.select(Query(page=page, per_page=3, reverse=reverse))
    assert ids(found) == expected
    assert (found.total, found.page, found.per_page, found.total_pages) == (7, page, 3, 3)


@pytest.mark.parametrize(("page", "per_page"), [(4, 3), (10**9, 100), (2, None)])
@pytest.mark.parametrize("reverse", [False, True])
def test_a_page_past_the_end_is_empty_and_keeps_the_total(
    people: Collection[Person], page: int, per_page: int | None, reverse: bool
) -> None:
    found = people.select(Query(page=page, per_page=per_page, reverse=reverse))
    assert (found.rows, found.total) == ((), 7)


@pytest.mark.parametrize(
    ("total", "per_page", "pages"),
    [(0, 25, 0), (1, 25, 1), (25, 25, 1), (26, 25, 2), (142, 25, 6), (7, None, 1), (0, None, 0)],
)
def test_total_pages_counts_pages_that_hold_a_row(
    total: int, per_page: int | None, pages: int
) -> None:
    assert Page[Person]((), total, 1, per_page).total_pages == pages


def test_an_empty_collection_answers_an_empty_page() -> None:
    assert Collection(PEOPLE).select(Query(per_page=25)) == Page((), 0, 1, 25)


@pytest.mark.parametrize("wrong", [0, -1])
def test_pages_and_sizes_below_one_are_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match=f"page is {wrong}"):
        Query(page=wrong)
    with pytest.raises(ValueError, match=f"per_page is {wrong}"):
        Query(per_page=wrong)


def test_without_orders_rows_sort_by_key() -> None:
    plain = Table[Person](name="plain", key=lambda row: row.id)
    collection = Collection(plain, [Person("b"), Person("a")])
    collection.put(Person("0"))
    assert ids(collection.select(Query())) == "0 a b"
    assert [row.id for row in collection] == ["b", "a", "0"]


def test_a_filter_comes_before_the_page_and_where_comes_last(people: Collection[Person]) -> None:
    asked: list[str] = []

    def odd(row: Person) -> bool:
        asked.append(row.id)
        return row.id in {"p1", "p3"}

    found = people.select(Query(between={"score": (None, 1)}, where=(odd,), per_page=1))
    assert (ids(found), found.total) == ("p3", 2)
    assert sorted(asked) == ["p0", "p1", "p2", "p3"]
