"""Handlers of the tag ``bookings``: the Otesse Bookings API (S2)."""

from __future__ import annotations

from typing import Any

from mockserver.api.filters import booking_filter
from mockserver.api.instants import read_instant
from mockserver.api.shapes.bookings import booking_body, booking_item
from mockserver.api.shapes.pages import page_body
from mockserver.contract import Arguments, Derived, Listed, Reply
from mockserver.domain import bookings, customers, invoices
from mockserver.domain.records import Booking, Customer, Invoice, Staff
from mockserver.domain.world import World
from mockserver.store import Page


def list_bookings(world: World, call: Arguments) -> Reply:
    """One page of the bookings that meet the filters (domain B.4.1)."""
    wanted = booking_filter(call)
    versions = (world.bookings.version, world.customers.version)

    def page() -> Listed:
        return bookings_page(world, bookings.search(world, wanted))

    return Reply(200, Derived(list_bookings, versions, (wanted,), page))


def create_booking(world: World, call: Arguments) -> Reply:
    """Book a service (domain B.4.2)."""
    booking = bookings.book(world, **_members(call))
    return Reply(201, _full(world, booking), {"Location": f"/v1/bookings/{booking.id}"})


def get_booking(world: World, call: Arguments) -> Reply:
    """The full booking (domain B.4.3)."""
    return Reply(200, _full(world, bookings.get(world, call.path["id"])))


def update_booking(world: World, call: Arguments) -> Reply:
    """Change time, configuration, notes or address of a booking (domain B.4.4)."""
    return Reply(200, _full(world, bookings.amend(world, call.path["id"], **_members(call))))


def cancel_booking(world: World, call: Arguments) -> Reply:
    """Cancel a booking; the body may be absent (domain B.4.5)."""
    booking = bookings.cancel(world, call.path["id"], **(call.body or {}))
    return Reply(200, _full(world, booking))


def bookings_page(world: World, found: Page[Booking]) -> Listed:
    """A page of bookings as listed, each with the customer it belongs to now."""

    def item(booking: Booking) -> Derived:
        return Derived(booking_item, (booking, customers.get(world, booking.customer_id)))

    return page_body(found, item)


def _members(call: Arguments) -> dict[str, Any]:
    members = {**call.body}
    if "scheduled_at" in members:
        members["scheduled_at"] = read_instant(members["scheduled_at"], "scheduled_at")
    return members


def _full(world: World, booking: Booking) -> Derived:
    assigned = map(world.staff.get, booking.crew)
    crew = (member for member in assigned if member is not None)
    customer = customers.get(world, booking.customer_id)
    sources = (booking, customer, invoices.of_booking(world, booking.id), *crew)
    return Derived(_body, sources)


def _body(
    booking: Booking, customer: Customer, invoices: tuple[Invoice, ...], *crew: Staff
) -> dict[str, Any]:
    return booking_body(booking, customer, crew, invoices)
