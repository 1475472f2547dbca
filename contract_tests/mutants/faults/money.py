"""Mistakes in amounts: prices, taxes, discounts, fees, balances."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from contract_tests.mutants.mutant import Verb
from mockserver.domain.records import Booking, Invoice, Pricing
from mockserver.domain.rules import Rules
from mockserver.domain.world import World

_WORD = 1 << 32


def total_without_discount(original: Verb) -> Verb:
    """The discount is shown, but not taken off."""

    def priced(subtotal: int, discount: int, tax_rate: Decimal) -> Pricing:
        right: Pricing = original(subtotal, discount, tax_rate)
        return replace(right, total=subtotal + right.tax)

    return priced


def taxed_before_discount(original: Verb) -> Verb:
    """Tax is on the subtotal."""

    def priced(subtotal: int, discount: int, tax_rate: Decimal) -> Pricing:
        tax = original(subtotal, 0, tax_rate).tax
        return Pricing(subtotal, discount, tax, subtotal - discount + tax)

    return priced


def half_cents_cut_off(original: Verb) -> Verb:
    """`int()` instead of rounding."""

    def priced(subtotal: int, discount: int, tax_rate: Decimal) -> Pricing:
        right: Pricing = original(subtotal, discount, tax_rate)
        tax = int((subtotal - discount) * tax_rate)
        return replace(right, tax=tax, total=subtotal - discount + tax)

    return priced


def wrapped_total(original: Verb) -> Verb:
    """The total is kept in 32 bits."""

    def priced(subtotal: int, discount: int, tax_rate: Decimal) -> Pricing:
        right: Pricing = original(subtotal, discount, tax_rate)
        return replace(right, total=right.total % _WORD)

    return priced


def coupon_ignored(original: Verb) -> Verb:
    """The coupon is checked and stored, but takes nothing off."""

    def quote(rules: Rules, industry: str, configuration: Any, **more: Any) -> Any:
        return original(rules, industry, configuration, **{**more, "coupon": None})

    return quote


def one_extra_charged(original: Verb) -> Verb:
    """Only the first of several extras is charged."""

    def work(rules: Rules, industry: str, configuration: Any) -> Any:
        right = original(rules, industry, configuration)
        return replace(right, extras=right.extras[:1])

    return work


def old_price_kept(original: Verb) -> Verb:
    """A changed booking keeps its price, though it takes as long as the new work does."""

    def repriced(world: World, booking: Booking) -> Booking:
        anew: Booking = original(world, booking)
        return replace(anew, pricing=booking.pricing)

    return repriced


def moved_at_the_old_price(original: Verb) -> Verb:
    """Only another configuration is priced anew, not another address."""

    def differ(before: Booking, after: Booking) -> bool:
        return before.configuration != after.configuration

    del original
    return differ


def fee_of(percent: int) -> Callable[[Verb], Verb]:
    """A late cancellation costs another share of the total."""

    def make(original: Verb) -> Verb:
        def share(amount_cents: int, asked: Any) -> int:
            cents: int = original(amount_cents, percent if asked else asked)
            return cents

        return share

    return make


def free_until(shift: timedelta) -> Callable[[Verb], Verb]:
    """The free time ends earlier or later than documented; what is told stays right."""

    def make(original: Verb) -> Verb:
        def cancellation(world: World, booking: Booking, *more: Any) -> Any:
            moved = replace(booking, scheduled_at=booking.scheduled_at + shift)
            judged = original(world, moved, *more)
            return replace(judged, free_until=judged.free_until - shift)

        return cancellation

    return make


def void_still_owed(original: Verb) -> Verb:
    """The balance does not look at the status."""

    def balance(invoice: Invoice) -> int:
        return invoice.total - invoice.amount_paid

    del original
    return balance


def charged_but_owed(original: Verb) -> Verb:
    """An invoice that is charged at once becomes paid, but nothing is booked as paid."""

    def paid(invoice: Invoice, at: Any, *more: Any) -> Invoice:
        settled: Invoice = original(invoice, at, *more)
        return replace(settled, amount_paid=0)

    return paid


def due_next_month(original: Verb) -> Verb:
    """An invoice is due 30 days after its issue where nothing else is said."""

    def made(world: World, *more: Any) -> Invoice:
        invoice: Invoice = original(world, *more)
        asked = more[4]
        return replace(invoice, due_date=asked or invoice.issued_at.date() + timedelta(days=30))

    return made


def unpaid_counts_as_spent(original: Verb) -> Verb:
    """What a customer spent is the sum of what was billed."""

    def counted(customer: Any, bookings: Any, invoices: tuple[Invoice, ...]) -> Any:
        stats = original(customer, bookings, invoices)
        return replace(stats, total_spent=sum(invoice.total for invoice in invoices))

    return counted


def cancelled_count_as_booked(original: Verb) -> Verb:
    """The bookings of a customer are counted whatever became of them."""

    def counted(customer: Any, bookings: tuple[Booking, ...], invoices: Any) -> Any:
        stats = original(customer, bookings, invoices)
        return replace(stats, total_bookings=len(bookings))

    return counted


def paid_can_be_voided(original: Verb) -> Verb:
    """Only a void invoice cannot be voided."""

    def void(world: World, invoice_id: str, **given: Any) -> Invoice:
        invoice = world.invoices.get(invoice_id)
        if invoice is not None and invoice.status == "paid":
            world.invoices.put(replace(invoice, status="pending"))
        voided: Invoice = original(world, invoice_id, **given)
        return voided

    return void
