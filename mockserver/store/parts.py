"""The frozen share of a collection: segments, and which of their rows still count."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from typing import Generic, TypeVar

from mockserver.store import bits
from mockserver.store.keyed import Keyed
from mockserver.store.segment import Segment
from mockserver.store.table import Table

R = TypeVar("R")

_FEW = 16  # so many rows of a value are looked at one by one
_RATIO = 2  # a part is united with all younger ones once they hold half as many rows


class Part(Generic[R]):
    """A segment as one collection sees it: rows replaced or removed since no longer count."""

    __slots__ = ("dead", "segment", "size")

    def __init__(self, segment: Segment[R], dead: int = 0, dead_count: int = 0) -> None:
        """Take the shared segment, the positions that no longer count, and their number."""
        self.segment = segment
        self.dead = dead
        self.size = len(segment) - dead_count

    @property
    def crowded(self) -> bool:
        """Tell whether most of the segment's rows no longer count."""
        return self.size * 2 < len(self.segment)

    @property
    def live(self) -> int:
        """The positions that count."""
        return bits.full(len(self.segment)) ^ self.dead

    def holds(self, position: int) -> bool:
        """Tell whether the row at a position counts."""
        return not self.dead or not (self.dead >> position) & 1

    def get(self, key: str) -> R | None:
        """Give the row that has a key, if it counts."""
        if not self.dead:
            return self.segment.by_key.get(key)
        position = self.position(key)
        return None if position is None else self.segment.rows[position]

    def position(self, key: str) -> int | None:
        """Give the position of the row that has a key, if it counts."""
        position = self.segment.position(key)
        return position if position is not None and self.holds(position) else None

    def aged(self, name: str, value: Hashable) -> Iterable[tuple[int, R]]:
        """Give the (age, row) pairs of a lookup value, in no promised order."""
        segment = self.segment
        keys = segment.keyed.having(name, value)
        if len(keys) > _FEW and segment.is_ordered:
            return segment.pairs(segment.having(name, value) & ~self.dead)
        if self.dead:
            keys = [key for key in keys if self.position(key) is not None]
        return segment.aged(keys)

    def without(self, position: int) -> Part[R]:
        """Give the part after a row stopped counting."""
        dead_count = len(self.segment) - self.size + 1
        return Part(self.segment, self.dead | (1 << position), dead_count)


def settled(table: Table[R], parts: Iterable[Part[R]]) -> tuple[Part[R], ...]:
    """Give the parts anew: none empty or crowded, each several times as large as the next."""
    kept = [part for part in parts if part.size]
    first, younger = len(kept), 0
    for index in reversed(range(1, len(kept))):
        younger += kept[index].size
        if kept[index - 1].size <= _RATIO * younger:
            first = index - 1
    united = [_united(table, kept[first:])] if first < len(kept) else []
    return (*(_compacted(table, part) for part in kept[:first]), *united)


def _compacted(table: Table[R], part: Part[R]) -> Part[R]:
    return _united(table, [part]) if part.crowded else part


def _united(table: Table[R], parts: Sequence[Part[R]]) -> Part[R]:
    # the youngest first: in the usual order, latest first, that is nearly sorted
    ranked = chain.from_iterable(part.segment.ranked(part.live) for part in reversed(parts))
    if any(part.dead for part in parts):
        return Part(Segment.of(table, ranked))
    segments = [part.segment for part in parts]
    by_key = segments[0].by_key.copy()
    for segment in segments[1:]:
        by_key.update(segment.by_key)
    keyed = Keyed.united([segment.keyed for segment in segments])
    return Part(Segment.of(table, ranked, by_key, keyed))
