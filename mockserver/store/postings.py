"""Which positions hold a value: an index from values to sets of positions."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from mockserver.store import bits

R = TypeVar("R")

_DENSE = 32  # a list of 4-byte positions outweighs a bitset from one position in 32


class Postings:
    """For each value the positions that hold it: a bitset when they are many, else a list."""

    __slots__ = ("_dense", "_sparse", "_width")

    def __init__(self, width: int, lists: Mapping[Any, Sequence[int]]) -> None:
        """Take ascending positions below `width` for each value."""
        self._width = width
        self._dense: dict[Hashable, int] = {}
        self._sparse: dict[Hashable, array[int]] = {}
        for value, positions in lists.items():
            if len(positions) * _DENSE > width:
                self._dense[value] = bits.of(positions, width)
            else:
                self._sparse[value] = array("I", positions)

    def adopt(self, value: Hashable, found: int) -> None:
        """Let a value be held by a set of positions, whatever held it before."""
        self._dense.pop(value, None)
        self._sparse.pop(value, None)
        if found.bit_count() * _DENSE > self._width:
            self._dense[value] = found
        else:
            self._sparse[value] = array("I", bits.positions(found))

    def many(self, value: Hashable) -> int:
        """Give the kept bitset of a value; empty when the value keeps a list."""
        return self._dense.get(value, 0)

    def few(self, value: Hashable) -> Sequence[int]:
        """Give the kept list of a value; empty when the value keeps a bitset."""
        return self._sparse.get(value, ())

    def bits(self, value: Hashable) -> int:
        """Give the set of the positions that hold the value; empty when none does."""
        few = self.few(value)
        return bits.of(few, self._width) if few else self.many(value)


def gather(
    rows: Iterable[R], values_of: Callable[[R], Iterable[Hashable]]
) -> dict[Hashable, list[int]]:
    """Give for each value the ascending positions of the rows that have it."""
    lists: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        for value in values_of(row):
            found = lists[value]
            if not found or found[-1] != position:
                found.append(position)
    return lists
