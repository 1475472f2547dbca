"""From fault rules to JSON: what can be read back as the same rule."""

from __future__ import annotations

from typing import Any

from mockserver.chaos.book import Standing
from mockserver.chaos.rules import Effect, FaultRule, RequestMatch, Schedule
from mockserver.clock import instant_text


def show_rule(rule: FaultRule) -> dict[str, Any]:
    """A rule as JSON data: its id, probability and effect; match and schedule where it has some."""
    match, schedule = _match(rule.match), _schedule(rule.schedule)
    return {
        **({"id": rule.id} if rule.id else {}),
        **({"match": match} if match else {}),
        "probability": rule.probability,
        **({"schedule": schedule} if schedule else {}),
        "effect": _effect(rule.effect),
    }


def show_standing(standing: Standing) -> dict[str, Any]:
    """A rule of a book as JSON data: the rule, how many requests it met, how often it fired."""
    return {
        "rule": show_rule(standing.rule),
        "matched": standing.matched,
        "fired": standing.fired,
    }


def _match(match: RequestMatch) -> dict[str, Any]:
    header = None
    if match.header is not None:
        value = match.header.value
        header = _given({"name": match.header.name, "value": value.text if value else None})
    return _given(
        {
            "operation_id": match.operation_id,
            "method": match.method,
            "path": match.path.text if match.path else None,
            "header": header,
        }
    )


def _schedule(schedule: Schedule) -> dict[str, Any]:
    return _given(
        {
            "first": schedule.first,
            "every": schedule.every,
            "from": instant_text(schedule.starts_at) if schedule.starts_at else None,
            "until": instant_text(schedule.ends_at) if schedule.ends_at else None,
        }
    )


def _effect(effect: Effect) -> dict[str, Any]:
    least, most = effect.delay_ms or (None, None)
    return _given(
        {
            "delay_ms": least if least == most else [least, most],
            "status": effect.status,
            "retry_after": effect.retry_after,
            "reset": effect.reset or None,
            "truncate": effect.truncate or None,
            "content_type": effect.content_type,
            "invalid_body": effect.invalid_body,
        }
    )


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
