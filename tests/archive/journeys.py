"""Random journeys through a business: verbs drawn one after the other, refusals and all."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from mockserver.domain import agenda, bookings, customers, invoices, leads, merchant
from mockserver.domain.addresses import NewAddress
from mockserver.domain.world import World
from mockserver.errors import Refusal
from tests.domain.business import HOME, a_world, booked

Step = Callable[[World, random.Random], object]

_NAMES = ("Zoë", "Ann-Marie", "Li", "O'Neil", "Müller", "de la Cruz")
_SERVICES = (
    {"configuration": {"bedrooms": 1, "bathrooms": 1, "extras": ["laundry"]}},
    {"industry": "junk-removal", "configuration": {"items": [{"product": "a/b~c", "n": 1.5}]}},
    {"industry": "carpet-cleaning", "configuration": {"sections": 4, "pets": True}},
)


def _somebody(world: World, chance: random.Random) -> str:
    return chance.choice([customer.id for customer in world.customers] or ["cust_0"])


def _uuid(world: World, chance: random.Random) -> str:
    return chance.choice([customer.uuid for customer in world.customers] or ["0"])


def _booking(world: World, chance: random.Random) -> str:
    return chance.choice([booking.id for booking in world.bookings] or ["bk_0"])


def _invoice(world: World, chance: random.Random) -> str:
    return chance.choice([invoice.id for invoice in world.invoices] or ["inv_0"])


def _register(world: World, chance: random.Random) -> object:
    number = chance.randrange(1000)
    return customers.register(
        world,
        first_name=chance.choice(_NAMES),
        last_name=chance.choice(_NAMES),
        email=f"guest{number}@example.com",
        phone=f"+1555{number:07}",
        address=HOME if chance.random() < 0.7 else None,
    )


def _book(world: World, chance: random.Random) -> object:
    customer = customers.get(world, _somebody(world, chance))
    when = world.now() + timedelta(hours=chance.randrange(-30, 200))
    return booked(world, customer, scheduled_at=when, **chance.choice(_SERVICES))


def _transfer(world: World, chance: random.Random) -> object:
    return merchant.transfer(
        world, from_customer_id=_uuid(world, chance), to_customer_id=_uuid(world, chance)
    )


def _blacklist(world: World, chance: random.Random) -> object:
    uuid = _uuid(world, chance)
    return merchant.blacklist(world, uuid, body_id=uuid, reason=chance.choice((None, "line\nline")))


def _lead(world: World, chance: random.Random) -> object:
    fields = leads.LeadFields(
        first_name="Ada", last_name="Byron", email="ada@example.com", address1="1 Elm", zip="97439"
    )
    return leads.create(world, fields)


def _bill(world: World, chance: random.Random) -> object:
    return invoices.issue(
        world,
        customer_id=_somebody(world, chance),
        line_items=[invoices.NewLine("Windows", chance.randrange(1, 9), 1250)],
        send_email=True,
        auto_charge=chance.random() < 0.3,
    )


def _add_address(world: World, chance: random.Random) -> object:
    place = NewAddress("9 Oak Ave", "Florence", "OR", "97439", is_default=chance.random() < 0.5)
    return customers.add_address(world, _somebody(world, chance), place)


def _wait(world: World, chance: random.Random) -> object:
    world.clock.advance(timedelta(hours=chance.randrange(1, 400)))
    return agenda.catch_up(world)


STEPS: tuple[Step, ...] = (
    _register,
    _register,
    _book,
    _book,
    _book,
    _transfer,
    _blacklist,
    _lead,
    _bill,
    _add_address,
    _wait,
    lambda world, chance: merchant.add(world, first_name="Walk", last_name="In", is_dummy=True),
    lambda world, chance: merchant.remove(world, _uuid(world, chance)),
    lambda world, chance: merchant.unblacklist(world, _uuid(world, chance)),
    lambda world, chance: bookings.cancel(world, _booking(world, chance), reason="rain"),
    lambda world, chance: bookings.amend(world, _booking(world, chance), notes="Ring twice"),
    lambda world, chance: invoices.pay(world, _invoice(world, chance)),
    lambda world, chance: invoices.void(world, _invoice(world, chance), reason="mistake"),
    lambda world, chance: customers.subscribe(world, _somebody(world, chance), "weekly"),
)


def travel(world: World, seed: int, steps: int = 30) -> World:
    """Let so many random steps happen in a world, the same for the same seed and world."""
    chance = random.Random(seed)
    for _ in range(steps):
        with suppress(Refusal):
            chance.choice(STEPS)(world, chance)
    return world


def a_lived_world(seed: int = 1, steps: int = 60) -> World:
    """The small business after a random journey."""
    return travel(a_world(), seed, steps)
