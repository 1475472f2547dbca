"""Mistakes in rules: falsy zeros, forgotten parts, states that are remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.domain.records import Booking, Customer, Invoice
from mockserver.domain.rules import Rules
from mockserver.domain.services import Work
from mockserver.domain.world import World
from mockserver.errors import Conflict


def first_date_counts() -> tuple[Patch, ...]:
    """The end of the free time is reckoned when a service is booked, and never again."""
    first: Memory[dict[str, datetime]] = Memory(dict)

    def amending(original: Verb) -> Verb:
        def amend(world: World, booking_id: str, **given: Any) -> Booking:
            before = world.bookings.get(booking_id)
            changed: Booking = original(world, booking_id, **given)
            if before is not None:
                first.of(world).setdefault(booking_id, before.scheduled_at)
            return changed

        return amend

    def cancelling(original: Verb) -> Verb:
        def cancellation(world: World, booking: Booking, *more: Any) -> Any:
            at = first.of(world).get(booking.id, booking.scheduled_at)
            return original(world, replace(booking, scheduled_at=at), *more)

        return cancellation

    return (
        Patch("mockserver.domain.bookings:amend", amending),
        Patch("mockserver.domain.booking_progress:_cancellation", cancelling),
    )


def repriced_without_coupon(original: Verb) -> Verb:
    """A changed booking is priced from what the change holds, and that is no coupon."""

    def repriced(world: World, booking: Booking) -> Booking:
        anew: Booking = original(world, replace(booking, coupon_code=None))
        return replace(anew, coupon_code=booking.coupon_code)

    return repriced


def issued_twice(original: Verb) -> Verb:
    """The job that issues the invoice of a completed booking runs twice."""

    def issue(world: World, booking: Booking, **more: Any) -> Invoice:
        original(world, booking, **more)
        again: Invoice = original(world, booking, **more)
        return again

    return issue


def overdue_from_the_first_second(original: Verb) -> Verb:
    """An invoice is overdue as its due date begins, not as it ends."""

    def overdue_at(invoice: Invoice) -> datetime | None:
        right: datetime | None = original(invoice)
        return None if right is None else right - timedelta(days=1)

    return overdue_at


def zero_tax_is_none(original: Verb) -> Verb:
    """`tax_rate or default`."""

    def issue(world: World, *, tax_percent: Any = None, **members: Any) -> Invoice:
        issued: Invoice = original(world, tax_percent=tax_percent or None, **members)
        return issued

    return issue


def zero_rooms_are_missing(original: Verb) -> Verb:
    """`if not bedrooms`."""

    def rooms(rules: Rules, configuration: Mapping[str, Any]) -> Any:
        return original(rules, {name: value for name, value in configuration.items() if value})

    return rooms


def extras_take_no_time(original: Verb) -> Verb:
    """Extras are charged, but nobody plans the time for them."""

    def cleaning(rules: Rules, configuration: Mapping[str, Any]) -> Work:
        right: Work = original(rules, configuration)
        extra = sum(rules.extras[slug].minutes for slug in configuration.get("extras", ()))
        return replace(right, minutes=right.minutes - extra)

    return cleaning


def own_email_taken(original: Verb) -> Verb:
    """Whoever has the e-mail address is in the way, even the customer that is changed."""

    def refuse(world: World, email: str, owner: Customer | None = None) -> None:
        del owner
        original(world, email)

    return refuse


def last_of_all_bookings(original: Verb) -> Verb:
    """The last booking is the latest that was not cancelled, though it lies ahead."""

    def counted(customer: Any, bookings: tuple[Booking, ...], invoices: Any) -> Any:
        stats = original(customer, bookings, invoices)
        kept = (b.scheduled_at for b in bookings if b.status != "cancelled")
        return replace(stats, last_booking_at=max(kept, default=None))

    return counted


def once_blacklisted() -> tuple[Patch, ...]:
    """Bookings look at a copy of the blacklist from which nobody is taken off."""
    listed: Memory[set[str]] = Memory(set)

    def listing(original: Verb) -> Verb:
        def blacklist(world: World, uuid: str, **given: Any) -> Customer:
            customer: Customer = original(world, uuid, **given)
            listed.of(world).add(customer.id)
            return customer

        return blacklist

    def booking(original: Verb) -> Verb:
        def bookable(world: World, customer_id: str) -> Customer:
            customer: Customer = original(world, customer_id)
            if customer_id in listed.of(world):
                message = f"Customer {customer_id!r} is blacklisted and cannot be booked."
                raise Conflict("customer_blacklisted", message, "customer_id")
            return customer

        return bookable

    return (
        Patch("mockserver.domain.merchant:blacklist", listing),
        Patch("mockserver.domain.bookings:_bookable", booking),
    )
