"""The standing turns of subscribers: the same weekday and hour, week after week."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from mockserver.seed.diary import Diary
from mockserver.seed.population import Member

STEPS: Mapping[str, timedelta] = MappingProxyType(
    {
        "weekly": timedelta(days=7),
        "bi-weekly": timedelta(days=14),
        "monthly": timedelta(days=28),
    }
)
"""How far apart the turns of a frequency lie; four weeks keep the weekday of a monthly one."""


class Rhythms:
    """Hands out each subscriber's turns, forwards and backwards from the first upcoming day."""

    __slots__ = ("_ahead", "_anchors", "_back", "_chance", "_diary", "_first", "_now")

    def __init__(self, chance: random.Random, diary: Diary, now: datetime, first: date) -> None:
        """Turns ahead begin after ``first``, turns back lie a day or more before ``now``."""
        self._now = now
        self._chance = chance
        self._diary = diary
        self._first = first
        self._anchors: dict[str, datetime] = {}
        self._ahead: dict[str, int] = {}
        self._back: dict[str, int] = {}

    def ahead(self, member: Member, minutes: int) -> datetime | None:
        """The next turn after those given so far, ``None`` without a subscription."""
        if member.frequency is None:
            return None
        count = self._ahead.get(member.customer_id, 0)
        self._ahead[member.customer_id] = count + 1
        step = STEPS[member.frequency]
        return self._anchor(member, step, minutes) + count * step

    def back(self, member: Member, minutes: int) -> datetime | None:
        """The turn before those given so far, ``None`` without a subscription."""
        if member.frequency is None:
            return None
        step = STEPS[member.frequency]
        anchor = self._anchor(member, step, minutes)
        nearest = 1 + max(timedelta(), anchor - self._now) // step
        count = self._back.get(member.customer_id, nearest)
        self._back[member.customer_id] = count + 1
        return anchor - count * step

    def _anchor(self, member: Member, step: timedelta, minutes: int) -> datetime:
        """The first turn ahead, somewhere in the first step after the first upcoming day."""
        anchor = self._anchors.get(member.customer_id)
        if anchor is None:
            first = self._first + timedelta(days=1)
            found = self._diary.slot(self._chance, first, first + step, minutes + 60)
            anchor = found or self._diary.start(self._chance, first, minutes)
            self._anchors[member.customer_id] = anchor
        return anchor
