"""The small business the domain tests start from, at 2026-02-20T15:00:00Z."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from mockserver.clock import Clock, parse_instant
from mockserver.domain import agenda, bookings, customers, merchant
from mockserver.domain.addresses import NewAddress
from mockserver.domain.records import Booking, Customer, Identity, Staff, Zone
from mockserver.domain.rules import Rules
from mockserver.domain.world import World

EUGENE, COAST = "zone_0000EUGENE", "zone_00000COAST"
ANN, BEN, CAT = "staff_01HQ3K5A", "staff_01HQ3K5B", "staff_01HQ3K5C"
HOME = NewAddress("123 Main St", "Eugene", "OR", "97401")
CLEANING = {"bedrooms": 3, "bathrooms": 2, "frequency": "bi-weekly"}


def at(text: str) -> datetime:
    """An instant by its text."""
    return parse_instant(text)


def a_world(now: str = "2026-02-20T15:00:00Z", rules: Rules | None = None) -> World:
    """A world with two zones, two staff in Eugene and one on the coast, and no customers."""
    world = World.empty("test", seed=1, clock=Clock.frozen(at(now)), rules=rules)
    world.zones.put(Zone(EUGENE, "Eugene", ("97401", "97477")))
    world.zones.put(Zone(COAST, "Coast", ("97439",), Decimal("1.25"), 1500))
    world.staff.put(Staff(ANN, "Ann Field", "Cleaner", None, (EUGENE,)))
    world.staff.put(Staff(BEN, "Ben Stone", "Cleaner", None, (EUGENE,)))
    world.staff.put(Staff(CAT, "Cat Rivers", "Cleaner", None, (COAST,)))
    agenda.begin(world)
    return world


def john(world: World) -> Customer:
    """The documented John Smith with his home."""
    return customers.register(
        world,
        first_name="John",
        last_name="Smith",
        email="john@example.com",
        phone="+15551234567",
        address=HOME,
        identity=Identity(id="cust_01HQ3K5M7N", address_id="addr_01HQ3K5M7N"),
    )


def jane(world: World, **members: Any) -> Customer:
    """The documented Jane Doe, without an address unless given."""
    named = {"first_name": "Jane", "last_name": "Doe", "email": "jane@example.com", **members}
    return customers.register(world, **named)


def a_dummy(world: World, **members: Any) -> Customer:
    """A placeholder the merchant made."""
    named = {"first_name": "Walk", "last_name": "In", "is_dummy": True, **members}
    return merchant.add(world, **named)


def booked(world: World, customer: Customer, **members: Any) -> Booking:
    """A cleaning of three bedrooms and two bathrooms on 2026-02-26 at 10:00."""
    given = {
        "customer_id": customer.id,
        "industry": "cleaning",
        "configuration": CLEANING,
        "scheduled_at": at("2026-02-26T10:00:00Z"),
        **members,
    }
    return bookings.book(world, **given)


def done(world: World, booking: Booking) -> Booking:
    """The booking started and completed at its own time."""
    bookings.start(world, booking.id, at=booking.scheduled_at)
    return bookings.complete(world, booking.id, at=booking.ends_at)
