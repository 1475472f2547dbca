from __future__ import annotations

import sys
from datetime import timedelta

import pytest

from mockserver.archive import Snapshots, diff, dump_bytes
from mockserver.domain.world import World, business
from mockserver.errors import BadRequest, Conflict, NotFound
from tests.archive.journeys import a_lived_world, travel
from tests.domain.business import a_world, at, jane

NAMES = ["a", "0", "before-checkout", "v1.2_final", "A" * 64]
NO_NAMES = [
    "",
    ".",
    "..",
    ".hidden",
    "-x",
    "_x",
    "a/b",
    "a\\b",
    "a b",
    "ä",
    "a\n",
    "A" * 65,
    "a\x00",
]


def test_it_holds_what_the_world_held_when_it_was_taken() -> None:
    world, snapshots = a_lived_world(), Snapshots()
    before = dump_bytes(world)
    taken = snapshots.take("start", world)
    travel(world, 5)
    assert dump_bytes(snapshots.restore("start")) == before
    assert (taken.name, taken.taken_at) == ("start", taken.kept.now())
    assert taken.counts["customers"] == len(business(taken.kept).customers)


def test_what_happens_after_a_restore_leaves_the_snapshot_alone() -> None:
    world, snapshots = a_lived_world(), Snapshots()
    before = dump_bytes(world)
    snapshots.take("start", world)
    first = travel(business(snapshots.restore("start")), 5)
    second = snapshots.restore("start")
    assert dump_bytes(second) == before
    assert dump_bytes(travel(business(second), 5)) == dump_bytes(first)


def test_a_restored_world_keeps_its_name() -> None:
    snapshots = Snapshots()
    snapshots.take("start", a_world())
    assert snapshots.restore("start").name == "test"


def test_a_frozen_clock_stands_where_it_stood() -> None:
    world, snapshots = a_world(), Snapshots()
    snapshots.take("start", world)
    world.clock.advance(timedelta(days=9))
    assert snapshots.restore("start").now() == at("2026-02-20T15:00:00Z")


def test_a_running_clock_stays_with_the_wall() -> None:
    world, snapshots = World.empty(), Snapshots()
    snapshots.take("start", world)
    world.clock.advance(timedelta(days=9))
    assert snapshots.restore("start").clock.ahead == timedelta()


def test_two_snapshots_tell_what_changed_between_them() -> None:
    world, snapshots = a_world(), Snapshots()
    snapshots.take("start", world)
    customer = jane(world)
    snapshots.take("end", world)
    patch = diff(snapshots.get("start").kept, snapshots.get("end").kept)
    assert f"/customers/{customer.id}" in [operation["path"] for operation in patch]


def test_they_are_listed_in_the_order_they_were_taken() -> None:
    world, snapshots = a_world(), Snapshots()
    for name in ("b", "a", "c", "b"):
        snapshots.take(name, world)
    assert [snapshot.name for snapshot in snapshots] == ["a", "c", "b"]
    assert len(snapshots) == 3


def test_one_of_the_same_name_is_taken_in_place_of_the_first() -> None:
    world, snapshots = a_world(), Snapshots(most=1)
    snapshots.take("start", world)
    customer = jane(world)
    snapshots.take("start", world)
    assert customer.id in business(snapshots.restore("start")).customers


def test_no_more_are_kept_than_may_be() -> None:
    world, snapshots = a_world(), Snapshots(most=2)
    snapshots.take("a", world)
    snapshots.take("b", world)
    with pytest.raises(Conflict, match="There are 2 snapshots") as caught:
        snapshots.take("c", world)
    assert caught.value.code == "too_many_snapshots"
    snapshots.delete("a")
    snapshots.take("c", world)
    assert [snapshot.name for snapshot in snapshots] == ["b", "c"]


def test_one_that_was_deleted_is_not_found() -> None:
    snapshots = Snapshots()
    snapshots.take("gone", a_world())
    snapshots.take("kept", a_world())
    assert snapshots.delete("gone").name == "gone"
    for call in (snapshots.get, snapshots.restore, snapshots.delete):
        with pytest.raises(NotFound, match=r"no snapshot 'gone' .*there are: kept"):
            call("gone")


def test_all_can_be_forgotten() -> None:
    snapshots = Snapshots()
    snapshots.take("a", a_world())
    snapshots.clear()
    assert list(snapshots) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_good_name_is_taken(name: str) -> None:
    assert Snapshots().take(name, a_world()).name == name


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_bad_name_is_refused(name: str) -> None:
    snapshots = Snapshots()
    with pytest.raises(BadRequest, match="names no snapshot"):
        snapshots.take(name, a_world())
    assert len(snapshots) == 0


def test_unused_they_weigh_next_to_nothing() -> None:
    assert sys.getsizeof(Snapshots()) <= 64
