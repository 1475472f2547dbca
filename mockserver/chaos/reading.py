"""From JSON to fault rules: everything that is wrong is told at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, cast

from mockserver.chaos.members import Members
from mockserver.chaos.presets import PRESETS
from mockserver.chaos.rules import (
    DELAY_MOST_MS,
    Effect,
    FaultRule,
    HeaderMatch,
    InvalidBody,
    Pattern,
    RequestMatch,
    Schedule,
)
from mockserver.contract import shown
from mockserver.errors import BadRequest, FieldProblem, Refusal, RuleBroken

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_COUNT_MOST = 1_000_000_000
_RETRY_MOST_S = 86_400
_TOLD = 50

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_LINE = re.compile(r"[^\x00-\x1f\x7f]+")
_VALUE = re.compile(r"[^\x00-\x1f\x7f]*")
_PATH = re.compile(r'[/*][!"$->@-z|~]*')
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII)
_MEDIA_TYPE = re.compile(
    r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(; ?charset=[A-Za-z0-9_.:-]+)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class FaultRequest:
    """The rules that somebody asks for, and the name that ids are made from where a rule has none.

    The name is that of the preset, else `fault`.
    """

    name: str
    rules: tuple[FaultRule, ...]


def read_faults(body: Any, operation_ids: Collection[str] | None = None) -> FaultRequest:
    """Read one rule, or a preset with an optional match and schedule, from JSON data.

    With `operation_ids`, an `operation_id` must be one of them. Raises BadRequest `invalid_fault`
    for JSON of another form, RuleBroken `invalid_fault` for a rule that could never fire; `field`
    is the first member concerned, `problems` tells all of them.
    """
    problems: list[FieldProblem] = []
    members = Members(body, "", problems)
    request = _preset(members) if members.has("preset") else _rule(members)
    members.close()
    if problems:
        raise _refusal(BadRequest, problems)
    broken = [problem for rule in request.rules[:1] for problem in _broken(rule, operation_ids)]
    if broken:
        raise _refusal(RuleBroken, broken)
    return request


def _refusal(kind: type[Refusal], problems: list[FieldProblem]) -> Refusal:
    told = tuple(problems[:_TOLD])
    message = " ".join(problem.message for problem in told)
    return kind("invalid_fault", message, told[0].field, told)


def _preset(members: Members) -> FaultRequest:
    name = members.choice("preset", PRESETS)
    match, schedule = _match(members), _schedule(members)
    rules = PRESETS[name].aimed(match, schedule) if name else ()
    return FaultRequest(name or "", rules)


def _rule(members: Members) -> FaultRequest:
    rule_id = members.text("id", _ID, "letters, digits, '.', '_' or '-'", 64)
    match, schedule = _match(members), _schedule(members)
    probability = members.share("probability")
    rule = FaultRule(
        _effect(members),
        match,
        schedule,
        1.0 if probability is None else probability,
        rule_id or "",
    )
    return FaultRequest("fault", (rule,))


def _match(members: Members) -> RequestMatch:
    inner = members.inner("match")
    if inner is None:
        return RequestMatch()
    path = inner.text("path", _PATH, "a path without query, * for any part of it", 500)
    match = RequestMatch(
        inner.text("operation_id", _LINE, "a name on one line", 200),
        inner.choice("method", METHODS),
        None if path is None else Pattern(path),
        _header(inner),
    )
    inner.close()
    return match


def _header(members: Members) -> HeaderMatch | None:
    inner = members.inner("header")
    if inner is None:
        return None
    name = inner.text("name", _HEADER, "the name of a header", 100)
    value = inner.text("value", _VALUE, "a text on one line", 1000)
    inner.require("name")
    inner.close()
    return HeaderMatch(name or "", None if value is None else Pattern(value))


def _schedule(members: Members) -> Schedule:
    inner = members.inner("schedule")
    if inner is None:
        return Schedule()
    schedule = Schedule(
        inner.whole("first", 1, _COUNT_MOST),
        inner.whole("every", 1, _COUNT_MOST),
        inner.instant("from"),
        inner.instant("until"),
    )
    inner.close()
    return schedule


def _effect(members: Members) -> Effect:
    members.require("effect")
    inner = members.inner("effect")
    if inner is None:
        return Effect()
    effect = Effect(
        inner.whole_or_range("delay_ms", 0, DELAY_MOST_MS),
        inner.whole("status", 400, 599),
        inner.whole("retry_after", 0, _RETRY_MOST_S),
        inner.flag("reset"),
        inner.flag("truncate"),
        inner.text("content_type", _MEDIA_TYPE, "a media type such as text/html", 100),
        cast("InvalidBody | None", inner.choice("invalid_body", ("syntax", "shape"))),
    )
    inner.close()
    inner.require_any()
    return effect


def _broken(rule: FaultRule, operation_ids: Collection[str] | None) -> list[FieldProblem]:
    found = []
    wanted = rule.match.operation_id
    if operation_ids is not None and wanted is not None and wanted not in operation_ids:
        near = get_close_matches(wanted, operation_ids, n=1)
        hint = f": did you mean {near[0]}?" if near else " of the contract."
        found.append(
            FieldProblem("match.operation_id", "unknown", f"{shown(wanted)} is no operation{hint}")
        )
    start, end = rule.schedule.starts_at, rule.schedule.ends_at
    if start is not None and end is not None and end <= start:
        message = "'schedule.until' must be later than 'schedule.from': the rule would never fire."
        found.append(FieldProblem("schedule.until", "order", message))
    return found
