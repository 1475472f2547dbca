"""What a world goes on from beside its rows: clock, counters and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from mockserver.archive.codec import kind_of
from mockserver.archive.findings import Found, refuse
from mockserver.archive.kinds import Kind, instant, text, whole
from mockserver.archive.limits import Limit
from mockserver.clock import LATEST, Clock
from mockserver.domain.rules import Rules
from mockserver.domain.world import World
from mockserver.ids import Ids

_LARGEST = 9_223_372_036_854_775_807
MOST_AHEAD_S = 400_000_000_000


class Timed(Protocol):
    """What a meta tells of a clock; a running one goes by ``ahead_s``, or runs on from ``now``."""

    @property
    def now(self) -> datetime | None:
        """The instant that the clock shows."""
        ...

    @property
    def clock(self) -> Literal["frozen", "running"] | None:
        """Whether it stands."""
        ...

    @property
    def ahead_s(self) -> int | None:
        """How many seconds it is ahead of the wall's."""
        ...


@dataclass(frozen=True, slots=True)
class Meta:
    """Everything but the rows; what is ``None`` stays as it is in the world that is loaded.

    ``ids`` counts the ids drawn of each kind, ``ahead_s`` how many seconds a running clock is ahead
    of the wall's. A running clock goes by ``ahead_s``, or else runs on from ``now``.
    """

    seed: int | None = None
    scenario: str | None = None
    now: datetime | None = None
    clock: Literal["frozen", "running"] | None = None
    ahead_s: int | None = None
    started_at: datetime | None = None
    caught_up_to: datetime | None = None
    invoices_numbered: int | None = None
    ids: Mapping[str, int] | None = None
    rules: Rules | None = None


META: Kind = kind_of(
    Meta,
    {
        "seed": whole(-_LARGEST, _LARGEST),
        "scenario": text(4096),
        "now": instant(LATEST),
        "ahead_s": whole(-MOST_AHEAD_S, MOST_AHEAD_S),
        "ids": Limit(key=text(40, pattern="[a-z]+[0-9]*(/[0-9]+)?")),
    },
)


def meta_of(world: World, now: datetime | None = None) -> Meta:
    """The meta of a world, at the instant its clock shows unless ``now`` is given."""
    return Meta(
        seed=world.seed,
        scenario=world.scenario,
        now=now or world.now(),
        clock="frozen" if world.clock.is_frozen else "running",
        ahead_s=ahead_s(world.clock),
        started_at=world.started_at,
        caught_up_to=world.caught_up_to,
        invoices_numbered=world.invoices_numbered,
        ids=world.ids.counts,
        rules=world.rules,
    )


def members_from(meta: Meta, world: World, found: Found) -> dict[str, Any]:
    """The members of a world that ``meta`` tells, by their names in ``World``."""
    seed = world.seed if meta.seed is None else meta.seed
    members = {
        "seed": seed,
        "clock": clock_from(meta, world.clock, found),
        "ids": _ids(meta, world.ids, seed),
        "scenario": meta.scenario,
        "rules": meta.rules,
        "started_at": meta.started_at,
        "caught_up_to": meta.caught_up_to,
        "invoices_numbered": meta.invoices_numbered,
    }
    return {name: value for name, value in members.items() if value is not None}


def _ids(meta: Meta, ids: Ids, seed: int) -> Ids:
    if meta.ids is not None:
        return Ids.resumed(seed, meta.ids)
    return ids.fork() if seed == ids.seed else Ids(seed)


def ahead_s(clock: Clock) -> int | None:
    """How many seconds a clock is ahead of the wall's; None for one that stands."""
    return None if clock.ahead is None else clock.ahead // timedelta(seconds=1)


def clock_from(meta: Timed, clock: Clock, found: Found) -> Clock:
    """The clock that a meta tells of; what it leaves open is as in the given one."""
    is_frozen = clock.is_frozen if meta.clock is None else meta.clock == "frozen"
    if is_frozen:
        return Clock.frozen(meta.now or clock.now())
    running, ahead = Clock.wall(), _ahead(meta, clock)
    try:
        running.advance(ahead)
    except ValueError:
        refuse(found, "range", "leaves the calendar: the clock stands in 1 to 9998", "ahead_s")
    return running


def _ahead(meta: Timed, clock: Clock) -> timedelta:
    if meta.ahead_s is not None:
        return timedelta(seconds=meta.ahead_s)
    if meta.now is None and clock.ahead is not None:
        return clock.ahead
    return (meta.now or clock.now()) - Clock.wall().now()
