from __future__ import annotations

from dataclasses import replace

import pytest

from mockserver.domain import bookings, customers, invoices, merchant
from mockserver.domain.bookings import BookingFilter
from mockserver.domain.invoices import InvoiceFilter, NewLine
from mockserver.domain.records import Customer
from mockserver.domain.world import World
from mockserver.errors import BadRequest, NotFound
from tests.domain.business import a_dummy, a_world, booked, done, john

NOBODY = "00000000-0000-7000-8000-000000000000"


def moved(world: World, source: Customer, destination: Customer) -> int:
    """How many bookings were moved."""
    return merchant.transfer(
        world, from_customer_id=source.uuid, to_customer_id=destination.uuid.upper()
    )


def test_every_booking_moves_and_the_source_shows_zero() -> None:
    world = a_world()
    source, destination = john(world), a_dummy(world)
    over, coming = done(world, booked(world, source)), booked(world, source)
    bookings.cancel(world, booked(world, source).id)
    assert moved(world, source, destination) == 3
    stats = merchant.statistics(world, destination.uuid)
    assert (stats.times_booked, stats.times_cancelled_by_user, stats.times_upcoming) == (3, 1, 1)
    assert merchant.statistics(world, source.uuid).bookings == ()
    assert customers.statistics(world, source).total_bookings == 0
    assert bookings.of_customer(world, destination.id, BookingFilter()).total == 3
    now = world.now()
    assert bookings.get(world, over.id) == replace(over, customer_id=destination.id, updated_at=now)
    assert bookings.get(world, coming.id).address_id == coming.address_id


def test_invoices_follow_their_bookings_and_others_stay() -> None:
    world = a_world()
    source, destination = john(world), a_dummy(world)
    over = done(world, booked(world, source))
    own = invoices.issue(world, customer_id=source.id, line_items=[NewLine("Fee", 1, 500)])
    moved(world, source, destination)
    (followed,) = invoices.of_customer(world, destination.id, InvoiceFilter()).rows
    assert followed.booking_id == over.id
    assert invoices.of_customer(world, source.id, InvoiceFilter()).rows == (own,)


def test_the_destination_keeps_what_it_had() -> None:
    world = a_world()
    source, destination = a_dummy(world), john(world)
    booked(world, destination)
    assert moved(world, source, destination) == 0
    assert merchant.statistics(world, destination.uuid).times_booked == 1
    assert merchant.get(world, source.uuid) == source


def test_moving_there_and_back_is_allowed() -> None:
    world = a_world()
    source, destination = john(world), a_dummy(world)
    booking = booked(world, source)
    moved(world, source, destination)
    assert moved(world, destination, source) == 1
    assert bookings.get(world, booking.id).customer_id == source.id


def test_the_same_customer_twice_is_refused() -> None:
    world = a_world()
    customer = john(world)
    with pytest.raises(BadRequest):
        moved(world, customer, customer)


def test_unknown_customers_are_not_found() -> None:
    world = a_world()
    customer = john(world)
    booking = booked(world, customer)
    nobody = replace(customer, uuid=NOBODY)
    for source, destination in ((nobody, customer), (customer, nobody)):
        with pytest.raises(NotFound):
            moved(world, source, destination)
    assert bookings.get(world, booking.id) == booking
