"""Whatever the clock and the seed say, the sample calls find what the documentation prints."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mockserver.clock import instant_text, parse_instant
from mockserver.domain import customer_search, customers, leads, merchant
from mockserver.domain.booking_search import BookingFilter
from mockserver.domain.booking_search import search as search_bookings
from mockserver.domain.customer_search import CustomerFilter
from mockserver.domain.customers import CustomerStats
from mockserver.domain.records import (
    Address,
    BookingAddress,
    Customer,
    LineItem,
    PaymentMethod,
    Pricing,
)
from mockserver.domain.world import World
from tests.seed.growing import world_of

MOMENTS = [
    ("2025-01-01T00:00:00Z", 1),
    ("2025-12-31T23:59:59Z", 2),
    ("2026-01-31T12:00:00Z", 3),
    ("2026-02-01T00:00:00Z", 4),
    ("2026-02-20T15:00:00Z", 1),
    ("2026-02-20T23:59:59Z", 5),
    ("2026-02-26T11:00:00Z", 6),
    ("2026-03-15T14:30:00Z", 7),
    ("2028-02-29T08:00:00Z", 8),
    ("2030-07-07T03:04:05Z", 2**63),
    ("2035-12-31T23:59:59Z", 0),
]
JOHN, DOE = "cust_01HQ3K5M7N", "a1b2c3d4-e5f6-7890-abcd-ef1234567890"


@pytest.fixture(params=MOMENTS, ids=[f"{now} seed {seed}" for now, seed in MOMENTS])
def world(request: pytest.FixtureRequest) -> World:
    now, seed = request.param
    return world_of("documented", seed=seed, now=now)


def john(world: World) -> Customer:
    return customers.get(world, JOHN)


def test_search_for_john_finds_exactly_one_active_customer(world: World) -> None:
    found = customer_search.search(world, CustomerFilter(search="john", status="active"))
    assert (found.total, found.total_pages) == (1, 1)
    assert found.rows == (john(world),)


def test_john_smith_is_the_customer_that_s1_prints(world: World) -> None:
    found = john(world)
    assert (found.first_name, found.last_name) == ("John", "Smith")
    assert (found.email, found.phone) == ("john@example.com", "+15551234567")
    assert (found.status, instant_text(found.created_at)) == ("active", "2025-06-15T09:00:00Z")
    (home,) = found.addresses
    assert home == Address(
        id="addr_01HQ3K5M7N",
        label="Home",
        street="123 Main St",
        city="Eugene",
        state="OR",
        zip="97401",
        is_default=True,
        zone_id="zone_01HQ3K5M7N",
    )


def test_john_smith_s_statistics_come_out_of_his_rows(world: World) -> None:
    assert customers.statistics(world, john(world)) == CustomerStats(
        total_bookings=12,
        total_spent=195000,
        last_booking_at=datetime(2026, 2, 15, 10, tzinfo=UTC),
        active_subscription=True,
    )


def test_there_are_142_confirmed_bookings_from_february_2026_on(world: World) -> None:
    wanted = BookingFilter(status="confirmed", date_from=parse_instant("2026-02-01T00:00:00Z"))
    found = search_bookings(world, wanted)
    assert (found.total, found.total_pages) == (142, 6)
    assert search_bookings(world, BookingFilter(status="confirmed")).total == 142


def test_the_sample_booking_is_the_one_that_s2_prints(world: World) -> None:
    booking = world.bookings.get("bk_01HQ3K5M7N8P9R")
    assert booking is not None
    assert (booking.status, booking.customer_id, booking.industry) == (
        "confirmed",
        JOHN,
        "cleaning",
    )
    assert booking.configuration == {"bedrooms": 3, "bathrooms": 2, "frequency": "bi-weekly"}
    assert instant_text(booking.scheduled_at) == "2026-02-26T10:00:00Z"
    assert booking.duration_minutes == 120
    assert booking.address == BookingAddress("123 Main St", "Eugene", "OR", "97401")
    assert booking.pricing == Pricing(subtotal=15000, tax=1275, discount=0, total=16275)
    assert booking.crew == ("staff_01HQ3K5M",)
    assert instant_text(booking.created_at) == "2026-02-20T14:30:00Z"
    assert instant_text(booking.updated_at) == "2026-02-20T14:30:00Z"


def test_the_sample_invoice_is_the_one_that_the_reference_prints(world: World) -> None:
    invoice = world.invoices.get("inv_01HQ3K5M7N")
    assert invoice is not None
    assert (invoice.number, invoice.status) == ("INV-2026-00142", "paid")
    assert (invoice.customer_id, invoice.booking_id) == (JOHN, "bk_01HQ3K5M7N8P9R")
    assert invoice.line_items == (
        LineItem("Residential Cleaning — 3BR/2BA", 1, 15000, 15000),
        LineItem("Inside Oven Cleaning", 1, 3500, 3500),
    )
    amounts = (invoice.subtotal, invoice.discount, invoice.tax, invoice.total, invoice.amount_paid)
    assert amounts == (18500, 3700, 1258, 16058, 16058)
    assert invoice.discount_description == "Bi-weekly subscriber discount (20%)"
    assert (invoice.balance, invoice.due_date) == (0, None)
    assert instant_text(invoice.issued_at) == "2026-02-15T18:00:00Z"
    assert instant_text(invoice.paid_at or invoice.issued_at) == "2026-02-15T18:05:00Z"
    assert invoice.payment_method == PaymentMethod("card", "visa", "4242")


def test_the_merchant_s_john_doe_is_the_one_that_s3_prints(world: World) -> None:
    found = merchant.get(world, DOE)
    assert (found.name, found.phone) == ("John Doe", "+1234567890")
    assert found.birthday == date(1990, 5, 15)
    assert (found.note, found.is_dummy) == ("Prefers morning appointments", False)


def test_the_merchant_s_john_doe_has_the_documented_booking(world: World) -> None:
    statistics = merchant.statistics(world, DOE)
    assert (statistics.times_booked, statistics.times_cancelled_by_user) == (1, 0)
    (booking,) = statistics.bookings
    assert instant_text(booking.scheduled_at) == "2026-03-15T14:00:00Z"
    assert instant_text(booking.ends_at) == "2026-03-15T15:00:00Z"
    assert (booking.service_name, booking.merchant_name) == ("Deep Tissue Massage", "Spa Retreat")
    assert booking.location == "123 Wellness St, Suite 200, San Francisco, CA 94102"
    assert booking.pricing == Pricing(8500, 0, 0, 8500)
    assert (booking.price_type, booking.cancel_deadline_hours) == ("per_person", 24)


def test_the_leads_john_doe_is_the_one_that_the_reference_prints(world: World) -> None:
    found = leads.get(world, "c9a1f6c2-8c2b-4c91-9f7b-2e5b8b0d3a01")
    assert found is not None
    assert found.display_name == "John Doe - Acme Heating Services"
    assert (found.phone, found.email) == ("+1-214-555-0198", "john.doe@acmeheating.com")
    assert (found.status, found.contact_methods) == ("inactive", ("phone", "sms"))
    home = found.default_address
    assert home is not None
    assert (home.street, home.unit) == ("123 Main St", "Suite 200")
    assert (home.city, home.state, home.zip) == ("Dallas", "TX", "75201")


def test_sam_wilson_is_as_the_leads_reference_writes_him(world: World) -> None:
    found = leads.get(world, "9f1a6b1c-3a3e-4b91-9a2f-2c6a9fbb1234")
    assert found is not None
    assert found.display_name == "Sam Wilson - Stark Industries"
    assert (found.email, found.phone) == ("sam.wilson@test.com", "+14155552671")
    assert found.contact_methods == ("email", "phone")
    assert (found.marketing_email_opt_in, found.marketing_sms_opt_in) == (True, False)
    assert instant_text(found.created_at) == "2026-02-09T10:15:30Z"


def test_the_e_mail_addresses_of_the_create_samples_are_free(world: World) -> None:
    assert not world.customers.rows("email", "jane@example.com")
