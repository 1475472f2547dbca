"""The worlds a server holds, each with what belongs to it and to no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mockserver.domain.world import World
from mockserver.rates import Plan, RateMeter


@dataclass(slots=True)
class ServedWorld:
    """One world and its rate meter. Replaced as a whole by a reset."""

    world: World
    meter: RateMeter

    def now(self) -> datetime:
        """The world's own time."""
        return self.world.now()

    def next_request_id(self) -> str:
        """A UUID for one refused request; the same sequence for the same seed."""
        return self.world.ids.uuid4()


class Worlds:
    """Keeps the world as it was grown, and serves a copy of it that can be put back."""

    def __init__(self, grown: World, plan: Plan, enforce_rates: bool) -> None:
        for collection in grown.collections.values():
            collection.prepare()  # once, for every copy that is served
        self._grown = grown
        self._plan = plan
        self._enforce_rates = enforce_rates
        self._default = self._fresh()

    @property
    def default(self) -> ServedWorld:
        """The world that requests meet."""
        return self._default

    def reset(self) -> None:
        """Put the world back to the moment it was grown: same rows, same ids to come."""
        self._default = self._fresh()

    def _fresh(self) -> ServedWorld:
        meter = RateMeter(self._plan, self._enforce_rates)
        return ServedWorld(self._grown.fork(self._grown.name), meter)
