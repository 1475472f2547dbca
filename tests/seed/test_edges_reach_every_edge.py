"""The scenario ``edges`` holds what it promises."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from itertools import pairwise

import pytest

from mockserver.clock import instant_text
from mockserver.domain.booking_search import BookingFilter, of_customer
from mockserver.domain.records import Customer
from mockserver.domain.world import World
from tests.seed.growing import world_of


@pytest.fixture
def world() -> World:
    return world_of("edges")


def texts(world: World) -> list[str]:
    return [text for c in world.customers for text in (c.first_name, c.last_name, c.email) if text]


def test_one_customer_lacks_everything_that_may_be_missing(world: World) -> None:
    bare = world.customers.get("cust_01EDGE0001")
    assert bare is not None
    known = {field.name for field in fields(Customer) if getattr(bare, field.name)}
    assert known == {"id", "uuid", "created_at", "updated_at", "status"}


def test_one_dummy_has_no_names(world: World) -> None:
    assert any(c.is_dummy and c.first_name is None and c.last_name is None for c in world.customers)


@pytest.mark.parametrize(
    ("member", "length"),
    [
        ("first_name", 100),
        ("last_name", 100),
        ("email", 320),
        ("phone", 30),
        ("company", 200),
        ("note", 2000),
        ("blacklist_reason", 500),
    ],
)
def test_the_longest_texts_are_there(world: World, member: str, length: int) -> None:
    assert length in {len(getattr(customer, member) or "") for customer in world.customers}


def test_the_longest_addresses_and_notes_are_there(world: World) -> None:
    places = [address for customer in world.customers for address in customer.addresses]
    longest = [max(len(getattr(p, m) or "") for p in places) for m in ("street", "unit", "city")]
    assert longest == [200, 200, 100]
    assert max(len(place.state or "") for place in places) == 50
    assert max(len(place.zip or "") for place in places) == 20
    assert max(len(place.access_notes or "") for place in places) == 1000
    assert max(len(booking.notes or "") for booking in world.bookings) == 2000
    assert max(len(booking.location) for booking in world.bookings) <= 600


@pytest.mark.parametrize(
    "script", ["COMBINING", "ARABIC", "HEBREW", "CJK", "THAI", "DEVANAGARI", "REGIONAL INDICATOR"]
)
def test_names_are_written_in_many_scripts(world: World, script: str) -> None:
    characters = {character for text in texts(world) for character in text}
    assert any(script in unicodedata.name(character, "") for character in characters)


def test_some_characters_lie_beyond_the_basic_plane(world: World) -> None:
    assert any(ord(character) > 0xFFFF for text in texts(world) for character in text)


def test_there_are_leap_days(world: World) -> None:
    birthdays = {c.birthday.isoformat() for c in world.customers if c.birthday}
    services = {booking.scheduled_at.date().isoformat() for booking in world.bookings}
    assert "2000-02-29" in birthdays
    assert {"2024-02-29", "2028-02-29"} <= services


def test_there_are_services_at_changes_of_the_clock(world: World) -> None:
    days = {instant_text(booking.scheduled_at)[:10] for booking in world.bookings}
    assert {"2026-03-08", "2026-11-01", "2025-12-31"} <= days


def test_there_is_nothing_to_pay_in_every_way(world: World) -> None:
    free = [booking for booking in world.bookings if booking.pricing.total == 0]
    assert {booking.price_type for booking in free} == {"free", "per_booking"}
    assert any(booking.pricing.discount for booking in free)
    assert any(row.total == 0 and row.status == "paid" for row in world.invoices)


def test_an_address_lacks_its_parts(world: World) -> None:
    places = [address for customer in world.customers for address in customer.addresses]
    assert any(place.city and not (place.street or place.state or place.zip) for place in places)


def test_one_customer_has_many_addresses(world: World) -> None:
    assert max(len(customer.addresses) for customer in world.customers) == 30


@pytest.mark.parametrize(
    ("customer_id", "total", "pages"),
    [("cust_01EDGE0020", 25, 1), ("cust_01EDGE0021", 26, 2), ("cust_01EDGE0004", 0, 0)],
)
def test_bookings_end_at_page_boundaries(
    world: World, customer_id: str, total: int, pages: int
) -> None:
    found = of_customer(world, customer_id, BookingFilter())
    assert (found.total, found.total_pages) == (total, pages)


def test_the_customers_fill_exactly_one_page(world: World) -> None:
    assert len(world.customers) == 25


def test_repeated_rows_differ_by_their_ids(world: World) -> None:
    alike = of_customer(world, "cust_01EDGE0020", BookingFilter()).rows
    assert len({booking.id for booking in alike}) == 25
    assert len({booking.scheduled_at for booking in alike}) == 1


def test_rows_repeat_at_their_distance_with_their_invoices(world: World) -> None:
    rows = world.bookings.rows("customer_id", "cust_01EDGE0021")
    starts = [booking.scheduled_at for booking in rows]
    assert {(later - earlier).days for earlier, later in pairwise(starts)} == {7}
    for booking in rows:
        (invoice,) = world.invoices.rows("booking_id", booking.id)
        assert invoice.issued_at == booking.ends_at
