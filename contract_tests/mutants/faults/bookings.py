"""Mistakes in the rules of bookings and of what they have to do with customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.api.shapes.invoices import invoice_body
from mockserver.contract import plain
from mockserver.domain.absence import UNSET
from mockserver.domain.records import Address, Booking, Customer, Invoice
from mockserver.domain.world import World
from mockserver.errors import RuleBroken
from mockserver.store import Page, Query


def blacklist_not_asked(original: Verb) -> Verb:
    """Nobody looks at the blacklist when a booking is made."""

    def bookable(world: World, customer_id: str) -> Customer:
        customer = world.customers.get(customer_id)
        if customer is not None and customer.is_blacklisted and customer.status == "active":
            return customer
        right: Customer = original(world, customer_id)
        return right

    return bookable


def any_status_bookable(original: Verb) -> Verb:
    """A customer that is not active can be booked."""

    def bookable(world: World, customer_id: str) -> Customer:
        try:
            right: Customer = original(world, customer_id)
        except RuleBroken:
            known = world.customers.get(customer_id)
            if known is None:
                raise
            return known
        return right

    return bookable


def foreign_address_on_update(original: Verb) -> Verb:
    """A change of the address does not ask whose it is."""

    def moved(world: World, booking: Booking, address_id: Any) -> Booking:
        owners = () if address_id is UNSET else world.customers.rows("address_id", address_id)
        if not owners or owners[0].id == booking.customer_id:
            right: Booking = original(world, booking, address_id)
            return right
        borrowed = replace(booking, customer_id=owners[0].id)
        there: Booking = original(world, borrowed, address_id)
        return replace(there, customer_id=booking.customer_id)

    return moved


def cancelled_editable(original: Verb) -> Verb:
    """A cancelled booking can be changed."""

    def amend(world: World, booking_id: str, **given: Any) -> Booking:
        booking = world.bookings.get(booking_id)
        if booking is None or booking.status != "cancelled":
            right: Booking = original(world, booking_id, **given)
            return right
        world.bookings.put(replace(booking, status="confirmed"))
        try:
            edited: Booking = original(world, booking_id, **given)
        except RuleBroken:
            world.bookings.put(booking)
            raise
        changed = replace(edited, status="cancelled")
        world.bookings.put(changed)
        return changed

    return amend


def cancelled_again(original: Verb) -> Verb:
    """Cancelling a cancelled booking succeeds and changes nothing."""

    def cancel(world: World, booking_id: str, **given: Any) -> Booking:
        booking = world.bookings.get(booking_id)
        if booking is not None and booking.status == "cancelled":
            return booking
        cancelled: Booking = original(world, booking_id, **given)
        return cancelled

    return cancel


def offset_dropped(original: Verb) -> Verb:
    """The offset of an instant is read and forgotten."""

    def read(text: str, field: str) -> datetime:
        right: datetime = original(text, field)
        try:
            return datetime.fromisoformat(text[:19].upper()).replace(tzinfo=UTC)
        except ValueError:
            return right

    return read


def second_default(original: Verb) -> Verb:
    """A new default address leaves the mark of the old one."""

    def together(addresses: tuple[Address, ...], added: Address) -> tuple[Address, ...]:
        right: tuple[Address, ...] = original(addresses, added)
        return (*addresses, added) if addresses else right

    return together


def timeline_reversed(body: dict[str, Any]) -> dict[str, Any]:
    """The latest change comes first."""
    return {**body, "status_timeline": body["status_timeline"][::-1]}


def stale_status() -> tuple[Patch, ...]:
    """One list reads from a copy that cancellations do not reach."""
    before: Memory[dict[str, Booking]] = Memory(dict)

    def cancelling(original: Verb) -> Verb:
        def cancel(world: World, booking_id: str, **given: Any) -> Booking:
            stored = world.bookings.get(booking_id)
            cancelled: Booking = original(world, booking_id, **given)
            if stored is not None:
                before.of(world)[booking_id] = stored
            return cancelled

        return cancel

    def listing(original: Verb) -> Verb:
        def of_customer(world: World, customer_id: str, wanted: Any) -> Page[Booking]:
            page: Page[Booking] = original(world, customer_id, wanted)
            old = before.of(world)
            rows = tuple(replace(row, status=old.get(row.id, row).status) for row in page.rows)
            return replace(page, rows=rows)

        return of_customer

    return (
        Patch("mockserver.domain.booking_progress:cancel", cancelling),
        Patch("mockserver.domain.booking_search:of_customer", listing),
    )


def old_names() -> tuple[Patch, ...]:
    """The name of a customer is copied into the booking and never again."""
    names: Memory[dict[str, Customer]] = Memory(dict)

    def booking(original: Verb) -> Verb:
        def book(world: World, **members: Any) -> Booking:
            made: Booking = original(world, **members)
            owner = world.customers.get(made.customer_id)
            if owner is not None:
                names.of(world)[made.id] = owner
            return made

        return book

    def showing(original: Verb) -> Verb:
        def full(world: World, shown: Booking) -> Any:
            body = plain(original(world, shown))
            known = names.of(world).get(shown.id)
            if known is None or known.id != shown.customer_id:
                return body
            return {**body, "customer": {**body["customer"], "name": known.name}}

        return full

    return (
        Patch("mockserver.domain.bookings:book", booking),
        Patch("mockserver.api.bookings:_full", showing, only_here=True),
    )


def everyones_bookings(original: Verb) -> Verb:
    """The list under a customer is the list of all bookings."""

    def of_customer(world: World, customer_id: str, wanted: Any) -> Page[Booking]:
        original(world, customer_id, wanted)
        return world.bookings.select(Query(page=wanted.page, per_page=wanted.per_page))

    return of_customer


def dangling_customer() -> tuple[Patch, ...]:
    """An invoice may be issued to a customer that does not exist."""
    made_up: Memory[dict[str, Customer]] = Memory(dict)

    def refusing(original: Verb) -> Verb:
        def refuse(world: World, customer_id: str) -> Customer:
            try:
                known: Customer = original(world, customer_id)
            except RuleBroken:
                now = world.now()
                nobody = Customer(id=customer_id, uuid="", created_at=now, updated_at=now)
                return made_up.of(world).setdefault(customer_id, nobody)
            return known

        return refuse

    def showing(original: Verb) -> Verb:
        def full(world: World, invoice: Invoice) -> Any:
            nobody = made_up.of(world).get(invoice.customer_id)
            return original(world, invoice) if nobody is None else invoice_body(invoice, nobody)

        return full

    return (
        Patch("mockserver.domain.invoices:refuse_unknown", refusing, only_here=True),
        Patch("mockserver.api.invoices:_full", showing, only_here=True),
    )
