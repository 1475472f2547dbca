"""Instants in the life of a thing, in an order that makes sense, reckoned from the server's now.

created ≤ what happened to it ≤ updated ≤ last seen ≤ now; starts before it ends; due, expiring and
next come after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from mockserver.clock import instant_text, parse_day_or_instant
from mockserver.engine.data.facts.entity import Entity
from mockserver.engine.data.naming import spelled

_DAY = 86_400

# Which words of a name tell which instant; the first that is found counts.
_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("birth", spelled("birth birthday birthdate dob born")),
    ("expires", spelled("expires expiry expiration expire expired exp")),
    ("due", spelled("due deadline")),
    ("next", spelled("next scheduled upcoming planned renews renewal reminder")),
    ("updated", spelled("updated update modified changed edited synced mtime")),
    ("last", spelled("last latest recent seen accessed")),
    (
        "created",
        spelled(
            "created create creation registered joined added inserted opened signup issued posted "
            "submitted hired received ctime founded"
        ),
    ),
    ("end", spelled("end ends ending until till to before checkout stop")),
    ("start", spelled("start starts from begin begins after checkin since")),
)  # fmt: skip
# How far between creation and last change something happened, from 0 to 1.
_STAGES: Mapping[str, float] = {
    "ordered": 0.05, "confirmed": 0.1, "approved": 0.15, "accepted": 0.15, "activated": 0.2,
    "verified": 0.2, "started": 0.3, "published": 0.35, "assigned": 0.35, "paid": 0.4, "sent": 0.45,
    "processed": 0.5, "shipped": 0.6, "delivered": 0.8, "finished": 0.85, "completed": 0.85,
    "ended": 0.88, "resolved": 0.9, "closed": 0.92, "cancelled": 0.92, "canceled": 0.92,
    "failed": 0.92, "refunded": 0.95, "archived": 0.97, "deleted": 0.99, "removed": 0.99,
}  # fmt: skip
UNLIKELY = spelled("deleted removed cancelled canceled archived failed refunded")


def moment_key(words: tuple[str, ...]) -> str:
    """What a name says about when: a kind of instant, or a stage such as `stage:paid`."""
    stage = next((word for word in words if word in _STAGES), None)
    if stage is not None:
        return f"stage:{stage}"
    kinds = (kind for kind, told in _KINDS if any(word in told for word in words))
    return next(kinds, f"stage:{'_'.join(words[:-1]) or 'noted'}")


def moment(entity: Entity, key: str) -> datetime:
    """The instant, in UTC and whole seconds; the same at each asking, in the calendar's bounds."""
    known = entity.facts.get(key)
    if isinstance(known, str):
        known = _read(known)
    if known is None:
        kind, _, stage = key.partition(":")
        known = _staged(entity, stage) if kind == "stage" else _MAKERS[kind](entity)
    entity.facts[key] = known
    return known


def date_text(entity: Entity, key: str) -> str:
    """The day of the instant, such as `2026-02-01`; a thing ends some days after it starts."""
    at = moment(entity, "start") + timedelta(days=2) if key == "end" else moment(entity, key)
    return at.date().isoformat()


def instant(entity: Entity, key: str) -> str:
    """The instant as RFC 3339 writes it."""
    return instant_text(moment(entity, key))


def _read(text: str) -> datetime | None:
    try:
        return parse_day_or_instant(text)
    except ValueError:
        return None


def _shifted(entity: Entity, at: datetime, seconds: float) -> datetime:
    """An instant some seconds away, or the nearest that the calendar has."""
    try:
        return (at + timedelta(seconds=int(seconds))).replace(microsecond=0)
    except OverflowError:
        return entity.now.replace(microsecond=0)


def _created(entity: Entity) -> datetime:
    return _shifted(entity, entity.now, -(3 * _DAY + entity.below(400 * _DAY)))


def _between(entity: Entity, first: datetime, last: datetime, part: float) -> datetime:
    return _shifted(entity, first, max(0.0, (last - first).total_seconds()) * part)


def _updated(entity: Entity) -> datetime:
    part = 0.3 + 0.6 * entity.chance.random()
    return _between(entity, moment(entity, "created"), entity.now, part)


def _staged(entity: Entity, stage: str) -> datetime:
    part = _STAGES.get(stage, 0.25 + 0.5 * entity.chance.random())
    return _between(entity, moment(entity, "created"), moment(entity, "updated"), part)


def _last(entity: Entity) -> datetime:
    return _between(entity, moment(entity, "updated"), entity.now, entity.chance.random())


def _start(entity: Entity) -> datetime:
    at = _shifted(entity, entity.now, (entity.below(60) - 20) * _DAY)
    return at.replace(hour=8 + entity.below(9), minute=entity.below(4) * 15, second=0)


def _end(entity: Entity) -> datetime:
    return _shifted(entity, moment(entity, "start"), (2 + entity.below(11)) * 1800)


def _due(entity: Entity) -> datetime:
    return _shifted(entity, moment(entity, "created"), entity.pick((14, 30)) * _DAY)


def _ahead(least_days: int, most_days: int) -> Callable[[Entity], datetime]:
    def made(entity: Entity) -> datetime:
        days = least_days + entity.below(most_days - least_days)
        return _shifted(entity, entity.now, days * _DAY + entity.below(_DAY))

    return made


_MAKERS: Mapping[str, Callable[[Entity], datetime]] = {
    "birth": lambda e: _shifted(e, e.now, -(20 * 365 + e.below(45 * 365)) * _DAY),
    "created": _created,
    "updated": _updated,
    "last": _last,
    "start": _start,
    "end": _end,
    "due": _due,
    "expires": _ahead(20, 700),
    "next": _ahead(1, 60),
}
