"""The only "now" of the project, and the reading and writing of instants.

Every instant is an aware ``datetime`` in UTC with whole seconds. A clock stands in the years 1 to
9998, so that no deadline reckoned from it can leave the calendar.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta, timezone
from math import inf

LATEST = datetime(9998, 12, 31, 23, 59, 59, tzinfo=UTC)
"""The last instant a clock or a schedule may stand at."""

_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_DURATION = re.compile(
    r"(-?)P(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)
_SECOND = timedelta(seconds=1)


class Clock:
    """A settable clock: it follows the wall at some distance, or stands still."""

    __slots__ = ("_ahead", "_from", "_shown", "_standing", "_until")

    def __init__(self, standing: datetime | None, ahead: timedelta) -> None:
        self._standing = standing
        self._ahead = ahead
        # What is shown while the wall's time is within these bounds.
        self._shown = LATEST
        self._from = self._until = 0.0

    @classmethod
    def wall(cls) -> Clock:
        """A clock that shows the wall clock's time."""
        return cls(None, timedelta())

    @classmethod
    def frozen(cls, at: datetime) -> Clock:
        """A clock that stands at ``at`` until it is moved."""
        return cls(_checked(at), timedelta())

    @property
    def is_frozen(self) -> bool:
        """Whether the clock stands still."""
        return self._standing is not None

    @property
    def ahead(self) -> timedelta | None:
        """How far a running clock is ahead of the wall's; None for one that stands still."""
        return self._ahead if self._standing is None else None

    def now(self) -> datetime:
        """The present instant of this clock, in UTC, whole seconds."""
        if self._from <= time.time() < self._until:
            return self._shown
        if self._standing is not None:
            self._show(self._standing, -inf, inf)
        else:
            second = int(time.time())
            self._show(datetime.fromtimestamp(second, UTC) + self._ahead, second, second + 1)
        return self._shown

    def _show(self, at: datetime, since: float, until: float) -> None:
        self._shown, self._from, self._until = at, since, until

    def _look_again(self) -> None:
        """Forget what was shown, which has changed."""
        self._from = self._until = 0.0

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock at ``at``, or where it stands.

        Raises ``ValueError`` when ``at`` is naive or after the year 9998.
        """
        self._standing = _checked(at or self.now())
        self._look_again()

    def advance(self, by: timedelta) -> None:
        """Move the clock by ``by`` (backwards when negative); a running clock keeps running.

        Raises ``ValueError`` when that would leave the years 1 to 9998.
        """
        try:
            moved = _checked(self.now() + by)
        except OverflowError as error:
            raise ValueError(
                f"The clock cannot be moved by {by}: choose a shorter time."
            ) from error
        if self._standing is None:
            self._ahead += by
        else:
            self._standing = moved
        self._look_again()

    def run(self) -> None:
        """Let the clock run on, at the wall's pace, from where it stands."""
        if self._standing is not None:
            self._ahead = self._standing - _wall()
            self._standing = None
            self._look_again()

    def fork(self) -> Clock:
        """An independent clock that shows the same time in the same way."""
        return Clock(self._standing, self._ahead)


def parse_instant(text: str) -> datetime:
    """Read an RFC 3339 date-time with any offset; the answer is UTC, the fraction is cut.

    ``t`` and ``z`` may be lower case, and the leap second ``23:59:60`` (UTC) is the second after
    ``23:59:59``. Raises ``ValueError`` with the value in its message for anything else, such as a
    missing offset, the 30th of February, or a year outside 1 to 9999 after normalising.
    """
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date-time such as 2026-02-26T10:00:00Z.")
    year, month, day, hour, minute, second = (int(part) for part in match.group(1, 2, 3, 4, 5, 6))
    try:
        whole = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(match))
        instant = whole.astimezone(UTC)
        return _after_leap_second(instant) if second == 60 else instant.replace(second=second)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not an instant on the calendar: {error}.") from error


def parse_day(text: str) -> datetime:
    """Read a plain date (``2026-02-26``) as its midnight in UTC, else ``ValueError``."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date such as 2026-02-26.")
    year, month, day = (int(part) for part in match.groups())
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day on the calendar: {error}.") from error


def parse_day_or_instant(text: str, *, end_of_day: bool = False) -> datetime:
    """Read a date-time, or a plain date as its first second (its last with ``end_of_day``).

    Raises ``ValueError`` as :func:`parse_instant` does.
    """
    if _DAY.fullmatch(text) is None:
        return parse_instant(text)
    midnight = parse_day(text)
    return midnight.replace(hour=23, minute=59, second=59) if end_of_day else midnight


def instant_text(at: datetime) -> str:
    """Write an instant as every family does: ``2026-02-26T10:00:00Z``, four-digit year."""
    return f"{at.astimezone(UTC).isoformat()[:19]}Z"


def parse_duration(text: str) -> timedelta:
    """Read an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as ``PT2H``.

    A leading ``-`` makes it negative. Years and months, whose length is not fixed, and anything
    else raise ``ValueError`` with the value.
    """
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        raise ValueError(f"{text!r} is not a duration such as PT2H, P1D or P2DT30M.")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError as error:
        raise ValueError(f"{text!r} is longer than the calendar.") from error
    return -length if match[1] else length


def uptime_s() -> float:
    """Seconds on a clock that only runs forward; its zero means nothing."""
    return time.monotonic()


def elapsed_us(since_ns: int) -> int:
    """Whole microseconds since a reading of :func:`stopwatch_ns`."""
    return (time.perf_counter_ns() - since_ns) // 1000


stopwatch_ns = time.perf_counter_ns
"""A reading of the finest clock there is, to measure how long something takes."""


def _wall() -> datetime:
    return datetime.fromtimestamp(int(time.time()), UTC)


def _checked(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone: give an aware datetime.")
    instant = at.astimezone(UTC).replace(microsecond=0)
    if instant > LATEST:
        raise ValueError(f"{at.isoformat()} is too late: a clock stands in the years 1 to 9998.")
    return instant


def _zone(match: re.Match[str]) -> timezone:
    sign, hours, minutes = match.group(7, 8, 9)
    if sign is None:
        return UTC
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError("an offset has at most 23 hours and 59 minutes")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)


def _after_leap_second(last: datetime) -> datetime:
    if (last.hour, last.minute) != (23, 59):
        raise ValueError("a leap second ends a day in UTC")
    return last + _SECOND
