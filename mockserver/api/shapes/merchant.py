"""Customers as the merchant API shows them (S3; domain C.2, C.3): UUIDs and prices."""

from __future__ import annotations

from typing import Any

from mockserver.api.shapes.moments import midnight, when, when_known
from mockserver.domain.merchant import CalendarRow, CustomerRow, MerchantStats
from mockserver.domain.records import Booking, Customer


def merchant_customer_body(customer: Customer) -> dict[str, Any]:
    """A customer's record: exactly eight members (domain C.3.4)."""
    return {
        "id": customer.uuid,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone_number": customer.phone,
        "birthday": midnight(customer.birthday),
        "note": customer.note,
        "is_dummy": customer.is_dummy,
    }


def merchant_customer_item(row: CustomerRow) -> dict[str, Any]:
    """A customer as listed: the record, the blacklist state and two counts (domain C.3.6)."""
    return {
        **_listed(row.customer),
        "times_booked": row.times_booked,
        "times_cancelled": row.times_cancelled,
    }


def merchant_statistics_body(stats: MerchantStats) -> dict[str, Any]:
    """A customer with counts and history, latest booking first (domain C.3.5)."""
    return {
        **_listed(stats.customer),
        "times_booked": stats.times_booked,
        "times_cancelled_by_user": stats.times_cancelled_by_user,
        "times_upcoming": stats.times_upcoming,
        "bookings": [_booking(booking) for booking in stats.bookings],
    }


def calendar_customer_item(row: CalendarRow) -> dict[str, Any]:
    """A customer as the calendar shows it (domain C.3.11)."""
    customer = row.customer
    return {
        "id": customer.uuid,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone_number": customer.phone,
        "birthday": midnight(customer.birthday),
        "is_dummy": customer.is_dummy,
        "last_visited": when_known(row.last_visited),
    }


def price_body(cents: int) -> dict[str, Any]:
    """An amount in US cents, with a text for people such as ``$1,234.50`` (mk/merchant)."""
    return {"amount": cents, "currency": "USD", "formatted": f"${cents // 100:,}.{cents % 100:02}"}


def _listed(customer: Customer) -> dict[str, Any]:
    return {
        **merchant_customer_body(customer),
        "is_blacklisted": customer.is_blacklisted,
        "blacklist_reason": customer.blacklist_reason,
    }


def _booking(booking: Booking) -> dict[str, Any]:
    return {
        "from_date": when(booking.scheduled_at),
        "to_date": when(booking.ends_at),
        "service_name": booking.service_name,
        "cancel_deadline": booking.cancel_deadline_hours,
        "formatted_location": booking.location,
        "price": price_body(booking.pricing.total),
        "price_type": booking.price_type,
        "merchant_name": booking.merchant_name,
        "is_cancelled": booking.status == "cancelled",
    }
