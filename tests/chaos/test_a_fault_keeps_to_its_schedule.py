from __future__ import annotations

from datetime import timedelta

import pytest

from mockserver.chaos import Effect, FaultBook, FaultRule, RequestMatch, Schedule
from tests.chaos.scene import NOON, book, fired, request

SECOND = timedelta(seconds=1)


def scheduled(schedule: Schedule) -> FaultBook:
    return book(FaultRule(Effect(status=503), schedule=schedule))


def turns(schedule: Schedule, times: int = 9) -> list[int]:
    faults = scheduled(schedule)
    return [number for number in range(1, times + 1) if fired(faults)]


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (Schedule(first=2), [1, 2]),
        (Schedule(every=3), [3, 6, 9]),
        (Schedule(every=1), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (Schedule(first=6, every=2), [2, 4, 6]),
        (Schedule(first=2, every=3), []),
    ],
)
def test_it_has_its_turns_among_the_requests_it_meets(
    schedule: Schedule, expected: list[int]
) -> None:
    assert turns(schedule) == expected


def test_only_requests_that_it_meets_are_counted() -> None:
    rule = FaultRule(Effect(reset=True), RequestMatch(method="POST"), Schedule(every=2))
    faults = book(rule)
    methods = ["POST", "GET", "GET", "POST", "GET", "POST", "POST"]
    assert [fired(faults, request(method)) for method in methods] == [
        False, False, False, True, False, False, True,
    ]  # fmt: skip


def test_it_lives_from_an_instant_until_just_before_another() -> None:
    faults = scheduled(Schedule(starts_at=NOON, ends_at=NOON + 2 * SECOND))
    lives = [fired(faults, at=NOON + step * SECOND) for step in (-1, 0, 1, 2, 3)]
    assert lives == [False, True, True, False, False]


def test_requests_outside_its_time_are_not_counted() -> None:
    faults = scheduled(Schedule(first=1, starts_at=NOON))
    assert not fired(faults, at=NOON - SECOND)
    assert fired(faults, at=NOON)
    assert not fired(faults, at=NOON)
    assert faults.listing()[0].matched == 2


def test_a_clock_that_goes_back_opens_it_again() -> None:
    faults = scheduled(Schedule(ends_at=NOON))
    assert [fired(faults, at=NOON + step * SECOND) for step in (-1, 0, -1)] == [True, False, True]
