"""When a service may take place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mockserver.clock import LATEST, instant_text
from mockserver.domain.world import World
from mockserver.errors import RuleBroken

_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


def refuse_moment(world: World, scheduled_at: datetime) -> None:
    """Raise ``RuleBroken`` on ``scheduled_at`` unless a service may take place then.

    The past is allowed (domain B.4.2); a minimum notice and a horizon only when the rules set
    them; the year 9999 never, since a service must be able to end and be invoiced.
    """
    if scheduled_at > LATEST:
        _refuse("invalid_value", scheduled_at, "is too late: choose a time before the year 9999")
    ahead = scheduled_at - world.now()
    notice, horizon = world.rules.minimum_notice_hours, world.rules.maximum_horizon_days
    if notice is not None and ahead < timedelta(hours=notice):
        _refuse("too_soon", scheduled_at, f"is too soon: book at least {notice} hours ahead")
    if horizon is not None and ahead > timedelta(days=horizon):
        _refuse("too_late", scheduled_at, f"is too late: book at most {horizon} days ahead")


def hours_before(at: datetime, hours: int) -> datetime:
    """The instant so many hours earlier, not before the year 1."""
    reach = at - _EARLIEST
    return at - min(timedelta(hours=hours), reach)


def _refuse(code: str, scheduled_at: datetime, why: str) -> None:
    raise RuleBroken(code, f"{instant_text(scheduled_at)} {why}.", "scheduled_at")
