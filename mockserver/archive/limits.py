"""What the members of the records may hold, as far as their types do not say it.

Whatever keeps to these limits can be shown by every family without breaking the contract; what
the business stores keeps to them. A text not named here has at most 200 characters on one line, a
whole number lies between 0 and 2**53 - 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from mockserver.archive.configurations import configuration
from mockserver.archive.kinds import Kind, choice, day, decimal, instant, text, whole
from mockserver.clock import LATEST
from mockserver.domain.records import (
    Address,
    Booking,
    BookingAddress,
    Cancellation,
    Customer,
    Invoice,
    LineItem,
    Mail,
    PaymentMethod,
    Staff,
    Subscription,
    TimelineEntry,
    Zone,
)
from mockserver.domain.rules import FREQUENCIES, Coupon, Extra, Rules


@dataclass(frozen=True, slots=True)
class Limit:
    """The kind of a member's texts or numbers, and how many it holds when it is a list or mapping.

    ``key`` is the kind of the names in a mapping.
    """

    kind: Kind | None = None
    most: int = 1000
    unique: bool = False
    key: Kind | None = None


Limits = Mapping[str, Kind | Limit]

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_MOST_CENTS = 100_000_000
_MOST_HOURS = 8760
_MOST_DAYS = 36_500
_MOST_MINUTES = 10_000


def _id(prefix: str) -> Kind:
    return text(64, pattern=f"{prefix}_[0-9A-Z]+")


_ZONE_ID = text(64, pattern="zone_[0-9A-Za-z_]+")
_LINES = text(2000, lines=True)
_NAME = text(100)
_SLUG = text(100)

_CUSTOMER: Limits = {
    "id": _id("cust"),
    "uuid": text(36, pattern=_UUID),
    "first_name": _NAME,
    "last_name": _NAME,
    "email": text(320),
    "phone": text(30),
    "note": _LINES,
    "blacklist_reason": text(500, lines=True),
    "contact_methods": Limit(most=3, unique=True),
}
_ADDRESS: Limits = {
    "id": _id("addr"),
    "label": text(50),
    "state": text(100),
    "zip": text(30),
    "access_notes": text(1000, lines=True),
    "zone_id": _ZONE_ID,
}
_BOOKING: Limits = {
    "id": _id("bk"),
    "customer_id": _id("cust"),
    "industry": text(64, pattern="[a-z]+(-[a-z]+)*"),
    "configuration": configuration(),
    "scheduled_at": instant(LATEST),
    "duration_minutes": whole(0, 100_000),
    "timeline": Limit(most=100),
    "location": text(900),
    "address_id": _id("addr"),
    "zone_id": _ZONE_ID,
    "crew": Limit(_id("staff"), most=20, unique=True),
    "notes": _LINES,
    "coupon_code": text(32),
    "cancel_deadline_hours": whole(0, _MOST_HOURS),
}
_INVOICE: Limits = {
    "id": _id("inv"),
    "number": text(40, pattern="[A-Z0-9]+-[0-9]{4}-[0-9]{5,}"),
    "customer_id": _id("cust"),
    "booking_id": _id("bk"),
    "line_items": Limit(most=100),
    "due_date": day(date(9999, 12, 30)),
    "void_reason": text(500, lines=True),
}
_RULES: Limits = {
    "tax_rate": decimal(1),
    "free_cancellation_hours": whole(0, _MOST_HOURS),
    "minimum_notice_hours": whole(0, _MOST_HOURS),
    "fee_percent": whole(0, 100),
    "most_rooms": whole(0, 20),
    "most_addresses": whole(0, 1000),
    "most_configuration_members": whole(0, 20),
    "maximum_horizon_days": whole(0, _MOST_DAYS),
    "payment_due_days": whole(0, _MOST_DAYS),
    "extras": Limit(key=_SLUG),
    "coupons": Limit(key=text(32, pattern="[A-Z0-9_-]+")),
    "junk_products": Limit(whole(0, _MOST_CENTS), key=_SLUG),
    "frequency_discounts": Limit(decimal(100), key=choice(FREQUENCIES)),
    "invoice_prefix": text(10, pattern="[A-Z0-9]+"),
    "merchant_location": text(600),
}
_COUPON: Limits = {
    "code": text(32, pattern="[A-Z0-9_-]+"),
    "percent": decimal(100),
    "amount_cents": whole(0, _MOST_CENTS),
    "cap_cents": whole(0, _MOST_CENTS),
}

LIMITS: Mapping[type[Any], Limits] = MappingProxyType(
    {
        Customer: _CUSTOMER,
        Address: _ADDRESS,
        Subscription: {"id": _id("sub"), "frequency": choice(FREQUENCIES[1:])},
        Booking: _BOOKING,
        BookingAddress: {"street": text(500), "state": text(100), "zip": text(30)},
        TimelineEntry: {"note": _LINES},
        Cancellation: {"reason": _LINES, "fee_percent": whole(0, 100)},
        Invoice: _INVOICE,
        LineItem: {"quantity": whole(1, 1000)},
        PaymentMethod: {
            "type": choice(("card",)),
            "brand": text(30, pattern=r"[^\u0000-\u001F\u007F]+"),
            "last4": text(4, pattern="[0-9]{4}"),
        },
        Staff: {
            "id": _id("staff"),
            "role": _NAME,
            "phone": text(30),
            "zone_ids": Limit(_ZONE_ID, unique=True),
        },
        Zone: {
            "id": _ZONE_ID,
            "postal_codes": Limit(text(5, pattern="[0-9]{5}"), most=100_000),
            "multiplier": decimal(100),
            "surcharge_cents": whole(0, _MOST_CENTS),
        },
        Mail: {
            "id": _id("mail"),
            "to": text(320),
            "subject": text(500),
            "text": text(10_000, lines=True),
            "customer_id": _id("cust"),
        },
        Rules: {
            **{
                name: whole(0, _MOST_MINUTES if name.endswith("_minutes") else _MOST_CENTS)
                for name in Rules.__dataclass_fields__
                if name.endswith(("_minutes", "_cents"))
            },
            **_RULES,
        },
        Extra: {
            "label": _NAME,
            "price_cents": whole(0, _MOST_CENTS),
            "minutes": whole(0, _MOST_MINUTES),
        },
        Coupon: _COUPON,
    }
)
