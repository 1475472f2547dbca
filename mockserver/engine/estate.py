"""The worlds of several documents as one: they share its clock, and each keeps its own rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mockserver.clock import Clock
from mockserver.engine.world import World
from mockserver.ids import Ids
from mockserver.store import Collection


@dataclass(slots=True)
class Estate:
    """One world made of a world for each document, by the name of the document.

    What lies in `pets` of the document `shop` is its collection `shop.pets`.
    """

    name: str
    seed: int
    scenario: str
    clock: Clock
    ids: Ids
    parts: dict[str, World]

    @classmethod
    def of(cls, name: str, seed: int, clock: Clock, parts: Mapping[str, World]) -> Estate:
        """One world of all the parts, which go by its clock from now on."""
        estate = cls(name, seed, "documents", clock, Ids(seed), dict(parts))
        estate.share_clock()
        return estate

    def now(self) -> datetime:
        """The present instant of this world."""
        return self.clock.now()

    @property
    def collections(self) -> dict[str, Collection[Any]]:
        """The collections of every part, under its name."""
        return {
            f"{name}.{each}": rows
            for name, part in self.parts.items()
            for each, rows in part.collections.items()
        }

    @property
    def versions(self) -> tuple[object, ...]:
        """What changes with every change of a row in any part."""
        return tuple([part.versions for part in self.parts.values()])

    def fork(self, name: str) -> Estate:
        """An independent world called ``name`` that starts out equal to this one."""
        parts = {each: part.fork(name) for each, part in self.parts.items()}
        twin = Estate(name, self.seed, self.scenario, self.clock.fork(), self.ids.fork(), parts)
        twin.share_clock()
        return twin

    def share_clock(self) -> None:
        """Let every part go by the clock of the whole."""
        for part in self.parts.values():
            part.clock = self.clock
