"""A scenario's numbers come out exactly, whatever the seed."""

from __future__ import annotations

from collections import Counter

import pytest

from mockserver.clock import Clock, parse_instant
from mockserver.domain.world import World
from mockserver.errors import SetupError
from mockserver.seed import grow
from tests.seed.growing import NOW, told, world_of


def statuses(world: World) -> Counter[str]:
    return Counter(booking.status for booking in world.bookings)


@pytest.mark.parametrize("seed", range(12))
def test_documented_holds_the_same_numbers_for_every_seed(seed: int) -> None:
    world = world_of("documented", seed=seed)
    assert len(world.customers) == 201
    counted = {"confirmed": 142, "in_progress": 3, "completed": 301, "cancelled": 45}
    assert statuses(world) == counted


@pytest.mark.parametrize("seed", range(12))
def test_documented_has_some_of_every_kind(seed: int) -> None:
    world = world_of("documented", seed=seed)
    everyone = list(world.customers)
    assert {customer.status for customer in everyone} == {"active", "inactive", "deactivated"}
    assert sum(customer.is_blacklisted for customer in everyone) == 6
    assert sum(customer.is_dummy for customer in everyone) == 7
    subscriptions = {c.subscription.status for c in everyone if c.subscription}
    assert subscriptions == {"active", "paused", "cancelled"}
    assert any(len(customer.addresses) > 1 for customer in everyone)
    assert any(customer.company for customer in everyone)
    invoices = {invoice.status for invoice in world.invoices}
    assert invoices == {"draft", "pending", "paid", "overdue", "void"}
    assert {mail.kind for mail in world.outbox} >= {"invitation", "cancellation_notice"}
    assert {booking.industry for booking in world.bookings} >= {
        "cleaning",
        "junk-removal",
        "carpet-cleaning",
        "wellness",
    }


@pytest.mark.parametrize("seed", range(12))
def test_cancellations_are_of_every_kind(seed: int) -> None:
    cancelled = [
        b.cancellation for b in world_of("documented", seed=seed).bookings if b.cancellation
    ]
    assert {cancellation.by for cancellation in cancelled} == {"customer", "merchant"}
    assert {cancellation.fee_percent for cancellation in cancelled} == {0, 50}


def test_empty_holds_a_company_and_nobody_else() -> None:
    world = world_of("empty")
    assert (len(world.zones), len(world.staff)) == (2, 2)
    assert not len(world.customers) + len(world.bookings) + len(world.invoices) + len(world.outbox)


def test_one_customer_can_have_all_the_bookings() -> None:
    booked = "{confirmed: 3, in_progress: 1, completed: 4, cancelled: 2}"
    text = f"customers: {{count: 1}}\nbookings: {booked}"
    world = grow(told(text), seed=1, clock=Clock.frozen(parse_instant(NOW)))
    assert statuses(world) == {"confirmed": 3, "in_progress": 1, "completed": 4, "cancelled": 2}


def test_a_company_that_works_on_one_day_a_week_books_on_that_day() -> None:
    text = "hours: {days: [wed]}\ncustomers: {count: 9}\nbookings: {confirmed: 30, completed: 30}"
    world = grow(told(text), seed=1, clock=Clock.frozen(parse_instant(NOW)))
    assert {booking.scheduled_at.weekday() for booking in world.bookings} == {2}


def test_services_too_long_for_the_past_are_told() -> None:
    text = (
        "rules: {bedroom_minutes: 10000, bathroom_minutes: 10000, junk_call_minutes: 10000,"
        " carpet_base_minutes: 10000}\n"
        "customers: {count: 2, history_days: 21}\n"
        "bookings: {completed: 5, industries: {cleaning: 1}}"
    )
    with pytest.raises(SetupError, match=r"raise customers\.history_days"):
        grow(told(text), seed=1, clock=Clock.frozen(parse_instant(NOW)))


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00Z", "9998-12-31T23:59:59Z"])
def test_the_ends_of_time_are_told(now: str) -> None:
    text = "customers: {count: 1}"
    with pytest.raises(SetupError, match="choose a now between the years 400 and 9900"):
        grow(told(text), seed=1, clock=Clock.frozen(parse_instant(now)))


@pytest.mark.parametrize("now", ["0400-02-29T00:00:00Z", "9900-12-31T23:59:59Z"])
def test_any_year_between_will_do(now: str) -> None:
    assert len(world_of("documented", now=now).customers) == 201


def test_nothing_generated_holds_what_is_to_be_avoided() -> None:
    world = world_of("customers: {count: 300, avoid: [AN, 'r.s']}\n")
    texts = [f"{c.name}\n{c.email}".casefold() for c in world.customers]
    assert len(texts) == 300
    assert not [text for text in texts if "an" in text or "r.s" in text]


def test_what_cannot_be_avoided_is_told() -> None:
    with pytest.raises(SetupError, match=r"take some of them out of customers\.avoid"):
        world_of("customers: {count: 3, avoid: ['555']}\n")
