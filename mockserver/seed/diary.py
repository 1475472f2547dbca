"""When things happen: days and hours at which the company works."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mockserver.seed.scenario import WEEKDAYS, Hours

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Diary:
    """The company's working hours."""

    hours: Hours

    def is_open(self, day: date) -> bool:
        """Whether the company works on a day."""
        return WEEKDAYS[day.weekday()] in self.hours.days

    def slot(
        self, chance: random.Random, first: date, last: date, minutes: int, crowding: float = 1.0
    ) -> datetime | None:
        """A start from ``first`` to ``last`` for so many minutes of work, ``None`` without one.

        With ``crowding`` above 1 more of them lie near ``first``; to crowd near ``last`` give the
        two in reverse order.
        """
        offset = round((last - first).days * chance.random() ** crowding)
        day = self._open_day(first + timedelta(days=offset), first, last)
        return None if day is None else self.start(chance, day, minutes)

    def start(self, chance: random.Random, day: date, minutes: int) -> datetime:
        """A start on a day, on the half hour, so that the work ends before closing if it can."""
        opens, closes = self.hours.opens * 60, self.hours.closes * 60
        halves = max(0, closes - minutes - opens) // 30
        minute = opens + 30 * chance.randrange(halves + 1)
        return datetime.combine(day, time(minute // 60, minute % 60), UTC)

    def _open_day(self, wanted: date, first: date, last: date) -> date | None:
        """The open day nearest to the one wanted, inside the bounds."""
        low, high = min(first, last), max(first, last)
        for distance in range(7):
            for day in (wanted + distance * _DAY, wanted - distance * _DAY):
                if low <= day <= high and self.is_open(day):
                    return day
        return None


def between(chance: random.Random, low: datetime, high: datetime) -> datetime:
    """An instant from ``low`` to ``high``, in whole seconds; ``low`` when that lies later."""
    seconds = max(0, int((high - low).total_seconds()))
    return low + timedelta(seconds=chance.randrange(seconds + 1))
