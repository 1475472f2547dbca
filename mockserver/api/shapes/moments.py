"""Instants and days as every family writes them: ``2026-02-26T10:00:00Z``.

A page holds hundreds of instants, so that these take the shortest way to the text; they count on
what every record promises: an aware ``datetime`` in UTC with whole seconds.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache


@lru_cache(maxsize=4096)
def when(at: datetime) -> str:
    """An instant of a record."""
    return f"{at.isoformat()[:19]}Z"


def when_known(at: datetime | None) -> str | None:
    """An instant of a record, or null when there is none."""
    return None if at is None else when(at)


def midnight(day: date | None) -> str | None:
    """The midnight (UTC) that begins a day, or null when there is no day."""
    return None if day is None else f"{day.isoformat()}T00:00:00Z"
