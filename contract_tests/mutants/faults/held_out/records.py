"""Mistakes in what becomes of a record, mostly where another family looks at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import orjson

from contract_tests.mutants.layers import answered
from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.clock import parse_instant
from mockserver.domain.addresses import joined
from mockserver.domain.records import Address, Booking, BookingAddress, Customer
from mockserver.domain.world import World
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered


def address_added_by_update(original: Verb) -> Verb:
    """A changed address of a lead is written as a new one, and the old one stays."""

    def addresses(world: World, customer: Customer, *more: Any) -> tuple[Address, ...]:
        right: tuple[Address, ...] = original(world, customer, *more)
        old = customer.default_address
        if old is None or right == customer.addresses:
            return right
        changed = next(address for address in right if address.id == old.id)
        new = replace(changed, id=world.ids.prefixed("addr", 10))
        return joined(customer.addresses, new)

    return addresses


def location_kept(original: Verb) -> Verb:
    """The one line that tells the place is written when a service is booked, and never again."""

    def moved(world: World, booking: Booking, address_id: Any) -> Booking:
        there: Booking = original(world, booking, address_id)
        return replace(there, location=booking.location)

    return moved


def reason_in_the_notes(original: Verb) -> Verb:
    """The reason of a cancellation is put where the notes are."""

    def cancel(world: World, booking_id: str, **given: Any) -> Booking:
        cancelled: Booking = original(world, booking_id, **given)
        if given.get("reason"):
            cancelled = replace(cancelled, notes=given["reason"])
            world.bookings.put(cancelled)
        return cancelled

    return cancel


def address_referred_to(original: Verb) -> Verb:
    """A booking refers to an address instead of having a copy of it."""

    def update(world: World, uuid: str, *more: Any, **named: Any) -> Customer:
        changed: Customer = original(world, uuid, *more, **named)
        home = changed.default_address
        for booking in world.bookings.rows("customer_id", changed.id):
            if home is not None and booking.address_id == home.id:
                place = BookingAddress(
                    home.line or "", home.city or "", home.state or "", home.zip or ""
                )
                world.bookings.put(replace(booking, address=place))
        return changed

    return update


def notes_in_one_line(original: Verb) -> Verb:
    """Notes pass through a field of one line."""

    def book(world: World, **members: Any) -> Booking:
        if members.get("notes"):
            members["notes"] = " ".join(members["notes"].splitlines())
        made: Booking = original(world, **members)
        return made

    return book


def one_above_the_highest(original: Verb) -> Verb:
    """The next number is one above the highest there is, so that it depends on what was deleted."""

    def next_number(world: World, at: Any) -> str:
        prefix = original(world, at).rpartition("-")[0]
        given_out = (int(invoice.number.rpartition("-")[2]) for invoice in world.invoices)
        return f"{prefix}-{max(given_out, default=0) + 1:05}"

    return next_number


def birthday_in_utc(original: Verb) -> Verb:
    """A birthday is reckoned to UTC before its day is taken."""

    def read_day(text: str, field: str) -> date:
        written: date = original(text, field)
        try:
            return parse_instant(text).date() if field == "birthday" else written
        except ValueError:
            return written

    return read_day


def consent_of_leads_apart() -> tuple[Patch, ...]:
    """The consent that leads give has a column of its own, which the customers API ignores."""
    apart: Memory[set[str]] = Memory(set)

    def creating(original: Verb) -> Verb:
        def create(world: World, *more: Any, **named: Any) -> Customer:
            made: Customer = original(world, *more, **named)
            apart.of(world).add(made.id)
            return made

        return create

    def edit(exchange: Exchange, given: Answered) -> Answered:
        if given.status != 200 or exchange.steered.reply is not None:
            return given
        body = orjson.loads(given.body)
        if body["id"] in apart.of(exchange.served.world):
            body["preferences"]["marketing_opt_in"] = False
        return given._replace(body=orjson.dumps(body))

    return (
        Patch("mockserver.domain.leads:create", creating),
        *answered(edit, "getCustomer")(),
    )


def next_birthday_reckoned(original: Verb) -> Verb:
    """The calendar reckons the birthday of this year, which some years do not have."""

    def calendar(world: World) -> Any:
        rows = original(world)
        for row in rows:
            if row.customer.birthday is not None:
                row.customer.birthday.replace(year=world.now().year)
        return rows

    return calendar
