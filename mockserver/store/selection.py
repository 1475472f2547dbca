"""Which rows a query asks for: as a set of a segment's positions, or row by row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, TypeVar

from mockserver.store import bits
from mockserver.store.query import Query
from mockserver.store.segment import Segment
from mockserver.store.table import Table

R = TypeVar("R")


def chosen(segment: Segment[R], query: Query[R], live: int) -> int:
    """Give the positions of a segment, among the live ones, that the query asks for."""
    found = live
    for name, value in query.equals.items():
        found &= segment.having(name, value)
    for name, (low, high) in query.between.items():
        if low is not None or high is not None:
            found &= segment.range(name).between(low, high)
    for name, low in query.after.items():
        found &= segment.range(name).after(low)
    if query.contains:
        found = segment.text.matching(query.contains.casefold(), found)
    if query.where:
        found = _tested(segment, query.where, found)
    return found


def accepting(table: Table[R], query: Query[R]) -> Callable[[R], bool]:
    """Give the test of a single row that agrees with `chosen`; UnknownIndex for unknown names."""
    return _all(tuple(_tests(table, query)))


def _tested(segment: Segment[R], where: tuple[Callable[[R], bool], ...], found: int) -> int:
    rows = segment.rows
    accepts = _all(where)
    kept = [position for position in bits.positions(found) if accepts(rows[position])]
    return bits.of(kept, len(rows))


def _tests(table: Table[R], query: Query[R]) -> Iterator[Callable[[R], bool]]:
    for name, value in query.equals.items():
        yield _has(table.equal_values(name), value)
    for name, (low, high) in query.between.items():
        if low is not None or high is not None:
            yield _within(table.range_value(name), low, high)
    for name, low in query.after.items():
        yield _above(table.range_value(name), low)
    if query.contains:
        yield _containing(table, query.contains.casefold())
    yield from query.where


def _all(tests: tuple[Callable[[R], bool], ...]) -> Callable[[R], bool]:
    if len(tests) == 1:
        return tests[0]
    return lambda row: all(test(row) for test in tests)


def _has(values_of: Callable[[R], Iterable[Hashable]], value: Hashable) -> Callable[[R], bool]:
    return lambda row: value in values_of(row)


def _within(
    value_of: Callable[[R], Any | None], low: Any | None, high: Any | None
) -> Callable[[R], bool]:
    def test(row: R) -> bool:
        value = value_of(row)
        if value is None or (low is not None and value < low):
            return False
        return high is None or bool(value <= high)

    return test


def _above(value_of: Callable[[R], Any | None], low: Any) -> Callable[[R], bool]:
    def test(row: R) -> bool:
        value = value_of(row)
        return value is not None and bool(value > low)

    return test


def _containing(table: Table[R], needle: str) -> Callable[[R], bool]:
    text_of = table.searched_text()
    return lambda row: needle in text_of(row)
