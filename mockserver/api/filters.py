"""What the query of a list asks for, as the filters of the domain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mockserver.api.instants import read_bound
from mockserver.contract import Arguments
from mockserver.domain.bookings import BookingFilter
from mockserver.domain.customers import CustomerFilter
from mockserver.domain.invoices import InvoiceFilter


def customer_filter(call: Arguments) -> CustomerFilter:
    """Which customers a call asks for; ``created_after`` as a plain date is its 00:00:00Z."""
    asked: dict[str, Any] = {**call.query}
    if "created_after" in asked:
        asked["created_after"] = read_bound(asked["created_after"], "created_after")
    return CustomerFilter(**asked)


def booking_filter(call: Arguments) -> BookingFilter:
    """Which bookings a call asks for, by status, customer, zone and range of days."""
    return BookingFilter(**{**call.query, **_range(call)})


def invoice_filter(call: Arguments) -> InvoiceFilter:
    """Which invoices a call asks for, by status, customer, range of days and of amounts."""
    return InvoiceFilter(**{**call.query, **_range(call)})


def _range(call: Arguments) -> dict[str, datetime]:
    """The bounds that are given; a plain ``date_to`` covers that whole day (domain B.4.1)."""
    return {
        name: read_bound(call.query[name], name, end_of_day=name == "date_to")
        for name in ("date_from", "date_to")
        if name in call.query
    }
