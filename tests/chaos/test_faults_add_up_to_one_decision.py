from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mockserver.chaos import DELAY_MOST_MS, Decision, Effect, FaultRule, RequestMatch
from tests.chaos.scene import NOON, book, decisions, effects, request


def decided(*all_effects: Effect) -> Decision:
    numbered = [FaultRule(effect, id=str(n)) for n, effect in enumerate(all_effects, 1)]
    decision = book(*numbered).decide(request(), NOON)
    assert decision is not None
    return decision


def test_an_empty_book_decides_nothing_and_is_false() -> None:
    faults = book()
    assert faults.decide(request(), NOON) is None
    assert not faults


def test_a_book_whose_rules_do_not_fire_decides_nothing() -> None:
    faults = book(FaultRule(Effect(reset=True), RequestMatch(method="PUT")))
    assert faults.decide(request(), NOON) is None
    assert faults


def test_the_effects_of_one_rule_happen_together() -> None:
    effect = Effect((5, 5), 503, 9, reset=True, truncate=True, content_type="a/b",
                    invalid_body="shape")  # fmt: skip
    assert decided(effect) == Decision(("1",), 5, 503, 9, True, True, "a/b", "shape")


def test_delays_add_up_to_a_limit() -> None:
    assert decided(Effect((100, 100)), Effect((50, 50))).delay_ms == 150
    assert decided(Effect((99_000, 99_000)), Effect((99_000, 99_000))).delay_ms == DELAY_MOST_MS


def test_the_first_status_is_kept_with_its_own_retry_after() -> None:
    decision = decided(Effect(delay_ms=(1, 1)), Effect(status=500), Effect(retry_after=30))
    assert (decision.status, decision.retry_after) == (500, None)
    assert decision.fired == ("1", "2", "3")


def test_the_first_content_type_and_the_first_way_to_spoil_a_body_are_kept() -> None:
    first = Effect(content_type="text/html", invalid_body="shape")
    decision = decided(first, Effect(content_type="a/b", invalid_body="syntax", truncate=True))
    assert decision == Decision(
        ("1", "2"), truncate=True, content_type="text/html", invalid_body="shape"
    )


def test_a_429_always_says_when_to_come_back() -> None:
    assert decided(Effect(status=429)).retry_after == 1
    assert decided(Effect(retry_after=0)) == Decision(("1",), status=429, retry_after=0)


def test_a_503_may_say_when_to_come_back() -> None:
    assert decided(Effect(status=503, retry_after=30)).retry_after == 30
    assert decided(Effect(status=503)).retry_after is None


def test_a_delay_from_a_range_stays_within_it_and_varies() -> None:
    faults = book(FaultRule(Effect(delay_ms=(20, 10))))
    drawn = [decision.delay_ms for decision in decisions(faults, 200) if decision]
    assert set(drawn) == set(range(10, 21))


@given(st.lists(effects, min_size=1, max_size=5))
def test_a_decision_is_what_its_rules_ask_for(asked: list[Effect]) -> None:
    decision = decided(*asked)
    assert len(decision.fired) == len(asked)
    assert decision.reset == any(effect.reset for effect in asked)
    assert decision.truncate == any(effect.truncate for effect in asked)
    assert decision.status == next((e.status for e in asked if e.status), None)
    least = sum(effect.delay_ms[0] for effect in asked if effect.delay_ms)
    most = sum(effect.delay_ms[1] for effect in asked if effect.delay_ms)
    assert least <= decision.delay_ms <= most
