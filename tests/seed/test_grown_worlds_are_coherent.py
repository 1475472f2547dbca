"""Everything a grown world holds fits together, whichever scenario, seed and moment."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import datetime
from decimal import Decimal

import pytest

from mockserver.domain.pricing import priced, quote
from mockserver.domain.records import Booking, Invoice
from mockserver.domain.rules import INDUSTRIES
from mockserver.domain.world import World
from mockserver.seed.places import OREGON
from tests.seed.growing import SMALL_BUSY, world_of

SOURCES = [
    ("documented", 1, "2026-02-20T15:00:00Z"),
    ("documented", 77, "2031-05-18T00:00:00Z"),
    ("documented", 3, "2025-03-09T10:30:00Z"),
    ("edges", 1, "2026-02-20T15:00:00Z"),
    ("empty", 1, "2026-02-20T15:00:00Z"),
    (SMALL_BUSY, 1, "2026-02-20T15:00:00Z"),
    (SMALL_BUSY, 2, "2024-02-29T23:59:59Z"),
    (SMALL_BUSY, 3, "1999-12-31T00:00:00Z"),
]
GROWN = [source for source in SOURCES if source[0] not in ("edges", "empty")]
TOWNS = {(place.city, place.state, code) for place in OREGON for code in place.zips}


@pytest.fixture(params=SOURCES, ids=[f"{s[0].split()[0]} {s[1]} {s[2]}" for s in SOURCES])
def world(request: pytest.FixtureRequest) -> World:
    name, seed, now = request.param
    return world_of(name, seed=seed, now=now)


@pytest.fixture(params=GROWN, ids=[f"{s[0].split()[0]} {s[1]} {s[2]}" for s in GROWN])
def grown(request: pytest.FixtureRequest) -> World:
    name, seed, now = request.param
    return world_of(name, seed=seed, now=now)


def generated_bookings(world: World) -> list[Booking]:
    """The bookings that no scenario writes out."""
    written = {"bk_01HQ3K5M7N8P9R", "bk_01HQ4A7C2D3F4G"}
    return [b for b in world.bookings if b.id not in written and not b.id.startswith("bk_01HP")]


def owner_since(world: World, booking: Booking) -> bool:
    customer = world.customers.get(booking.customer_id)
    return customer is not None and customer.created_at <= booking.created_at


def test_bookings_have_a_customer_who_was_there_before_them(world: World) -> None:
    assert all(owner_since(world, booking) for booking in world.bookings)


def test_every_moment_is_a_whole_second_as_it_is_shown(world: World) -> None:
    moments = (
        getattr(row, field.name)
        for rows in world.collections.values()
        for row in rows
        for field in fields(row)
    )
    assert not [at for at in moments if isinstance(at, datetime) and at.microsecond]


def test_bookings_were_made_before_they_take_place(world: World) -> None:
    assert all(booking.created_at <= booking.scheduled_at for booking in world.bookings)
    assert all(booking.scheduled_at <= booking.ends_at for booking in world.bookings)


def test_nothing_changed_before_it_was_made(world: World) -> None:
    rows = (*world.customers, *world.bookings, *world.invoices)
    assert all(row.created_at <= row.updated_at for row in rows)


def test_crew_exist(world: World) -> None:
    assert all(staff in world.staff for booking in world.bookings for staff in booking.crew)


def test_crew_serve_the_zone(grown: World) -> None:
    for booking in generated_bookings(grown):
        for staff_id in booking.crew:
            member = grown.staff.get(staff_id)
            assert member is not None
            assert not booking.zone_id or not member.zone_ids or booking.zone_id in member.zone_ids


def test_prices_add_up(world: World) -> None:
    for row in (*(booking.pricing for booking in world.bookings), *world.invoices):
        assert row.total == row.subtotal - row.discount + row.tax
        assert 0 <= row.discount <= row.subtotal
        assert row.tax >= 0


def test_generated_prices_are_those_of_the_rules(grown: World) -> None:
    for booking in generated_bookings(grown):
        assert booking.industry in INDUSTRIES
        coupon = grown.rules.coupons.get(booking.coupon_code or "")
        price = quote(
            grown.rules,
            booking.industry,
            booking.configuration,
            zone=grown.zones.get(booking.zone_id or ""),
            coupon=coupon,
        )
        assert (booking.pricing, booking.duration_minutes) == (
            price.pricing,
            price.duration_minutes,
        )


def test_invoice_lines_add_up_to_the_subtotal(world: World) -> None:
    for invoice in world.invoices:
        assert all(line.total == line.quantity * line.unit_price for line in invoice.line_items)
        assert sum(line.total for line in invoice.line_items) == invoice.subtotal


def test_tax_is_the_rule_s_share_of_what_remains(grown: World) -> None:
    for invoice in grown.invoices:
        by_rule = priced(invoice.subtotal, invoice.discount, Decimal("0.085"))
        assert invoice.tax == by_rule.tax


def test_invoices_are_paid_exactly_when_their_status_says_so(grown: World) -> None:
    for invoice in grown.invoices:
        is_paid = invoice.status == "paid"
        assert (invoice.amount_paid == invoice.total) == is_paid
        assert (invoice.paid_at is not None) == is_paid == (invoice.payment_method is not None)
        assert (invoice.voided_at is not None) == (invoice.status == "void")


def test_invoice_numbers_are_unique_and_carry_their_year(world: World) -> None:
    numbers = [invoice.number for invoice in world.invoices]
    assert len(set(numbers)) == len(numbers)
    for invoice in world.invoices:
        assert re.fullmatch(f"INV-{invoice.issued_at.year:04}-\\d{{5,}}", invoice.number)


def test_invoices_belong_to_the_customer_of_their_booking(world: World) -> None:
    for invoice in world.invoices:
        assert invoice.customer_id in world.customers
        if invoice.booking_id is not None:
            booking = world.bookings.get(invoice.booking_id)
            assert booking is not None
            assert booking.customer_id == invoice.customer_id


def test_each_generated_completed_booking_has_its_invoice(grown: World) -> None:
    for booking in generated_bookings(grown):
        invoices: tuple[Invoice, ...] = grown.invoices.rows("booking_id", booking.id)
        assert len(invoices) == (booking.status == "completed")


def test_timelines_run_forward_and_end_with_the_status(world: World) -> None:
    for booking in world.bookings:
        moments = [entry.at for entry in booking.timeline]
        assert moments == sorted(moments)
        assert moments[0] == booking.created_at
        assert booking.timeline[-1].status == booking.status


def test_cancelled_bookings_say_how(world: World) -> None:
    for booking in world.bookings:
        assert (booking.cancellation is not None) == (booking.status == "cancelled")
        if booking.cancellation is not None:
            assert booking.created_at <= booking.cancellation.cancelled_at <= booking.scheduled_at
            assert booking.cancellation.fee_applies == (booking.cancellation.fee_percent > 0)


def test_the_past_is_over_and_the_future_is_not(grown: World) -> None:
    now = grown.now()
    for booking in generated_bookings(grown):
        assert booking.created_at <= now
        assert (booking.scheduled_at > now) == (booking.status == "confirmed")
        assert booking.status == "in_progress" or not booking.scheduled_at <= now < booking.ends_at
        if booking.status == "in_progress":
            assert booking.scheduled_at <= now < booking.ends_at


def test_services_take_place_in_business_hours(grown: World) -> None:
    for booking in generated_bookings(grown):
        if booking.status != "in_progress":
            start = booking.scheduled_at
            assert 8 <= start.hour < 18
            assert (start.minute % 30, start.second) == (0, 0)
            assert booking.ends_at.date() == start.date()


def test_generated_services_keep_the_company_s_days(grown: World) -> None:
    on_sundays = [
        booking
        for booking in generated_bookings(grown)
        if booking.scheduled_at.weekday() == 6 and booking.status != "in_progress"
    ]
    assert not on_sundays


def test_nobody_is_booked_after_they_left(grown: World) -> None:
    for customer in grown.customers:
        if customer.status != "active" or customer.is_blacklisted:
            if customer.first_name == "John" and customer.last_name == "Doe":
                continue
            for booking in grown.bookings.rows("customer_id", customer.id):
                assert booking.status in ("completed", "cancelled")
                assert booking.ends_at <= customer.updated_at


def test_addresses_are_real_towns_in_the_right_zone(grown: World) -> None:
    for customer in grown.customers:
        for address in customer.addresses:
            assert address.zone_id == grown.zone_id_of(address.zip)
            assert address.state == "TX" or (address.city, address.state, address.zip) in TOWNS


def test_whoever_has_addresses_has_one_default(world: World) -> None:
    for customer in world.customers:
        defaults = sum(address.is_default for address in customer.addresses)
        assert defaults == bool(customer.addresses)


def test_bookings_take_place_at_an_address_of_the_customer(grown: World) -> None:
    for booking in generated_bookings(grown):
        customer = grown.customers.get(booking.customer_id)
        assert customer is not None
        (address,) = [one for one in customer.addresses if one.id == booking.address_id]
        assert (booking.address.street, booking.address.zip) == (address.line, address.zip)


def test_generated_phones_and_e_mails_are_well_formed(grown: World) -> None:
    for customer in grown.customers:
        if customer.phone and "-" not in customer.phone:
            assert re.fullmatch(r"\+1\d{9,10}", customer.phone)
        if customer.email:
            assert re.fullmatch(r"[a-z0-9._]+@[a-z.]+\.(com|org|net)", customer.email)


def test_generated_e_mails_fit_the_name(grown: World) -> None:
    generated = [c for c in grown.customers if c.email and "@example." in c.email and c.last_name]
    for customer in generated:
        initial = (customer.first_name or "")[0].lower()
        assert (customer.email or "")[0] == initial or not initial.isascii()


def test_nothing_is_due_at_the_start(world: World) -> None:
    assert world.started_at == world.caught_up_to == world.now()


def test_blacklisted_customers_have_a_reason(grown: World) -> None:
    listed = [customer for customer in grown.customers if customer.is_blacklisted]
    assert listed
    assert all(customer.blacklist_reason for customer in listed)
