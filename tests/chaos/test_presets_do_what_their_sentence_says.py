from __future__ import annotations

import pytest

from mockserver.chaos import PRESETS, Decision, FaultBook, read_faults
from mockserver.ids import Ids
from tests.chaos.scene import NOON, decisions, request


def opened(preset: str, **more: object) -> FaultBook:
    wanted = read_faults({"preset": preset, **more})
    faults = FaultBook(Ids(7))
    faults.add(wanted.rules, wanted.name)
    return faults


def all_of(preset: str, times: int = 1000) -> list[Decision]:
    return [decision or Decision() for decision in decisions(opened(preset), times)]


def test_there_are_four_and_each_has_one_sentence() -> None:
    assert list(PRESETS) == ["slow-3g", "flaky", "down", "rate-limited"]
    for name, preset in PRESETS.items():
        assert preset.name == name
        assert preset.summary.endswith(".")
        assert ". " not in preset.summary


def test_slow_3g_delays_every_answer_and_some_of_them_more() -> None:
    delays = [decision.delay_ms for decision in all_of("slow-3g")]
    assert min(delays) >= 300
    assert 50 <= sum(delay > 600 for delay in delays) <= 150
    assert max(delays) <= 2600
    assert all(decision.status is None for decision in all_of("slow-3g", 50))


def test_flaky_spoils_about_a_fifth_of_all_requests() -> None:
    outcomes = [decision.status or decision.reset for decision in all_of("flaky")]
    assert 70 <= outcomes.count(503) <= 130
    assert 25 <= outcomes.count(500) <= 75
    assert 25 <= outcomes.count(True) <= 75
    assert outcomes.count(False) > 750


def test_down_answers_every_request_503() -> None:
    assert {decision.status for decision in all_of("down", 20)} == {503}


def test_rate_limited_answers_every_request_429() -> None:
    answers = {(decision.status, decision.retry_after) for decision in all_of("rate-limited", 20)}
    assert answers == {(429, 1)}


def test_a_schedule_limits_every_so_many() -> None:
    outcomes = decisions(opened("rate-limited", schedule={"every": 3}), 6)
    assert [outcome is not None for outcome in outcomes] == [False, False, True] * 2


@pytest.mark.parametrize("preset", PRESETS)
def test_a_match_aims_a_preset_at_some_requests(preset: str) -> None:
    faults = opened(preset, match={"path": "/v1/bookings*"})
    assert all(faults.decide(request(), NOON) is None for _ in range(50))
    hits = [faults.decide(request(path="/v1/bookings/bk_1"), NOON) for _ in range(50)]
    assert any(hits)


def test_its_rules_carry_its_name_and_it_can_be_added_twice() -> None:
    faults = opened("flaky")
    faults.add(PRESETS["flaky"].rules, "flaky")
    assert [standing.rule.id for standing in faults.listing()] == [
        f"flaky-{number}" for number in range(1, 7)
    ]
