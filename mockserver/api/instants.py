"""Instants and days as requests spell them, read into values.

The contract has checked the form of every text; what is left are forms without a place on the
calendar, such as the year 0000.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from mockserver.clock import parse_day, parse_day_or_instant, parse_instant
from mockserver.errors import BadRequest, RuleBroken

EARLIEST_BOUND = datetime.min.replace(tzinfo=UTC)
"""What stands for every bound of a filter before the calendar begins."""

LATEST_BOUND = datetime.max.replace(microsecond=0, tzinfo=UTC)
"""What stands for every bound of a filter after the calendar ends."""


def read_instant(text: str, field: str) -> datetime:
    """The instant of a date-time in a body, in UTC, else ``RuleBroken`` on ``field``."""
    try:
        return parse_instant(text)
    except ValueError as error:
        raise _off_calendar(error, field) from error


def read_day(text: str, field: str) -> date:
    """The day of a plain date or of a date-time as written, whatever its offset.

    Raises ``RuleBroken`` on ``field`` when the calendar has no such day.
    """
    try:
        return parse_day(text[:10]).date()
    except ValueError as error:
        raise _off_calendar(error, field) from error


def read_bound(text: str, field: str, *, end_of_day: bool = False) -> datetime:
    """The bound of a filter: a date-time, or a plain date as its first (or last) second.

    A bound only serves comparisons, so that one outside the calendar becomes its beginning or its
    end. Raises ``BadRequest`` on ``field`` for anything else that is no instant.
    """
    try:
        return parse_day_or_instant(text, end_of_day=end_of_day)
    except ValueError as error:
        if text[:4] in ("0000", "0001"):
            return EARLIEST_BOUND
        if text[:4] == "9999":
            return LATEST_BOUND
        raise BadRequest("invalid_parameter", f"'{field}': {error}", field) from error


def _off_calendar(error: ValueError, field: str) -> RuleBroken:
    return RuleBroken("invalid_value", f"'{field}': {error}", field)
