"""A list as it was asked for: narrowed, sorted, cut into a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from mockserver.engine.inference import Filter, Listing, Paging
from mockserver.engine.names import plain
from mockserver.engine.world import Row, text_of

Json = Any
Query = Mapping[str, Any]
Test = Callable[[Json], bool]
_USUAL_SIZE = 20
_DESCENDING = ("desc", "descending", "-1", "down", "reverse")
_ASCENDING = ("asc", "ascending", "1", "up")


@dataclass(frozen=True, slots=True)
class Window:
    """One page of rows: those from `start` on, of `total` that match; `size` is the most it holds.

    `number` is that of the page. `after` and `before` are the ids that lead to the next page
    and to the one before, None where there is none.
    """

    rows: tuple[Row, ...]
    start: int
    size: int
    total: int
    number: int
    after: Json
    before: Json

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // max(1, self.size)))

    @property
    def has_next(self) -> bool:
        """Whether rows follow the page."""
        return self.start + len(self.rows) < self.total


class Question:
    """What a query asks of the rows of a list, its page aside.

    `terms` are the members to sort by, and whether downwards; `is_turned` asks for the last row
    first.
    """

    __slots__ = ("_ranks", "_tests", "is_turned", "terms")

    def __init__(self, listing: Listing, query: Query) -> None:
        self._tests = tuple(_tests(listing, query))
        self.terms, self.is_turned = _order(listing, query)
        self._ranks = [(partial(_rank, name, plain(name)), down) for name, down in self.terms]

    def holds(self, row: Row) -> bool:
        """Whether the row is asked for."""
        return all(test(row["value"]) for test in self._tests)

    def answered(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that are asked for, in the order that is asked for."""
        matching = list(rows)
        for test in self._tests:
            matching = [row for row in matching if test(row["value"])]
        for rank, is_down in reversed(self._ranks):
            matching.sort(key=rank, reverse=is_down)
        return matching[::-1] if self.is_turned else matching

    def key(self, row: Row, number: int) -> tuple[Any, ...]:
        """What sorts the rows of `answered`, each given with its number among all rows."""
        ranks = [_Down(rank(row)) if is_down else rank(row) for rank, is_down in self._ranks]
        return (*ranks, -number if self.is_turned else number)


def question_of(listing: Listing, query: Query) -> str:
    """The part of a query that `Question` reads, in one text."""
    paging = listing.paging
    of_page = (paging.page, paging.size, paging.offset, paging.after, paging.before)
    return repr({name: value for name, value in query.items() if name not in of_page})


# --- narrowing


def _tests(listing: Listing, query: Query) -> Iterator[Test]:
    """What a record must be to be shown."""
    for narrowing in listing.filters:
        if narrowing.parameter in query:
            yield _test(narrowing, query[narrowing.parameter])
    for name in listing.search:
        if name in query:
            yield partial(_holds, text=str(query[name]).casefold())


def _test(narrowing: Filter, asked: Json) -> Test:
    wanted = asked if isinstance(asked, list) else [asked]
    is_kept = _equals(wanted) if narrowing.test == "eq" else _compares(narrowing.test, wanted)
    if len(narrowing.member) == 1:
        name = narrowing.member[0]
        return lambda record: is_kept(record.get(name) if isinstance(record, dict) else None)
    return lambda record: is_kept(_member(record, narrowing.member))


def _member(record: Json, names: Iterable[str]) -> Json:
    for name in names:
        record = record.get(name) if isinstance(record, dict) else None
    return record


def _equals(wanted: list[Json]) -> Test:
    """Equal to one of the wanted values, or holding one that is."""
    texts = {_text(each) for each in wanted}
    texts |= {part for each in wanted if isinstance(each, str) for part in each.split(",")}

    def is_kept(value: Json) -> bool:
        if isinstance(value, str):
            return value in texts
        if isinstance(value, list):
            return any(_text(each) in texts for each in value)
        return _text(value) in texts

    return is_kept


def _compares(test: str, wanted: list[Json]) -> Test:
    holds = _TESTS[test]
    return lambda value: value is not None and all(holds(value, each) for each in wanted)


def _text(value: Json) -> str:
    return text_of(value) if isinstance(value, str | int | float | bool) else repr(value)


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Json, Json], bool]:
    def holds(value: Json, asked: Json) -> bool:
        if isinstance(value, int | float) and isinstance(asked, int | float):
            return test(value, asked)
        return test(_text(value), _text(asked))

    return holds


_TESTS: Mapping[str, Callable[[Json, Json], bool]] = {
    "ge": _ordered(lambda value, asked: value >= asked),
    "gt": _ordered(lambda value, asked: value > asked),
    "le": _ordered(lambda value, asked: value <= asked),
    "lt": _ordered(lambda value, asked: value < asked),
    "ne": lambda value, asked: _text(value) != _text(asked),
    "has": lambda value, asked: _text(asked).casefold() in _text(value).casefold(),
}


def _holds(value: Json, text: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(each, text) for each in value.values())
    if isinstance(value, list):
        return any(_holds(each, text) for each in value)
    return isinstance(value, str) and text in value.casefold()


# --- sorting


class _Down:
    """A rank that sorts the other way round."""

    __slots__ = ("rank",)

    def __init__(self, rank: Any) -> None:
        self.rank = rank

    def __lt__(self, other: _Down) -> bool:
        return bool(other.rank < self.rank)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Down) and bool(self.rank == other.rank)

    __hash__ = None  # type: ignore[assignment]


def _order(listing: Listing, query: Query) -> tuple[list[tuple[str, bool]], bool]:
    """The members to sort by, each with whether downwards; whether the last row comes first."""
    asked = query.get(listing.sort) if listing.sort else None
    turned = str(query.get(listing.direction, "")).lower() in _DESCENDING
    parts = asked if isinstance(asked, list) else str(asked or "").split(",")
    terms = [_term(str(each).strip()) for each in parts if str(each).strip()]
    ways = (*_DESCENDING, *_ASCENDING)
    named = [(name, down or turned) for name, down in terms if name.lower() not in ways]
    is_bare = not asked or str(asked).lower() in ways
    return named, is_bare and (turned or str(asked).lower() in _DESCENDING)


def _term(text: str) -> tuple[str, bool]:
    """A member and whether it sorts downwards: `-name`, `name:desc`, `name desc`, `name`."""
    for mark in (":", " ", "."):
        name, _, direction = text.rpartition(mark)
        if name and direction.lower() in (*_DESCENDING, *_ASCENDING):
            return name, direction.lower() in _DESCENDING
    return text.lstrip("+-"), text.startswith("-")


def _rank(name: str, wanted: str, row: Row) -> tuple[int, float, str]:
    """Where a record stands among others: what has no such member last, numbers before texts.

    The member has the name, else one that is `wanted` without case and separators.
    """
    record, value = row["value"], None
    if isinstance(record, dict):
        if name in record:
            value = record[name]
        else:
            value = next((record[each] for each in record if plain(each) == wanted), None)
    if isinstance(value, str):
        return 1, 0, value.casefold()
    return (0, value, "") if isinstance(value, int | float) else (2, 0, "")


# --- cutting a page


def page_of(paging: Paging, rows: list[Row], query: Query) -> Window:
    """The page that a query asks for of the rows of a list."""
    total = len(rows)
    usual = paging.default or _USUAL_SIZE
    size = _number(query.get(paging.size), usual) if paging.is_any else max(1, total)
    start = _start(paging, rows, query, size)
    shown = tuple(rows[start : start + size])
    return Window(
        rows=shown,
        start=start,
        size=size,
        total=total,
        number=paging.first + start // max(1, size),
        after=shown[-1]["id"] if shown and start + len(shown) < total else None,
        before=shown[0]["id"] if shown and start > 0 else None,
    )


def _start(paging: Paging, rows: list[Row], query: Query, size: int) -> int:
    """The rank of the first row of the page; past the end where nothing is there."""
    total = len(rows)
    if paging.after in query:
        at = _rank_of(rows, query[paging.after])
        return 0 if at is None else at + 1
    if paging.before in query:
        at = _rank_of(rows, query[paging.before])
        return 0 if at is None else max(0, at - size)
    if paging.offset in query:
        return min(total, max(0, _number(query[paging.offset], 0)))
    if paging.page in query:
        number = _number(query[paging.page], paging.first)
        return min(total, max(0, number - paging.first) * size)
    return 0


def _rank_of(rows: list[Row], token: Json) -> int | None:
    """The rank of the row with an id; None when there is none (any more)."""
    wanted = text_of(token) if isinstance(token, str | int) else ""
    return next((at for at, row in enumerate(rows) if text_of(row["id"]) == wanted), None)


def _number(value: Json, usual: int) -> int:
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        value = int(value)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return max(0, min(value, 10**9)) if is_whole else usual
