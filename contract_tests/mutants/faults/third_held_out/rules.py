"""Mistakes in rules: what is reckoned anew, units of rates, defaults, and who may do what when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from contract_tests.mutants.mutant import Verb
from mockserver.domain.records import Booking, Invoice
from mockserver.domain.rules import Rules
from mockserver.domain.world import World
from mockserver.errors import Conflict


def duration_as_booked(original: Verb) -> Verb:
    """A new price comes without a new duration."""

    def repriced(world: World, booking: Booking) -> Booking:
        changed: Booking = original(world, booking)
        return replace(changed, duration_minutes=booking.duration_minutes)

    return repriced


def one_of_each(original: Verb) -> Verb:
    """Items are counted, not their quantities."""

    def item(rules: Rules, given: Any) -> tuple[int, int]:
        price: int = original(rules, given)[1]
        return 1, price

    return item


def small_rates_are_shares(original: Verb) -> Verb:
    """A rate below one is taken for a share of one."""

    def issue(world: World, **members: Any) -> Invoice:
        percent = members.get("tax_percent")
        if percent is not None and 0 < percent < 1:
            members["tax_percent"] = percent * 100
        issued: Invoice = original(world, **members)
        return issued

    return issue


def quiet_unless_told(original: Verb) -> Verb:
    """An absent flag is false."""

    def cancel(world: World, booking_id: str, **given: Any) -> Booking:
        cancelled: Booking = original(world, booking_id, **{"notify_customer": False, **given})
        return cancelled

    return cancel


def blacklisted_cannot_cancel(original: Verb) -> Verb:
    """The check of the blacklist stands before everything that is done with bookings."""

    def cancel(world: World, booking_id: str, **given: Any) -> Booking:
        booking = world.bookings.get(booking_id)
        customer = world.customers.get(booking.customer_id) if booking else None
        if customer is not None and customer.is_blacklisted:
            raise Conflict("customer_blacklisted", f"Customer {customer.id!r} is blacklisted.")
        cancelled: Booking = original(world, booking_id, **given)
        return cancelled

    return cancel


def overdue_at_once(original: Verb) -> Verb:
    """The status follows from the day alone."""

    def issue(world: World, **members: Any) -> Invoice:
        issued: Invoice = original(world, **members)
        due = issued.due_date
        if issued.status != "pending" or due is None or due >= world.now().date():
            return issued
        late = replace(issued, status="overdue")
        world.invoices.put(late)
        return late

    return issue
