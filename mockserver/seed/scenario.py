"""A scenario: the named recipe for a world, as read from its file and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from mockserver.domain.records import Booking, Customer, Invoice, Mail, Staff, Zone
from mockserver.domain.rules import Rules
from mockserver.seed.places import OREGON, Place

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _industries() -> Mapping[str, float]:
    return MappingProxyType({"cleaning": 0.74, "junk-removal": 0.13, "carpet-cleaning": 0.13})


@dataclass(frozen=True, slots=True)
class Hours:
    """When services take place: full hours of the day in UTC, as in the samples of S2."""

    opens: int = 8
    closes: int = 18
    days: tuple[str, ...] = WEEKDAYS[:6]


@dataclass(frozen=True, slots=True)
class CustomerAmounts:
    """How many customers are grown, and what they are like; shares are of ``count``.

    A share becomes a whole number of customers, the same for every seed. ``avoid`` holds texts
    that no generated name, e-mail or phone contains, whatever their case.
    """

    count: int = 0
    history_days: int = 540
    inactive_share: float = 0.06
    deactivated_share: float = 0.03
    blacklisted_share: float = 0.03
    dummy_share: float = 0.03
    subscription_share: float = 0.3
    paused_share: float = 0.05
    unsubscribed_share: float = 0.05
    second_address_share: float = 0.12
    merchant_share: float = 0.12
    leads_share: float = 0.12
    invitation_days: int = 30
    avoid: tuple[str, ...] = ()

    EXCLUSIVE: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("inactive_share", "deactivated_share", "blacklisted_share", "dummy_share"),
        ("subscription_share", "paused_share", "unsubscribed_share"),
        ("merchant_share", "leads_share", "dummy_share"),
    )
    """Shares of which one customer has at most one."""

    def number(self, share: float) -> int:
        """How many customers a share is, to the nearest."""
        return int(self.count * share + 0.5)

    @property
    def active_count(self) -> int:
        """How many are active customers with full details, neither blacklisted nor dummies."""
        return self.count - sum(self.number(getattr(self, name)) for name in self.EXCLUSIVE[0])


@dataclass(frozen=True, slots=True)
class BookingAmounts:
    """How many bookings are grown, by status, and where in time they lie.

    Confirmed ones are upcoming: within ``upcoming_days`` from the later of the world's day and
    ``not_before``. Completed and cancelled ones lie in the ``past_days`` before the world's day,
    more of them near its end.
    """

    confirmed: int = 0
    in_progress: int = 0
    completed: int = 0
    cancelled: int = 0
    upcoming_days: int = 45
    past_days: int = 365
    not_before: date | None = None
    late_cancellation_share: float = 0.3
    merchant_cancellation_share: float = 0.2
    coupon_share: float = 0.08
    notes_share: float = 0.2
    industries: Mapping[str, float] = field(default_factory=_industries)


@dataclass(frozen=True, slots=True)
class InvoiceAmounts:
    """What became of the invoices of completed bookings, as chances; the others are paid.

    ``pending_share`` is of those not yet due, ``overdue_share`` of those past their due date.
    ``by_hand`` is how many are written without a booking.
    """

    pending_share: float = 0.3
    overdue_share: float = 0.06
    void_share: float = 0.02
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking written out in full, with its invoice if it has one."""

    booking: Booking
    invoice: Invoice | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows written out in full; an empty ``id`` (or ``uuid``, ``number``) is drawn when placed."""

    customers: tuple[Customer, ...] = ()
    bookings: tuple[BookingRow, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    outbox: tuple[Mail, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named recipe: the business, how much of everything, and rows written out in full.

    ``more_staff`` is how many members of staff are made up beside those listed, ``locale`` the
    language (as Faker names it) that people's names come from.
    """

    name: str
    about: str = ""
    locale: str = "en_US"
    rules: Rules = field(default_factory=Rules)
    zones: tuple[Zone, ...] = ()
    staff: tuple[Staff, ...] = ()
    more_staff: int = 0
    places: tuple[Place, ...] = OREGON
    hours: Hours = field(default_factory=Hours)
    customers: CustomerAmounts = field(default_factory=CustomerAmounts)
    bookings: BookingAmounts = field(default_factory=BookingAmounts)
    invoices: InvoiceAmounts = field(default_factory=InvoiceAmounts)
    rows: Rows = field(default_factory=Rows)
