"""What time brings by itself: services start and end, invoices fall overdue."""

from __future__ import annotations

import heapq
from datetime import datetime

from mockserver.domain import bookings, invoices
from mockserver.domain.records import Booking, Invoice
from mockserver.domain.world import World
from mockserver.store import Query

_Entry = tuple[datetime, int, str]
_BOOKING, _INVOICE = 0, 1


def begin(world: World) -> None:
    """The world starts to live now: what lies before keeps its state (ruling 6).

    To be called once its rows are in place, before the first request.
    """
    world.started_at = world.caught_up_to = world.now()


def catch_up(world: World) -> int:
    """Let everything happen, in order, that became due since the last call; count it.

    A confirmed booking starts at its time, one in progress completes after its duration, which
    issues the invoice, and an unpaid invoice falls overdue after its due date, each at its own
    moment. A moment that had passed when its row was written never comes, unless the clock is set
    back before it. Costs one comparison while the clock shows the same second.
    """
    since, now = world.caught_up_to, world.clock.now()
    if now == since:
        return 0
    world.caught_up_to = now
    agenda = _due(world, since, now) if now > since else []
    heapq.heapify(agenda)
    happened = 0
    while agenda:
        for entry in _happen(world, heapq.heappop(agenda)):
            if entry[0] <= now:
                heapq.heappush(agenda, entry)
        happened += 1
    return happened


def _due(world: World, since: datetime, now: datetime) -> list[_Entry]:
    changing = world.bookings.select(
        Query(after={"changes_at": since}, between={"changes_at": (None, now)})
    )
    unpaid = world.invoices.select(
        Query(after={"overdue_at": since}, between={"overdue_at": (None, now)})
    )
    return [
        *(entry for booking in changing.rows for entry in _of_booking(booking)),
        *(entry for invoice in unpaid.rows for entry in _of_invoice(invoice)),
    ]


def _happen(world: World, entry: _Entry) -> list[_Entry]:
    """Let one entry happen at its moment, and say what it puts on the agenda."""
    at, kind, record_id = entry
    if kind == _INVOICE:
        return _of_invoice(invoices.mark_overdue(world, record_id, at=at))
    booking = bookings.get(world, record_id)
    if booking.status == "confirmed":
        return _of_booking(bookings.start(world, record_id, at=at))
    completed = bookings.complete(world, record_id, at=at)
    return _of_invoice(invoices.of_booking(world, completed.id)[-1])


def _of_booking(booking: Booking) -> list[_Entry]:
    return [] if booking.changes_at is None else [(booking.changes_at, _BOOKING, booking.id)]


def _of_invoice(invoice: Invoice) -> list[_Entry]:
    return [] if invoice.overdue_at is None else [(invoice.overdue_at, _INVOICE, invoice.id)]
