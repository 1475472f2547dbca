"""Rate limits per key: the windows behind the `X-RateLimit-*` headers (reference page: ot/rate)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

_WINDOW_S = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """Calls per minute, and in any one second, that a key of this plan may make."""

    per_minute: int
    per_second: int


PLANS = {
    "standard": Plan(100, 20),
    "professional": Plan(500, 50),
    "enterprise": Plan(2000, 200),
}


class Allowance(NamedTuple):
    """What the three headers say: the window's maximum, what is left, its end in Unix seconds."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """The headers every answer of a limited family carries, their names in lower case."""
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(self.reset),
        }


class RateMeter:
    """Counts calls per key in fixed windows of the world's clock.

    Counting always happens; refusing only when `enforced`. Memory is bounded by the keys seen in
    one window.
    """

    def __init__(self, plan: Plan, enforced: bool) -> None:
        self._plan = plan
        self._enforced = enforced
        self._end = -1  # of the window, in Unix seconds
        self._second = -1
        self._at: datetime | None = None  # the instant of that second
        self._in_window: dict[str, int] = {}
        self._in_second: dict[str, int] = {}

    def peek(self, now: datetime) -> Allowance:
        """The allowance of a caller that is not known: a full window, nothing counted."""
        most = self._plan.per_minute
        return Allowance(most, most, _end(int(now.timestamp())))

    def count(self, key: str, now: datetime) -> tuple[Allowance, int]:
        """Count one call; also the seconds to wait when it is refused, else 0."""
        if now != self._at:
            self._turn_to(now)
        used = self._in_window.get(key, 0) + 1
        burst = self._in_second.get(key, 0) + 1
        wait = self._wait(used, burst) if self._enforced else 0
        if not wait:
            self._in_window[key], self._in_second[key] = used, burst
        most = self._plan.per_minute
        return Allowance(most, most - used if used < most else 0, self._end), wait

    def _wait(self, used: int, burst: int) -> int:
        if used > self._plan.per_minute:
            return self._end - self._second
        return 1 if burst > self._plan.per_second else 0

    def _turn_to(self, now: datetime) -> None:
        self._at = now
        self._second = now_s = int(now.timestamp())
        self._in_second.clear()
        if _end(now_s) != self._end:
            self._end = _end(now_s)
            self._in_window.clear()


def _end(now_s: int) -> int:
    return (now_s // _WINDOW_S + 1) * _WINDOW_S
