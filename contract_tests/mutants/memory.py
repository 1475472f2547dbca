"""What a fault remembers, apart for each world."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from mockserver.store import StoredWorld

T = TypeVar("T")
_MOST = 200


class Memory(Generic[T]):
    """One value for each world, made when the world is first met.

    A world that was put back is another one. Only the last 200 worlds are remembered.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._kept: OrderedDict[int, tuple[StoredWorld, T]] = OrderedDict()

    def of(self, world: StoredWorld) -> T:
        """The value of this world."""
        known = self._kept.pop(id(world), None)
        kept = known if known is not None and known[0] is world else (world, self._make())
        self._kept[id(world)] = kept
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return kept[1]
