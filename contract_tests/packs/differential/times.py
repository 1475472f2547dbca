"""Times of two servers whose clocks are not quite the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from contract_tests.semantics.expressions import ExpressionError, instant

_SHORTEST = len("2026-02-01")


def about_now(expected: str, got: str, now: datetime, skew: timedelta) -> bool:
    """Whether two texts are both moments at about now, and close to each other."""
    if len(expected) < _SHORTEST or not expected[:4].isdigit() or not got[:4].isdigit():
        return False
    try:
        ours, theirs = instant(expected), instant(got)
    except ExpressionError:
        return False
    if len(expected) == len(got) == _SHORTEST:
        return abs(ours - theirs) <= timedelta(days=1) and _is_near_midnight(now, skew)
    return abs(ours - theirs) <= skew and abs(ours - now) <= 2 * skew


def moment(text: object) -> datetime | None:
    """The moment that a text names; None when it names none."""
    if not isinstance(text, str) or len(text) < _SHORTEST or not text[:4].isdigit():
        return None
    try:
        return instant(text)
    except ExpressionError:
        return None


def _is_near_midnight(now: datetime, skew: timedelta) -> bool:
    return (now + skew).date() != now.date() or (now - skew).date() != now.date()
