"""Expressions: CEL over JSON, with the few functions that API rules need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

import cel

Json = Any
_MARK = "= "
# What an expression gives for a member that is to be left out of a template.
_ABSENT = "\0absent"
_NAME = re.compile(r"[A-Za-z_]\w*")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


class ExpressionError(ValueError):
    """An expression that cannot be read or evaluated; the message quotes it."""


def is_expression(template: Json) -> bool:
    """Whether a text in a template is an expression."""
    return isinstance(template, str) and template.startswith(_MARK)


def instant(text: str) -> datetime:
    """The moment that an RFC 3339 text names; a plain date is its first second in UTC."""
    try:
        moment = datetime.fromisoformat(text.upper())
    except (ValueError, AttributeError) as error:
        raise ExpressionError(f"{text!r} names no moment.") from error
    if len(text) == len("2026-02-01"):
        return datetime.combine(moment.date(), time(), UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def day_end(text: str) -> datetime:
    """The moment a text names; for a plain date, the last microsecond of that day in UTC."""
    is_day = len(text) == len("2026-02-01")
    return instant(text) + timedelta(days=1, microseconds=-1) if is_day else instant(text)


def duration(text: str) -> timedelta:
    """An ISO 8601 duration of days, hours, minutes and seconds, such as `P1DT2H` or `-PT5M`."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        raise ExpressionError(f"{text!r} is no duration such as P1DT2H.")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] else length


def moment_text(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC with second precision."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fold(text: str | None) -> str:
    """A text without regard to case; empty for null."""
    return (text or "").casefold()


def digits(text: str | None) -> str:
    """The ASCII digits of a text; empty for null."""
    return re.sub(r"[^0-9]", "", text or "")


def distinct(values: list[Json]) -> list[Json]:
    """The different values, in the order of their first appearance."""
    return [value for index, value in enumerate(values) if value not in values[:index]]


def or_empty(text: str | None) -> str:
    """A text; empty for null."""
    return text or ""


@dataclass
class Scope:
    """What expressions see: names with values, and what `now` is on the target.

    Neither is changed once an expression was evaluated: what was made ready for one is kept for
    the next, since handing large answers over costs far more than evaluating.
    """

    names: Mapping[str, Json]
    now: datetime = field(default_factory=lambda: datetime(2026, 2, 20, 15, tzinfo=UTC))
    _contexts: dict[frozenset[str], cel.Context] = field(default_factory=dict, repr=False)

    def context(self, used: frozenset[str]) -> cel.Context:
        """As the evaluator takes it, with those names alone that an expression uses."""
        seen = used.intersection(self.names)
        if seen not in self._contexts:
            self._contexts[seen] = self._made({name: self.names[name] for name in seen})
        return self._contexts[seen]

    def _made(self, names: Mapping[str, Json]) -> cel.Context:
        now = self.now  # a function that held on to the scope would keep both for ever
        context = cel.Context({**names, "now": now, "absent": _ABSENT})
        for function in (instant, day_end, fold, digits, distinct, or_empty, sum):
            context.add_function(function.__name__, function)
        context.add_function("later", lambda text: moment_text(now + duration(text)))
        context.add_function("text_of", moment_text)
        context.add_function("join", lambda parts, by: by.join(parts))
        context.add_function("repeat", lambda text, times: text * times)
        context.add_function("sorted", sorted)
        context.add_function("reversed", lambda values: values[::-1])
        context.add_function("upper", str.upper)
        context.add_function("substring", lambda text, start, end: text[start:end])
        context.add_function("word", lambda text, by, index: text.split(by)[index])
        return context


class Expressions:
    """Compiles expressions on first use and evaluates them."""

    def __init__(self) -> None:
        self._compiled: dict[str, tuple[Any, frozenset[str]]] = {}

    def evaluate(self, expression: str, scope: Scope) -> Json:
        """The value of an expression; ExpressionError quotes one that cannot be evaluated."""
        try:
            if expression not in self._compiled:
                used = frozenset(_NAME.findall(expression))
                self._compiled[expression] = cel.compile(expression), used
            program, used = self._compiled[expression]
            return program.execute(scope.context(used))
        except (ValueError, TypeError, KeyError, RuntimeError, IndexError, AttributeError) as error:
            names = ", ".join(sorted(scope.names))
            raise ExpressionError(
                f"{expression!r} cannot be evaluated: {error} (it may use: {names})"
            ) from error

    def holds(self, expression: str, scope: Scope) -> bool:
        """Whether an expression is true; one that cannot be evaluated is not."""
        try:
            return self.evaluate(expression, scope) is True
        except ExpressionError:
            return False

    def fill(self, template: Json, scope: Scope) -> Json:
        """A template with its expressions evaluated; `= absent` leaves a member out."""
        if isinstance(template, dict):
            filled = {name: self.fill(member, scope) for name, member in template.items()}
            return {name: member for name, member in filled.items() if member != _ABSENT}
        if isinstance(template, list):
            return [self.fill(member, scope) for member in template]
        if is_expression(template):
            return self.evaluate(template.removeprefix(_MARK), scope)
        return template
