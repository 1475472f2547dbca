"""The grown customers: each made through one of the families, at a moment of the past."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from mockserver.domain import customers, leads, merchant
from mockserver.domain.records import ContactMethod, Customer
from mockserver.domain.world import World
from mockserver.seed.diary import between
from mockserver.seed.names import draw_pools
from mockserver.seed.people import People, Person
from mockserver.seed.phrases import BLACKLIST_REASONS, CUSTOMER_NOTES, WALK_IN_NOTES
from mockserver.seed.scenario import Scenario
from mockserver.seed.traits import Origin, Role, Traits, deal_traits

FREQUENCIES = ("weekly", "bi-weekly", "bi-weekly", "monthly")

_CONTACTS: tuple[ContactMethod, ...] = ("email", "email", "email", "sms", "phone")
_LABELS = ("Office", "Rental", "Parents", "Cabin")


@dataclass(frozen=True, slots=True)
class Member:
    """A grown customer as the history needs them: who, where, and from when to when."""

    customer_id: str
    uuid: str
    role: Role
    since: datetime
    until: datetime
    frequency: str | None
    address_ids: tuple[str, ...]
    bedrooms: int
    bathrooms: int


@dataclass(frozen=True, slots=True)
class Settling:
    """What it takes to make customers one after the other."""

    world: World
    chance: random.Random
    people: People
    now: datetime
    invite_from: datetime


def settle(world: World, scenario: Scenario, now: datetime) -> tuple[Member, ...]:
    """Make the scenario's customers, oldest first; all are active and may be booked so far."""
    amounts = scenario.customers
    if not amounts.count:
        return ()
    chance = world.ids.stream("seed customers")
    traits = _oldest_active(deal_traits(chance, amounts))
    earliest, latest = now - timedelta(days=amounts.history_days), now - timedelta(hours=2)
    moments = [earliest, *sorted(between(chance, earliest, latest) for _ in traits[1:])]
    pools = draw_pools(world.ids.stream("seed names"), scenario.locale, amounts.avoid)
    taken = [row.email for row in scenario.rows.customers if row.email]
    people = People(chance, pools, scenario.places, amounts.avoid, taken)
    invite_from = now - timedelta(days=amounts.invitation_days)
    settling = Settling(world, chance, people, now, invite_from)
    return tuple(_settle_one(settling, one, at) for one, at in zip(traits, moments, strict=True))


def depart(world: World, members: tuple[Member, ...]) -> None:
    """Let those who do not stay active leave, each at their moment, with a reason."""
    chance = world.ids.stream("seed departures")
    for member in members:
        world.clock.freeze(member.until)
        if member.role == "inactive":
            customers.change_status(world, member.customer_id, "inactive")
        elif member.role == "deactivated":
            customers.change_status(world, member.customer_id, "deactivated")
        elif member.role == "blacklisted":
            reason = chance.choice(BLACKLIST_REASONS)
            merchant.blacklist(world, member.uuid, body_id=member.uuid, reason=reason)


def _oldest_active(traits: tuple[Traits, ...]) -> tuple[Traits, ...]:
    """The traits with an active customer first, who can have been booked all along."""
    index = next((i for i, one in enumerate(traits) if one.role == "active"), 0)
    return (traits[index], *traits[:index], *traits[index + 1 :])


def _settle_one(settling: Settling, traits: Traits, at: datetime) -> Member:
    world, chance = settling.world, settling.chance
    world.clock.freeze(at)
    person = settling.people.compose()
    make = _walk_in if traits.role == "dummy" else _MAKERS[_origin(traits, person)]
    customer = make(settling, person)
    until = settling.now
    if traits.role not in ("active", "dummy"):
        until = between(chance, at + (settling.now - at) * 0.5, settling.now)
    frequency = _live_on(settling, traits, person, customer, until)
    bedrooms = chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))
    return Member(
        customer_id=customer.id,
        uuid=customer.uuid,
        role=traits.role,
        since=world.now(),
        until=until,
        frequency=frequency,
        address_ids=tuple(address.id for address in customers.get(world, customer.id).addresses),
        bedrooms=bedrooms,
        bathrooms=max(1, bedrooms - chance.choice((0, 1, 1, 2))),
    )


def _live_on(
    settling: Settling, traits: Traits, person: Person, customer: Customer, until: datetime
) -> str | None:
    """What follows in the first half of the time as a customer: addresses and a subscription.

    The frequency is given back when the subscription is active.
    """
    world, chance = settling.world, settling.chance
    if traits.has_second_address:
        _pass_time(settling, until, 0.2)
        address = settling.people.address(person.place, chance.choice(_LABELS))
        customers.add_address(world, customer.id, address)
    if traits.subscription is None:
        return None
    _pass_time(settling, until, 0.3)
    frequency = chance.choice(FREQUENCIES)
    customers.subscribe(world, customer.id, frequency, status=traits.subscription)
    return frequency if traits.subscription == "active" else None


def _pass_time(settling: Settling, until: datetime, share: float) -> None:
    """Move the clock on by up to a share of the time that is left until a moment."""
    now = settling.world.now()
    settling.world.clock.freeze(between(settling.chance, now, now + (until - now) * share))


def _origin(traits: Traits, person: Person) -> Origin:
    """The family that makes the record; leads refuse names of one character (S4)."""
    too_short = min(len(person.first_name), len(person.last_name)) < 2
    return "otesse" if traits.origin == "leads" and too_short else traits.origin


def _register(settling: Settling, person: Person) -> Customer:
    world, chance = settling.world, settling.chance
    return customers.register(
        world,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        phone=person.phone if chance.random() < 0.92 else None,
        address=settling.people.address(person.place),
        preferred_contact=chance.choice(_CONTACTS),
        marketing_opt_in=chance.random() < 0.4,
        invite=world.now() >= settling.invite_from,
    )


def _add(settling: Settling, person: Person) -> Customer:
    world, chance = settling.world, settling.chance
    customer = merchant.add(
        world,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email if chance.random() < 0.85 else None,
        phone_number=person.phone,
        birthday=_birthday(chance, world.now().date()) if chance.random() < 0.6 else None,
        note=chance.choice(CUSTOMER_NOTES) if chance.random() < 0.5 else None,
    )
    customers.add_address(world, customer.id, settling.people.address(person.place))
    return customer


def _lead(settling: Settling, person: Person) -> Customer:
    chance = settling.chance
    company = chance.choice(settling.people.pools.companies) if chance.random() < 0.5 else None
    home = settling.people.address(person.place)
    fields = leads.LeadFields(
        first_name=person.first_name,
        last_name=person.last_name,
        company_name=company,
        email=person.email,
        phone_number=person.phone,
        preferred_contact_methods=chance.choice((("Email",), ("Phone", "SMS"), ("Email", "Phone"))),
        address1=home.street,
        address2=home.unit,
        city=home.city,
        state=home.state,
        zip=home.zip,
        marketing_email_opt_in=chance.random() < 0.5,
        marketing_sms_opt_in=chance.random() < 0.2,
    )
    return leads.create(settling.world, fields)


def _walk_in(settling: Settling, person: Person) -> Customer:
    """A placeholder (domain C.4): a first name at best, sometimes a phone, sometimes a place."""
    world, chance = settling.world, settling.chance
    made = merchant.add(
        world,
        first_name=person.first_name if chance.random() < 0.7 else "",
        last_name="",
        phone_number=person.phone if chance.random() < 0.5 else None,
        note=chance.choice(WALK_IN_NOTES),
        is_dummy=True,
    )
    nameless = replace(made, first_name=made.first_name or None, last_name=None)
    world.customers.put(nameless)
    if chance.random() < 0.6:
        customers.add_address(world, made.id, settling.people.address(person.place))
    return nameless


def _birthday(chance: random.Random, today: date) -> date:
    year = today.year - chance.randrange(20, 86)
    return date(year, chance.randrange(1, 13), chance.randrange(1, 29))


_MAKERS: Mapping[Origin, Callable[[Settling, Person], Customer]] = MappingProxyType(
    {"otesse": _register, "merchant": _add, "leads": _lead}
)
