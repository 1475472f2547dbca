"""Values to filter by: those that are declared, those that rows have, and those beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import Any

from contract_tests.bench import Bench
from contract_tests.calling import text_of
from contract_tests.packs.collections.crowd import Crowd
from contract_tests.semantics import ExpressionError, Filter
from contract_tests.semantics.expressions import instant, moment_text

Json = Any
_DRAWS = {"smoke": 1, "standard": 3, "deep": 8}
_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_ZONES = (timezone(timedelta(hours=2)), timezone(-timedelta(hours=5, minutes=30)))


def values_of(crowd: Crowd, name: str, rule: Filter, rows: list[Json]) -> list[str]:
    """Texts to filter by, each once; those that the parameter does not take are left out."""
    bench = crowd.bench
    found = [text_of(bench.fill(each, **crowd.names)) for each in (*rule.values, *rule.nobody)]
    most = _DRAWS[bench.plan.profile.name]
    for expression in rule.draws:
        chosen = rows if len(rows) <= most else bench.random.sample(rows, most)
        for item in chosen:
            drawn = _drawn(crowd, expression, item)
            if drawn is not None:
                found.extend(_around(rule, drawn))
                if bench.plan.profile.name != "smoke" and not (rule.cuts or rule.kind):
                    found.extend(_parts(drawn))
    return [each for each in dict.fromkeys(found) if is_taken(bench, name, each)]


def is_taken(bench: Bench, name: str, value: str) -> bool:
    """Whether a parameter that is a text takes a value."""
    for parameter in bench.operation.parameters_in("query"):
        if parameter.name == name:
            schema = bench.contract.document.resolve(parameter.schema)
            is_text = schema.get("type") == "string"
            return not is_text or bench.contract.schemas.fits(schema, value)
    return True


def _drawn(crowd: Crowd, expression: str, item: Json) -> Json:
    made = next((each for each in crowd.rows if each.id == crowd.id_of(item)), None)
    scope = crowd.bench.scope(item=item, record=made.record if made else None)
    try:
        return crowd.bench.expressions.evaluate(expression, scope)
    except ExpressionError:
        return None


def _around(rule: Filter, drawn: Json) -> Iterator[str]:
    if rule.kind == "moment" and isinstance(drawn, str):
        yield from _moments(drawn)
    elif rule.kind == "number" and isinstance(drawn, int):
        yield from (str(each) for each in (drawn - 1, drawn, drawn + 1) if each >= 0)
    elif rule.cuts and isinstance(drawn, str):
        yield from (each for each in _cuts(drawn) if each)
    else:
        yield text_of(drawn)
        if isinstance(drawn, str):
            yield from (drawn.upper(), drawn.lower())


def _parts(drawn: Json) -> Iterator[str]:
    """A text without its last sign, and without its first: what only meets a part of it."""
    if isinstance(drawn, str):
        yield from (each for each in (drawn[:-1].strip(), drawn[1:].strip()) if each)


def _moments(text: str) -> Iterator[str]:
    """The moment, its neighbours, other ways to write it, and days around it."""
    moment = instant(text)
    yield from (text, moment_text(moment - _SECOND), moment_text(moment + _SECOND))
    yield from (moment.astimezone(zone).isoformat(timespec="seconds") for zone in _ZONES)
    yield from ((moment + day).date().isoformat() for day in (-_DAY, 0 * _DAY, _DAY))


def _cuts(text: str) -> Iterator[str]:
    """A text, parts of it, and both in other cases; no cut begins or ends with a blank."""
    half = (len(text) + 1) // 2
    quarter = len(text) // 4
    parts = (text, text[:half], text[half:], text[quarter : quarter + half], text[:-1])
    for part in parts:
        yield part.strip()
    for part in (text, text[:half]):
        yield from (part.strip().upper(), part.strip().lower(), part.strip().swapcase())
