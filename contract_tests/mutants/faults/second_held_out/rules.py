"""Mistakes in rules: what a share is taken of, where it is rounded, and what is changed as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from contract_tests.mutants.mutant import Verb
from mockserver.domain.pricing import rounded
from mockserver.domain.records import Booking, Customer, Invoice
from mockserver.domain.rules import Rules
from mockserver.domain.world import World
from mockserver.errors import Conflict, FieldProblem


def fee_of_the_subtotal(original: Verb) -> Verb:
    """The fee is a share of the price before tax."""

    def cancellation(world: World, booking: Booking, *more: Any) -> Any:
        net = booking.pricing.subtotal - booking.pricing.discount
        return original(world, replace(booking, pricing=replace(booking.pricing, total=net)), *more)

    return cancellation


def fee_cut_off(original: Verb) -> Verb:
    """Whole division instead of rounding."""

    def share(amount_cents: int, percent: Any) -> int:
        return int(amount_cents * Decimal(percent) / 100)

    del original
    return share


def coupon_on_the_base(original: Verb) -> Verb:
    """The coupon is taken off the service, not off its extras."""

    def quote(rules: Rules, industry: str, configuration: Any, **more: Any) -> Any:
        right = original(rules, industry, configuration, **more)
        coupon = more.get("coupon")
        if coupon is None or not right.pricing.discount:
            return right
        bare = {name: value for name, value in configuration.items() if name != "extras"}
        taken = original(rules, industry, bare, **more).pricing.discount
        pricing = right.pricing
        tax = rounded((pricing.subtotal - taken) * rules.tax_rate)
        total = pricing.subtotal - taken + tax
        return replace(right, pricing=replace(pricing, discount=taken, tax=tax, total=total))

    return quote


def taxed_line_by_line(original: Verb) -> Verb:
    """Tax is rounded on each line of an invoice, and the roundings add up."""

    def issue(world: World, **members: Any) -> Invoice:
        issued: Invoice = original(world, **members)
        percent = members.get("tax_percent")
        rate = world.rules.tax_rate if percent is None else Decimal(str(percent)) / 100
        tax = sum(rounded(line.total * rate) for line in issued.line_items)
        total = issued.subtotal + tax
        paid = total if issued.status == "paid" else 0
        summed = replace(issued, tax=tax, total=total, amount_paid=paid)
        world.invoices.put(summed)
        return summed

    return issue


def blacklisted_is_inactive(original: Verb) -> Verb:
    """The blacklist is a status."""

    def blacklist(world: World, uuid: str, **given: Any) -> Customer:
        listed: Customer = original(world, uuid, **given)
        inactive = replace(listed, status="inactive")
        world.customers.put(inactive)
        return inactive

    return blacklist


def crew_sent_home(original: Verb) -> Verb:
    """A cancelled booking frees its crew by forgetting it."""

    def cancel(world: World, booking_id: str, **given: Any) -> Booking:
        cancelled: Booking = original(world, booking_id, **given)
        freed = replace(cancelled, crew=())
        world.bookings.put(freed)
        return freed

    return cancel


def every_invoice_moves(original: Verb) -> Verb:
    """Invoices are moved by their customer, not by their booking."""

    def transfer(world: World, *, from_customer_id: str, to_customer_id: str) -> int:
        count: int = original(
            world, from_customer_id=from_customer_id, to_customer_id=to_customer_id
        )
        source = world.customers.find("uuid", from_customer_id.lower())
        target = world.customers.find("uuid", to_customer_id.lower())
        if source is not None and target is not None:
            for invoice in world.invoices.rows("customer_id", source.id):
                world.invoices.put(replace(invoice, customer_id=target.id))
        return count

    return transfer


def overdue_stays(original: Verb) -> Verb:
    """Only what is pending can be voided."""

    def void(world: World, invoice_id: str, **given: Any) -> Invoice:
        invoice = world.invoices.get(invoice_id)
        if invoice is not None and invoice.status == "overdue":
            raise Conflict("invoice_not_voidable", f"Invoice {invoice_id!r} is overdue.")
        voided: Invoice = original(world, invoice_id, **given)
        return voided

    return void


def under_way_can_be_cancelled(original: Verb) -> Verb:
    """Only what is over cannot be cancelled."""

    def refuse(booking: Booking) -> None:
        if booking.status != "in_progress":
            original(booking)

    return refuse


def names_in_bytes(original: Verb) -> Verb:
    """`len` of a language whose texts are bytes."""

    def problems(field: str, name: str | None) -> Iterator[FieldProblem]:
        length = len((name or "").strip(" ").encode())
        found = list(original(field, name))
        if not found and length > 50:
            message = f"{field} must have 2 to 50 characters, not {length}."
            found = [FieldProblem(field, "INVALID_LENGTH", message)]
        yield from found

    return problems


def history_before_tax(original: Verb) -> Verb:
    """The history shows what a service costs before tax."""

    def shown(booking: Booking) -> dict[str, Any]:
        net = replace(booking.pricing, total=booking.pricing.subtotal)
        right: dict[str, Any] = original(replace(booking, pricing=net))
        return right

    return shown


def history_without_duration(original: Verb) -> Verb:
    """The end of a service is a column that nobody fills: it shows the start."""

    def shown(booking: Booking) -> dict[str, Any]:
        right: dict[str, Any] = original(booking)
        return {**right, "to_date": right["from_date"]}

    return shown
