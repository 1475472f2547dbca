"""An immutable block of rows; their default order and indexes are made when first asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable
from functools import cached_property
from itertools import compress, count
from operator import itemgetter
from typing import Any, Generic, TypeVar

from mockserver.store import bits
from mockserver.store.arrangement import Arrangement
from mockserver.store.keyed import Keyed
from mockserver.store.postings import Postings, gather
from mockserver.store.ranges import RangeIndex
from mockserver.store.table import Table
from mockserver.store.text import TextIndex

R = TypeVar("R")
_SMALL = 4096


class Segment(Generic[R]):
    """Rows that never change, shared by every fork that holds them.

    A row's position is its rank in the table's default order; its age is the number the
    collection gave it when its key was first put, so ages give the insertion order. The rows are
    put in order when somebody asks for a position.
    """

    def __init__(
        self,
        table: Table[R],
        by_key: dict[str, R],
        ages: dict[str, int] | None,
        keyed: Keyed | None = None,
    ) -> None:
        """Take the rows and their ages by their keys; `keyed` is read from them if not given.

        The dictionaries must not be changed afterwards.
        """
        self.table = table
        self.by_key = by_key
        self._ages = ages
        if keyed is not None:
            self.keyed = keyed
        self._postings: dict[str, Postings] = {}
        self._ranges: dict[str, RangeIndex] = {}
        self._arrangements: dict[str, Arrangement] = {}

    @classmethod
    def of(
        cls,
        table: Table[R],
        ranked: Iterable[tuple[Any, int, R]],
        by_key: dict[str, R] | None = None,
        keyed: Keyed | None = None,
    ) -> Segment[R]:
        """Make one of (sort key, age, row) in any order, the nearer to their order the faster."""
        ordered = _in_order(ranked)
        if by_key is None:
            by_key = dict(zip(map(table.key, ordered[2]), ordered[2], strict=True))
        segment = cls(table, by_key, None, keyed)
        segment._ordered = ordered
        return segment

    def __len__(self) -> int:
        """The number of rows, those that a collection no longer counts included."""
        return len(self.by_key)

    @property
    def is_ordered(self) -> bool:
        """Whether somebody asked for a position before."""
        return self._ages is None

    @cached_property
    def _ordered(self) -> tuple[list[Any], array[int], list[R]]:
        """Sort keys, ages and rows by position."""
        ages, sort_key = self._ages, self.table.order_key(None)
        assert ages is not None
        self._ages = None
        return _in_order([(sort_key(row), ages[key], row) for key, row in self.by_key.items()])

    @cached_property
    def sort_keys(self) -> list[Any]:
        """The sort keys of the rows by position."""
        return self._ordered[0]

    @cached_property
    def ages(self) -> array[int]:
        """The ages of the rows by position."""
        return self._ordered[1]

    @cached_property
    def rows(self) -> list[R]:
        """The rows by position."""
        return self._ordered[2]

    def aged(self, keys: Iterable[str]) -> list[tuple[int, R]]:
        """Give the (age, row) pairs of keys that are here, in their order."""
        if self._ages is not None:
            ages, by_key = self._ages, self.by_key
            return [(ages[key], by_key[key]) for key in keys]
        positions = [at for at in map(self.position, keys) if at is not None]
        return [(self.ages[at], self.rows[at]) for at in positions]

    @cached_property
    def keyed(self) -> Keyed:
        """The keys of the rows that have a unique or lookup value."""
        return Keyed.read(self.table, self.rows)

    @cached_property
    def places(self) -> dict[str, int]:
        """The positions of the rows by their keys."""
        return dict(zip(map(self.table.key, self.rows), count(), strict=False))

    def position(self, key: str) -> int | None:
        """Give the position of the row with a key, or None.

        In a large segment it is searched for, until all are needed: to write them all down takes
        longer than a request should.
        """
        row = self.by_key.get(key)
        if row is None:
            return None
        if len(self) > _SMALL and "places" not in self.__dict__:
            return bisect_left(self.sort_keys, self.table.order_key(None)(row))
        return self.places[key]

    def having(self, name: str, value: Hashable) -> int:
        """Give the set of the positions that have a value of a lookup or facet."""
        if name not in self.table.lookups:
            return self.postings(name).bits(value)
        places = self.places
        return bits.of([places[key] for key in self.keyed.having(name, value)], len(self))

    def postings(self, name: str) -> Postings:
        """Give the index of a facet."""
        index = self._postings.get(name)
        if index is None:
            index = Postings(len(self), gather(self.rows, self.table.equal_values(name)))
            self._postings[name] = index
        return index

    def range(self, name: str) -> RangeIndex:
        """Give the index of a range."""
        index = self._ranges.get(name)
        if index is None:
            index = RangeIndex(list(map(self.table.range_value(name), self.rows)))
            self._ranges[name] = index
        return index

    def arrangement(self, order: str | None) -> Arrangement | None:
        """Give how positions lie in an order; None when that is the order of the positions."""
        if order is None or self.table.is_default_order(order):
            return None
        arrangement = self._arrangements.get(order)
        if arrangement is None:
            arrangement = Arrangement(list(map(self.table.order_key(order), self.rows)))
            self._arrangements[order] = arrangement
        return arrangement

    @cached_property
    def text(self) -> TextIndex:
        """The index of the rows' texts."""
        return TextIndex(list(map(self.table.searched_text(), self.rows)))

    def pairs(self, chosen: int) -> Iterable[tuple[int, R]]:
        """Give the (age, row) pairs of a set of positions, in the order of the positions."""
        if chosen.bit_count() == len(self):
            return zip(self.ages, self.rows, strict=True)
        return [(self.ages[position], self.rows[position]) for position in bits.positions(chosen)]

    def ranked(self, chosen: int) -> Iterable[tuple[Any, int, R]]:
        """Give (sort key, age, row) of a set of positions, in the order of the positions."""
        everything = zip(self.sort_keys, self.ages, self.rows, strict=True)
        if chosen.bit_count() == len(self):
            return everything
        return compress(everything, bits.unpack(chosen, len(self)))

    def prepare(self) -> None:
        """Build every index now."""
        _ = self.keyed, self.places
        for name in self.table.facets:
            self.postings(name)
        for name in self.table.ranges:
            self.range(name)
        for name in self.table.orders:
            self.arrangement(name)
        if self.table.text is not None:
            self.text.prepare()


def _in_order(
    ranked: Iterable[tuple[Any, int, R]],
) -> tuple[list[Any], array[int], list[R]]:
    """Sort keys, ages and rows, ordered by the first."""
    ordered = sorted(ranked, key=itemgetter(0))
    sort_keys, rows = list(map(itemgetter(0), ordered)), list(map(itemgetter(2), ordered))
    return sort_keys, array("Q", map(itemgetter(1), ordered)), rows
