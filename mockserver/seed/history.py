"""What happened so far: bookings made, kept or cancelled, and their invoices."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from mockserver.domain import bookings, invoices
from mockserver.domain.invoices import NewLine
from mockserver.domain.records import Booking, Invoice
from mockserver.domain.world import World
from mockserver.seed.diary import between
from mockserver.seed.drafts import Draft, Planner
from mockserver.seed.phrases import HAND_WRITTEN_LINES, VOID_REASONS
from mockserver.seed.population import Member
from mockserver.seed.scenario import InvoiceAmounts, Scenario

_CHARGED_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What it takes to decide what becomes of invoices."""

    world: World
    chance: random.Random
    amounts: InvoiceAmounts
    now: datetime


def live_through(
    world: World, scenario: Scenario, members: tuple[Member, ...], now: datetime
) -> None:
    """Make the scenario's bookings and invoices, in the order in which services take place."""
    chance = world.ids.stream("seed bookings")
    planner = Planner(chance, scenario, members, now)
    ledger = Ledger(world, world.ids.stream("seed invoices"), scenario.invoices, now)
    amounts = scenario.bookings
    past = [planner.completed() for _ in range(amounts.completed)]
    called_off = [planner.cancelled() for _ in range(amounts.cancelled)]
    present = [planner.in_progress() for _ in range(amounts.in_progress)]
    upcoming = [planner.confirmed() for _ in range(amounts.confirmed)]
    for draft in sorted([*past, *called_off], key=_when):
        _happen(ledger, draft)
    for draft in sorted(present, key=_when):
        bookings.start(world, _book(world, draft).id, at=draft.scheduled_at)
    for draft in sorted(upcoming, key=_when):
        _book(world, draft)
    _write_by_hand(ledger, members)


def _when(draft: Draft) -> datetime:
    return draft.scheduled_at


def _happen(ledger: Ledger, draft: Draft) -> None:
    """A past booking: it was cancelled, or took place and was billed."""
    world = ledger.world
    booking = _book(world, draft)
    if draft.calling is not None:
        world.clock.freeze(draft.calling.at)
        bookings.cancel(world, booking.id, reason=draft.calling.reason, by=draft.calling.by)
        return
    world.clock.freeze(booking.ends_at)
    bookings.start(world, booking.id, at=booking.scheduled_at)
    bookings.complete(world, booking.id, at=booking.ends_at)
    for invoice in invoices.of_booking(world, booking.id):
        _settle(ledger, invoice)


def _book(world: World, draft: Draft) -> Booking:
    world.clock.freeze(draft.created_at)
    return bookings.book(
        world,
        customer_id=draft.member.customer_id,
        industry=draft.order.industry,
        configuration=draft.order.configuration,
        scheduled_at=draft.scheduled_at,
        address_id=draft.address_id,
        notes=draft.notes,
        coupon_code=draft.coupon_code,
    )


def _settle(ledger: Ledger, invoice: Invoice) -> None:
    """Void the invoice, leave it unpaid, or have it paid: mostly at once, else some days later."""
    world, chance, amounts, now = ledger.world, ledger.chance, ledger.amounts, ledger.now
    if chance.random() < amounts.void_share:
        world.clock.freeze(between(chance, invoice.issued_at, _days_after(invoice, 3, now)))
        invoices.void(world, invoice.id, reason=chance.choice(VOID_REASONS))
        return
    due = invoice.overdue_at
    is_overdue = due is not None and due <= now
    if chance.random() < (amounts.overdue_share if is_overdue else amounts.pending_share):
        if is_overdue:
            invoices.mark_overdue(world, invoice.id, at=due)
        return
    paid_at = min(invoice.issued_at + _CHARGED_AFTER, now)
    if chance.random() < 0.15:
        paid_at = between(chance, paid_at, _days_after(invoice, 12, now))
    invoices.pay(world, invoice.id, at=paid_at)


def _days_after(invoice: Invoice, days: int, now: datetime) -> datetime:
    return min(invoice.issued_at + timedelta(days=days), now)


def _write_by_hand(ledger: Ledger, members: tuple[Member, ...]) -> None:
    """Invoices without a booking (ot/invoices), most of them charged at once."""
    world, chance = ledger.world, ledger.chance
    drawn = [chance.choice(members) for _ in range(ledger.amounts.by_hand)]
    moments = [between(chance, member.since, member.until) for member in drawn]
    for at, member in sorted(zip(moments, drawn, strict=True), key=lambda pair: pair[0]):
        world.clock.freeze(at)
        description, price = chance.choice(HAND_WRITTEN_LINES)
        invoice = invoices.issue(
            world,
            customer_id=member.customer_id,
            line_items=[NewLine(description, chance.choice((1, 1, 2)), price)],
            send_email=chance.random() < 0.5,
        )
        _settle(ledger, invoice)
