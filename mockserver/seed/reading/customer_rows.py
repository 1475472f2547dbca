"""One customer written out in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mockserver.domain.records import (
    Address,
    ContactMethod,
    Customer,
    CustomerStatus,
    Subscription,
    SubscriptionStatus,
)
from mockserver.domain.rules import FREQUENCIES
from mockserver.seed.reading.entry import Entry
from mockserver.seed.reading.register import Register

CUSTOMER_ID = "cust_[0-9A-Z]{1,58}"
ADDRESS_ID = "addr_[0-9A-Z]{1,58}"

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_STATUSES: tuple[CustomerStatus, ...] = ("active", "inactive", "deactivated")
_METHODS: tuple[ContactMethod, ...] = ("email", "phone", "sms")
_SUBSCRIPTIONS: tuple[SubscriptionStatus, ...] = ("active", "paused", "cancelled")


def customer_row(entry: Entry, register: Register) -> Customer:
    """A member of ``rows.customers``; the first address is the default unless another is."""
    created_at = entry.required_instant("created_at")
    blacklist_reason = entry.text("blacklist_reason", most=500, lines=True)
    customer = Customer(
        id=register.claim(entry, entry.required_text("id", pattern=CUSTOMER_ID)),
        uuid=register.claim(entry, entry.text("uuid", pattern=_UUID)),
        created_at=created_at,
        updated_at=updated_at(entry, created_at),
        first_name=entry.text("first_name", most=100),
        last_name=entry.text("last_name", most=100),
        email=entry.text("email", most=320),
        phone=entry.text("phone", most=30),
        status=entry.choice("status", _STATUSES, "active"),
        addresses=_addresses(entry, register),
        contact_methods=entry.choices("contact_methods", _METHODS, ()),
        marketing_email_opt_in=entry.flag("marketing_email_opt_in", False),
        marketing_sms_opt_in=entry.flag("marketing_sms_opt_in", False),
        subscription=_subscription(entry),
        birthday=entry.day("birthday"),
        note=entry.text("note", most=2000, lines=True),
        is_dummy=entry.flag("is_dummy", False),
        is_blacklisted=entry.flag("is_blacklisted", blacklist_reason is not None),
        blacklist_reason=blacklist_reason,
        company=entry.text("company"),
    )
    entry.close()
    if customer.blacklist_reason is not None and not customer.is_blacklisted:
        raise entry.misfit("is false, yet there is a blacklist_reason", "is_blacklisted")
    register.customers[customer.id] = customer
    return customer


def updated_at(entry: Entry, created_at: datetime, otherwise: datetime | None = None) -> datetime:
    """When a row last changed: as told, else ``otherwise``, else when it was made."""
    updated = entry.instant("updated_at") or otherwise or created_at
    if updated < created_at:
        raise entry.misfit("lies before created_at", "updated_at")
    return updated


def _addresses(entry: Entry, register: Register) -> tuple[Address, ...]:
    addresses = tuple(_address(child, register) for child in entry.children("addresses"))
    defaults = sum(address.is_default for address in addresses)
    if defaults > 1:
        raise entry.misfit(f"mark {defaults} as default: only one can be", "addresses")
    if addresses and not defaults:
        return (replace(addresses[0], is_default=True), *addresses[1:])
    return addresses


def _address(entry: Entry, register: Register) -> Address:
    zip_code = entry.text("zip", most=20)
    zone = register.zone_of(zip_code)
    address = Address(
        id=register.claim(entry, entry.text("id", pattern=ADDRESS_ID)),
        label=entry.text("label", most=50) or "Home",
        street=entry.text("street"),
        unit=entry.text("unit"),
        city=entry.text("city", most=100),
        state=entry.text("state", most=50),
        zip=zip_code,
        access_notes=entry.text("access_notes", most=1000, lines=True),
        is_default=entry.flag("is_default", False),
        zone_id=zone.id if zone else None,
    )
    entry.close()
    return address


def _subscription(customer: Entry) -> Subscription | None:
    if not customer.has("subscription"):
        return None
    entry = customer.child("subscription")
    subscription = Subscription(
        entry.text("id", pattern="sub_[0-9A-Z]{1,58}") or "",
        entry.choice("status", _SUBSCRIPTIONS, "active"),
        entry.choice("frequency", FREQUENCIES[1:]),
        entry.required_instant("started_at"),
    )
    entry.close()
    return subscription
