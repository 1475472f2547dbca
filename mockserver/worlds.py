"""The worlds a server holds, each with what belongs to it and to no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from mockserver.archive import Keeper, Snapshots
from mockserver.chaos import FaultBook
from mockserver.clock import uptime_s
from mockserver.errors import BadRequest, Conflict, NotFound
from mockserver.rates import Plan, RateMeter
from mockserver.replays import Replays
from mockserver.store import StoredWorld
from mockserver.traffic import Coverage, Declared, Journal, Ledger, Limits, Log

DEFAULT = "default"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z", re.ASCII)


@dataclass(slots=True)
class ServedWorld:
    """One world and what the server keeps for it. `used_at_s` counts from the server's start.

    `identity` is another object for every world that is ever served.
    """

    name: str
    world: StoredWorld
    meter: RateMeter
    faults: FaultBook
    ledger: Ledger
    snapshots: Snapshots
    replays: Replays
    used_at_s: float
    identity: object = field(default_factory=object)

    @property
    def journal(self) -> Journal:
        """Every exchange of the world, the last of them kept."""
        return self.ledger.journal

    @property
    def coverage(self) -> Coverage:
        """What the exchanges of the world have exercised of the contract."""
        return self.ledger.coverage

    def now(self) -> datetime:
        """The world's own time."""
        return self.world.clock.now()

    def next_request_id(self) -> str:
        """A UUID for one refused request; the same sequence for the same seed."""
        return self.world.ids.uuid4()


@dataclass(frozen=True, slots=True)
class WorldKit:
    """What every world of a server gets anew: its rate plan, journal bounds and coverage.

    `log` is shared by all of them, and has a line for each exchange; None is for no lines.
    """

    plan: Plan
    enforce_rates: bool
    declared: Declared
    journal: Limits
    log: Log | None = None

    def serve(self, name: str, world: StoredWorld, used_at_s: float) -> ServedWorld:
        """A world with an empty journal, no faults, and a full window of calls."""
        return ServedWorld(
            name=name,
            world=world,
            meter=RateMeter(self.plan, self.enforce_rates),
            faults=FaultBook(world.ids),
            ledger=Ledger(Journal(self.journal), Coverage(self.declared), self.log),
            snapshots=Snapshots(),
            replays=Replays(),
            used_at_s=used_at_s,
        )


@dataclass(frozen=True, slots=True)
class WorldLimits:
    """How many worlds may live at once, and how long an unused one is kept, in seconds."""

    most: int = 10_000
    idle_s: float = 3600.0


class Worlds:
    """The default world and every named one, each a copy of the world that was grown.

    A named world is made when it is first used and costs memory only for what it changes. Those
    unused for `idle_s` are forgotten when the next one is made; the default one never is.
    """

    def __init__(
        self,
        grown: StoredWorld,
        kit: WorldKit,
        limits: WorldLimits = WorldLimits(),
        uptime: Callable[[], float] = uptime_s,
    ) -> None:
        for collection in grown.collections.values():
            collection.prepare()  # once, for every copy that is served
        self._grown = grown
        self._kit = kit
        self._limits = limits
        self._uptime = uptime
        self._default = self._fresh(DEFAULT)
        # In order of use, the one unused for longest first.
        self._named: dict[str, ServedWorld] = {}

    @property
    def default(self) -> ServedWorld:
        """The world of requests that name none."""
        return self._default

    def pick(self, name: str) -> ServedWorld:
        """The world of a name, made when it is new.

        Raises BadRequest `invalid_world_name`, or Conflict `too_many_worlds`.
        """
        if name == DEFAULT:
            return self._default
        served = self._named.pop(name, None)
        if served is None:
            served = self._made(name)
        served.used_at_s = self._uptime()
        self._named[name] = served
        return served

    def find(self, name: str) -> ServedWorld:
        """The world of a name, without making or touching it; NotFound when there is none."""
        found = self._default if name == DEFAULT else self._named.get(name)
        if found is None:
            raise NotFound("world_not_found", f"There is no world '{name}'.", "name")
        return found

    def everyone(self) -> list[ServedWorld]:
        """Every world: the default one first, then by the time of their last use."""
        return [self._default, *self._named.values()]

    def reset(self, name: str = DEFAULT) -> ServedWorld:
        """Put a world back to the moment it was grown: same rows, same ids to come."""
        return self.put(name, self._grown.fork(name))

    def put(self, name: str, world: StoredWorld) -> ServedWorld:
        """Let another world live under a name; of the one before only its snapshots stay."""
        before = self.find(name)
        fresh = self._kit.serve(name, world, self._uptime())
        fresh.snapshots = before.snapshots
        if name == DEFAULT:
            self._default = fresh
        else:
            self._named[name] = fresh
        return fresh

    def remove(self, name: str) -> None:
        """Forget a named world; Conflict for the default one, NotFound when there is none."""
        if name == DEFAULT:
            raise Conflict(
                "default_world",
                "The default world cannot be removed: start it over with a reset.",
                "name",
            )
        self.find(name)
        del self._named[name]

    def clear(self) -> None:
        """Forget every named world, and start the default one over with nothing kept of it."""
        self._named.clear()
        self._default = self._fresh(DEFAULT)

    def go_on(self, grown: StoredWorld, kit: WorldKit, keeper: Keeper) -> None:
        """Let every world live on under another contract, with its rows, clock and journal.

        Coverage is counted anew; collections that are new begin as in the grown world.
        """
        self._grown, self._kit = grown, kit
        for served in self.everyone():
            keeper.take_in(served.world, grown)
            served.ledger = Ledger(served.journal, Coverage(kit.declared))

    def _made(self, name: str) -> ServedWorld:
        if not NAME.match(name):
            raise BadRequest(
                "invalid_world_name",
                f"{name[:80]!r} names no world: use 1 to 64 letters, digits, '.', '_' or '-'.",
                "world",
            )
        self._forget_unused()
        if len(self._named) + 1 >= self._limits.most:
            raise Conflict(
                "too_many_worlds",
                f"There are {self._limits.most} worlds, none of them unused for "
                f"{self._limits.idle_s:g} s: remove some, or raise --max-worlds.",
                "world",
            )
        return self._fresh(name)

    def _forget_unused(self) -> None:
        """Forget the worlds whose time is over; they stand first, unused for longest."""
        since = self._uptime() - self._limits.idle_s
        while self._named:
            oldest = next(iter(self._named))
            if self._named[oldest].used_at_s > since:
                return
            del self._named[oldest]

    def _fresh(self, name: str) -> ServedWorld:
        return self._kit.serve(name, self._grown.fork(name), self._uptime())
