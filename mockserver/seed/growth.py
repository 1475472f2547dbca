"""Growing a world: company, rows written out, then customers and their history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mockserver.clock import LATEST, Clock, instant_text
from mockserver.domain.tables import BOOKINGS, INVOICES
from mockserver.domain.world import World
from mockserver.errors import SetupError
from mockserver.seed.history import live_through
from mockserver.seed.placement import hire, place
from mockserver.seed.population import depart, settle
from mockserver.seed.scenario import Scenario
from mockserver.store import Collection

_EARLIEST = datetime(200, 1, 1, tzinfo=UTC)
_WHILE_GROWING = 10_000_000
_YEAR = timedelta(days=365)


def grow(scenario: Scenario, *, seed: int, clock: Clock, name: str = "default") -> World:
    """A full world that begins to live at the present instant of ``clock``, which becomes its own.

    Generated rows lie relative to that day, rows written out keep their dates. Same scenario, seed
    and instant, same world to the last byte. Raises ``SetupError`` when the clock stands so close
    to the ends of the calendar that the scenario does not fit.
    """
    now = clock.now()
    _refuse_ends_of_time(scenario, now)
    unhurried = replace(scenario.rules, minimum_notice_hours=None, maximum_horizon_days=None)
    world = World.empty(
        name, seed=seed, scenario=scenario.name, clock=Clock.frozen(now), rules=unhurried
    )
    world.bookings = Collection(BOOKINGS, overlay_limit=_WHILE_GROWING)
    world.invoices = Collection(INVOICES, overlay_limit=_WHILE_GROWING)
    place(world, scenario)
    hire(world, scenario)
    members = settle(world, scenario, now)
    if members:
        live_through(world, scenario, members, now)
        depart(world, members)
    _begin(world, scenario, clock, now)
    return world


def _begin(world: World, scenario: Scenario, clock: Clock, now: datetime) -> None:
    """Let the world live from ``now`` on: what lies before keeps its state (ruling 6)."""
    world.clock = clock
    world.rules = scenario.rules
    world.started_at = world.caught_up_to = now
    world.bookings = Collection(BOOKINGS, world.bookings)
    world.invoices = Collection(INVOICES, world.invoices)


def _refuse_ends_of_time(scenario: Scenario, now: datetime) -> None:
    """The past of the scenario must lie after the year 100, and its future before the year 9999."""
    if not scenario.customers.count:
        return
    past = timedelta(days=max(scenario.customers.history_days, scenario.bookings.past_days))
    future = timedelta(days=scenario.bookings.upcoming_days + scenario.rules.payment_due_days)
    if now - _EARLIEST < past or LATEST - now < future + _YEAR:
        raise SetupError(
            f"The scenario {scenario.name!r} cannot be grown at {instant_text(now)}:"
            " choose a now between the years 400 and 9900."
        )
