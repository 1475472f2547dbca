"""Bookings as the Otesse Bookings API shows them (S2; domain B.1, B.4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mockserver.api.shapes.moments import when
from mockserver.domain.records import (
    Booking,
    BookingAddress,
    Cancellation,
    Customer,
    Invoice,
    Pricing,
    Staff,
    TimelineEntry,
)


def booking_item(booking: Booking, customer: Customer) -> dict[str, Any]:
    """A booking as listed: exactly the members of S2's sample."""
    return {
        **_head(booking, customer),
        "pricing": _pricing(booking.pricing),
        "assigned_crew": list(booking.crew),
        "created_at": when(booking.created_at),
        "updated_at": when(booking.updated_at),
    }


def booking_body(
    booking: Booking, customer: Customer, crew: Iterable[Staff], invoices: Iterable[Invoice]
) -> dict[str, Any]:
    """The full booking: with its timeline, the people of its crew, its invoices and its end.

    ``crew`` are the staff that ``assigned_crew`` names, ``invoices`` those that refer to the
    booking. ``cancellation_fee`` is in cents, 0 when free or not cancelled.
    """
    return {
        **_head(booking, customer),
        "address_id": booking.address_id,
        "zone_id": booking.zone_id,
        "pricing": _pricing(booking.pricing),
        "coupon_code": booking.coupon_code,
        "notes": booking.notes,
        "assigned_crew": list(booking.crew),
        "crew": [_crew_member(member) for member in crew],
        "status_timeline": [_status_change(entry) for entry in booking.timeline],
        "invoices": [_invoice_reference(invoice) for invoice in invoices],
        "cancellation": _cancellation(booking.cancellation),
        "cancellation_fee": booking.cancellation_fee,
        "created_at": when(booking.created_at),
        "updated_at": when(booking.updated_at),
    }


def _head(booking: Booking, customer: Customer) -> dict[str, Any]:
    return {
        "id": booking.id,
        "status": booking.status,
        "customer": {"id": customer.id, "name": customer.name, "email": customer.email},
        "service": {
            "industry": booking.industry,
            "configuration": dict(booking.configuration),
        },
        "scheduled_at": when(booking.scheduled_at),
        "estimated_duration": booking.duration_minutes,
        "address": _address(booking.address),
    }


def _address(address: BookingAddress) -> dict[str, Any]:
    return {
        "street": address.street,
        "city": address.city,
        "state": address.state,
        "zip": address.zip,
    }


def _pricing(pricing: Pricing) -> dict[str, int]:
    return {
        "subtotal": pricing.subtotal,
        "tax": pricing.tax,
        "discount": pricing.discount,
        "total": pricing.total,
    }


def _crew_member(member: Staff) -> dict[str, Any]:
    return {"id": member.id, "name": member.name, "role": member.role, "phone": member.phone}


def _status_change(entry: TimelineEntry) -> dict[str, Any]:
    return {"status": entry.status, "at": when(entry.at), "note": entry.note}


def _invoice_reference(invoice: Invoice) -> dict[str, Any]:
    return {
        "id": invoice.id,
        "number": invoice.number,
        "status": invoice.status,
        "total": invoice.total,
    }


def _cancellation(cancellation: Cancellation | None) -> dict[str, Any] | None:
    if cancellation is None:
        return None
    return {
        "reason": cancellation.reason,
        "cancelled_at": when(cancellation.cancelled_at),
        "customer_notified": cancellation.customer_notified,
        "fee": {
            "applies": cancellation.fee_applies,
            "amount": cancellation.fee_cents,
            "percentage": cancellation.fee_percent,
            "free_until": when(cancellation.free_until),
        },
    }
