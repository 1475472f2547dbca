"""What must hold between the rows of a state: keys are unique, and what is named exists.

Amounts are not added up: a state may hold what the business would never have written.
"""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from mockserver.archive.findings import MOST, Found, placed, refuse, shown
from mockserver.domain import services
from mockserver.domain.records import Booking, Customer, Invoice, Staff
from mockserver.domain.rules import Rules
from mockserver.errors import RuleBroken
from mockserver.store import Table

Rows = Mapping[str, Sequence[Any]]


def check(rows: Rows, tables: Mapping[str, Table[Any]], rules: Rules, found: Found) -> None:
    """Note every row that shares a key or names something that is not there.

    A customer's mail may outlive the customer.
    """
    for name, table in tables.items():
        noted = len(found)
        _unique(rows[name], {"id": table.key, **table.unique}, found)
        placed(found, noted, name)
    known = {name: {row.id for row in rows[name]} for name in tables}
    for name, checked in _CHECKS.items():
        noted = len(found)
        checked(rows[name], known, rules, found)
        placed(found, noted, name)


def _unique(rows: Sequence[Any], readers: Mapping[str, Any], found: Found) -> None:
    for name, value_of in readers.items():
        values = [value_of(row) for row in rows]
        if len(set(values)) != len(values):
            _refuse_repeated(values, name, found)


def _refuse_repeated(values: Sequence[Hashable], name: str, found: Found) -> None:
    first: dict[Hashable, int] = {}
    for index, value in enumerate(values):
        earlier = first.setdefault(value, index)
        if earlier != index and len(found) < MOST:
            what = f"is {shown(value)}, which row {earlier} has already"
            refuse(found, "duplicate", what, index, name)


def _customers(rows: Sequence[Customer], known: Mapping[str, Any], _: Rules, found: Found) -> None:
    address_ids: set[str] = set()
    for index, customer in enumerate(rows):
        if len(found) >= MOST:
            return
        if customer.addresses:
            _addresses(customer, index, address_ids, known["zones"], found)


def _addresses(
    customer: Customer, index: int, taken: set[str], zone_ids: Container[str], found: Found
) -> None:
    defaults = 0
    for place, address in enumerate(customer.addresses):
        defaults += address.is_default
        if address.id in taken:
            what = f"is {address.id!r}, which another address has already"
            refuse(found, "duplicate", what, index, "addresses", place, "id")
        taken.add(address.id)
        if address.zone_id is not None and address.zone_id not in zone_ids:
            _missing(found, address.zone_id, "zones", index, "addresses", place, "zone_id")
    if defaults != 1:
        what = f"mark {defaults} addresses as default: exactly one has to be"
        refuse(found, "default", what, index, "addresses")


def _bookings(
    rows: Sequence[Booking], known: Mapping[str, Any], rules: Rules, found: Found
) -> None:
    customer_ids, staff_ids, zone_ids = known["customers"], known["staff"], known["zones"]
    for index, booking in enumerate(rows):
        if len(found) >= MOST:
            return
        if booking.customer_id not in customer_ids:
            _missing(found, booking.customer_id, "customers", index, "customer_id")
        if booking.zone_id is not None and booking.zone_id not in zone_ids:
            _missing(found, booking.zone_id, "zones", index, "zone_id")
        for place, staff_id in enumerate(booking.crew):
            if staff_id not in staff_ids:
                _missing(found, staff_id, "staff", index, "crew", place)
        _configuration(booking, index, rules, found)


def _configuration(booking: Booking, index: int, rules: Rules, found: Found) -> None:
    """A service on offer has to be one that can be priced: it will be, when it completes."""
    if not services.is_offered(booking.industry):
        return
    try:
        services.refuse_configuration(rules, booking.industry, booking.configuration)
    except RuleBroken as refusal:
        told = refusal.message.rstrip(".")
        refuse(found, refusal.code, f"fits no {booking.industry}: {told}", index, "configuration")


def _invoices(rows: Sequence[Invoice], known: Mapping[str, Any], _: Rules, found: Found) -> None:
    customer_ids, booking_ids = known["customers"], known["bookings"]
    for index, invoice in enumerate(rows):
        if len(found) >= MOST:
            return
        if invoice.customer_id not in customer_ids:
            _missing(found, invoice.customer_id, "customers", index, "customer_id")
        if invoice.booking_id is not None and invoice.booking_id not in booking_ids:
            _missing(found, invoice.booking_id, "bookings", index, "booking_id")
        if invoice.amount_paid > invoice.total:
            what = f"is {invoice.amount_paid}, more than the total of {invoice.total}"
            refuse(found, "range", what, index, "amount_paid")


def _staff(rows: Sequence[Staff], known: Mapping[str, Any], _: Rules, found: Found) -> None:
    for index, member in enumerate(rows):
        for place, zone_id in enumerate(member.zone_ids):
            if zone_id not in known["zones"] and len(found) < MOST:
                _missing(found, zone_id, "zones", index, "zone_ids", place)


def _missing(found: Found, value: str, where: str, *path: str | int) -> None:
    refuse(found, "reference", f"is {shown(value)}, which is not among the {where}", *path)


_CHECKS: Mapping[str, Any] = {
    "customers": _customers,
    "bookings": _bookings,
    "invoices": _invoices,
    "staff": _staff,
}
