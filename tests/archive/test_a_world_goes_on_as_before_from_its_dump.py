from __future__ import annotations

from datetime import timedelta

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.archive import adopt, dump, dump_bytes, dump_collection, load, loaded
from mockserver.clock import Clock
from mockserver.domain.rules import Rules
from mockserver.domain.world import World
from mockserver.errors import NotFound
from tests.archive.journeys import a_lived_world, travel
from tests.domain.business import a_world, at
from tests.seed.growing import SMALL_BUSY, world_of

seeds = st.integers(0, 2**32)


def blank() -> World:
    """A world that has nothing in common with the one to be loaded into it."""
    return World.empty("blank", seed=99, clock=Clock.frozen(at("2001-01-01T00:00:00Z")))


@settings(max_examples=25, deadline=None)
@given(seeds, seeds)
def test_whatever_happened_and_whatever_happens_next(past: int, future: int) -> None:
    world, copy = travel(a_world(), past), blank()
    text = dump_bytes(world)
    load(copy, orjson.loads(text))
    assert dump_bytes(copy) == text
    assert dump_bytes(travel(copy, future)) == dump_bytes(travel(world, future))


@pytest.mark.parametrize("scenario", ["documented", "edges", "empty", SMALL_BUSY])
def test_every_grown_world(scenario: str) -> None:
    world, copy = world_of(scenario), blank()
    load(copy, dump(world))
    assert dump_bytes(copy) == dump_bytes(world)
    assert dump_bytes(travel(copy, 1)) == dump_bytes(travel(world, 1))


def test_equal_worlds_give_the_same_bytes() -> None:
    assert dump_bytes(a_lived_world()) == dump_bytes(a_lived_world())


def test_the_name_of_a_world_is_no_part_of_its_state() -> None:
    world = a_lived_world()
    assert dump_bytes(world.fork("other")) == dump_bytes(world)
    copy = blank()
    load(copy, dump(world))
    assert copy.name == "blank"


def test_rows_are_told_as_the_records_name_them() -> None:
    state = dump(a_world())
    assert list(state) == ["meta", "customers", "bookings", "invoices", "staff", "zones", "outbox"]
    assert state["zones"][1] == {
        "id": "zone_00000COAST",
        "name": "Coast",
        "postal_codes": ["97439"],
        "multiplier": "1.25",
        "surcharge_cents": 1500,
    }
    assert state["meta"]["now"] == state["meta"]["started_at"] == "2026-02-20T15:00:00Z"
    assert (state["meta"]["clock"], state["meta"]["ahead_s"]) == ("frozen", None)


def test_one_collection_alone_is_told_and_replaced() -> None:
    world = a_lived_world()
    mails = dump_collection(world, "outbox")
    assert mails == dump(world)["outbox"]
    before = dump(world)
    load(world, mails[1:], "outbox")
    assert dump(world) == {**before, "outbox": mails[1:]}


@pytest.mark.parametrize("name", ["clients", "", "meta"])
def test_an_unknown_collection_is_not_found(name: str) -> None:
    with pytest.raises(NotFound, match="choose one of customers, bookings"):
        dump_collection(a_world(), name)
    with pytest.raises(NotFound, match="choose one of customers, bookings"):
        load(a_world(), [], name)


def test_a_running_clock_goes_on_as_far_ahead_of_the_wall() -> None:
    world = World.empty("running")
    world.clock.advance(timedelta(days=3))
    copy = blank()
    load(copy, dump(world))
    assert copy.clock.ahead == timedelta(days=3)


def test_a_clock_told_by_now_alone_runs_on_from_there() -> None:
    world = World.empty("running")
    load(world, {"meta": {"now": "2030-01-01T00:00:00Z"}})
    assert timedelta() <= world.now() - at("2030-01-01T00:00:00Z") < timedelta(minutes=1)
    assert not world.clock.is_frozen


def test_what_meta_leaves_out_stays() -> None:
    world = a_lived_world()
    before = dump(world)
    load(world, {name: rows for name, rows in before.items() if name != "meta"})
    assert dump(world) == before
    load(world, {**before, "meta": {"clock": "frozen", "now": "2040-01-01T00:00:00Z"}})
    assert dump(world) == {**before, "meta": {**before["meta"], "now": "2040-01-01T00:00:00Z"}}


def test_the_rules_of_the_world_travel_with_it() -> None:
    world, copy = a_world(rules=Rules(fee_percent=10)), blank()
    load(copy, dump(world))
    assert copy.rules == world.rules != Rules()


def test_a_collection_left_out_becomes_empty() -> None:
    world = a_lived_world()
    load(world, {"zones": dump_collection(a_world(), "zones")})
    assert {name: len(rows) for name, rows in world.collections.items()} == {
        "customers": 0,
        "bookings": 0,
        "invoices": 0,
        "staff": 0,
        "zones": 2,
        "outbox": 0,
    }


def test_a_row_may_leave_out_what_its_record_has_a_default_for() -> None:
    world = a_world()
    moment = "2026-02-01T12:00:00+02:00"
    uuid = "0194b3a0-0000-7000-8000-000000000000"
    row = {"id": "cust_1", "uuid": uuid, "created_at": moment, "updated_at": moment}
    load(world, [row], "customers")
    stored = world.customers.get("cust_1")
    assert stored is not None
    assert (stored.status, stored.created_at) == ("active", at("2026-02-01T10:00:00Z"))


def test_a_loaded_world_shares_nothing_with_the_json_it_came_from() -> None:
    world, state = blank(), dump(a_lived_world())
    before = orjson.dumps(state)
    load(world, state)
    for booking in state["bookings"]:
        booking["configuration"].clear()
    assert dump_bytes(world) == before


def test_looking_at_what_loading_would_give_changes_nothing() -> None:
    world = a_lived_world()
    before = dump_bytes(world)
    other = loaded(world, dump(a_world()))
    assert dump_bytes(world) == before
    adopt(world, other)
    assert dump_bytes(world) == dump_bytes(a_world())
