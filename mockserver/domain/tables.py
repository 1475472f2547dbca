"""How each kind of record is kept: its key, its indexes, its orders, and what a search reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from operator import attrgetter

from mockserver.domain.records import Booking, Customer, Invoice, Mail, Staff, Zone
from mockserver.store import Table

_SEPARATOR = "\x1f"
_PHONE_CHARACTERS = "0123456789 +-()."
_VEILED = str.maketrans(_PHONE_CHARACTERS, "".join(map(chr, range(1, 17))))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 10**12  # seconds that no instant is away from the epoch
_ASCII_DIGITS = frozenset("0123456789")


def latest_first(at: datetime, name: str) -> str:
    """A sort key: later instants first, then by name; one text, as texts are compared fastest."""
    return f"{_LAST - _seconds(at):013}{name}"


def earliest_first(at: datetime, name: str) -> str:
    """A sort key: earlier instants first, then by name."""
    return f"{_LAST + _seconds(at):013}{name}"


def _seconds(at: datetime) -> int:
    since = at - _EPOCH
    return since.days * 86400 + since.seconds


def digits(text: str) -> str:
    """The digits 0 to 9 of a text, in order."""
    return "".join(filter(_ASCII_DIGITS.__contains__, text))


def needles(text: str) -> tuple[str, ...]:
    """What to look for in the searched text of customers, any of which is a match (domain A.4.1).

    A text made only of digits, spaces and ``+-().`` is also compared by its digits with the
    digits of the phone. None when the text holds a control character, which no member does.
    """
    if any(character < " " for character in text):
        return ()
    number = digits(text)
    if not number or not set(_PHONE_CHARACTERS).issuperset(text):
        veiled = text.translate(_VEILED)
    elif number != text:
        veiled = number.translate(_VEILED)
    else:
        return (text,)
    return (text,) if veiled == text else (text, veiled)


def _one(value: str | None) -> Iterable[str]:
    return () if value is None else (value,)


def _email(customer: Customer) -> Iterable[str]:
    return () if customer.email is None else (customer.email.casefold(),)


def _zip(customer: Customer) -> Iterable[str]:
    address = customer.default_address
    return () if address is None or address.zip is None else (address.zip.casefold(),)


def _city(customer: Customer) -> Iterable[str]:
    address = customer.default_address
    return () if address is None or address.city is None else (address.city.casefold(),)


def _zones(customer: Customer) -> Iterable[str]:
    return {address.zone_id for address in customer.addresses if address.zone_id is not None}


def searched(customer: Customer) -> str:
    """Name, e-mail, the phone's digits, and the phone veiled.

    In the veiled phone the characters of numbers are control characters, which no other member
    can hold: so what is looked for in the phone is not found elsewhere, and the separator keeps a
    match from spanning two members.
    """
    phone = customer.phone or ""
    number = digits(phone)
    veiled = phone if phone.endswith(number) else f"{phone}{_SEPARATOR}{number}"
    return _SEPARATOR.join((customer.name, customer.email or "", number, veiled.translate(_VEILED)))


def zone_day(zone_id: str | None, at: datetime) -> tuple[str | None, date]:
    """The index value under which a zone's bookings of one day (UTC) are found."""
    return zone_id, at.date()


def _zone_day(booking: Booking) -> Iterable[tuple[str | None, date]]:
    if booking.status == "cancelled":
        return ()
    return (zone_day(booking.zone_id, booking.scheduled_at),)


CUSTOMERS: Table[Customer] = Table(
    name="customers",
    key=attrgetter("id"),
    unique={"uuid": attrgetter("uuid")},
    lookups={
        "email": _email,
        "address_id": lambda customer: [address.id for address in customer.addresses],
    },
    facets={
        "zip": _zip,
        "city": _city,
        "status": lambda customer: (customer.status,),
        "has_subscription": lambda customer: (customer.has_active_subscription,),
        "is_blacklisted": lambda customer: (customer.is_blacklisted,),
        "zone_id": _zones,
    },
    ranges={"created_at": lambda customer: customer.created_at},
    orders={
        "newest": lambda customer: latest_first(customer.created_at, customer.id),
        "oldest": lambda customer: earliest_first(customer.created_at, customer.uuid),
    },
    text=searched,
)

BOOKINGS: Table[Booking] = Table(
    name="bookings",
    key=attrgetter("id"),
    lookups={"customer_id": lambda booking: (booking.customer_id,), "zone_day": _zone_day},
    facets={
        "status": lambda booking: (booking.status,),
        "zone_id": lambda booking: _one(booking.zone_id),
    },
    ranges={
        "scheduled_at": lambda booking: booking.scheduled_at,
        "changes_at": lambda booking: booking.changes_at,
    },
    orders={"newest": lambda booking: latest_first(booking.created_at, booking.id)},
)

INVOICES: Table[Invoice] = Table(
    name="invoices",
    key=attrgetter("id"),
    unique={"number": attrgetter("number")},
    lookups={
        "customer_id": lambda invoice: (invoice.customer_id,),
        "booking_id": lambda invoice: _one(invoice.booking_id),
    },
    facets={"status": lambda invoice: (invoice.status,)},
    ranges={
        "issued_at": lambda invoice: invoice.issued_at,
        "total": lambda invoice: invoice.total,
        "overdue_at": lambda invoice: invoice.overdue_at,
    },
    orders={"newest": lambda invoice: latest_first(invoice.issued_at, invoice.id)},
)

STAFF: Table[Staff] = Table(
    name="staff",
    key=attrgetter("id"),
    lookups={"zone_id": lambda member: member.zone_ids},
)

ZONES: Table[Zone] = Table(
    name="zones",
    key=attrgetter("id"),
    lookups={"postal_code": lambda zone: zone.postal_codes},
)

OUTBOX: Table[Mail] = Table(
    name="outbox",
    key=attrgetter("id"),
    lookups={"customer_id": lambda mail: (mail.customer_id,)},
    facets={"kind": lambda mail: (mail.kind,)},
)
