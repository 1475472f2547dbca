"""Plans for values without parts: listed values, numbers, flags, null."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import jsonschema_rs

from mockserver.engine.data.amounts import Span, in_milliseconds, span_of, tells_time
from mockserver.engine.data.canonical import is_number
from mockserver.engine.data.facts import moment, moment_key
from mockserver.engine.data.meanings import likely_true
from mockserver.engine.data.merging import Contradiction, Flat, same
from mockserver.engine.data.naming import words_of
from mockserver.engine.data.scene import MISSING, Scene

Check = Callable[[Any], bool]
_LEAF = (
    "type", "enum", "format", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf",
)  # fmt: skip
_INT32 = 2**31 - 1
_WIDEST = 10**15
_WIDE = Span(-1_000_000, 1_000_000, 2)


def check_of(flat: Flat) -> Check:
    """Whether a value without parts keeps to a flat node; formats count."""
    schema = {key: flat[key] for key in _LEAF if key in flat}
    if schema.keys() == {"type"} and schema["type"] == ["string"] and "pattern" not in flat:
        return _is_text
    schema["allOf"] = [{"pattern": pattern} for pattern in flat.get("pattern", ())] or [{}]
    is_valid: Check = jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid
    return is_valid


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def copied(value: Any) -> Any:
    """A value of the document that may be given away: what has parts is copied."""
    if isinstance(value, dict):
        return {name: copied(each) for name, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value


class ListedPlan:
    """One of the values of an `enum`."""

    __slots__ = ("_values",)

    def __init__(self, values: list[Any]) -> None:
        if not values:
            raise Contradiction
        self._values = values

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """The given value if it is listed, else one by chance."""
        if given is not MISSING and self.affinity(given) > 0:
            return given
        return copied(scene.pick(self._values))

    def affinity(self, value: Any) -> float:
        """Two for a listed value."""
        return 2 if any(value is v or same(value, v) for v in self._values) else -3


class FlagPlan:
    """True or false, as the name makes likely."""

    __slots__ = ("_share",)

    def __init__(self, name: str) -> None:
        self._share = likely_true(name)

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """The given flag, also when it is written as text, else one by chance."""
        if isinstance(given, bool):
            return given
        if given in ("true", "false"):
            return given == "true"
        return scene.chance.random() < self._share

    def affinity(self, value: Any) -> float:
        """Two for a flag."""
        return 2 if isinstance(value, bool) else -1


class NullPlan:
    """Null and nothing else."""

    __slots__ = ()

    def make(self, scene: Scene, given: Any = MISSING) -> Any:  # noqa: ARG002 - one shape of plans
        """None."""
        return None

    def affinity(self, value: Any) -> float:
        """Two for null."""
        return 2 if value is None else -1


class NumberPlan:
    """A number on a grid between bounds, likely for its name or near the documented ones."""

    __slots__ = (
        "_check",
        "_first",
        "_is_whole",
        "_milliseconds",
        "_moment",
        "_place",
        "_range",
        "_step",
        "_wide",
    )

    def __init__(
        self, flat: Flat, name: str, documented: list[Any], step: Fraction | None = None
    ) -> None:
        """Contradiction when no number is on the grid, whose step is found if it is not given."""
        self._check = check_of(flat)
        self._is_whole = "integer" in flat["type"]
        numbers = [n for n in documented if is_number(n) and self._check(n)]
        span = _near(numbers, span_of(name, whole=self._is_whole), self._is_whole)
        self._step = step or _step_of(flat, self._is_whole, span)
        self._first, self._range = _bounds(flat, self._step, span)
        self._wide = _bounds(flat, self._step, _WIDE)
        self._place = _place_fact(name)
        is_instant = self._is_whole and tells_time(name, flat)
        self._moment = moment_key(words_of(name)) if is_instant else None
        self._milliseconds = in_milliseconds(name, flat)

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """The given number, also when it is written as text, else one by chance."""
        for candidate in (given, _as_number(given)):
            if candidate is not MISSING and is_number(candidate) and self._takes(candidate):
                return candidate
        if not scene.plain:
            told = self._told(scene)
            if told is not None and self._takes(told):
                return told
        first, count = self._wide if scene.plain else (self._first, self._range)
        value = self._number(first + int(scene.chance.random() * count))
        is_round = not self._is_whole and value == int(value)
        if scene.plain and is_round and self._check(value + 0.5):
            return value + 0.5  # which cannot be taken for a whole number
        return value

    def affinity(self, value: Any) -> float:
        """Two for a number that fits, one for a number."""
        return -1 if not is_number(value) else 2 if self._takes(value) else 1

    def _takes(self, value: Any) -> bool:
        return self._check(value) and not (self._is_whole and isinstance(value, float))

    def _told(self, scene: Scene) -> Any:
        if self._moment is not None:
            seconds = int(moment(scene.entity, self._moment).timestamp())
            return seconds * 1000 if self._milliseconds else seconds
        return scene.entity.fact(self._place) if self._place and not self._is_whole else None

    def _number(self, count: int) -> int | float:
        above, below = count * self._step.numerator, self._step.denominator
        return above // below if above % below == 0 else above / below


def _place_fact(name: str) -> str | None:
    joined = "".join(words_of(name))
    if joined in {"lat", "latitude"}:
        return "latitude"
    return "longitude" if joined in {"lng", "lon", "long", "longitude"} else None


def _as_number(given: Any) -> Any:
    if isinstance(given, float) and given.is_integer() and abs(given) < _WIDEST:
        return int(given)
    if not isinstance(given, str) or len(given) > 30:
        return MISSING
    try:
        return int(given)
    except ValueError:
        pass
    try:
        return float(given)
    except ValueError:
        return MISSING


def _near(numbers: list[Any], likely: Span, whole: bool) -> Span:
    """Around the documented numbers, if there are any that tell something."""
    telling = [n for n in numbers if abs(n) > 1]
    if not telling:
        return likely
    low, high = sorted((min(telling) * 0.5, max(telling) * 1.5))
    decimals = 0 if whole else max(len(str(n).partition(".")[2]) for n in telling)
    return Span(low, high, min(decimals, 6))


def _step_of(flat: Flat, whole: bool, span: Span) -> Fraction:
    multiple = Fraction(str(flat["multipleOf"])) if "multipleOf" in flat else None
    if multiple is None:
        return Fraction(1) if whole else Fraction(1, 10**span.decimals)
    return Fraction(multiple.numerator) if whole else multiple


def _bounds(flat: Flat, step: Fraction, span: Span) -> tuple[int, int]:
    """The first count of steps, and how many there are; Contradiction when there is none."""
    lowest, highest = _limit(flat, "minimum", max), _limit(flat, "maximum", min)
    if flat.get("format") == "int32":
        lowest = Fraction(-_INT32) if lowest is None else max(lowest, Fraction(-_INT32))
        highest = Fraction(_INT32) if highest is None else min(highest, Fraction(_INT32))
    first = None if lowest is None else math.ceil(lowest / step)
    last = None if highest is None else math.floor(highest / step)
    if first is not None and first * step == _fraction(flat.get("exclusiveMinimum")):
        first += 1
    if last is not None and last * step == _fraction(flat.get("exclusiveMaximum")):
        last -= 1
    if first is not None and last is not None and first > last:
        raise _Gridless
    likely = math.ceil(_fraction(span.low) / step), math.floor(_fraction(span.high) / step)
    return _within(first, last, *likely)


class _Gridless(Contradiction):
    """No number of the grid lies between the bounds."""


def _within(first: int | None, last: int | None, low: int, high: int) -> tuple[int, int]:
    width = max(high - low, 1)
    start = low if first is None else max(low, first)
    end = high if last is None else min(high, last)
    if start > end and first is not None:
        start, end = first, first + width if last is None else min(last, first + width)
    elif start > end and last is not None:
        start, end = last - width, last
    return start, max(1, end - start + 1)


def _limit(flat: Flat, bound: str, strictest: Callable[..., Any]) -> Fraction | None:
    strict = f"exclusive{bound.capitalize()}"
    found = [_fraction(flat[key]) for key in (bound, strict) if key in flat]
    return strictest(found) if found else None


def _fraction(value: Any) -> Fraction:
    return Fraction(str(value)) if value is not None else Fraction(-(10**30), 7)


def number_plan(flat: Flat, name: str, documented: list[Any]) -> NumberPlan:
    """The plan of a numeric node; the grid is made finer where the bounds are close together."""
    try:
        return NumberPlan(flat, name, documented)
    except _Gridless:
        if "integer" in flat["type"] or "multipleOf" in flat:
            raise Contradiction from None
    low, high = _limit(flat, "minimum", max), _limit(flat, "maximum", min)
    assert low is not None
    assert high is not None
    if high < low or (high == low and not check_of(flat)(float(low))):
        raise Contradiction
    return NumberPlan(flat, name, documented, (high - low) / 8 or abs(low))
