from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.archive import dump, dump_bytes, load
from mockserver.domain.world import World
from mockserver.errors import RuleBroken
from tests.archive.journeys import a_lived_world
from tests.domain.business import a_world, booked, done, john

State = Any


def small() -> World:
    """John with one completed booking, its invoice, and one to come."""
    world = a_world()
    customer = john(world)
    done(world, booked(world, customer))
    booked(world, customer)
    return world


def refused(world: World, state: State, collection: str | None = None) -> RuleBroken:
    before = dump_bytes(world)
    with pytest.raises(RuleBroken) as caught:
        load(world, state, collection)
    assert dump_bytes(world) == before
    assert caught.value.code == "invalid_state"
    return caught.value


def put(*path: str | int, value: Any) -> Callable[[State], None]:
    def change(state: State) -> None:
        for step in path[:-1]:
            state = state[step]
        state[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[State], None]:
    def change(state: State) -> None:
        for step in path[:-1]:
            state = state[step]
        del state[path[-1]]

    return change


def again(name: str) -> Callable[[State], None]:
    return lambda state: state[name].append(copy.deepcopy(state[name][0]))


C, B, I = "customers", "bookings", "invoices"  # noqa: E741
BAD: list[tuple[Callable[[State], None], str, str]] = [
    (put("clients", value=[]), "clients", "unknown"),
    (put("a/b~c", value=[]), "a~1b~0c", "unknown"),
    (put(C, value={}), C, "type"),
    (put(C, 0, value=None), "customers/0", "type"),
    (put(C, 0, "emial", value="x"), "customers/0/emial", "unknown"),
    (put(C, 0, "email", value=5), "customers/0/email", "type"),
    (put(C, 0, "email", value="x" * 321), "customers/0/email", "too_long"),
    (put(C, 0, "email", value="a\x00b"), "customers/0/email", "form"),
    (put(C, 0, "id", value="12"), "customers/0/id", "form"),
    (put(C, 0, "uuid", value="A" * 36), "customers/0/uuid", "form"),
    (drop(C, 0, "uuid"), "customers/0/uuid", "required"),
    (put(C, 0, "status", value="gone"), "customers/0/status", "choice"),
    (put(C, 0, "is_dummy", value=1), "customers/0/is_dummy", "type"),
    (put(C, 0, "created_at", value="today"), "customers/0/created_at", "form"),
    (put(C, 0, "created_at", value="2026-02-30T00:00:00Z"), "customers/0/created_at", "form"),
    (put(C, 0, "created_at", value="2026-W08-5T15:00:00Z"), "customers/0/created_at", "form"),
    (put(C, 0, "birthday", value="2026-2-1"), "customers/0/birthday", "form"),
    (put(C, 0, "contact_methods", value=["fax"]), "customers/0/contact_methods/0", "choice"),
    (put(C, 0, "contact_methods", value=["sms"] * 2), "customers/0/contact_methods", "duplicate"),
    (put(C, 0, "addresses", 0, "is_default", value=False), "customers/0/addresses", "default"),
    (put(C, 0, "addresses", 0, "zone_id", value="zone_9"), "customers/0/addresses/0/zone_id",
     "reference"),
    (again(C), "customers/1/id", "duplicate"),
    (put(B, 0, "customer_id", value="cust_9"), "bookings/0/customer_id", "reference"),
    (put(B, 0, "crew", value=["staff_9"]), "bookings/0/crew/0", "reference"),
    (put(B, 0, "zone_id", value="zone_9"), "bookings/0/zone_id", "reference"),
    (put(B, 0, "configuration", value=[]), "bookings/0/configuration", "type"),
    (put(B, 0, "configuration", "x", value=None), "bookings/0/configuration/x", "type"),
    (put(B, 0, "configuration", "bedrooms", value="3"), "bookings/0/configuration",
     "invalid_configuration"),
    (put(B, 0, "duration_minutes", value=1.0), "bookings/0/duration_minutes", "type"),
    (put(B, 0, "duration_minutes", value=10**9), "bookings/0/duration_minutes", "range"),
    (put(B, 0, "scheduled_at", value="9999-12-31T00:00:00Z"), "bookings/0/scheduled_at", "range"),
    (put(B, 0, "pricing", "total", value=-1), "bookings/0/pricing/total", "range"),
    (put(B, 0, "pricing", "total", value=True), "bookings/0/pricing/total", "type"),
    (put(B, 0, "timeline", 1, "status", value="lost"), "bookings/0/timeline/1/status", "choice"),
    (put(I, 0, "customer_id", value="cust_9"), "invoices/0/customer_id", "reference"),
    (put(I, 0, "booking_id", value="bk_9"), "invoices/0/booking_id", "reference"),
    (put(I, 0, "amount_paid", value=10**9), "invoices/0/amount_paid", "range"),
    (put(I, 0, "due_date", value="9999-12-31"), "invoices/0/due_date", "range"),
    (again(I), "invoices/1/id", "duplicate"),
    (put("staff", 0, "zone_ids", value=["zone_9"]), "staff/0/zone_ids/0", "reference"),
    (put("zones", 0, "multiplier", value=1), "zones/0/multiplier", "type"),
    (put("zones", 0, "multiplier", value="NaN"), "zones/0/multiplier", "range"),
    (put("zones", 0, "postal_codes", value=["1"]), "zones/0/postal_codes/0", "form"),
    (put("meta", value=[]), "meta", "type"),
    (put("meta", "clock", value="stopped"), "meta/clock", "choice"),
    (put("meta", "now", value="9999-01-01T00:00:00Z"), "meta/now", "range"),
    (put("meta", "ids", "cust/10", value=-1), "meta/ids/cust~110", "range"),
    (put("meta", "ids", "No!", value=1), "meta/ids/No!", "form"),
    (put("meta", "rules", "tax_rate", value="2"), "meta/rules/tax_rate", "range"),
    (put("meta", "rules", "extras", "x", value={}), "meta/rules/extras/x/label", "required"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "where", "code"), BAD, ids=[f"{b[1]} {b[2]}" for b in BAD])
def test_each_problem_is_told_with_its_place(
    change: Callable[[State], None], where: str, code: str
) -> None:
    world = small()
    state = dump(world)
    change(state)
    told = refused(world, state)
    assert (told.problems[0].field, told.problems[0].code) == (where, code)
    assert told.field == where
    assert where in told.message


def test_a_clock_that_leaves_the_calendar_is_refused() -> None:
    state = {"meta": {"clock": "running", "ahead_s": 300_000_000_000}}
    assert refused(small(), state).field == "meta/ahead_s"


@pytest.mark.parametrize("state", [None, [], "state", 7, float("nan")])
def test_what_is_no_object_is_no_state(state: State) -> None:
    assert refused(small(), state).problems[0].field == ""


def test_all_problems_are_told_at_once() -> None:
    world = small()
    state = dump(world)
    state["customers"][0]["email"] = 1
    state["customers"][0]["phone"] = 2
    state["bookings"][1]["status"] = "x"
    fields = [problem.field for problem in refused(world, state).problems]
    assert fields == ["customers/0/email", "customers/0/phone", "bookings/1/status"]


def test_no_more_than_fifty_problems_are_told() -> None:
    told = refused(small(), {"customers": [{}] * 1000})
    assert len(told.problems) == 50
    assert "at least 50 problems" in told.message
    world = a_lived_world()
    assert len(refused(world, [], "zones").problems) <= 50


def test_rows_that_others_still_name_cannot_be_left_out() -> None:
    world = small()
    told = refused(world, [], "customers")
    assert {p.field for p in told.problems} == {
        "bookings/0/customer_id",
        "bookings/1/customer_id",
        "invoices/0/customer_id",
    }


def test_a_problem_quotes_no_more_than_a_line() -> None:
    told = refused(small(), {"customers": [{"x" * 10**6: 1, "id": "y" * 10**6}], "z" * 10**6: 1})
    assert all(len(p.message) < 700 and len(p.field) < 200 for p in told.problems)


WORLD = small()
STATE = dump(WORLD)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def places(value: State, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for step, member in inside:
        found.append((*path, step))
        if isinstance(member, dict | list):
            found += places(member, (*path, step))
    return found


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(places(STATE)), JSON)
def test_any_value_anywhere_is_loaded_or_refused(path: tuple[Any, ...], value: Any) -> None:
    world, state = WORLD.fork("test"), copy.deepcopy(STATE)
    put(*path, value=value)(state)
    before = dump_bytes(world)
    try:
        load(world, state)
    except RuleBroken:
        assert dump_bytes(world) == before
    else:
        assert dump_bytes(world)
