"""Another order of the same positions."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from mockserver.store import bits

_SPARSE = 32  # sets smaller than one position in 32 are moved position by position

_REMEMBERED = 8


class Arrangement:
    """Positions in the order of a sort key, and sets of positions moved into that order."""

    def __init__(self, keys: Sequence[Any]) -> None:
        """Take the sort key of each position."""
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self._order = order
        self._ranks = array("I", order)
        for rank, position in enumerate(order):
            self._ranks[position] = rank
        self._moves: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED)

    def position(self, rank: int) -> int:
        """Give the position of the row that has the rank in this order."""
        return self._order[rank]

    def ranks(self, chosen: int) -> int:
        """Give the set of the ranks that the chosen positions have in this order."""
        for before, after in self._moves:
            if before == chosen:
                return after
        moved = self._moved(chosen)
        self._moves.append((chosen, moved))
        return moved

    def _moved(self, chosen: int) -> int:
        width = len(self._order)
        size = chosen.bit_count()
        if size == width:
            return chosen
        if size * _SPARSE <= width:
            return bits.of([self._ranks[position] for position in bits.positions(chosen)], width)
        flags = bits.unpack(chosen, width)
        # a set that is neither full nor sparse has more than one position: a tuple comes back
        return bits.pack(bytes(itemgetter(*self._order)(flags)))
