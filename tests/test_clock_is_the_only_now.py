from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from mockserver.clock import Clock

NOON = datetime(2026, 2, 20, 12, 0, tzinfo=UTC)


def test_a_frozen_clock_stands_still() -> None:
    clock = Clock.frozen(NOON)
    assert (clock.now(), clock.now(), clock.is_frozen) == (NOON, NOON, True)


def test_a_frozen_clock_moves_when_it_is_advanced() -> None:
    clock = Clock.frozen(NOON)
    clock.advance(timedelta(hours=2))
    assert clock.now() == NOON + timedelta(hours=2)


def test_an_instant_with_another_offset_or_a_fraction_becomes_whole_seconds_in_utc() -> None:
    east = datetime(2026, 2, 20, 14, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=2)))
    assert Clock.frozen(east).now() == NOON


def test_the_wall_clock_is_shown_in_whole_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: NOON.timestamp() + 0.9)
    assert Clock.wall().now() == NOON


def test_an_advanced_wall_clock_keeps_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", NOON.timestamp)
    clock = Clock.wall()
    clock.advance(timedelta(days=1))
    monkeypatch.setattr(time, "time", lambda: NOON.timestamp() + 5)
    assert clock.now() == NOON + timedelta(days=1, seconds=5)


def test_a_clock_set_running_goes_on_from_where_it_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", NOON.timestamp)
    clock = Clock.frozen(NOON - timedelta(days=30))
    clock.run()
    monkeypatch.setattr(time, "time", lambda: NOON.timestamp() + 60)
    assert clock.now() == NOON - timedelta(days=30) + timedelta(minutes=1)


def test_freezing_without_an_instant_stops_the_clock_where_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "time", NOON.timestamp)
    clock = Clock.wall()
    clock.freeze()
    monkeypatch.setattr(time, "time", lambda: NOON.timestamp() + 60)
    assert clock.now() == NOON


def test_a_forked_clock_is_moved_alone() -> None:
    clock = Clock.frozen(NOON)
    fork = clock.fork()
    fork.advance(timedelta(hours=1))
    assert (clock.now(), fork.now()) == (NOON, NOON + timedelta(hours=1))


@pytest.mark.parametrize("by", [timedelta.max, timedelta.min, timedelta(days=366 * 7973)])
def test_a_clock_never_leaves_the_calendar(by: timedelta) -> None:
    clock = Clock.frozen(NOON)
    with pytest.raises(ValueError, match="clock"):
        clock.advance(by)
    assert clock.now() == NOON


def test_a_clock_takes_no_naive_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock.frozen(NOON.replace(tzinfo=None))
