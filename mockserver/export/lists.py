"""The lists that can be filtered: which rows they show, and what each filter compares.

The rules are those of `domain/`; here they are only named, for handlers that have no server. A
test holds the handlers that read them to the answers of the server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mockserver.domain.records import Booking, Customer, Invoice
from mockserver.domain.tables import digits

Keys = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that lists choose from: the export collection that shows them, and their keys.

    `collection` is where their records lie in a world, `order` the order of the lists (None: the
    usual one). `keys` gives what filters compare: texts casefolded, instants as whole seconds
    since 1970, amounts in cents.
    """

    name: str
    shows: str
    collection: str
    keys: Callable[[Any], Keys]
    order: str | None = None


@dataclass(frozen=True, slots=True)
class ListRule:
    """One list: its table, what each query parameter compares with which key, and its owner.

    `scope` is the key that the id in the path must equal; empty for a list of everything.
    """

    operation_id: str
    table: str
    filters: Mapping[str, tuple[str, str]]
    scope: str = ""


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _folded(text: str | None) -> str | None:
    return None if text is None else text.casefold()


def _of_customer(customer: Customer) -> Keys:
    phone = customer.phone or ""
    return {
        "status": customer.status,
        "has_subscription": customer.has_active_subscription,
        "zones": sorted({each.zone_id for each in customer.addresses if each.zone_id}),
        "created_at": _seconds(customer.created_at),
        "texts": [text.casefold() for text in (customer.name, customer.email or "", phone)],
        "digits": digits(phone),
    }


def _of_booking(booking: Booking) -> Keys:
    return {
        "status": booking.status,
        "customer_id": booking.customer_id,
        "zone_id": booking.zone_id,
        "scheduled_at": _seconds(booking.scheduled_at),
    }


def _of_invoice(invoice: Invoice) -> Keys:
    return {
        "status": invoice.status,
        "customer_id": invoice.customer_id,
        "issued_at": _seconds(invoice.issued_at),
        "total": invoice.total,
    }


def _of_lead(customer: Customer) -> Keys:
    address = customer.default_address
    return {
        "digits": digits(customer.phone or ""),
        "email": _folded(customer.email) or "",
        "first_name": _folded(customer.first_name) or "",
        "address": None
        if address is None
        else {
            "address1": _folded(address.street) or "",
            "address2": _folded(address.unit) or "",
            "city": _folded(address.city) or "",
            "state": _folded(address.state) or "",
            "zip": _folded(address.zip) or "",
        },
    }


TABLES = (
    Table("customers", "customerSummaries", "customers", _of_customer),
    Table("bookings", "bookingSummaries", "bookings", _of_booking),
    Table("invoices", "invoices", "invoices", _of_invoice),
    Table("leads", "leadsCustomers", "customers", _of_lead, order="oldest"),
)
_BOOKINGS = {
    "status": ("equals", "status"),
    "customer_id": ("equals", "customer_id"),
    "zone_id": ("equals", "zone_id"),
    "date_from": ("from", "scheduled_at"),
    "date_to": ("to", "scheduled_at"),
}
_INVOICES = {
    "status": ("equals", "status"),
    "date_from": ("from", "issued_at"),
    "date_to": ("to", "issued_at"),
    "min_amount": ("least", "total"),
    "max_amount": ("most", "total"),
}
_CUSTOMERS = {
    "search": ("search", "texts"),
    "status": ("equals", "status"),
    "created_after": ("after", "created_at"),
    "has_subscription": ("equals", "has_subscription"),
    "zone_id": ("among", "zones"),
}
LISTS = (
    ListRule("listCustomers", "customers", _CUSTOMERS),
    ListRule("listBookings", "bookings", _BOOKINGS),
    ListRule("listInvoices", "invoices", {**_INVOICES, "customer_id": ("equals", "customer_id")}),
    ListRule("listCustomerBookings", "bookings", _BOOKINGS, scope="customer_id"),
    ListRule("listCustomerInvoices", "invoices", _INVOICES, scope="customer_id"),
)
