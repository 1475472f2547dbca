"""Bookings as planned, before any of them is made: who, what, when, and how it ends."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mockserver.domain.records import Canceller
from mockserver.errors import SetupError
from mockserver.seed.diary import Diary, between
from mockserver.seed.orders import Order, Orders
from mockserver.seed.phrases import BOOKING_NOTES, CUSTOMER_REASONS, MERCHANT_REASONS
from mockserver.seed.population import Member
from mockserver.seed.rhythm import Rhythms
from mockserver.seed.scenario import BookingAmounts, Scenario

_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=15)
_ATTEMPTS = 2000


@dataclass(frozen=True, slots=True)
class Calling:
    """That a booking gets cancelled: when, by whom and why."""

    at: datetime
    by: Canceller
    reason: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A booking as planned; ``calling`` is there when it gets cancelled."""

    member: Member
    order: Order
    scheduled_at: datetime
    created_at: datetime
    address_id: str
    notes: str | None = None
    coupon_code: str | None = None
    calling: Calling | None = None


class Planner:
    """Plans the bookings of a scenario, all relative to one present moment."""

    __slots__ = (
        "_amounts", "_chance", "_coupons", "_diary", "_free_hours", "_now", "_orders", "_past",
        "_rhythms", "_settled", "_standing",
    )  # fmt: skip

    def __init__(
        self,
        chance: random.Random,
        scenario: Scenario,
        members: tuple[Member, ...],
        now: datetime,
    ) -> None:
        """Subscribers are booked more often than others, dummies only when their place is known."""
        self._chance = chance
        self._amounts = scenario.bookings
        self._coupons = tuple(scenario.rules.coupons)
        self._diary = Diary(scenario.hours)
        self._free_hours = scenario.rules.free_cancellation_hours
        self._now = now
        self._orders = Orders(chance, scenario.rules, scenario.bookings.industries)
        housed = [member for member in members if member.address_ids]
        self._past = _weighted(housed)
        active = [member for member in housed if member.role == "active"]
        self._standing = _weighted(active)
        self._settled = [member for member in active if member.since < now - 2 * _DAY] or active
        self._rhythms = Rhythms(chance, self._diary, now, first_upcoming(scenario.bookings, now))

    def confirmed(self) -> Draft:
        """An upcoming booking of an active customer."""
        member = self._chance.choice(self._standing)
        order = self._orders.draw(member)
        scheduled_at = self._upcoming(member, order)
        known = min(scheduled_at, self._now)
        lead = timedelta(days=14) * self._chance.random()
        created_at = between(self._chance, max(member.since, known - lead), known)
        return self._draft(member, order, scheduled_at, created_at)

    def in_progress(self) -> Draft:
        """A cleaning that has begun and is not over at the present moment."""
        member = self._chance.choice(self._settled)
        order = self._orders.cleaning(member)
        elapsed = timedelta(minutes=order.minutes) * (0.1 + 0.7 * self._chance.random())
        begun = self._now - elapsed
        begun = begun.replace(minute=begun.minute // 15 * 15, second=0, microsecond=0)
        if begun + timedelta(minutes=order.minutes) <= self._now:
            begun += _QUARTER
        scheduled_at = max(member.since, min(begun, self._now))
        return self._draft(member, order, scheduled_at, self._before(member, scheduled_at))

    def completed(self) -> Draft:
        """A booking whose service was over before the present day began."""
        member, order, scheduled_at = self._past_slot()
        return self._draft(member, order, scheduled_at, self._before(member, scheduled_at))

    def cancelled(self) -> Draft:
        """A booking that was cancelled: too late and at a fee, in good time, or by the merchant."""
        member, order, scheduled_at = self._past_slot()
        by: Canceller = "customer"
        if self._chance.random() < self._amounts.merchant_cancellation_share:
            by = "merchant"
        late = by == "customer" and self._chance.random() < self._amounts.late_cancellation_share
        at = max(member.since, scheduled_at - self._notice(late=late))
        lead = timedelta(days=1 + 12 * self._chance.random())
        created_at = between(self._chance, max(member.since, at - lead), at)
        reasons = MERCHANT_REASONS if by == "merchant" else CUSTOMER_REASONS
        reason = self._chance.choice(reasons) if self._chance.random() < 0.85 else None
        return self._draft(member, order, scheduled_at, created_at, Calling(at, by, reason))

    def _draft(
        self,
        member: Member,
        order: Order,
        scheduled_at: datetime,
        created_at: datetime,
        calling: Calling | None = None,
    ) -> Draft:
        chance, amounts = self._chance, self._amounts
        with_coupon = self._coupons and chance.random() < amounts.coupon_share
        return Draft(
            member,
            order,
            scheduled_at,
            created_at,
            chance.choice((member.address_ids[0], *member.address_ids)),
            chance.choice(BOOKING_NOTES) if chance.random() < amounts.notes_share else None,
            chance.choice(self._coupons) if with_coupon else None,
            calling,
        )

    def _upcoming(self, member: Member, order: Order) -> datetime:
        """A subscriber's next turn, or a free slot in the window; always later than now."""
        first = first_upcoming(self._amounts, self._now)
        last = first + timedelta(days=self._amounts.upcoming_days)
        turn = self._rhythms.ahead(member, order.minutes)
        if turn is not None and turn.date() <= last:
            return turn
        for begin in (first, first + _DAY):
            slot = self._diary.slot(self._chance, begin, last + _DAY, order.minutes, crowding=1.6)
            if slot is not None and slot > self._now:
                return slot
        return self._diary.start(self._chance, first + _DAY, order.minutes)

    def _past_slot(self) -> tuple[Member, Order, datetime]:
        """Somebody, what they ordered, and a slot within their time as a customer."""
        earliest = self._now.date() - timedelta(days=self._amounts.past_days)
        for _ in range(_ATTEMPTS):
            member = self._chance.choice(self._past)
            order = self._orders.draw(member)
            last = (min(member.until, self._now) - timedelta(minutes=order.minutes)).date() - _DAY
            first = max(member.since.date() + _DAY, earliest)
            if first <= last:
                return member, order, self._past_start(member, order, first, last)
        raise SetupError(
            "No customer of the scenario has time for a past booking:"
            " raise customers.history_days, or let services take fewer minutes."
        )

    def _past_start(self, member: Member, order: Order, first: date, last: date) -> datetime:
        """A subscriber's turn before the last one given, or a slot, more of them near the end."""
        turn = self._rhythms.back(member, order.minutes)
        if turn is not None and first <= turn.date() <= last:
            return turn
        slot = self._diary.slot(self._chance, last, first, order.minutes, crowding=2.0)
        return slot or self._diary.start(self._chance, last, order.minutes)

    def _before(self, member: Member, scheduled_at: datetime) -> datetime:
        """A moment at which a booking may have been made, days before the service."""
        lead = timedelta(hours=2) + timedelta(days=20) * self._chance.random() ** 2
        return max(member.since, scheduled_at - lead)

    def _notice(self, *, late: bool) -> timedelta:
        """How long before the service somebody cancels."""
        free = timedelta(hours=self._free_hours)
        if late and free:
            return free * (0.05 + 0.9 * self._chance.random())
        return free + timedelta(hours=1) + timedelta(days=5) * self._chance.random()


def first_upcoming(amounts: BookingAmounts, now: datetime) -> date:
    """The first day that upcoming bookings may lie on."""
    return max(now.date(), amounts.not_before or now.date())


def _weighted(members: list[Member]) -> tuple[Member, ...]:
    """The members, subscribers three times."""
    return tuple(member for member in members for _ in range(3 if member.frequency else 1))
