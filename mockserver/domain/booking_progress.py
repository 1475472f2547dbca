"""How a booking moves on: confirmed, in progress, completed; or cancelled (S2; ot/service-day)."""

from __future__ import annotations

from datetime import datetime

from mockserver.domain import invoices, outbox
from mockserver.domain.booking_search import get
from mockserver.domain.pricing import share
from mockserver.domain.records import (
    Booking,
    BookingStatus,
    Cancellation,
    Canceller,
    TimelineEntry,
)
from mockserver.domain.schedule import hours_before
from mockserver.domain.world import World
from mockserver.errors import Conflict
from mockserver.frozen import replace


def cancel(
    world: World,
    booking_id: str,
    *,
    reason: str | None = None,
    notify_customer: bool = True,
    by: Canceller = "customer",
) -> Booking:
    """Cancel a confirmed booking (S2; domain B.4.5).

    The customer's own cancellation is free until some hours before the service, then costs a share
    of the total; the merchant's is always free. The reason becomes the note of the timeline, the
    notice a row in the outbox. Raises
    ``NotFound``, or ``Conflict`` ``booking_already_cancelled`` or ``booking_not_cancellable``.
    """
    booking = get(world, booking_id)
    _refuse_cancelling(booking)
    reached = notify_customer and _notify(world, booking)
    cancellation = _cancellation(world, booking, reason, by, reached)
    moved = _in_status(booking, "cancelled", world.now(), reason)
    cancelled = replace(moved, cancellation=cancellation)
    world.bookings.put(cancelled)
    return cancelled


def start(world: World, booking_id: str, *, at: datetime | None = None) -> Booking:
    """The crew checks in, now or at ``at`` (ot/service-day).

    Raises ``NotFound``, or ``Conflict`` ``invalid_state`` unless the booking is confirmed.
    """
    booking = _expected(world, booking_id, "confirmed")
    started = _in_status(booking, "in_progress", at or world.now())
    world.bookings.put(started)
    return started


def complete(world: World, booking_id: str, *, at: datetime | None = None) -> Booking:
    """The crew checks out, now or at ``at``, and the invoice is issued (ot/charged).

    Raises ``NotFound``, or ``Conflict`` ``invalid_state`` unless the booking is in progress.
    """
    booking = _expected(world, booking_id, "in_progress")
    completed = _in_status(booking, "completed", at or world.now())
    world.bookings.put(completed)
    invoices.issue_for_booking(world, completed, at=at)
    return completed


def _expected(world: World, booking_id: str, status: BookingStatus) -> Booking:
    booking = get(world, booking_id)
    if booking.status != status:
        raise Conflict(
            "invalid_state", f"Booking {booking_id!r} is {booking.status}: it must be {status}."
        )
    return booking


def _in_status(
    booking: Booking, status: BookingStatus, at: datetime, note: str | None = None
) -> Booking:
    timeline = (*booking.timeline, TimelineEntry(status, at, note))
    return replace(booking, status=status, timeline=timeline, updated_at=at)


def _refuse_cancelling(booking: Booking) -> None:
    if booking.status == "cancelled":
        raise Conflict(
            "booking_already_cancelled", f"Booking {booking.id!r} has been cancelled already."
        )
    if booking.status != "confirmed":
        raise Conflict(
            "booking_not_cancellable",
            f"Booking {booking.id!r} is {booking.status}: only a confirmed one can be cancelled.",
        )


def _notify(world: World, booking: Booking) -> bool:
    customer = world.customers.get(booking.customer_id)
    return customer is not None and bool(outbox.notify_of_cancellation(world, customer, booking))


def _cancellation(
    world: World, booking: Booking, reason: str | None, by: Canceller, notified: bool
) -> Cancellation:
    now = world.now()
    free_until = hours_before(booking.scheduled_at, booking.cancel_deadline_hours)
    percent = world.rules.fee_percent if by == "customer" and now > free_until else 0
    return Cancellation(
        reason=reason,
        cancelled_at=now,
        by=by,
        customer_notified=notified,
        fee_cents=share(booking.pricing.total, percent),
        fee_percent=percent,
        free_until=free_until,
    )
