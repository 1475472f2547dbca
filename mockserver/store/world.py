"""What every world has, of whatever kind it is: rows, a clock, ids, and forks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from mockserver.clock import Clock
from mockserver.ids import Ids
from mockserver.store.collection import Collection


class StoredWorld(Protocol):
    """One world as everything sees it that does not know what its rows mean."""

    name: str
    seed: int
    scenario: str
    clock: Clock
    ids: Ids

    def now(self) -> datetime:
        """The present instant of this world."""
        ...

    @property
    def collections(self) -> Mapping[str, Collection[Any]]:
        """The collections by name, in the order in which people think of them."""
        ...

    @property
    def versions(self) -> tuple[object, ...]:
        """What changes with every change of a row: as long as it is equal, so are all rows."""
        ...

    def fork(self, name: str) -> StoredWorld:
        """An independent world called ``name`` that starts out equal to this one."""
        ...
