"""Customers and their addresses as the Otesse Customers API shows them (S1; domain A.1, A.2)."""

from __future__ import annotations

from typing import Any

from mockserver.api.shapes.moments import when, when_known
from mockserver.domain.customers import CustomerStats
from mockserver.domain.records import Address, Customer, Subscription


def customer_item(customer: Customer, stats: CustomerStats) -> dict[str, Any]:
    """A customer as listed: exactly the members of S1's sample."""
    return {
        "id": customer.id,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
        "status": customer.status,
        "addresses": [address_item(address) for address in customer.addresses],
        "stats": statistics_body(stats),
        "created_at": when(customer.created_at),
    }


def customer_body(customer: Customer, stats: CustomerStats) -> dict[str, Any]:
    """The full record: with access notes, preferences, subscription and last change."""
    return {
        "id": customer.id,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
        "status": customer.status,
        "addresses": [address_body(address) for address in customer.addresses],
        "preferences": {
            "preferred_contact": customer.preferred_contact,
            "marketing_opt_in": customer.marketing_email_opt_in,
        },
        "subscription": _subscription_body(customer.subscription),
        "stats": statistics_body(stats),
        "created_at": when(customer.created_at),
        "updated_at": when(customer.updated_at),
    }


def address_item(address: Address) -> dict[str, Any]:
    """An address in a list of customers, street and unit in one line."""
    return {
        "id": address.id,
        "label": address.label,
        "street": address.line,
        "city": address.city,
        "state": address.state,
        "zip": address.zip,
        "is_default": address.is_default,
    }


def address_body(address: Address) -> dict[str, Any]:
    """An address with its access notes, null when there are none."""
    return {
        "id": address.id,
        "label": address.label,
        "street": address.line,
        "city": address.city,
        "state": address.state,
        "zip": address.zip,
        "access_notes": address.access_notes,
        "is_default": address.is_default,
    }


def statistics_body(stats: CustomerStats) -> dict[str, Any]:
    """The summary statistics of a customer; ``total_spent`` in cents."""
    return {
        "total_bookings": stats.total_bookings,
        "total_spent": stats.total_spent,
        "last_booking_at": when_known(stats.last_booking_at),
        "active_subscription": stats.active_subscription,
    }


def _subscription_body(subscription: Subscription | None) -> dict[str, Any] | None:
    if subscription is None:
        return None
    return {
        "id": subscription.id,
        "status": subscription.status,
        "frequency": subscription.frequency,
        "started_at": when(subscription.started_at),
    }
