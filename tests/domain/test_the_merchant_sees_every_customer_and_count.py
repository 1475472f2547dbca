from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mockserver.domain import bookings, customers, invoices, merchant
from mockserver.domain.records import Identity
from mockserver.errors import BadRequest, NotFound, RuleBroken
from tests.domain.business import HOME, a_dummy, a_world, at, booked, done, jane, john

NOBODY = "00000000-0000-7000-8000-000000000000"


def test_an_added_customer_is_full_and_visible_by_both_identities() -> None:
    world = a_world()
    added = merchant.add(
        world,
        first_name="John",
        last_name="Doe",
        phone_number="+1234567890",
        birthday=date(1990, 5, 15),
        note="Prefers morning appointments",
        identity=Identity(uuid="a1b2c3d4-e5f6-7890-abcd-ef1234567890"),
    )
    assert (added.is_dummy, added.email, added.status) == (False, None, "active")
    assert merchant.get(world, "A1B2C3D4-E5F6-7890-ABCD-EF1234567890") == added
    assert customers.get(world, added.id) == added


def test_email_and_phone_may_be_shared() -> None:
    world = a_world()
    shared: dict[str, Any] = {"email": "john@example.com", "phone_number": "+15551234567"}
    john(world)
    merchant.add(world, first_name="Jim", last_name="Smith", **shared)
    assert len(merchant.everyone(world)) == 2


@pytest.mark.parametrize("name", ["", "  "])
@pytest.mark.parametrize("field", ["first_name", "last_name"])
def test_a_blank_name_is_refused(field: str, name: str) -> None:
    world = a_world()
    empty: dict[str, Any] = {field: name}
    names = {"first_name": "Jim", "last_name": "Smith", **empty}
    with pytest.raises(RuleBroken) as added:
        merchant.add(world, **names)
    customer = john(world)
    with pytest.raises(RuleBroken) as amended:
        merchant.amend(world, customer.uuid, body_id=customer.uuid, **empty)
    assert added.value.field == amended.value.field == field
    assert list(world.customers) == [customer]


def test_only_members_that_are_not_null_are_written() -> None:
    world = a_world()
    customer = john(world)
    world.clock.advance(timedelta(hours=1))
    note = "Prefers morning appointments. Allergic to lavender."
    amended = merchant.amend(world, customer.uuid, body_id=customer.uuid, note=note, email=None)
    assert amended == replace(customer, note=note, updated_at=world.now())


def test_naming_nothing_changes_nothing() -> None:
    world = a_world()
    customer = john(world)
    world.clock.advance(timedelta(hours=1))
    assert merchant.amend(world, customer.uuid, body_id=customer.uuid.upper()) == customer


@pytest.mark.parametrize(
    ("members", "stays_dummy"),
    [
        ({"email": "ann@example.com"}, False),
        ({"phone_number": "+15550001111"}, False),
        ({"note": "came by"}, True),
        ({"email": ""}, True),
    ],
)
def test_complete_details_make_a_dummy_a_customer(
    members: dict[str, Any], stays_dummy: bool
) -> None:
    world = a_world()
    dummy = a_dummy(world)
    amended = merchant.amend(world, dummy.uuid, body_id=dummy.uuid, **members)
    assert amended.is_dummy == stays_dummy


def test_a_dummy_without_names_needs_them_too() -> None:
    world = a_world()
    dummy = a_dummy(world, first_name="", last_name="")
    amended = merchant.amend(world, dummy.uuid, body_id=dummy.uuid, email="ann@example.com")
    assert amended.is_dummy
    named: dict[str, Any] = {"first_name": "Ann", "last_name": "Lee"}
    assert not merchant.amend(world, dummy.uuid, body_id=dummy.uuid, **named).is_dummy


def test_the_id_in_the_body_must_be_that_of_the_path() -> None:
    world = a_world()
    customer = john(world)
    calls: list[Any] = [
        lambda: merchant.amend(world, customer.uuid, body_id=NOBODY, note="lost"),
        lambda: merchant.blacklist(world, customer.uuid, body_id=NOBODY, reason="lost"),
    ]
    for call, message in zip(
        calls, ["invalid customer id provided", "invalid customer id"], strict=True
    ):
        with pytest.raises(BadRequest) as refused:
            call()
        assert refused.value.message == message
    assert merchant.get(world, customer.uuid) == customer


@pytest.mark.parametrize(
    "verb",
    [
        lambda world: merchant.get(world, NOBODY),
        lambda world: merchant.amend(world, NOBODY, body_id=NOBODY),
        lambda world: merchant.remove(world, NOBODY),
        lambda world: merchant.statistics(world, NOBODY),
        lambda world: merchant.blacklist(world, NOBODY, body_id=NOBODY, reason=None),
        lambda world: merchant.unblacklist(world, NOBODY),
    ],
)
def test_an_unknown_customer_is_not_found(verb: Any) -> None:
    with pytest.raises(NotFound):
        verb(a_world())


def test_removing_a_customer_removes_bookings_and_invoices() -> None:
    world = a_world()
    customer, other = john(world), jane(world, address=HOME)
    done(world, booked(world, customer))
    kept = done(world, booked(world, other))
    merchant.remove(world, customer.uuid)
    assert list(world.customers) == [other]
    assert list(world.bookings) == [kept]
    assert list(world.invoices) == list(invoices.of_booking(world, kept.id))
    with pytest.raises(NotFound):
        merchant.get(world, customer.uuid)


def test_statistics_count_and_list_the_history() -> None:
    world = a_world()
    customer = john(world)
    past = booked(world, customer, scheduled_at=at("2026-02-01T10:00:00Z"))
    over = done(world, booked(world, customer, scheduled_at=at("2026-02-25T10:00:00Z")))
    coming = booked(world, customer)
    now = booked(world, customer, scheduled_at=world.now())
    own = bookings.cancel(world, booked(world, customer).id)
    bookings.cancel(world, booked(world, customer).id, by="merchant")
    stats = merchant.statistics(world, customer.uuid)
    assert (stats.times_booked, stats.times_cancelled_by_user, stats.times_upcoming) == (6, 1, 2)
    latest = sorted([coming, own], key=lambda booking: booking.id, reverse=True)
    assert stats.bookings == (*latest, over, now, past)


def test_a_customer_without_bookings_has_an_empty_history() -> None:
    world = a_world()
    assert merchant.statistics(world, john(world).uuid).bookings == ()


def test_everyone_is_listed_in_order_of_creation_with_true_counts() -> None:
    world = a_world()
    people = [john(world), jane(world), a_dummy(world)]
    bookings.cancel(world, booked(world, people[0]).id)
    bookings.cancel(world, booked(world, people[0]).id, by="merchant")
    booked(world, people[0])
    merchant.blacklist(world, people[1].uuid, body_id=people[1].uuid, reason="rude")
    rows = merchant.everyone(world)
    assert [row.customer.id for row in rows] == [person.id for person in people]
    assert [(row.times_booked, row.times_cancelled) for row in rows] == [(3, 2), (0, 0), (0, 0)]


def test_the_blacklist_holds_who_was_put_on_it() -> None:
    world = a_world()
    customer = john(world)
    booked(world, customer)
    for reason in ("no-shows", None, "rude"):
        merchant.blacklist(world, customer.uuid, body_id=customer.uuid, reason=reason)
        (row,) = merchant.blacklisted(world)
        assert (row.customer.is_blacklisted, row.customer.blacklist_reason) == (True, reason)
        assert (row.times_booked, row.times_cancelled) == (1, 0)
    merchant.unblacklist(world, customer.uuid)
    assert merchant.blacklisted(world) == ()
    assert merchant.get(world, customer.uuid).blacklist_reason is None


def test_leaving_a_blacklist_one_is_not_on_changes_nothing() -> None:
    world = a_world()
    customer = john(world)
    world.clock.advance(timedelta(hours=1))
    assert merchant.unblacklist(world, customer.uuid) == customer


def test_the_calendar_tells_the_last_completed_visit() -> None:
    world = a_world()
    customer, other = john(world), jane(world, address=HOME)
    booked(world, customer)
    for day in ("2026-02-03", "2026-02-10", "2026-02-01"):
        done(world, booked(world, customer, scheduled_at=at(f"{day}T10:00:00Z")))
    rows = merchant.calendar(world)
    assert [(row.customer.id, row.last_visited) for row in rows] == [
        (customer.id, at("2026-02-10T10:00:00Z")),
        (other.id, None),
    ]
