"""Each function of expressions does what it says; what cannot be evaluated is quoted."""

from __future__ import annotations

import weakref
from datetime import UTC, datetime
from typing import Any

import pytest

from contract_tests.semantics import ExpressionError, Expressions, Scope

NOW = datetime(2026, 2, 20, 15, tzinfo=UTC)
NAMES = {"record": {"name": "Zoë", "phone": "+1 (555) 01", "none": None, "prices": [3, 1, 3]}}


def _value(expression: str, **names: Any) -> Any:
    return Expressions().evaluate(expression, Scope({**NAMES, **names}, NOW))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("instant('2026-02-01T12:00:00+02:00') == instant('2026-02-01t10:00:00z')", True),
        ("instant('2026-02-01') == instant('2026-02-01T00:00:00Z')", True),
        ("instant('2026-02-20T15:00:00Z') == now", True),
        ("day_end('2026-02-01') > instant('2026-02-01T23:59:59Z')", True),
        ("day_end('2026-02-01') < instant('2026-02-02')", True),
        ("day_end('2026-02-01T10:00:00Z') == instant('2026-02-01T10:00:00Z')", True),
        ("text_of(instant('2026-02-01T12:00:00+02:00'))", "2026-02-01T10:00:00Z"),
        ("later('P1DT2H')", "2026-02-21T17:00:00Z"),
        ("later('-PT5M')", "2026-02-20T14:55:00Z"),
        ("later('PT90S')", "2026-02-20T15:01:30Z"),
        ("fold('STRASSE') == fold('straße')", True),
        ("fold(record.none)", ""),
        ("digits(record.phone)", "155501"),
        ("digits('٣4')", "4"),
        ("distinct(record.prices)", [3, 1]),
        ("or_empty(record.none) + or_empty(record.name)", "Zoë"),
        ("sum(record.prices)", 7),
        ("sorted(record.prices)", [1, 3, 3]),
        ("join(['a', 'b'], '-')", "a-b"),
        ("repeat('ab', 3)", "ababab"),
        ("record.prices.map(each, each * 2)", [6, 2, 6]),
        ("int('12') + 1", 13),
    ],
)
def test_a_function_gives_what_it_says(expression: str, value: Any) -> None:
    assert _value(expression) == value


@pytest.mark.parametrize(
    "expression",
    [
        "record.nothing",
        "nobody.name",
        "record.name +",
        "instant('soon')",
        "instant(record.none)",
        "later('a week')",
        "later('P')",
        "int('twelve')",
        "record.name < 5",
        "record.prices[9]",
        "no_such_function(1)",
    ],
)
def test_what_cannot_be_evaluated_is_quoted(expression: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        _value(expression)
    assert repr(expression) in str(raised.value)
    assert "it may use: record" in str(raised.value)


def test_what_cannot_be_evaluated_does_not_hold() -> None:
    expressions, scope = Expressions(), Scope(NAMES, NOW)
    assert expressions.holds("record.name == 'Zoë'", scope)
    assert not expressions.holds("record.nothing == 1", scope)
    assert not expressions.holds("record.name", scope)


def test_a_template_is_filled_at_every_depth_and_the_rest_is_left() -> None:
    template = {"a": "= record.name", "b": [{"c": "= sum(record.prices)"}, "=x"], "d": 1}
    filled = Expressions().fill(template, Scope(NAMES, NOW))
    assert filled == {"a": "Zoë", "b": [{"c": 7}, "=x"], "d": 1}
    assert template["a"] == "= record.name"


def test_absent_leaves_a_member_out() -> None:
    assert Expressions().fill({"a": "= absent", "b": None}, Scope({})) == {"b": None}


def test_a_name_of_the_scope_wins_over_nothing_of_the_next() -> None:
    expressions = Expressions()
    assert [expressions.evaluate("x + 1", Scope({"x": each})) for each in (1, 2)] == [2, 3]


def test_what_expressions_saw_does_not_outlive_its_use() -> None:
    """Answers are large, and a run evaluates thousands of expressions."""
    scope = Scope({"made": {"name": "Ada"}})
    assert Expressions().evaluate("later('P1D') != made.name", scope) is True
    left = weakref.ref(scope)
    del scope
    assert left() is None
