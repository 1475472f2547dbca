from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.clock import instant_text, parse_day, parse_day_or_instant, parse_instant

SAMPLES = [
    ("2026-02-26T10:00:00Z", "2026-02-26T10:00:00Z"),
    ("2026-02-26t10:00:00z", "2026-02-26T10:00:00Z"),
    ("2026-02-26T10:00:00.999999999Z", "2026-02-26T10:00:00Z"),
    ("2026-02-26T10:00:00+05:30", "2026-02-26T04:30:00Z"),
    ("2026-02-26T10:00:00-23:59", "2026-02-27T09:59:00Z"),
    ("2026-02-26T10:00:00-00:00", "2026-02-26T10:00:00Z"),
    ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"),
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
    ("2017-01-01T00:59:60.5+01:00", "2017-01-01T00:00:00Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
]
UNREADABLE = [
    "",
    "2026-02-26",
    "2026-02-26T10:00:00",
    "2026-02-26 10:00:00Z",
    "2026-02-30T10:00:00Z",
    "2025-02-29T10:00:00Z",
    "2026-02-26T24:00:00Z",
    "2026-02-26T10:60:00Z",
    "2026-02-26T10:00:61Z",
    "2026-02-26T10:00:60Z",
    "2026-02-26T10:00:00+24:00",
    "2026-02-26T10:00:00+01:60",
    "2026-02-26T10:00:00.Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "9999-12-31T23:59:60Z",
    "2026-02-26T10:00:00Z\n",
    "٢٠٢٦-02-26T10:00:00Z",
]


@pytest.mark.parametrize(("text", "normalised"), SAMPLES)
def test_a_date_time_with_any_offset_is_read_as_utc(text: str, normalised: str) -> None:
    assert instant_text(parse_instant(text)) == normalised


@pytest.mark.parametrize("text", UNREADABLE)
def test_anything_else_is_refused_with_the_value(text: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the message is looked at below
        parse_instant(text)
    assert repr(text) in str(refused.value)


@given(
    st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)),
)
def test_what_is_written_is_read_back(at: datetime) -> None:
    instant = at.replace(microsecond=0, tzinfo=UTC)
    assert parse_instant(instant_text(instant)) == instant


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_instant(text).tzinfo is UTC


def test_a_plain_day_is_its_first_second_or_its_last() -> None:
    assert instant_text(parse_day_or_instant("2026-02-01")) == "2026-02-01T00:00:00Z"
    last = parse_day_or_instant("2026-02-01", end_of_day=True)
    assert instant_text(last) == "2026-02-01T23:59:59Z"


def test_a_date_time_is_not_stretched_to_the_end_of_its_day() -> None:
    at = parse_day_or_instant("2026-02-01T08:00:00Z", end_of_day=True)
    assert instant_text(at) == "2026-02-01T08:00:00Z"


@pytest.mark.parametrize("text", ["2026-02-30", "2026-2-1", "0000-01-01", "2026-02-01T00:00:00Z"])
def test_only_a_day_on_the_calendar_is_a_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"2026|0000"):
        parse_day(text)
