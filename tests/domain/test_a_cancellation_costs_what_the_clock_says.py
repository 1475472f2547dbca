from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.clock import LATEST
from mockserver.domain import bookings, customers
from mockserver.domain.records import Cancellation, TimelineEntry
from mockserver.domain.rules import Rules
from mockserver.errors import Conflict
from tests.domain.business import a_dummy, a_world, at, booked, done, john


def test_a_late_cancellation_of_the_sample_costs_8138() -> None:
    world = a_world()
    booking = booked(world, john(world))
    world.clock.freeze(at("2026-02-25T12:00:00Z"))
    cancelled = bookings.cancel(world, booking.id, reason="Customer requested cancellation")
    assert cancelled.cancellation == Cancellation(
        reason="Customer requested cancellation",
        cancelled_at=at("2026-02-25T12:00:00Z"),
        by="customer",
        customer_notified=True,
        fee_cents=8138,
        fee_percent=50,
        free_until=at("2026-02-25T10:00:00Z"),
    )
    assert (cancelled.cancellation_fee, cancelled.cancellation.fee_applies) == (8138, True)


@pytest.mark.parametrize(
    ("now", "fee"),
    [
        ("2026-02-25T09:00:00Z", 0),
        ("2026-02-25T10:00:00Z", 0),
        ("2026-02-25T10:00:01Z", 8138),
        ("2026-03-01T10:00:00Z", 8138),
    ],
)
def test_it_is_free_up_to_24_hours_before_the_service(now: str, fee: int) -> None:
    world = a_world()
    booking = booked(world, john(world))
    world.clock.freeze(at(now))
    assert bookings.cancel(world, booking.id).cancellation_fee == fee


def test_hours_and_share_can_be_configured() -> None:
    world = a_world(rules=Rules(free_cancellation_hours=72, fee_percent=10))
    booking = booked(world, john(world))
    world.clock.freeze(at("2026-02-24T12:00:00Z"))
    assert bookings.cancel(world, booking.id).cancellation_fee == 1628


def test_a_cancelled_booking_says_so_in_its_timeline() -> None:
    world = a_world()
    booking = booked(world, john(world))
    world.clock.advance(timedelta(hours=1))
    cancelled = bookings.cancel(world, booking.id)
    assert cancelled.status == "cancelled"
    assert cancelled.updated_at == world.now()
    assert cancelled.timeline[1:] == (TimelineEntry("cancelled", world.now()),)


def test_the_merchants_own_cancellation_is_free() -> None:
    world = a_world(now="2026-02-26T09:00:00Z")
    booking = booked(world, john(world))
    assert bookings.cancel(world, booking.id, by="merchant").cancellation_fee == 0


def test_the_customer_is_notified_unless_told_otherwise() -> None:
    world = a_world()
    customer = john(world)
    bookings.cancel(world, booked(world, customer).id)
    bookings.cancel(world, booked(world, customer).id, notify_customer=False)
    notices = [mail for mail in world.outbox if mail.kind == "cancellation_notice"]
    assert [(mail.to, mail.customer_id) for mail in notices] == [("john@example.com", customer.id)]


def test_a_customer_nobody_can_reach_is_not_notified() -> None:
    world = a_world()
    dummy = a_dummy(world)
    address = customers.NewAddress("1 Oak Ave", "Springfield", "OR", "97477")
    customers.add_address(world, dummy.id, address)
    cancelled = bookings.cancel(world, booked(world, dummy).id)
    assert cancelled.cancellation is not None
    assert not cancelled.cancellation.customer_notified
    assert len(world.outbox) == 0


def test_a_booking_is_cancelled_once() -> None:
    world = a_world()
    booking = booked(world, john(world))
    cancelled = bookings.cancel(world, booking.id)
    with pytest.raises(Conflict) as refused:
        bookings.cancel(world, booking.id, reason="again")
    assert refused.value.code == "booking_already_cancelled"
    assert bookings.get(world, booking.id) == cancelled


def test_a_booking_in_progress_or_completed_cannot_be_cancelled() -> None:
    world = a_world()
    customer = john(world)
    running, over = booked(world, customer), done(world, booked(world, customer))
    bookings.start(world, running.id)
    for booking in (running, over):
        with pytest.raises(Conflict) as refused:
            bookings.cancel(world, booking.id)
        assert refused.value.code == "booking_not_cancellable"


@given(st.datetimes(at("0001-01-01T00:00:00Z").replace(tzinfo=None), LATEST.replace(tzinfo=None)))
def test_no_date_of_the_years_1_to_9998_overflows(moment: object) -> None:
    world = a_world()
    scheduled = at(str(moment)[:19].replace(" ", "T") + "Z")
    booking = booked(world, john(world), scheduled_at=scheduled)
    assert bookings.cancel(world, booking.id).status == "cancelled"
