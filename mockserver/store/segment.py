"""An immutable block of rows in the default order, with indexes built when first asked for."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import Generic, TypeVar

from mockserver.store import bits
from mockserver.store.arrangement import Arrangement
from mockserver.store.postings import Postings, gather
from mockserver.store.ranges import RangeIndex
from mockserver.store.table import Table
from mockserver.store.text import TextIndex

R = TypeVar("R")


class Segment(Generic[R]):
    """Rows that never change, shared by every fork that holds them.

    A row's position is its rank in the table's default order; its age is the number the
    collection gave it when its key was first put, so ages give the insertion order.
    """

    def __init__(self, table: Table[R], aged: Iterable[tuple[int, R]]) -> None:
        """Take (age, row) pairs in any order; keys must differ."""
        sort_key = table.order_key(None)
        ordered = sorted(aged, key=lambda pair: sort_key(pair[1]))
        self.table = table
        self.rows: list[R] = [row for _, row in ordered]
        self.ages = array("Q", [age for age, _ in ordered])
        self.places: dict[str, int] = {
            key: position for position, key in enumerate(map(table.key, self.rows))
        }
        self._uniques: dict[str, Mapping[Hashable, int]] = {}
        self._postings: dict[str, Postings] = {}
        self._ranges: dict[str, RangeIndex] = {}
        self._arrangements: dict[str, Arrangement] = {}

    def __len__(self) -> int:
        """The number of rows, those that a collection no longer counts included."""
        return len(self.rows)

    def unique(self, name: str) -> Mapping[Hashable, int]:
        """Give the position of each value of a unique index."""
        index = self._uniques.get(name)
        if index is None:
            values = map(self.table.unique_value(name), self.rows)
            index = {value: place for place, value in enumerate(values) if value is not None}
            self._uniques[name] = index
        return index

    def postings(self, name: str) -> Postings:
        """Give the index of a facet or lookup."""
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

    def prepare(self) -> None:
        """Build every index now."""
        for name in self.table.unique:
            self.unique(name)
        for name in (*self.table.lookups, *self.table.facets):
            self.postings(name)
        for name in self.table.ranges:
            self.range(name)
        for name in self.table.orders:
            self.arrangement(name)
        if self.table.text is not None:
            self.text.prepare()
