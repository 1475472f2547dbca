from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mockserver.clock import parse_day_or_instant
from mockserver.domain import bookings
from mockserver.domain.bookings import BookingFilter
from mockserver.domain.world import World
from mockserver.errors import BadRequest
from tests.domain.business import COAST, EUGENE, a_world, at, booked, done, jane, john


def found(world: World, **wanted: Any) -> list[str]:
    """The ids found, in order."""
    return [booking.id for booking in bookings.search(world, BookingFilter(**wanted)).rows]


def test_each_filter_narrows_and_all_combine() -> None:
    world = a_world()
    customer = john(world)
    waiting, over = booked(world, customer), done(world, booked(world, customer))
    cancelled = bookings.cancel(world, booked(world, customer).id)
    assert found(world, status="confirmed") == [waiting.id]
    assert found(world, status="completed", customer_id=customer.id) == [over.id]
    assert found(world, status="cancelled", zone_id=EUGENE) == [cancelled.id]
    assert found(world, status="in_progress") == []
    assert len(found(world)) == 3


def test_unknown_customers_and_zones_find_nothing() -> None:
    world = a_world()
    booked(world, john(world))
    assert found(world, customer_id="cust_01NOBODY00") == found(world, zone_id=COAST) == []


def test_the_dates_bound_the_service_inclusively() -> None:
    world = a_world()
    booking = booked(world, john(world))
    exact = booking.scheduled_at
    assert found(world, date_from=exact, date_to=exact) == [booking.id]
    assert found(world, date_from=exact + timedelta(seconds=1)) == []
    assert found(world, date_to=exact - timedelta(seconds=1)) == []
    assert found(world, status="confirmed", date_from=at("2026-02-01T00:00:00Z")) == [booking.id]


def test_a_plain_last_day_covers_the_whole_day() -> None:
    world = a_world()
    booking = booked(world, john(world), scheduled_at=at("2026-02-26T23:59:59Z"))
    last_day = parse_day_or_instant("2026-02-26", end_of_day=True)
    assert found(world, date_to=last_day) == [booking.id]


def test_dates_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(BadRequest) as refused:
        found(a_world(), date_from=at("2026-02-02T00:00:00Z"), date_to=at("2026-02-01T00:00:00Z"))
    assert (refused.value.code, refused.value.field) == ("invalid_parameter", "date_from")


def test_the_newest_made_come_first_whatever_their_date() -> None:
    world = a_world()
    customer = john(world)
    made = []
    for month in ("05", "03", "04"):
        made.append(booked(world, customer, scheduled_at=at(f"2026-{month}-01T10:00:00Z")).id)
        world.clock.advance(timedelta(seconds=1))
    assert found(world) == made[::-1]


def test_pages_are_cut_after_filtering() -> None:
    world = a_world()
    customer = john(world)
    for _ in range(7):
        booked(world, customer)
    bookings.cancel(world, booked(world, customer).id)
    page = bookings.search(world, BookingFilter(status="confirmed", page=2, per_page=3))
    assert (len(page.rows), page.total, page.total_pages) == (3, 7, 3)


def test_a_customers_bookings_are_filtered_the_same_way() -> None:
    world = a_world()
    customer, other = john(world), jane(world)
    mine = booked(world, customer)
    assert bookings.of_customer(world, customer.id, BookingFilter()).rows == (mine,)
    assert bookings.of_customer(world, other.id, BookingFilter()).rows == ()
    assert bookings.of_customer(world, customer.id, BookingFilter(status="completed")).total == 0


def test_a_filter_that_names_another_customer_finds_nothing() -> None:
    world = a_world()
    customer, other = john(world), jane(world)
    booked(world, customer)
    page = bookings.of_customer(world, customer.id, BookingFilter(customer_id=other.id))
    assert (page.rows, page.total) == ((), 0)
