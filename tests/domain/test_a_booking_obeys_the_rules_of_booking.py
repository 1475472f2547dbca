from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mockserver.domain import bookings, customers, merchant
from mockserver.domain.customers import NewAddress
from mockserver.domain.records import BookingAddress, Identity, TimelineEntry
from mockserver.domain.rules import Rules
from mockserver.errors import Conflict, NotFound, Refusal, RuleBroken
from tests.domain.business import (
    ANN,
    BEN,
    CAT,
    CLEANING,
    COAST,
    EUGENE,
    HOME,
    a_world,
    at,
    booked,
    jane,
    john,
)


def test_a_new_booking_is_confirmed_and_says_since_when() -> None:
    world = a_world()
    booking = booked(world, john(world), notes="Gate code: 1234.", coupon_code="FIRST20")
    assert booking.status == "confirmed"
    assert booking.timeline == (TimelineEntry("confirmed", world.now()),)
    assert (booking.created_at, booking.updated_at) == (world.now(), world.now())
    assert (booking.notes, booking.coupon_code) == ("Gate code: 1234.", "FIRST20")
    assert bookings.get(world, booking.id) == booking


def test_the_configuration_is_kept_as_given() -> None:
    world = a_world()
    bare = {"bedrooms": 1, "bathrooms": 1}
    assert booked(world, john(world), configuration=bare).configuration == bare


def test_the_address_is_copied_when_booking() -> None:
    world = a_world()
    booking = booked(world, john(world), address_id="addr_01HQ3K5M7N")
    assert booking.address == BookingAddress("123 Main St", "Eugene", "OR", "97401")
    assert (booking.address_id, booking.zone_id) == ("addr_01HQ3K5M7N", EUGENE)
    assert booking.location == "123 Main St, Eugene, OR 97401"


def test_without_an_address_id_the_default_address_is_taken() -> None:
    world = a_world()
    assert booked(world, john(world)).address_id == "addr_01HQ3K5M7N"


def test_the_second_street_line_is_part_of_the_street() -> None:
    world = a_world()
    customer = jane(world, address=replace(HOME, unit="Suite 200"))
    assert booked(world, customer).address.street == "123 Main St, Suite 200"


def test_the_past_can_be_booked_by_default() -> None:
    world = a_world(now="2027-01-01T00:00:00Z")
    booking = booked(world, john(world), scheduled_at=at("2026-03-01T10:00:00Z"))
    assert booking.status == "confirmed"


def test_notice_and_horizon_can_be_demanded() -> None:
    world = a_world(rules=Rules(minimum_notice_hours=24, maximum_horizon_days=30))
    customer = john(world)
    booked(world, customer, scheduled_at=at("2026-02-21T15:00:00Z"))
    booked(world, customer, scheduled_at=at("2026-03-22T15:00:00Z"))
    assert _refusal(world, customer, scheduled_at=at("2026-02-21T14:59:59Z")).code == "too_soon"
    assert _refusal(world, customer, scheduled_at=at("2026-03-22T15:00:01Z")).code == "too_late"


def test_the_year_9999_cannot_be_booked() -> None:
    world = a_world()
    refused = _refusal(world, john(world), scheduled_at=at("9999-01-01T00:00:00Z"))
    assert (type(refused), refused.field) == (RuleBroken, "scheduled_at")


@pytest.mark.parametrize(
    ("members", "code", "field"),
    [
        ({"customer_id": "cust_01NOBODY00"}, "resource_not_found", "customer_id"),
        ({"industry": "plumbing"}, "invalid_value", "industry"),
        ({"coupon_code": "SECOND20"}, "invalid_coupon", "coupon_code"),
        ({"address_id": "addr_01NOWHERE0"}, "resource_not_found", "address_id"),
        ({"address_id": "addr_01JANE0000"}, "invalid_address", "address_id"),
    ],
)
def test_what_is_not_on_offer_is_refused_and_nothing_is_kept(
    members: dict[str, str], code: str, field: str
) -> None:
    world = a_world()
    customer = john(world)
    jane(world, address=HOME, identity=Identity(address_id="addr_01JANE0000"))
    refused = _refusal(world, customer, **members)
    assert (type(refused), refused.code, refused.field) == (RuleBroken, code, field)
    assert len(world.bookings) == 0


@pytest.mark.parametrize(
    ("configuration", "fields"),
    [
        ({}, ["bedrooms", "bathrooms"]),
        ({"bedrooms": 1}, ["bathrooms"]),
        ({**CLEANING, "bedrooms": -1}, ["bedrooms"]),
        ({**CLEANING, "bedrooms": 21}, ["bedrooms"]),
        ({**CLEANING, "bedrooms": 2.5}, ["bedrooms"]),
        ({**CLEANING, "bathrooms": True}, ["bathrooms"]),
        ({**CLEANING, "bathrooms": None}, ["bathrooms"]),
        ({**CLEANING, "frequency": "daily"}, ["frequency"]),
        ({**CLEANING, "frequency": ["weekly"]}, ["frequency"]),
        ({**CLEANING, "extras": ["chimney"]}, ["extras"]),
        ({**CLEANING, "extras": "inside_oven"}, ["extras"]),
        ({**CLEANING, "extras": ["laundry", "laundry"]}, ["extras"]),
        ({**CLEANING, "extras": [["inside_oven"]]}, ["extras"]),
        ({**CLEANING, "floors": 2}, ["floors"]),
        ({"floors": 2, "bedrooms": "3"}, ["floors", "bedrooms", "bathrooms"]),
    ],
)
def test_a_cleaning_is_configured_by_rooms_frequency_and_known_extras(
    configuration: dict[str, object], fields: list[str]
) -> None:
    world = a_world()
    refused = _refusal(world, john(world), configuration=configuration)
    named = [f"configuration.{field}" for field in fields]
    assert [problem.field for problem in refused.problems] == named
    assert (refused.field, refused.code) == (named[0], "invalid_configuration")


def test_no_rooms_at_all_is_a_cleaning_too() -> None:
    world = a_world()
    empty = booked(world, john(world), configuration={"bedrooms": 0, "bathrooms": 0})
    assert (empty.pricing.subtotal, empty.duration_minutes) == (5000, 0)


def test_other_industries_take_any_object() -> None:
    world = a_world()
    customer = john(world)
    for industry in ("junk-removal", "carpet-cleaning"):
        booking = booked(world, customer, industry=industry, configuration={"colour": ["red"]})
        assert booking.configuration == {"colour": ["red"]}


def test_a_blacklisted_customer_cannot_be_booked() -> None:
    world = a_world()
    customer = john(world)
    merchant.blacklist(world, customer.uuid, body_id=customer.uuid, reason="no-shows")
    refused = _refusal(world, customer)
    assert (type(refused), refused.code) == (Conflict, "customer_blacklisted")
    merchant.unblacklist(world, customer.uuid)
    assert booked(world, customer).status == "confirmed"


@pytest.mark.parametrize("status", ["inactive", "deactivated"])
def test_only_an_active_customer_can_be_booked(status: Any) -> None:
    world = a_world()
    customer = customers.change_status(world, john(world).id, status)
    refused = _refusal(world, customer)
    assert (refused.code, refused.field) == ("customer_not_active", "customer_id")


def test_a_customer_without_address_cannot_be_booked() -> None:
    world = a_world()
    assert _refusal(world, jane(world)).code == "invalid_address"


def test_an_incomplete_address_cannot_be_booked() -> None:
    world = a_world()
    customer = jane(world, address=NewAddress(None, "Eugene", None, "97401"))
    assert _refusal(world, customer).code == "invalid_address"


def test_the_least_loaded_of_the_zone_goes() -> None:
    world = a_world()
    crews = [
        booked(world, jane(world, email=f"{n}@example.com", address=HOME)).crew for n in range(4)
    ]
    assert crews == [(ANN,), (BEN,), (ANN,), (BEN,)]


def test_load_is_counted_by_day() -> None:
    world = a_world()
    booked(world, john(world))
    later = booked(world, jane(world, address=HOME), scheduled_at=at("2026-02-27T10:00:00Z"))
    assert later.crew == (ANN,)


def test_whoever_served_the_customer_last_goes_again() -> None:
    world = a_world()
    customer, other = john(world), jane(world, address=HOME)
    booked(world, other)
    assert [booked(world, customer).crew for _ in range(3)] == [(BEN,)] * 3


def test_nobody_goes_out_of_their_zone() -> None:
    world = a_world()
    customer = john(world)
    booked(world, customer)
    coast = NewAddress("1 Bay St", "Florence", "OR", "97439")
    address = customers.add_address(world, customer.id, coast)
    booking = booked(world, customer, address_id=address.id)
    assert (booking.zone_id, booking.crew) == (COAST, (CAT,))


def test_without_staff_a_booking_has_no_crew() -> None:
    world = a_world()
    for member in tuple(world.staff):
        world.staff.remove(member.id)
    assert booked(world, john(world)).crew == ()


def test_ids_can_be_fixed_once() -> None:
    world = a_world()
    customer = john(world)
    identity = Identity(id="bk_01HQ3K5M7N8P9R")
    assert booked(world, customer, identity=identity).id == "bk_01HQ3K5M7N8P9R"
    assert isinstance(_refusal(world, customer, identity=identity), Conflict)


def test_an_unknown_booking_is_not_found() -> None:
    with pytest.raises(NotFound) as refused:
        bookings.get(a_world(), "bk_01NOTHING00000")
    assert refused.value.code == "booking_not_found"


def _refusal(world: Any, customer: Any, **members: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        booked(world, customer, **members)
    return refused.value
