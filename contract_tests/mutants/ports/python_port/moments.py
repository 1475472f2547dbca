"""Days and moments: read as RFC 3339 writes them, kept and answered as text in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

EARLIEST = "0001-01-01T00:00:00Z"
LATEST = "9999-12-31T23:59:59Z"
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
_LEAP_YEAR = 2000


def stamp(at: datetime) -> str:
    """A moment in UTC with whole seconds, as every family writes it."""
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def unstamp(text: str) -> datetime:
    """The moment a text of `stamp` stands for."""
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)


def is_day(text: str) -> bool:
    """Whether a text is a full-date of RFC 3339; its year 0000 is one, and a leap year."""
    parts = _DAY.fullmatch(text)
    if not parts:
        return False
    year, month, day = map(int, parts.groups())
    try:
        date(year or _LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def is_moment(text: str) -> bool:
    """Whether a text is a date-time of RFC 3339; second 60 is one at the end of a day in UTC."""
    parts = _MOMENT.fullmatch(text)
    if not parts or not is_day(parts[1]):
        return False
    hour, minute, second = int(parts[2]), int(parts[3]), int(parts[4])
    away = _offset(parts)
    if hour > 23 or minute > 59 or abs(away) >= 24 * 60 or int(parts[7] or 0) > 59:
        return False
    is_last_minute = (hour * 60 + minute - away) % 1440 == 1439
    return second <= 59 or (second == 60 and is_last_minute)


def read_moment(text: str) -> str | None:
    """The stamp of a well-formed date-time; None when no calendar year from 1 to 9999 holds it."""
    parts = _MOMENT.fullmatch(text)
    assert parts is not None
    clock = timedelta(hours=int(parts[2]), minutes=int(parts[3]), seconds=int(parts[4]))
    zone = timezone(timedelta(minutes=_offset(parts)))
    try:
        midnight = datetime.combine(date.fromisoformat(parts[1]), datetime.min.time(), UTC)
        return stamp(midnight + clock - zone.utcoffset(None))
    except (ValueError, OverflowError):
        return None


def read_bound(text: str, *, whole_day: bool = False) -> str:
    """The stamp of an end of a range; beyond the calendar it is the end of the calendar."""
    if len(text) == len("2026-02-01"):
        text += "T23:59:59Z" if whole_day else "T00:00:00Z"
    end = EARLIEST if int(text[:4]) < 2 else LATEST
    return read_moment(text) or end


def later(text: str, **by: float) -> str:
    """A stamp moved by some time, held inside the calendar."""
    try:
        return stamp(unstamp(text) + timedelta(**by))
    except OverflowError:
        return LATEST if next(iter(by.values())) > 0 else EARLIEST


def _offset(parts: re.Match[str]) -> int:
    """How many minutes the clock of a date-time is ahead of UTC."""
    ahead = int(parts[6] or 0) * 60 + int(parts[7] or 0)
    return -ahead if parts[5] == "-" else ahead
