"""Customers as the merchant keeps them (S3): by UUID, with a blacklist."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from mockserver.domain.customers import identify
from mockserver.domain.records import Booking, Customer, Identity
from mockserver.domain.world import World
from mockserver.errors import BadRequest, NotFound, RuleBroken
from mockserver.frozen import replace
from mockserver.store import Query


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer with all their bookings and all their cancellations counted (domain C.3.6)."""

    customer: Customer
    times_booked: int
    times_cancelled: int


@dataclass(frozen=True, slots=True)
class MerchantStats:
    """A customer's history in numbers (domain C.3.5).

    ``times_cancelled_by_user`` are the customer's own cancellations, ``times_upcoming`` bookings
    not over that start now or later; ``bookings`` is the history, latest first, without those the
    merchant cancelled.
    """

    customer: Customer
    times_booked: int
    times_cancelled_by_user: int
    times_upcoming: int
    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A customer and the start of their latest completed booking, if any (domain C.3.11)."""

    customer: Customer
    last_visited: datetime | None


def get(world: World, uuid: str) -> Customer:
    """The customer with a UUID, in either case, else ``NotFound`` ``customer_not_found``."""
    customer = world.customers.find("uuid", uuid.lower())
    if customer is None:
        raise NotFound("customer_not_found", f"customer {uuid} not found")
    return customer


def add(
    world: World,
    *,
    first_name: str,
    last_name: str,
    email: str | None = None,
    phone_number: str | None = None,
    birthday: date | None = None,
    note: str | None = None,
    is_dummy: bool = False,
    identity: Identity | None = None,
) -> Customer:
    """Make a customer; e-mail and phone may be shared (S3; domain C.3.1).

    Raises ``RuleBroken`` for a blank name. ``is_dummy`` and ``identity`` are for seeds: a dummy is
    a placeholder that may lack names.
    """
    if not is_dummy:
        _refuse_empty("first_name", first_name)
        _refuse_empty("last_name", last_name)
    claimed, now = identify(world, identity), world.now()
    customer = Customer(
        id=claimed.id,
        uuid=claimed.uuid,
        first_name=first_name,
        last_name=last_name,
        email=email,
        phone=phone_number,
        birthday=birthday,
        note=note,
        is_dummy=is_dummy,
        created_at=now,
        updated_at=now,
    )
    world.customers.put(customer)
    return customer


def amend(
    world: World,
    uuid: str,
    *,
    body_id: str,
    first_name: str | None = None,
    last_name: str | None = None,
    email: str | None = None,
    phone_number: str | None = None,
    birthday: date | None = None,
    note: str | None = None,
) -> Customer:
    """Write the members that are not null and keep the rest (S3; domain C.3.2).

    A dummy that now has both names and an e-mail address or a phone becomes a full customer
    (domain C.4). Raises ``BadRequest`` unless ``body_id`` is the UUID, ``NotFound``, and
    ``RuleBroken`` for a blank name.
    """
    _refuse_other(uuid, body_id, "invalid customer id provided")
    customer = get(world, uuid)
    for field, name in (("first_name", first_name), ("last_name", last_name)):
        if name is not None:
            _refuse_empty(field, name)
    amended = replace(
        customer,
        first_name=customer.first_name if first_name is None else first_name,
        last_name=customer.last_name if last_name is None else last_name,
        email=customer.email if email is None else email,
        phone=customer.phone if phone_number is None else phone_number,
        birthday=customer.birthday if birthday is None else birthday,
        note=customer.note if note is None else note,
    )
    amended = replace(amended, is_dummy=amended.is_dummy and not _is_complete(amended))
    if amended != customer:
        amended = replace(amended, updated_at=world.now())
        world.customers.put(amended)
    return amended


def remove(world: World, uuid: str) -> Customer:
    """Delete a customer with all their bookings and invoices (S3; domain C.3.3)."""
    customer = get(world, uuid)
    for booking in world.bookings.rows("customer_id", customer.id):
        world.bookings.remove(booking.id)
    for invoice in world.invoices.rows("customer_id", customer.id):
        world.invoices.remove(invoice.id)
    return world.customers.remove(customer.id)


def statistics(world: World, uuid: str) -> MerchantStats:
    """A customer's counts and history as they stand (S3; domain C.3.5), else ``NotFound``."""
    customer = get(world, uuid)
    bookings = world.bookings.rows("customer_id", customer.id)
    now = world.now()
    history = [booking for booking in bookings if _canceller(booking) != "merchant"]
    history.sort(key=lambda booking: (booking.scheduled_at, booking.id), reverse=True)
    return MerchantStats(
        customer=customer,
        times_booked=len(bookings),
        times_cancelled_by_user=sum(_canceller(booking) == "customer" for booking in bookings),
        times_upcoming=sum(_is_upcoming(booking, now) for booking in bookings),
        bookings=tuple(history),
    )


def everyone(world: World) -> tuple[CustomerRow, ...]:
    """All customers with their counts, in the order they were created (S3; domain C.3.6)."""
    booked, cancelled = Counter[str](), Counter[str]()
    for booking in world.bookings:
        booked[booking.customer_id] += 1
        if booking.status == "cancelled":
            cancelled[booking.customer_id] += 1
    return tuple(
        CustomerRow(customer, booked[customer.id], cancelled[customer.id])
        for customer in _in_order(world)
    )


def blacklisted(world: World) -> tuple[CustomerRow, ...]:
    """The blacklisted customers with their counts, in order of creation (S3; domain C.3.9)."""
    return tuple(_row(world, customer) for customer in _in_order(world, is_blacklisted=True))


def blacklist(world: World, uuid: str, *, body_id: str, reason: str | None) -> Customer:
    """Put a customer on the blacklist; a second time replaces the reason (S3; domain C.3.7).

    Raises ``BadRequest`` unless ``body_id`` is the UUID, or ``NotFound``.
    """
    _refuse_other(uuid, body_id, "invalid customer id")
    customer = get(world, uuid)
    listed = replace(customer, is_blacklisted=True, blacklist_reason=reason, updated_at=world.now())
    world.customers.put(listed)
    return listed


def unblacklist(world: World, uuid: str) -> Customer:
    """Take a customer off the blacklist, with the reason; one not on it stays (domain C.3.8)."""
    customer = get(world, uuid)
    if not customer.is_blacklisted:
        return customer
    freed = replace(customer, is_blacklisted=False, blacklist_reason=None, updated_at=world.now())
    world.customers.put(freed)
    return freed


def transfer(world: World, *, from_customer_id: str, to_customer_id: str) -> int:
    """Move every booking of one customer to another, with its invoices (S3; domain C.3.10).

    Both are UUIDs; the number of bookings moved is given back, and the source record stays. Raises
    ``BadRequest`` when they are the same, ``NotFound`` when either does not exist.
    """
    if from_customer_id.lower() == to_customer_id.lower():
        raise BadRequest(
            "invalid_parameter",
            "from_customer_id and to_customer_id are the same: name two customers.",
            "to_customer_id",
        )
    source, destination = get(world, from_customer_id), get(world, to_customer_id)
    now = world.now()
    bookings = world.bookings.rows("customer_id", source.id)
    for booking in bookings:
        world.bookings.put(replace(booking, customer_id=destination.id, updated_at=now))
        for invoice in world.invoices.rows("booking_id", booking.id):
            world.invoices.put(replace(invoice, customer_id=destination.id, updated_at=now))
    return len(bookings)


def calendar(world: World) -> tuple[CalendarRow, ...]:
    """All customers with their last visit, in order of creation (S3; domain C.3.11)."""
    visits: dict[str, datetime] = {}
    for booking in world.bookings:
        if booking.status == "completed":
            known = visits.get(booking.customer_id, booking.scheduled_at)
            visits[booking.customer_id] = max(known, booking.scheduled_at)
    return tuple(CalendarRow(customer, visits.get(customer.id)) for customer in _in_order(world))


def _in_order(world: World, **equals: bool) -> tuple[Customer, ...]:
    return world.customers.select(Query(equals=equals, order="oldest")).rows


def _row(world: World, customer: Customer) -> CustomerRow:
    bookings = world.bookings.rows("customer_id", customer.id)
    cancelled = sum(booking.status == "cancelled" for booking in bookings)
    return CustomerRow(customer, len(bookings), cancelled)


def _canceller(booking: Booking) -> str | None:
    return booking.cancellation.by if booking.cancellation else None


def _is_upcoming(booking: Booking, now: datetime) -> bool:
    return booking.status not in ("cancelled", "completed") and booking.scheduled_at >= now


def _is_complete(customer: Customer) -> bool:
    return bool(customer.first_name and customer.last_name and (customer.email or customer.phone))


def _refuse_empty(field: str, name: str) -> None:
    if not name.strip(" "):
        raise RuleBroken("invalid_value", f"'{field}': must not be blank", field)


def _refuse_other(uuid: str, body_id: str, message: str) -> None:
    if uuid.lower() != body_id.lower():
        raise BadRequest("invalid_parameter", message, "id")
