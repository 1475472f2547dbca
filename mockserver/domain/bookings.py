"""Bookings as the Otesse Bookings API keeps them (S2): book, amend, cancel, and find."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from mockserver.domain import crew, services
from mockserver.domain.absence import UNSET, Unset, given
from mockserver.domain.booking_progress import cancel, complete, start
from mockserver.domain.booking_search import BookingFilter, get, of_customer, search
from mockserver.domain.customers import refuse_unknown
from mockserver.domain.pricing import coupon_of, quote
from mockserver.domain.records import (
    Address,
    Booking,
    BookingAddress,
    Customer,
    Identity,
    TimelineEntry,
)
from mockserver.domain.schedule import refuse_moment
from mockserver.domain.world import World
from mockserver.errors import Conflict, RuleBroken
from mockserver.frozen import replace

__all__ = [
    "BookingFilter",
    "amend",
    "book",
    "cancel",
    "complete",
    "get",
    "of_customer",
    "search",
    "start",
]


def book(
    world: World,
    *,
    customer_id: str,
    industry: str,
    configuration: Mapping[str, Any],
    scheduled_at: datetime,
    address_id: str | None = None,
    notes: str | None = None,
    coupon_code: str | None = None,
    identity: Identity | None = None,
) -> Booking:
    """Make a confirmed booking, priced and with a crew (S2; domain B.4.2).

    Without ``address_id`` it is at the customer's default address. Raises ``Conflict``
    ``customer_blacklisted`` (domain C.3.7), and ``RuleBroken`` for a customer that is unknown or
    not active, an address that is not theirs, and an industry, configuration, coupon or time that
    is not on offer. ``identity`` is for seeds.
    """
    customer = _bookable(world, customer_id)
    address = _address_of(world, customer, address_id)
    services.refuse_industry(industry)
    services.refuse_configuration(world.rules, industry, configuration)
    refuse_moment(world, scheduled_at)
    price = quote(
        world.rules,
        industry,
        configuration,
        zone=world.zone(address.zone_id),
        coupon=None if coupon_code is None else coupon_of(world.rules, coupon_code),
    )
    now, place = world.now(), _snapshot(address)
    booking = Booking(
        id=world.claim(world.bookings.__contains__, "bk", 14, identity.id if identity else None),
        customer_id=customer_id,
        status="confirmed",
        industry=industry,
        configuration=configuration,
        scheduled_at=scheduled_at,
        duration_minutes=price.duration_minutes,
        address=place,
        address_id=address.id,
        zone_id=address.zone_id,
        pricing=price.pricing,
        crew=crew.assign(world, customer_id, address.zone_id, scheduled_at),
        notes=notes,
        coupon_code=coupon_code,
        timeline=(TimelineEntry("confirmed", now),),
        service_name=price.service_name,
        location=_location(place),
        merchant_name=world.rules.merchant_name,
        cancel_deadline_hours=world.rules.free_cancellation_hours,
        created_at=now,
        updated_at=now,
    )
    world.bookings.put(booking)
    return booking


def amend(
    world: World,
    booking_id: str,
    *,
    scheduled_at: datetime | Unset = UNSET,
    configuration: Mapping[str, Any] | Unset = UNSET,
    notes: str | Unset | None = UNSET,
    address_id: str | Unset = UNSET,
) -> Booking:
    """Change what is given of a confirmed booking (S2; domain B.4.4).

    ``configuration`` is merged member by member and then checked as a whole; changing it or the
    address prices the booking anew. A null ``notes`` is cleared. Nothing given changes nothing.
    Raises ``NotFound``, ``Conflict`` ``booking_not_updatable`` unless confirmed, and ``RuleBroken``
    as :func:`book` does.
    """
    booking = get(world, booking_id)
    if booking.status != "confirmed":
        raise Conflict(
            "booking_not_updatable",
            f"Booking {booking_id!r} is {booking.status}: only a confirmed booking can be updated.",
        )
    if all(change is UNSET for change in (scheduled_at, configuration, notes, address_id)):
        return booking
    if scheduled_at is not UNSET:
        refuse_moment(world, scheduled_at)
    changed = replace(
        _moved(world, booking, address_id),
        configuration={**booking.configuration, **given(configuration, {})},
        scheduled_at=given(scheduled_at, booking.scheduled_at),
        notes=given(notes, booking.notes),
        updated_at=world.now(),
    )
    if configuration is not UNSET:
        # What was sent is refused even where it equals what is stored: 1.0 and true equal 1 here.
        services.refuse_configuration(world.rules, changed.industry, changed.configuration)
    if _costs_differ(booking, changed):
        changed = _repriced(world, changed)
    world.bookings.put(changed)
    return changed


def _bookable(world: World, customer_id: str) -> Customer:
    customer = refuse_unknown(world, customer_id)
    if customer.is_blacklisted:
        raise Conflict(
            "customer_blacklisted",
            f"Customer {customer_id!r} is blacklisted and cannot be booked.",
            "customer_id",
        )
    if customer.status != "active":
        raise RuleBroken(
            "customer_not_active",
            f"Customer {customer_id!r} is {customer.status}: only active customers can be booked.",
            "customer_id",
        )
    return customer


def _address_of(world: World, customer: Customer, address_id: str | None) -> Address:
    address = _owned(customer, address_id)
    if address is None:
        _refuse_address(world, customer, address_id)
    if not (address.street and address.city and address.state and address.zip):
        raise _invalid_address(f"Address {address.id!r} is incomplete: a crew cannot find it.")
    return address


def _owned(customer: Customer, address_id: str | None) -> Address | None:
    if address_id is None:
        return customer.default_address
    return next((address for address in customer.addresses if address.id == address_id), None)


def _refuse_address(world: World, customer: Customer, address_id: str | None) -> NoReturn:
    if address_id is None:
        raise _invalid_address(f"Customer {customer.id!r} has no address: add one first.")
    if world.customers.rows("address_id", address_id):
        raise _invalid_address(f"Address {address_id!r} belongs to another customer.")
    raise RuleBroken(
        "resource_not_found",
        f"There is no address {address_id!r}: name one of the customer's.",
        "address_id",
    )


def _invalid_address(message: str) -> RuleBroken:
    return RuleBroken("invalid_address", message, "address_id")


def _snapshot(address: Address) -> BookingAddress:
    return BookingAddress(
        address.line or "", address.city or "", address.state or "", address.zip or ""
    )


def _location(address: BookingAddress) -> str:
    return f"{address.street}, {address.city}, {address.state} {address.zip}"


def _moved(world: World, booking: Booking, address_id: str | Unset) -> Booking:
    """The booking at another address of its customer."""
    if address_id is UNSET:
        return booking
    customer = refuse_unknown(world, booking.customer_id)
    address = _address_of(world, customer, address_id)
    snapshot = _snapshot(address)
    return replace(
        booking,
        address=snapshot,
        address_id=address.id,
        zone_id=address.zone_id,
        location=_location(snapshot),
    )


def _costs_differ(before: Booking, after: Booking) -> bool:
    return before.configuration != after.configuration or before.address_id != after.address_id


def _repriced(world: World, booking: Booking) -> Booking:
    """The booking at today's price; a stored row of an industry not on offer keeps its own."""
    rules = world.rules
    services.refuse_configuration(rules, booking.industry, booking.configuration)
    if not services.is_offered(booking.industry):
        return booking
    price = quote(
        rules,
        booking.industry,
        booking.configuration,
        zone=world.zone(booking.zone_id),
        coupon=rules.coupons.get(booking.coupon_code or ""),
    )
    return replace(
        booking,
        pricing=price.pricing,
        duration_minutes=price.duration_minutes,
        service_name=price.service_name,
    )
