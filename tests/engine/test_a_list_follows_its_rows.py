"""A list asked for again is put right where rows changed, and is what it would be anew."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.engine.arranging import Arranged, Arrangements
from mockserver.engine.inference import Filter, Listing, Paging
from mockserver.engine.listing import Question
from mockserver.engine.world import Row

LISTING = Listing((), {}, "", Paging(), (Filter("genre", ("genre",)),), ("q",), "sort", "direction")
QUERIES: tuple[dict[str, Any], ...] = (
    {},
    {"genre": "novel"},
    {"sort": "title"},
    {"sort": "-title"},
    {"sort": "title", "direction": "desc", "genre": "novel"},
    {"sort": "genre,-title,pages"},
    {"sort": ["-genre", "pages"]},
    {"direction": "desc"},
    {"sort": "desc", "q": "a"},
)
BOOKS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["a", "A", "b", "ba", 3, None]),
        "genre": st.sampled_from(["novel", "poetry"]),
        "pages": st.sampled_from([1, 2, 2.5, True]),
    },
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["put", "replace", "delete", "again"]), st.integers(0, 99), BOOKS),
    max_size=6,
)


def _row(value: Any) -> Row:
    return {"key": "1", "place": "", "id": 1, "under": (), "value": value}


def _changed(rows: list[Row], change: tuple[str, int, Any]) -> list[Row]:
    kind, number, value = change
    if kind == "put" or not rows:
        return [*rows, _row(value)]
    at = number % len(rows)
    if kind == "replace":
        return [*rows[:at], _row(value), *rows[at + 1 :]]
    rest = [*rows[:at], *rows[at + 1 :]]
    return [*rest, rows[at]] if kind == "again" else rest


@pytest.mark.parametrize("query", QUERIES, ids=str)
@given(books=st.lists(BOOKS, max_size=12), steps=st.lists(CHANGES, max_size=6))
def test_what_follows_changes_is_what_it_would_be_anew(
    query: dict[str, Any], books: list[Any], steps: list[Any]
) -> None:
    rows = [_row(book) for book in books]
    arranged = Arranged.of(Question(LISTING, query), tuple(rows))
    for changes in steps:
        for change in changes:
            rows = _changed(rows, change)
        arranged = arranged.followed(tuple(rows))
        anew = Question(LISTING, query).answered(rows)
        assert list(map(id, arranged.rows)) == list(map(id, anew))


class Counting(Question):
    """A question that counts the rows that it looks at."""

    looked = 0

    def holds(self, row: Row) -> bool:
        """Look at one row."""
        self.looked += 1
        return super().holds(row)

    def answered(self, rows: Any) -> list[Row]:
        """Look at all rows."""
        found = list(rows)
        self.looked += len(found)
        return super().answered(found)


def test_rows_that_have_not_changed_are_not_looked_at_again() -> None:
    question = Counting(LISTING, {"genre": "novel", "sort": "-title"})
    rows = [_row({"genre": "novel", "title": str(number)}) for number in range(1000)]
    arranged = Arranged.of(question, tuple(rows))
    question.looked = 0
    rows[500] = _row({"genre": "novel", "title": "changed"})
    rows[10] = _row({"genre": "poetry", "title": "changed"})
    rows.append(_row({"genre": "novel", "title": "new"}))
    arranged = arranged.followed(tuple(rows))
    del rows[300:303]
    arranged = arranged.followed(tuple(rows))
    assert arranged.rows == Question(LISTING, {"genre": "novel", "sort": "-title"}).answered(rows)
    assert question.looked == 8


def test_arrangements_are_forgotten_when_they_grow_too_many() -> None:
    arrangements, asked = Arrangements(), list[int]()
    rows = tuple(_row({"title": str(number)}) for number in range(30_000))

    def ask(number: int) -> Question:
        asked.append(number)
        return Question(LISTING, {"sort": "title"})

    for number in (1, 2, 3, 3, 4, 1):
        arrangements.rows(number, rows, lambda number=number: ask(number))  # type: ignore[misc]
    assert asked == [1, 2, 3, 4, 1]
