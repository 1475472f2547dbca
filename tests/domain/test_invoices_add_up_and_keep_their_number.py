from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.domain import invoices
from mockserver.domain.invoices import InvoiceFilter, NewLine
from mockserver.domain.records import Identity, Invoice, LineItem, PaymentMethod, Pricing
from mockserver.domain.world import World
from mockserver.errors import BadRequest, Conflict, NotFound, RuleBroken
from tests.domain.business import a_dummy, a_world, at, booked, done, jane, john

LINES = [NewLine("Residential Cleaning", 1, 15000), NewLine("Inside Oven Cleaning", 2, 3500)]


def issued(world: World, **members: Any) -> Invoice:
    """An invoice over 22000 to John or whoever is named."""
    customer_id = members.pop("customer_id", None) or john(world).id
    return invoices.issue(world, customer_id=customer_id, line_items=LINES, **members)


def test_an_invoice_adds_up_at_the_default_rate() -> None:
    invoice = issued(a_world())
    assert invoice.line_items[1] == LineItem("Inside Oven Cleaning", 2, 3500, 7000)
    assert (invoice.subtotal, invoice.discount, invoice.tax, invoice.total) == (
        22000,
        0,
        1870,
        23870,
    )
    assert (invoice.status, invoice.amount_paid, invoice.balance) == ("pending", 0, 23870)
    assert (invoice.paid_at, invoice.payment_method, invoice.booking_id) == (None, None, None)


@pytest.mark.parametrize(("percent", "tax"), [(8.5, 1870), (0, 0), (100, 22000), (0.01, 2)])
def test_the_tax_rate_is_a_percentage(percent: float, tax: int) -> None:
    assert issued(a_world(), tax_percent=percent).tax == tax


def test_it_is_due_when_told_or_after_14_days() -> None:
    world = a_world()
    first = issued(world, due_date=date(2026, 3, 1))
    second = issued(world, customer_id=first.customer_id)
    assert (first.due_date, second.due_date) == (date(2026, 3, 1), date(2026, 3, 6))


def test_auto_charge_pays_at_once_by_card() -> None:
    world = a_world()
    invoice = issued(world, auto_charge=True)
    assert (invoice.status, invoice.amount_paid, invoice.balance) == ("paid", 23870, 0)
    assert invoice.paid_at == world.now()
    assert invoice.payment_method == PaymentMethod("card", "visa", "4242")


def test_sending_puts_it_into_the_outbox() -> None:
    world = a_world()
    invoice = issued(world, send_email=True)
    mail = list(world.outbox)[-1]
    assert (mail.kind, mail.to) == ("invoice", "john@example.com")
    assert invoice.number in mail.subject
    assert "$238.70" in mail.text


def test_it_cannot_be_sent_to_a_customer_without_email() -> None:
    world = a_world()
    issued(world, customer_id=a_dummy(world).id, send_email=True)
    assert len(world.outbox) == 0


def test_an_unknown_customer_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        issued(a_world(), customer_id="cust_01NOBODY00")
    assert (refused.value.code, refused.value.field) == ("resource_not_found", "customer_id")


def test_the_year_9999_is_no_due_date() -> None:
    with pytest.raises(RuleBroken) as refused:
        issued(a_world(), due_date=date(9999, 12, 31))
    assert refused.value.field == "due_date"


def test_numbers_run_on_over_the_years_and_skip_those_given_out() -> None:
    world = a_world(now="2026-12-31T23:59:59Z")
    customer = john(world)
    identity = Identity(id="inv_01HQ3K5M7N", number="INV-2027-00003")
    issued(world, customer_id=customer.id, identity=identity)
    numbers = [issued(world, customer_id=customer.id).number]
    world.clock.advance(timedelta(seconds=1))
    numbers += [issued(world, customer_id=customer.id).number for _ in range(2)]
    assert numbers == ["INV-2026-00001", "INV-2027-00002", "INV-2027-00004"]
    with pytest.raises(Conflict):
        issued(world, customer_id=customer.id, identity=Identity(number="INV-2027-00003"))


def test_a_completed_booking_issues_a_pending_invoice() -> None:
    world = a_world()
    extras = {"bedrooms": 3, "bathrooms": 2, "extras": ["inside_oven"]}
    booking = done(world, booked(world, john(world), configuration=extras, coupon_code="FIRST20"))
    (invoice,) = invoices.of_booking(world, booking.id)
    assert (invoice.status, invoice.customer_id) == ("pending", booking.customer_id)
    assert [(line.description, line.total) for line in invoice.line_items] == [
        ("Residential Cleaning — 3BR/2BA", 15000),
        ("Inside Oven Cleaning", 3500),
    ]
    assert (invoice.discount, invoice.discount_description) == (3700, "Coupon FIRST20 (20%)")
    assert (invoice.total, invoice.tax) == (booking.pricing.total, booking.pricing.tax)
    assert invoice.issued_at == booking.ends_at
    assert invoice.due_date == date(2026, 3, 12)


def test_a_booking_priced_otherwise_is_billed_in_one_line() -> None:
    world = a_world()
    booking = replace(
        booked(world, john(world)),
        industry="wellness",
        service_name="Deep Tissue Massage",
        pricing=Pricing(8500, 0, 0, 8500),
    )
    world.bookings.put(booking)
    done(world, booking)
    (invoice,) = invoices.of_booking(world, booking.id)
    assert invoice.line_items == (LineItem("Deep Tissue Massage", 1, 8500, 8500),)
    assert invoice.total == 8500


@given(st.integers(0, 20), st.integers(0, 20), st.booleans())
def test_the_lines_of_a_booking_add_up_to_its_subtotal(
    bedrooms: int, bathrooms: int, coupon: bool
) -> None:
    world = a_world()
    configuration = {"bedrooms": bedrooms, "bathrooms": bathrooms, "extras": ["laundry"]}
    code = "FIRST20" if coupon else None
    booking = booked(world, john(world), configuration=configuration, coupon_code=code)
    done(world, booking)
    (invoice,) = invoices.of_booking(world, booking.id)
    assert sum(line.total for line in invoice.line_items) == invoice.subtotal
    assert invoice.subtotal - invoice.discount + invoice.tax == invoice.total


def test_an_invoice_is_paid_once() -> None:
    world = a_world()
    invoice = issued(world)
    world.clock.advance(timedelta(hours=1))
    paid = invoices.pay(world, invoice.id)
    assert (paid.status, paid.paid_at, paid.balance) == ("paid", world.now(), 0)
    with pytest.raises(Conflict):
        invoices.pay(world, invoice.id)


def test_a_void_invoice_keeps_its_number_and_is_no_longer_owed() -> None:
    world = a_world()
    invoice = issued(world)
    voided = invoices.void(world, invoice.id, reason="Issued twice")
    assert (voided.status, voided.number, voided.balance) == ("void", invoice.number, 0)
    assert (voided.void_reason, voided.voided_at) == ("Issued twice", world.now())
    assert (voided.total, voided.amount_paid) == (invoice.total, 0)


def test_a_paid_or_void_invoice_cannot_be_voided() -> None:
    world = a_world()
    paid = issued(world, auto_charge=True)
    voided = invoices.void(world, issued(world, customer_id=paid.customer_id).id)
    for invoice, code in ((paid, "invoice_not_voidable"), (voided, "invoice_not_voidable")):
        with pytest.raises(Conflict) as refused:
            invoices.void(world, invoice.id)
        assert refused.value.code == code
        assert invoices.get(world, invoice.id) == invoice


def test_an_unknown_invoice_is_not_found() -> None:
    for verb in (invoices.get, invoices.pay, invoices.void):
        with pytest.raises(NotFound) as refused:
            verb(a_world(), "inv_01NOTHING0")
        assert refused.value.code == "invoice_not_found"


def test_filters_combine_and_the_latest_issued_come_first() -> None:
    world = a_world()
    customer, other = john(world), jane(world)
    made = []
    for count in (1, 2, 3):
        line = NewLine("Hours", count, 1000)
        made.append(
            invoices.issue(world, customer_id=customer.id, line_items=[line], tax_percent=0)
        )
        world.clock.advance(timedelta(days=1))
    paid = issued(world, customer_id=other.id, auto_charge=True)

    def found(**wanted: Any) -> list[Invoice]:
        return list(invoices.search(world, InvoiceFilter(**wanted)).rows)

    assert found() == [paid, *made[::-1]]
    assert found(status="paid") == found(customer_id=other.id) == [paid]
    assert found(min_amount=2000, max_amount=3000) == made[:0:-1]
    assert found(date_from=at("2026-02-21T15:00:00Z"), max_amount=2000) == [made[1]]
    assert found(date_to=at("2026-02-20T15:00:00Z")) == [made[0]]
    assert invoices.of_customer(world, other.id, InvoiceFilter()).rows == (paid,)
    with pytest.raises(BadRequest) as refused:
        found(min_amount=3000, max_amount=2999)
    assert refused.value.field == "min_amount"
    with pytest.raises(BadRequest):
        found(date_from=world.now(), date_to=world.now() - timedelta(seconds=1))


def test_a_customers_invoices_are_theirs_whatever_the_filter_names() -> None:
    world = a_world()
    invoice = issued(world)
    wanted = InvoiceFilter(customer_id=jane(world).id)
    assert invoices.of_customer(world, invoice.customer_id, wanted).rows == (invoice,)
