"""Sorted runs of matching rows, and a page taken out of several runs as if they were one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeVar

from mockserver.store import bits
from mockserver.store.segment import Segment

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Run(Protocol[R_co]):
    """Matching rows of one source in the asked order; a rank counts from 0."""

    def __len__(self) -> int:
        """The number of matching rows."""
        ...

    def key_at(self, rank: int) -> Any:
        """Give the sort key of the row with the rank."""
        ...

    def rank_of(self, key: Any) -> int:
        """Count the rows with a smaller sort key."""
        ...

    def take(self, low: int, high: int) -> Sequence[R_co]:
        """Give the rows with ranks [low, high)."""
        ...


class SegmentRun(Generic[R]):
    """The chosen rows of a segment."""

    __slots__ = ("_arrangement", "_ranks", "_rows", "_size", "_sort_key")

    def __init__(self, segment: Segment[R], chosen: int, order: str | None) -> None:
        """Take the chosen positions and the name of the order."""
        self._rows = segment.rows
        self._sort_key = segment.table.order_key(order)
        self._arrangement = segment.arrangement(order)
        self._ranks = chosen if self._arrangement is None else self._arrangement.ranks(chosen)
        self._size = chosen.bit_count()

    def __len__(self) -> int:
        """The number of chosen rows."""
        return self._size

    def key_at(self, rank: int) -> Any:
        """Give the sort key of the chosen row with the rank."""
        return self._key(bits.nth(self._ranks, rank))

    def rank_of(self, key: Any) -> int:
        """Count the chosen rows with a smaller sort key."""
        place = bisect_left(range(len(self._rows)), key, key=self._key)
        return bits.below(self._ranks, place)

    def take(self, low: int, high: int) -> list[R]:
        """Give the chosen rows with ranks [low, high)."""
        return [self._row(place) for place in bits.ranked(self._ranks, low, high)]

    def _key(self, place: int) -> Any:
        return self._sort_key(self._row(place))

    def _row(self, place: int) -> R:
        return self._rows[self._arrangement.position(place) if self._arrangement else place]


class SortedRun(Generic[R]):
    """A few rows, sorted here."""

    __slots__ = ("_keys", "_rows")

    def __init__(self, rows: Sequence[R], sort_key: Callable[[R], Any]) -> None:
        """Take rows in any order."""
        keyed = sorted(((sort_key(row), row) for row in rows), key=itemgetter(0))
        self._keys = [key for key, _ in keyed]
        self._rows = [row for _, row in keyed]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._rows)

    def key_at(self, rank: int) -> Any:
        """Give the sort key of the row with the rank."""
        return self._keys[rank]

    def rank_of(self, key: Any) -> int:
        """Count the rows with a smaller sort key."""
        return bisect_left(self._keys, key)

    def take(self, low: int, high: int) -> list[R]:
        """Give the rows with ranks [low, high)."""
        return self._rows[low:high]


def merged(runs: Sequence[Run[R]], low: int, high: int, sort_key: Callable[[R], Any]) -> list[R]:
    """Give the rows with ranks [low, high) of all runs together, in order."""
    if len(runs) == 1:
        return list(runs[0].take(low, high))
    size = high - low
    pool: list[R] = []
    for run, start in zip(runs, cut(runs, low), strict=True):
        pool += run.take(start, min(start + size, len(run)))
    pool.sort(key=sort_key)
    return pool[:size]


def cut(runs: Sequence[Run[R]], count: int) -> list[int]:
    """Give how many of the first `count` rows of all runs together lie in each run."""
    taken = [0] * len(runs)
    left = sorted(range(len(runs)), key=lambda index: -len(runs[index]))
    while left and count:
        largest, *left = left
        taken[largest] = _share(runs[largest], [runs[index] for index in left], count)
        count -= taken[largest]
    return taken


def _share(run: Run[R], others: Sequence[Run[R]], count: int) -> int:
    """Count the rows of a run that are among the first `count` rows of it and the others."""

    def place(rank: int) -> int:
        key = run.key_at(rank)
        return rank + sum(other.rank_of(key) for other in others)

    most = min(len(run), count)
    least = max(0, count - sum(map(len, others)))
    return bisect_left(range(most), count, lo=least, key=place)
