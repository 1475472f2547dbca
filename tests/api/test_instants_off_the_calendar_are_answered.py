"""Values the contract's formats let through although no calendar holds them never go astray."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.api.instants import (
    EARLIEST_BOUND,
    LATEST_BOUND,
    read_bound,
    read_day,
    read_instant,
)
from mockserver.api.shapes.moments import midnight, when
from mockserver.clock import instant_text
from mockserver.errors import BadRequest, RuleBroken


@pytest.mark.parametrize(
    "text",
    [
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "2026-02-30T10:00:00Z",
        "2026-03-01T10:00:60Z",
    ],
)
def test_an_instant_in_a_body_is_refused_by_name(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_instant(text, "scheduled_at")
    assert (refused.value.code, refused.value.field) == ("invalid_value", "scheduled_at")
    assert text in refused.value.message


def test_a_day_in_a_body_is_refused_by_name() -> None:
    with pytest.raises(RuleBroken) as refused:
        read_day("0000-01-01", "due_date")
    assert refused.value.field == "due_date"


def test_a_day_is_read_as_written() -> None:
    assert read_day("1990-05-15T23:30:00-08:00", "birthday") == date(1990, 5, 15)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("0000-02-29", EARLIEST_BOUND),
        ("0000-12-31T23:59:59Z", EARLIEST_BOUND),
        ("0001-01-01T00:00:00+14:00", EARLIEST_BOUND),
        ("9999-12-31T23:59:59-12:00", LATEST_BOUND),
    ],
)
def test_a_bound_outside_the_calendar_becomes_its_end(text: str, bound: datetime) -> None:
    assert read_bound(text, "date_from") == bound


def test_a_bound_that_is_no_instant_is_refused_by_name() -> None:
    with pytest.raises(BadRequest) as refused:
        read_bound("2026-03-01T10:00:60Z", "date_to")
    assert (refused.value.code, refused.value.field) == ("invalid_parameter", "date_to")


def test_a_plain_day_covers_all_its_seconds() -> None:
    assert read_bound("2026-02-28", "date_from") == datetime(2026, 2, 28, tzinfo=UTC)
    last = datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)
    assert read_bound("2026-02-28", "date_to", end_of_day=True) == last


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_is_written_as_the_clock_writes_it(at: datetime) -> None:
    whole = at.replace(microsecond=0)
    assert when(whole) == instant_text(whole)
    assert read_instant(when(whole), "at") == whole


@given(st.dates())
def test_every_day_is_written_as_its_midnight(day: date) -> None:
    text = midnight(day)
    assert text is not None
    assert read_day(text, "birthday") == day
    assert read_instant(text, "birthday") == datetime(day.year, day.month, day.day, tzinfo=UTC)
