"""Finding bookings by what the Otesse Bookings API can filter on (S2; domain B.4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mockserver.domain.customers import get as get_customer
from mockserver.domain.records import Booking, BookingStatus
from mockserver.domain.world import World
from mockserver.errors import BadRequest, NotFound
from mockserver.frozen import quick, replace
from mockserver.store import Page, Query


@quick
@dataclass(frozen=True, slots=True)
class BookingFilter:
    """Conditions that must all hold; ``None`` asks nothing. Pages count from 1.

    ``date_from`` and ``date_to`` bound ``scheduled_at``, both ends inclusive.
    """

    status: BookingStatus | None = None
    customer_id: str | None = None
    zone_id: str | None = None
    date_from: datetime | None = None
    date_to: datetime | None = None
    page: int = 1
    per_page: int | None = 25


def get(world: World, booking_id: str) -> Booking:
    """The booking with an id ``bk_…``, else ``NotFound`` ``booking_not_found``."""
    booking = world.bookings.get(booking_id)
    if booking is None:
        raise NotFound("booking_not_found", f"There is no booking {booking_id!r}.")
    return booking


def search(world: World, wanted: BookingFilter) -> Page[Booking]:
    """The bookings that meet a filter, newest made first, ties by id (domain 1.6, B.4.1).

    Raises ``BadRequest`` on ``date_from`` when it lies after ``date_to``.
    """
    refuse_backwards(wanted.date_from, wanted.date_to)
    asked = {
        "status": wanted.status,
        "customer_id": wanted.customer_id,
        "zone_id": wanted.zone_id,
    }
    dated = wanted.date_from is not None or wanted.date_to is not None
    return world.bookings.select(
        Query(
            equals={name: value for name, value in asked.items() if value is not None},
            between={"scheduled_at": (wanted.date_from, wanted.date_to)} if dated else {},
            page=wanted.page,
            per_page=wanted.per_page,
        )
    )


def of_customer(world: World, customer_id: str, wanted: BookingFilter) -> Page[Booking]:
    """A customer's bookings that meet a filter (S1; domain A.4.6), else ``NotFound``.

    A filter that names another customer finds nothing.
    """
    get_customer(world, customer_id)
    if wanted.customer_id not in (None, customer_id):
        refuse_backwards(wanted.date_from, wanted.date_to)
        return Page((), 0, wanted.page, wanted.per_page)
    return search(world, replace(wanted, customer_id=customer_id))


def refuse_backwards(date_from: datetime | None, date_to: datetime | None) -> None:
    """Raise ``BadRequest`` on ``date_from`` when it lies after ``date_to`` (domain B.4.1)."""
    if date_from is not None and date_to is not None and date_from > date_to:
        raise BadRequest(
            "invalid_parameter",
            "'date_from' lies after 'date_to': exchange them.",
            "date_from",
        )
