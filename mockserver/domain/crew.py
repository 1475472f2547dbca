"""Who serves a booking: chosen when it is made, the same way every time (ot/dispatch)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from mockserver.domain.records import Staff
from mockserver.domain.tables import zone_day
from mockserver.domain.world import World


def assign(
    world: World, customer_id: str, zone_id: str | None, scheduled_at: datetime
) -> tuple[str, ...]:
    """One staff id, or none when nobody serves the zone.

    Whoever serves the customer's most recently made booking (cancelled ones aside) goes again if
    they serve the zone; else the one with the fewest bookings in the zone on that day (UTC), ties
    by id.
    """
    known = _known_to(world, customer_id, zone_id)
    if known is not None:
        return (known.id,)
    candidates = _serving(world, zone_id)
    if not candidates:
        return ()
    load = _load(world, zone_id, scheduled_at)
    return (min(candidates, key=lambda member: (load[member.id], member.id)).id,)


def _known_to(world: World, customer_id: str, zone_id: str | None) -> Staff | None:
    for booking in reversed(world.bookings.rows("customer_id", customer_id)):
        if booking.crew and booking.status != "cancelled":
            member = world.staff.get(booking.crew[0])
            return member if member is not None and _serves(member, zone_id) else None
    return None


def _serving(world: World, zone_id: str | None) -> tuple[Staff, ...]:
    in_zone = world.staff.rows("zone_id", zone_id) if zone_id is not None else ()
    return in_zone or tuple(member for member in world.staff if _serves(member, zone_id))


def _serves(member: Staff, zone_id: str | None) -> bool:
    return zone_id is None or not member.zone_ids or zone_id in member.zone_ids


def _load(world: World, zone_id: str | None, scheduled_at: datetime) -> Counter[str]:
    that_day = world.bookings.rows("zone_day", zone_day(zone_id, scheduled_at))
    return Counter(staff_id for booking in that_day for staff_id in booking.crew)
