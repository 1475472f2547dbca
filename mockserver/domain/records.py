"""The records of the business: frozen values, replaced as a whole when something changes.

Amounts are US cents, instants are aware UTC with whole seconds, durations are minutes. Two
instances with the same members are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal

from mockserver.frozen import quick

CustomerStatus = Literal["active", "inactive", "deactivated"]
SubscriptionStatus = Literal["active", "paused", "cancelled"]
ContactMethod = Literal["email", "phone", "sms"]
BookingStatus = Literal["confirmed", "in_progress", "completed", "cancelled"]
PriceType = Literal["per_booking", "per_person", "free"]
Canceller = Literal["customer", "merchant"]
InvoiceStatus = Literal["draft", "pending", "paid", "overdue", "void"]
MailKind = Literal["invitation", "cancellation_notice", "invoice"]


@quick
@dataclass(frozen=True, slots=True)
class Identity:
    """Ids to give to a new record instead of fresh ones; what is ``None`` is drawn.

    ``address_id`` is for the address made together with a customer, ``uuid`` for customers,
    ``number`` for invoices.
    """

    id: str | None = None
    uuid: str | None = None
    address_id: str | None = None
    number: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Address:
    """A place of a customer (S1); the leads family (S4) shows the default one.

    ``unit`` is the second street line, ``zone_id`` the service zone that held the ZIP code when
    the address was written.
    """

    id: str
    label: str
    street: str | None = None
    unit: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    access_notes: str | None = None
    is_default: bool = False
    zone_id: str | None = None

    @property
    def line(self) -> str | None:
        """Street and unit in one line: ``789 Business Blvd, Suite 200``."""
        if self.street and self.unit:
            return f"{self.street}, {self.unit}"
        return self.street or self.unit or None


@quick
@dataclass(frozen=True, slots=True)
class Subscription:
    """A customer's standing order (``sub_…``)."""

    id: str
    status: SubscriptionStatus
    frequency: str
    started_at: datetime


@quick
@dataclass(frozen=True, slots=True)
class Customer:
    """One customer, as all four families see it: ``id`` for A and B, ``uuid`` for C and D.

    ``contact_methods`` are in order of preference; members are ``None`` where another family lets
    them be missing.
    """

    id: str
    uuid: str
    created_at: datetime
    updated_at: datetime
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    status: CustomerStatus = "active"
    addresses: tuple[Address, ...] = ()
    contact_methods: tuple[ContactMethod, ...] = ()
    marketing_email_opt_in: bool = False
    marketing_sms_opt_in: bool = False
    subscription: Subscription | None = None
    birthday: date | None = None
    note: str | None = None
    is_dummy: bool = False
    is_blacklisted: bool = False
    blacklist_reason: str | None = None
    company: str | None = None

    @property
    def name(self) -> str:
        """First and last name with a space between; empty when neither is known."""
        if self.first_name and self.last_name:
            return f"{self.first_name} {self.last_name}"
        return self.first_name or self.last_name or ""

    @property
    def display_name(self) -> str:
        """``John Doe - Acme Heating Services``: the name, and the company if there is one (S4)."""
        return " - ".join(part for part in (self.name, self.company) if part)

    @property
    def preferred_contact(self) -> ContactMethod:
        """The first contact method, ``email`` when none was chosen (S1)."""
        return self.contact_methods[0] if self.contact_methods else "email"

    @property
    def default_address(self) -> Address | None:
        """The address marked as default, if any."""
        return next((address for address in self.addresses if address.is_default), None)

    @property
    def has_active_subscription(self) -> bool:
        """Whether a subscription exists and is neither paused nor cancelled."""
        return self.subscription is not None and self.subscription.status == "active"


@quick
@dataclass(frozen=True, slots=True)
class Pricing:
    """A price in cents; ``total`` is subtotal less discount plus tax."""

    subtotal: int
    discount: int
    tax: int
    total: int


@quick
@dataclass(frozen=True, slots=True)
class BookingAddress:
    """The place of a booking, copied when it was booked."""

    street: str
    city: str
    state: str
    zip: str


@quick
@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A status a booking took, and when."""

    status: BookingStatus
    at: datetime
    note: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Cancellation:
    """How a booking was cancelled and what that costs; ``fee_percent`` is 0 when it was free."""

    reason: str | None
    cancelled_at: datetime
    by: Canceller
    customer_notified: bool
    fee_cents: int
    fee_percent: int
    free_until: datetime

    @property
    def fee_applies(self) -> bool:
        """Whether the cancellation came after the free time."""
        return self.fee_percent > 0


@quick
@dataclass(frozen=True, slots=True)
class Booking:
    """One booked service (S2); ``configuration`` is the JSON object given, never to be changed.

    The members from ``service_name`` to ``cancel_deadline_hours`` are what the merchant family
    shows in a customer's history (S3); ``crew`` holds staff ids.
    """

    id: str
    customer_id: str
    status: BookingStatus
    industry: str
    configuration: Mapping[str, Any]
    scheduled_at: datetime
    duration_minutes: int
    address: BookingAddress
    pricing: Pricing
    timeline: tuple[TimelineEntry, ...]
    service_name: str
    location: str
    merchant_name: str
    created_at: datetime
    updated_at: datetime
    address_id: str | None = None
    zone_id: str | None = None
    crew: tuple[str, ...] = ()
    notes: str | None = None
    coupon_code: str | None = None
    cancellation: Cancellation | None = None
    price_type: PriceType = "per_booking"
    cancel_deadline_hours: int = 24

    @property
    def ends_at(self) -> datetime:
        """When the service is done, by its estimated duration."""
        return self.scheduled_at + timedelta(minutes=self.duration_minutes)

    @property
    def changes_at(self) -> datetime | None:
        """When time alone changes its status: it starts as scheduled and ends as estimated."""
        if self.status == "confirmed":
            return self.scheduled_at
        return self.ends_at if self.status == "in_progress" else None

    @property
    def cancellation_fee(self) -> int:
        """The fee of the cancellation in cents, 0 when free or not cancelled."""
        return self.cancellation.fee_cents if self.cancellation else 0


@quick
@dataclass(frozen=True, slots=True)
class LineItem:
    """A line of an invoice; ``total`` is quantity times unit price."""

    description: str
    quantity: int
    unit_price: int
    total: int


@quick
@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """What paid an invoice: ``card``, ``visa``, ``4242``."""

    type: str
    brand: str
    last4: str


@quick
@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice (ot/invoices); ``number`` is ``INV-2026-00142`` and stays for good."""

    id: str
    number: str
    status: InvoiceStatus
    customer_id: str
    line_items: tuple[LineItem, ...]
    subtotal: int
    discount: int
    tax: int
    total: int
    issued_at: datetime
    created_at: datetime
    updated_at: datetime
    amount_paid: int = 0
    booking_id: str | None = None
    discount_description: str | None = None
    paid_at: datetime | None = None
    payment_method: PaymentMethod | None = None
    due_date: date | None = None
    void_reason: str | None = None
    voided_at: datetime | None = None

    @property
    def balance(self) -> int:
        """What is still owed, in cents; nothing on a void invoice."""
        return 0 if self.status == "void" else self.total - self.amount_paid

    @property
    def overdue_at(self) -> datetime | None:
        """When it becomes overdue: as its due date ends, while pending with something owed."""
        if self.status != "pending" or self.due_date is None or not self.balance:
            return None
        return datetime.combine(self.due_date, time(), UTC) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of the team (``staff_…``); without zones they serve everywhere."""

    id: str
    name: str
    role: str
    phone: str | None = None
    zone_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """A service zone (``zone_…``): five-digit postal codes, and what serving them costs more."""

    id: str
    name: str
    postal_codes: tuple[str, ...]
    multiplier: Decimal = Decimal(1)
    surcharge_cents: int = 0


@quick
@dataclass(frozen=True, slots=True)
class Mail:
    """A message the business would have sent; ``to`` is an e-mail address or a phone number."""

    id: str
    kind: MailKind
    to: str
    subject: str
    text: str
    customer_id: str
    at: datetime
