from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mockserver.domain import bookings, customers
from mockserver.domain.customers import NewAddress
from mockserver.domain.records import Pricing
from mockserver.errors import Conflict, NotFound, RuleBroken
from tests.domain.business import CLEANING, COAST, a_world, at, booked, done, jane, john


def test_a_new_time_leaves_everything_else() -> None:
    world = a_world()
    booking = booked(world, john(world))
    world.clock.advance(timedelta(hours=1))
    moved = bookings.amend(world, booking.id, scheduled_at=at("2026-03-05T08:00:00Z"))
    expected = replace(
        booking, scheduled_at=at("2026-03-05T08:00:00Z"), updated_at=at("2026-02-20T16:00:00Z")
    )
    assert moved == expected == bookings.get(world, booking.id)


def test_the_configuration_is_merged_member_by_member_and_priced_anew() -> None:
    world = a_world()
    booking = booked(world, john(world))
    amended = bookings.amend(world, booking.id, configuration={"bedrooms": 4})
    assert amended.configuration == {**CLEANING, "bedrooms": 4}
    assert (amended.pricing.subtotal, amended.duration_minutes) == (17000, 140)
    assert amended.service_name == "Residential Cleaning — 4BR/2BA"
    assert booking.configuration == CLEANING


def test_repricing_keeps_the_coupon() -> None:
    world = a_world()
    booking = booked(world, john(world), coupon_code="FIRST20")
    amended = bookings.amend(world, booking.id, configuration={"bedrooms": 4})
    assert amended.pricing.discount == 3400


def test_another_address_moves_the_booking_and_prices_it_anew() -> None:
    world = a_world()
    customer = john(world)
    booking = booked(world, customer)
    coast = NewAddress("1 Bay St", "Florence", "OR", "97439")
    address = customers.add_address(world, customer.id, coast)
    moved = bookings.amend(world, booking.id, address_id=address.id)
    assert (moved.address.city, moved.zone_id) == ("Florence", COAST)
    assert moved.location == "1 Bay St, Florence, OR 97439"
    assert moved.pricing.subtotal == 15000 * 125 // 100 + 1500


def test_a_stored_price_stays_until_configuration_or_address_change() -> None:
    world = a_world()
    booking = replace(booked(world, john(world)), pricing=Pricing(1, 0, 0, 1))
    world.bookings.put(booking)
    same = bookings.amend(world, booking.id, notes="Hi", configuration=CLEANING)
    assert same.pricing == Pricing(1, 0, 0, 1)


def test_a_stored_row_of_an_industry_not_on_offer_keeps_its_price() -> None:
    world = a_world()
    booking = replace(booked(world, john(world)), industry="wellness", configuration={})
    world.bookings.put(booking)
    amended = bookings.amend(world, booking.id, configuration={"minutes": 60})
    assert (amended.configuration, amended.pricing) == ({"minutes": 60}, booking.pricing)


@pytest.mark.parametrize("industry", ["junk-removal", "wellness"])
def test_a_merged_configuration_has_at_most_20_members(industry: str) -> None:
    world = a_world()
    many = {str(number): number for number in range(20)}
    booking = booked(world, john(world), industry="junk-removal", configuration=many)
    world.bookings.put(replace(booking, industry=industry))
    assert bookings.amend(world, booking.id, configuration={"0": 1}).configuration["0"] == 1
    with pytest.raises(RuleBroken) as refused:
        bookings.amend(world, booking.id, configuration={"items": 2})
    assert (refused.value.code, refused.value.field) == ("invalid_configuration", "configuration")


def test_null_notes_are_cleared_and_absent_ones_stay() -> None:
    world = a_world()
    booking = booked(world, john(world), notes="Gate code: 1234.")
    assert bookings.amend(world, booking.id, configuration={}).notes == "Gate code: 1234."
    assert bookings.amend(world, booking.id, notes=None).notes is None


def test_an_empty_update_changes_nothing() -> None:
    world = a_world()
    booking = booked(world, john(world))
    world.clock.advance(timedelta(hours=1))
    assert bookings.amend(world, booking.id) == booking


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"configuration": {"floors": 1}}, "configuration.floors"),
        ({"configuration": {"bedrooms": None}}, "configuration.bedrooms"),
        ({"scheduled_at": at("9999-01-01T00:00:00Z")}, "scheduled_at"),
        ({"address_id": "addr_01NOWHERE0"}, "address_id"),
    ],
)
def test_a_refused_update_changes_nothing(changes: dict[str, Any], field: str) -> None:
    world = a_world()
    booking = booked(world, john(world))
    with pytest.raises(RuleBroken) as refused:
        bookings.amend(world, booking.id, **{"notes": "lost", **changes})
    assert refused.value.field == field
    assert bookings.get(world, booking.id) == booking


@pytest.mark.parametrize("one", [1.0, True])
def test_what_equals_a_stored_number_but_is_none_is_refused(one: object) -> None:
    world = a_world()
    booking = booked(world, john(world), configuration={"bedrooms": 1, "bathrooms": 1})
    with pytest.raises(RuleBroken):
        bookings.amend(world, booking.id, configuration={"bedrooms": one})
    assert bookings.get(world, booking.id) == booking


def test_another_customers_address_is_refused() -> None:
    world = a_world()
    booking = booked(world, john(world))
    theirs = customers.add_address(
        world, jane(world).id, NewAddress("1 Oak Ave", "Springfield", "OR", "97477")
    )
    with pytest.raises(RuleBroken) as refused:
        bookings.amend(world, booking.id, address_id=theirs.id)
    assert refused.value.code == "invalid_address"


@pytest.mark.parametrize("status", ["in_progress", "completed", "cancelled"])
def test_only_a_confirmed_booking_can_be_updated(status: str) -> None:
    world = a_world()
    booking = booked(world, john(world))
    if status == "cancelled":
        bookings.cancel(world, booking.id)
    elif status == "completed":
        done(world, booking)
    else:
        bookings.start(world, booking.id)
    with pytest.raises(Conflict) as refused:
        bookings.amend(world, booking.id, notes="too late")
    assert refused.value.code == "booking_not_updatable"


def test_an_unknown_booking_cannot_be_updated() -> None:
    with pytest.raises(NotFound):
        bookings.amend(a_world(), "bk_01NOTHING00000", notes="Hi")
