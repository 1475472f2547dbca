"""The clock of a world in the hands of a test."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mockserver.client.admin import Admin
from mockserver.clock import instant_text, parse_duration, parse_instant


class WorldClock:
    """Tells and moves a world's own time; what becomes due on the way happens.

    Instants are given as datetimes with a zone or as RFC 3339 texts, durations as timedeltas of
    whole seconds or as ISO 8601 texts (`PT2H`, `P14D`). Every method answers with the time now.
    """

    def __init__(self, admin: Admin) -> None:
        self._admin = admin

    @property
    def now(self) -> datetime:
        """The time now."""
        return _now(self._admin.get_clock())

    @property
    def is_running(self) -> bool:
        """Whether time passes by itself."""
        return bool(self._admin.get_clock()["running"])

    def advance(self, by: str | timedelta) -> datetime:
        """Let this much time pass."""
        return _now(self._admin.move_clock(advance=_duration(by)))

    def freeze(self, at: str | datetime | None = None) -> datetime:
        """Stop the clock, at this instant or where it is."""
        return self._turn(at, running=False)

    def run(self, since: str | datetime | None = None) -> datetime:
        """Let time pass by itself, from this instant or from where it is."""
        return self._turn(since, running=True)

    def _turn(self, at: str | datetime | None, *, running: bool) -> datetime:
        if at is None:
            return _now(self._admin.move_clock(running=running))
        return _now(self._admin.set_clock(_instant(at), running=running))


def _now(clock: dict[str, Any]) -> datetime:
    return parse_instant(clock["now"])


def _instant(at: str | datetime) -> str:
    if isinstance(at, str):
        at = parse_instant(at)
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone: give it one, such as datetime.UTC.")
    return instant_text(at)


def _duration(by: str | timedelta) -> str:
    if isinstance(by, str):
        by = parse_duration(by)
    if by.microseconds:
        raise ValueError(f"{by!r} has a fraction of a second: time moves by whole seconds.")
    seconds = int(by.total_seconds())
    days, rest = divmod(abs(seconds), 86400)
    return f"{'-' if seconds < 0 else ''}P{days}DT{rest}S"
