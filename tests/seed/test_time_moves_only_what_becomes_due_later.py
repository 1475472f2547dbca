"""A world starts as its scenario says; only what becomes due afterwards happens (ruling 6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mockserver.clock import Clock
from mockserver.domain import agenda
from mockserver.domain.world import World
from mockserver.seed import grow
from tests.seed.growing import ours, world_of

LATE = "2030-07-07T12:00:00Z"


def status_of(world: World, booking_id: str) -> str:
    booking = world.bookings.get(booking_id)
    assert booking is not None
    return booking.status


@pytest.mark.parametrize("now", ["2025-06-01T10:00:00Z", "2026-02-20T15:00:00Z", LATE])
def test_nothing_happens_at_the_start(now: str) -> None:
    world = world_of("documented", now=now)
    assert agenda.catch_up(world) == 0


def test_a_documented_booking_of_the_past_stays_confirmed() -> None:
    world = world_of("documented", now=LATE)
    world.clock.advance(timedelta(days=400))
    agenda.catch_up(world)
    assert status_of(world, "bk_01HQ3K5M7N8P9R") == "confirmed"


def test_the_documented_booking_takes_place_when_its_time_comes() -> None:
    world = world_of("documented")
    world.clock.advance(timedelta(days=5, hours=20))
    agenda.catch_up(world)
    assert status_of(world, "bk_01HQ3K5M7N8P9R") == "in_progress"


def test_services_in_progress_are_completed_and_billed() -> None:
    world = world_of("documented", now=LATE)
    running = [booking.id for booking in world.bookings if booking.status == "in_progress"]
    assert len(running) == 3
    world.clock.advance(timedelta(hours=12))
    agenda.catch_up(world)
    for booking_id in running:
        assert status_of(world, booking_id) == "completed"
        assert world.invoices.rows("booking_id", booking_id)


def test_pending_invoices_fall_overdue() -> None:
    world = world_of("documented", now=LATE)
    pending = [row.id for row in world.invoices if row.overdue_at and row.overdue_at > world.now()]
    assert pending
    world.clock.advance(timedelta(days=15))
    agenda.catch_up(world)
    statuses = {row.status for row in world.invoices if row.id in pending}
    assert statuses == {"overdue"}


def test_the_clock_given_is_the_world_s_clock() -> None:
    clock = Clock.wall()
    world = grow(ours("empty"), seed=1, clock=clock)
    assert world.clock is clock
    assert not world.clock.is_frozen
