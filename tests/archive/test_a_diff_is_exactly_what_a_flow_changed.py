from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.archive import diff, dump, load, rows_by_id
from mockserver.domain import bookings, customers, merchant
from mockserver.domain.world import World
from tests.archive.journeys import a_lived_world, travel
from tests.archive.patching import patched
from tests.domain.business import a_world, at, booked, done, john

seeds = st.integers(0, 2**32)


def exact(document: Any) -> bytes:
    """Bytes that tell true from 1 and 1 from 1.0, whatever the order of members."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def leads_over(before: World, after: World) -> bool:
    return exact(patched(rows_by_id(before), diff(before, after))) == exact(rows_by_id(after))


@settings(max_examples=25, deadline=None)
@given(seeds, seeds)
def test_it_leads_from_one_state_to_the_other_and_back(past: int, future: int) -> None:
    before = travel(a_world(), past)
    after = travel(before.fork("after"), future)
    assert leads_over(before, after)
    assert leads_over(after, before)


@settings(max_examples=10, deadline=None)
@given(seeds, seeds)
def test_it_leads_from_any_world_to_any_other(one: int, other: int) -> None:
    assert leads_over(travel(a_world(), one), travel(a_world(), other))


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_a_world_loaded_from_its_dump_differs_in_nothing(seed: int) -> None:
    world, copy = travel(a_world(), seed), a_world()
    load(copy, dump(world))
    assert diff(world, copy) == diff(world, world.fork("same")) == []


SCALARS = st.booleans() | st.integers(0, 2) | st.sampled_from([0.0, 1.0, "", "a"])
ITEMS = SCALARS | st.dictionaries(st.sampled_from(["a/b", "~", "c"]), SCALARS)
CONFIGURATIONS = st.dictionaries(st.sampled_from(["a/b", "~1", "c"]), ITEMS | st.lists(ITEMS))


@settings(max_examples=200, deadline=None)
@given(CONFIGURATIONS, CONFIGURATIONS)
def test_free_json_is_compared_to_the_last_type(old: Any, new: Any) -> None:
    before = a_world()
    booking = booked(before, john(before), industry="carpet-cleaning", configuration=old)
    after = before.fork("after")
    after.bookings.put(replace(booking, configuration=new))
    assert leads_over(before, after)


def test_a_changed_member_is_replaced_alone() -> None:
    before = a_world()
    customer = john(before)
    after = before.fork("after")
    after.clock.freeze(at("2026-02-21T00:00:00Z"))
    customers.amend(after, customer.id, email="new@example.com")
    assert diff(before, after) == [
        {
            "op": "replace",
            "path": f"/customers/{customer.id}/updated_at",
            "value": "2026-02-21T00:00:00Z",
        },
        {"op": "replace", "path": f"/customers/{customer.id}/email", "value": "new@example.com"},
    ]


def test_a_completed_booking_adds_to_its_timeline_and_an_invoice() -> None:
    before = a_world()
    booking = booked(before, john(before))
    after = before.fork("after")
    done(after, booking)
    told = [(operation["op"], operation["path"]) for operation in diff(before, after)]
    invoice = next(iter(after.invoices))
    assert told == [
        ("replace", f"/bookings/{booking.id}/status"),
        ("add", f"/bookings/{booking.id}/timeline/1"),
        ("add", f"/bookings/{booking.id}/timeline/2"),
        ("replace", f"/bookings/{booking.id}/updated_at"),
        ("add", f"/invoices/{invoice.id}"),
    ]


def test_a_removed_customer_goes_with_all_that_was_theirs() -> None:
    before = a_world()
    customer = john(before)
    booking = booked(before, customer)
    after = before.fork("after")
    merchant.remove(after, customer.uuid)
    assert diff(before, after) == [
        {"op": "remove", "path": f"/customers/{customer.id}"},
        {"op": "remove", "path": f"/bookings/{booking.id}"},
    ]


def test_what_was_changed_back_is_no_change() -> None:
    before = a_lived_world()
    after = before.fork("after")
    booking = next(iter(after.bookings))
    after.bookings.put(replace(booking, notes="for a moment"))
    after.bookings.put(replace(booking))
    assert diff(before, after) == []


def test_equal_changes_are_told_alike() -> None:
    one, other = a_lived_world(), a_lived_world()
    start = a_world()
    assert diff(start, one) == diff(start, other)


def test_a_diff_changes_neither_world() -> None:
    before = a_world()
    booking = booked(before, john(before))
    after = before.fork("after")
    bookings.cancel(after, booking.id)
    states = dump(before), dump(after)
    diff(before, after)
    assert (dump(before), dump(after)) == states
