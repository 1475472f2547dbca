from __future__ import annotations

import pytest

from mockserver.chaos import RULES_MOST, Effect, FaultBook, FaultRule
from mockserver.errors import Conflict, NotFound
from tests.chaos.scene import book, decisions, fired

DOWN = FaultRule(Effect(status=503))
COIN = FaultRule(Effect(status=503), probability=0.5)


def named(rule_id: str) -> FaultRule:
    return FaultRule(Effect(status=503), id=rule_id)


def ids_of(faults: FaultBook) -> list[str]:
    return [standing.rule.id for standing in faults.listing()]


def test_rules_are_listed_in_the_order_added_with_their_counts() -> None:
    faults = book(named("b"), named("a"))
    fired(faults)
    assert [(s.rule.id, s.matched, s.fired) for s in faults.listing()] == [("b", 1, 1), ("a", 1, 1)]


def test_a_listing_stays_as_it_was() -> None:
    faults = book(DOWN)
    listing = faults.listing()
    fired(faults)
    assert listing[0].fired == 0


def test_rules_without_an_id_are_numbered() -> None:
    faults = book(DOWN, DOWN)
    added = faults.add([DOWN, DOWN], "flaky")
    assert [rule.id for rule in added] == ["flaky-3", "flaky-4"]
    assert ids_of(faults) == ["fault-1", "fault-2", "flaky-3", "flaky-4"]


def test_numbers_step_over_ids_that_are_taken() -> None:
    faults = book(named("fault-1"))
    assert [rule.id for rule in faults.add([DOWN, named("fault-2"), DOWN])] == [
        "fault-3", "fault-2", "fault-4",
    ]  # fmt: skip


@pytest.mark.parametrize("rules", [[DOWN, named("a")], [named("b"), named("b")]])
def test_an_id_that_is_taken_adds_nothing(rules: list[FaultRule]) -> None:
    faults = book(named("a"))
    with pytest.raises(Conflict, match="choose another id") as refused:
        faults.add(rules)
    assert (refused.value.code, refused.value.field) == ("fault_already_exists", "id")
    assert ids_of(faults) == ["a"]


def test_a_book_has_room_for_so_many_rules() -> None:
    faults = book(*[DOWN] * RULES_MOST)
    with pytest.raises(Conflict, match="remove some") as refused:
        faults.add([DOWN])
    assert refused.value.code == "too_many_faults"
    assert len(faults) == RULES_MOST


def test_a_removed_rule_is_gone_and_its_number_is_not_given_again() -> None:
    faults = book(DOWN, DOWN)
    faults.remove("fault-2")
    assert ids_of(faults) == ["fault-1"]
    assert faults.add([DOWN])[0].id == "fault-3"


def test_removing_what_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound, match="there are: fault-1") as refused:
        book(DOWN).remove("other")
    assert refused.value.code == "fault_not_found"


def test_a_cleared_book_is_as_good_as_new() -> None:
    faults = book(COIN)
    first = decisions(faults, 30)
    faults.clear()
    assert not faults
    faults.add([COIN])
    assert decisions(faults, 30) == first


def test_a_fork_keeps_its_own_rules_and_numbers() -> None:
    faults = book(DOWN)
    fork = faults.fork()
    assert fork.add([DOWN])[0].id == faults.add([DOWN])[0].id == "fault-2"
    fork.remove("fault-1")
    faults.clear()
    assert (ids_of(faults), ids_of(fork)) == ([], ["fault-2"])
