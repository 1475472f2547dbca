"""Which positions have a value within bounds."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from mockserver.store import bits

_MARKS = 64
_SHORTEST_STEP = 256


class RangeIndex:
    """Positions sorted by value, with the set of all smaller ones kept at every mark."""

    __slots__ = ("_marks", "_positions", "_step", "_values", "_width")

    def __init__(self, values: Sequence[Any]) -> None:
        """Take the value of each position; a position with None is in no range."""
        known = [position for position, value in enumerate(values) if value is not None]
        known.sort(key=values.__getitem__)
        self._width = len(values)
        self._positions = array("I", known)
        self._values = [values[position] for position in known]
        self._step = max(_SHORTEST_STEP, len(known) // _MARKS)
        self._marks = [0]
        for start in range(0, len(known) - self._step + 1, self._step):
            block = bits.of(self._positions[start : start + self._step], self._width)
            self._marks.append(self._marks[-1] | block)

    def between(self, low: Any | None, high: Any | None) -> int:
        """Give the positions with low <= value <= high; None leaves a side open."""
        start = 0 if low is None else bisect_left(self._values, low)
        stop = len(self._values) if high is None else bisect_right(self._values, high)
        return self._smallest(stop) & ~self._smallest(start)

    def after(self, low: Any) -> int:
        """Give the positions with a value greater than `low`."""
        start = bisect_right(self._values, low)
        return self._smallest(len(self._values)) & ~self._smallest(start)

    def _smallest(self, count: int) -> int:
        mark = count // self._step
        rest = self._positions[mark * self._step : count]
        return self._marks[mark] | bits.of(rest, self._width)
