from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from mockserver.chaos import Decision, Effect, FaultBook, FaultRule, RequestFacts, RequestMatch
from mockserver.ids import Ids
from tests.chaos.scene import NOON, book, decisions, fired, moments, request, rules

Moment = tuple[RequestFacts, datetime]
COIN = FaultRule(Effect(status=503), probability=0.5)


def played(faults: FaultBook, sequence: list[Moment]) -> list[Decision | None]:
    return [faults.decide(asked, at) for asked, at in sequence]


@given(st.lists(rules, max_size=5), st.lists(moments, max_size=20), st.integers(0, 2**32))
def test_the_same_rules_and_requests_give_the_same_decisions(
    some: list[FaultRule], sequence: list[Moment], seed: int
) -> None:
    one, other = book(*some, seed=seed), book(*some, seed=seed)
    assert played(one, sequence) == played(other, sequence)
    assert one.listing() == other.listing()


@given(st.lists(rules, max_size=5), st.lists(moments, max_size=9), st.lists(moments, max_size=9))
def test_a_fork_goes_on_as_the_original_would_and_neither_notices_the_other(
    some: list[FaultRule], before: list[Moment], after: list[Moment]
) -> None:
    original = book(*some)
    played(original, before)
    fork = original.fork()
    standing = original.listing()
    forked = played(fork, after)
    assert original.listing() == standing
    assert played(original, after) == forked
    assert fork.listing() == original.listing()


@given(st.lists(rules, max_size=5), st.lists(moments, max_size=20))
def test_counts_tell_what_was_decided(some: list[FaultRule], sequence: list[Moment]) -> None:
    faults = book(*some)
    ids = [
        rule_id for decision in played(faults, sequence) if decision for rule_id in decision.fired
    ]
    for standing in faults.listing():
        assert standing.fired == ids.count(standing.rule.id) <= standing.matched <= len(sequence)


def test_another_seed_has_other_luck() -> None:
    assert decisions(book(COIN, seed=1), 50) != decisions(book(COIN, seed=2), 50)


def test_a_rule_fires_about_as_often_as_it_should() -> None:
    faults = book(FaultRule(Effect(reset=True), probability=0.2))
    assert 150 <= sum(fired(faults) for _ in range(1000)) <= 250


def test_never_and_always_are_meant() -> None:
    never, always = FaultRule(Effect(reset=True), probability=0), FaultRule(Effect(reset=True))
    assert decisions(book(never), 100) == [None] * 100
    assert None not in decisions(book(always), 100)


def test_only_a_turn_of_chance_moves_chance() -> None:
    elsewhere = FaultRule(Effect(reset=True), RequestMatch(method="PUT"), probability=0.5)
    certain = FaultRule(Effect(delay_ms=(5, 5)))
    plain = [fired(book_of_coin) for book_of_coin in [book(COIN)] for _ in range(30)]
    mixed = book(elsewhere, certain, COIN)
    outcomes = []
    for _ in range(30):
        decision = mixed.decide(request(), NOON)
        outcomes.append(decision is not None and decision.status == 503)
    assert outcomes == plain


def test_other_draws_from_the_world_do_not_matter() -> None:
    ids = Ids(7)
    ids.uuid4()
    ids.stream("names").random()
    faults = FaultBook(ids)
    faults.add([COIN])
    assert decisions(faults, 30) == decisions(book(COIN), 30)
