from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mockserver.chaos import (
    Effect,
    FaultRule,
    HeaderMatch,
    Pattern,
    RequestMatch,
    Schedule,
    Standing,
    read_faults,
    show_rule,
    show_standing,
)
from mockserver.contract import SchemaCompiler
from mockserver.errors import BadRequest, Refusal, RuleBroken
from tests.chaos.scene import rules

DOCUMENT = yaml.safe_load((Path(__file__).parent / "fault_schema.yaml").read_text())
COMPILER = SchemaCompiler(DOCUMENT)
REQUEST = COMPILER.compile({"$ref": "#/components/schemas/FaultRequest"}, "request")
FAULT = COMPILER.compile({"$ref": "#/components/schemas/Fault"}, "response")

WHOLE = {
    "id": "slow-bookings",
    "match": {
        "operation_id": "createBooking",
        "method": "POST",
        "path": "/v1/*",
        "header": {"name": "x-test", "value": "a*"},
    },
    "probability": 0.5,
    "schedule": {
        "first": 4,
        "every": 2,
        "from": "2026-02-20T12:00:00Z",
        "until": "2026-02-20T13:00:00Z",
    },
    "effect": {
        "delay_ms": [100, 200],
        "status": 503,
        "retry_after": 3,
        "reset": True,
        "truncate": True,
        "content_type": "text/html",
        "invalid_body": "syntax",
    },
}
READ = FaultRule(
    Effect((100, 200), 503, 3, True, True, "text/html", "syntax"),
    RequestMatch("createBooking", "POST", Pattern("/v1/*"), HeaderMatch("x-test", Pattern("a*"))),
    Schedule(
        4, 2, datetime(2026, 2, 20, 12, tzinfo=UTC), datetime(2026, 2, 20, 13, tzinfo=UTC)
    ),
    0.5,
    "slow-bookings",
)  # fmt: skip


def refusal(body: Any, *operation_ids: str) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read_faults(body, operation_ids or None)
    return refused.value


def effect(**members: Any) -> dict[str, Any]:
    return {"effect": members}


def test_every_member_is_read_and_written() -> None:
    assert read_faults(WHOLE).rules == (READ,)
    assert show_rule(READ) == WHOLE


def test_what_is_left_out_is_the_widest() -> None:
    request = read_faults({"effect": {"delay_ms": 250}})
    assert (request.name, request.rules) == ("fault", (FaultRule(Effect(delay_ms=(250, 250))),))
    assert show_rule(request.rules[0]) == {"probability": 1.0, "effect": {"delay_ms": 250}}


def test_empty_conditions_are_none() -> None:
    body = {"match": {}, "schedule": {}, "effect": {"reset": True}}
    assert read_faults(body).rules == (FaultRule(Effect(reset=True)),)


def test_header_names_are_lower_case_and_an_empty_value_is_one() -> None:
    body = {"match": {"header": {"name": "X-Test", "value": ""}}, "effect": {"reset": True}}
    rule = read_faults(body).rules[0]
    assert rule.match.header == HeaderMatch("x-test", Pattern(""))
    assert show_rule(rule)["match"] == {"header": {"name": "x-test", "value": ""}}


@given(rules)
def test_what_is_written_is_read_as_the_same_rule(rule: FaultRule) -> None:
    assert read_faults(show_rule(rule)).rules == (rule,)
    assert REQUEST.is_valid(show_rule(rule))


def test_a_listed_rule_keeps_to_the_schema() -> None:
    shown = show_standing(Standing(READ, 3, 1))
    assert shown == {"rule": WHOLE, "matched": 3, "fired": 1}
    assert FAULT.is_valid(shown)


WRONG: list[tuple[Any, str, str]] = [
    ([], "", "type"),
    (None, "", "type"),
    ({}, "effect", "required"),
    ({"effect": None}, "effect", "type"),
    (effect(), "effect", "minProperties"),
    (effect(delay=5), "effect.delay", "additionalProperties"),
    (effect(delay_ms="5"), "effect.delay_ms", "type"),
    (effect(delay_ms=1.0), "effect.delay_ms", "type"),
    (effect(delay_ms=True), "effect.delay_ms", "type"),
    (effect(delay_ms=-1), "effect.delay_ms", "minimum"),
    (effect(delay_ms=120_001), "effect.delay_ms", "maximum"),
    (effect(delay_ms=[1]), "effect.delay_ms", "oneOf"),
    (effect(delay_ms=[1, 2, 3]), "effect.delay_ms", "oneOf"),
    (effect(delay_ms=[1, True]), "effect.delay_ms", "oneOf"),
    (effect(delay_ms=[1, 120_001]), "effect.delay_ms", "maximum"),
    (effect(status=200), "effect.status", "minimum"),
    (effect(status=600), "effect.status", "maximum"),
    (effect(retry_after=86_401), "effect.retry_after", "maximum"),
    (effect(reset=False), "effect.reset", "enum"),
    (effect(truncate=1), "effect.truncate", "enum"),
    (effect(content_type="html"), "effect.content_type", "pattern"),
    (effect(content_type="a/b\r\nX: y"), "effect.content_type", "pattern"),
    (effect(content_type="a/" + "b" * 99), "effect.content_type", "maxLength"),
    (effect(invalid_body="json"), "effect.invalid_body", "enum"),
    ({"id": "", **effect(reset=True)}, "id", "pattern"),
    ({"id": "a b", **effect(reset=True)}, "id", "pattern"),
    ({"id": "a" * 65, **effect(reset=True)}, "id", "maxLength"),
    ({"probability": 1.1, **effect(reset=True)}, "probability", "maximum"),
    ({"probability": True, **effect(reset=True)}, "probability", "type"),
    ({"match": {"method": "post"}, **effect(reset=True)}, "match.method", "enum"),
    ({"match": {"path": "v1"}, **effect(reset=True)}, "match.path", "pattern"),
    ({"match": {"path": "/v1/{id}"}, **effect(reset=True)}, "match.path", "pattern"),
    ({"match": {"path": "/v1?a=1"}, **effect(reset=True)}, "match.path", "pattern"),
    ({"match": {"operation_id": ""}, **effect(reset=True)}, "match.operation_id", "pattern"),
    ({"match": {"header": {}}, **effect(reset=True)}, "match.header.name", "required"),
    ({"match": {"header": {"name": "a:"}}, **effect(reset=True)}, "match.header.name", "pattern"),
    ({"match": {"header": {"name": "a", "value": "\n"}}, **effect(reset=True)},
     "match.header.value", "pattern"),
    ({"match": {"header": "a"}, **effect(reset=True)}, "match.header", "type"),
    ({"schedule": {"first": 0}, **effect(reset=True)}, "schedule.first", "minimum"),
    ({"schedule": {"every": 0}, **effect(reset=True)}, "schedule.every", "minimum"),
    ({"schedule": {"from": "noon"}, **effect(reset=True)}, "schedule.from", "format"),
    ({"schedule": {"until": 5}, **effect(reset=True)}, "schedule.until", "type"),
    ({"schedule": {"since": 5}, **effect(reset=True)}, "schedule.since", "additionalProperties"),
    ({"preset": "fast"}, "preset", "enum"),
    ({"preset": ["down"]}, "preset", "enum"),
    ({"preset": "down", "effect": {"reset": True}}, "effect", "additionalProperties"),
    ({"preset": "down", "match": {"path": ""}}, "match.path", "pattern"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field", "code"), WRONG)
def test_another_form_is_refused_at_its_member(body: Any, field: str, code: str) -> None:
    refused = refusal(body)
    assert isinstance(refused, BadRequest)
    assert refused.code == "invalid_fault"
    assert [(problem.field, problem.code) for problem in refused.problems] == [(field, code)]
    assert refused.field == field
    assert not REQUEST.is_valid(body)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    body = {
        "match": {"method": "FETCH", "path": "x"},
        "schedule": {"first": -1},
        "effect": {"status": 200, "wait": 3},
        "chance": 1,
    }
    refused = refusal(body)
    assert {problem.field for problem in refused.problems} == {
        "match.method", "match.path", "schedule.first", "effect.status", "effect.wait", "chance",
    }  # fmt: skip
    assert "'effect.status' must be from 400 to 599, not 200." in refused.message
    assert "'chance' is not a known member: choose from effect, id, match" in refused.message


def test_the_telling_has_an_end() -> None:
    refused = refusal({"x" * 1000 + str(number): 1 for number in range(1000)})
    assert len(refused.problems) == 50
    assert len(refused.message) < 20_000


def test_a_rule_that_ends_before_it_begins_breaks_a_rule() -> None:
    moments = {"from": "2026-02-20T12:00:00Z", "until": "2026-02-20T13:00:00+01:00"}
    refused = refusal({"preset": "down", "schedule": moments})
    assert isinstance(refused, RuleBroken)
    assert (refused.code, refused.field) == ("invalid_fault", "schedule.until")


def test_an_operation_that_does_not_exist_breaks_a_rule() -> None:
    body = {"match": {"operation_id": "createBookings"}, "effect": {"reset": True}}
    assert read_faults(body).rules[0].match.operation_id == "createBookings"
    refused = refusal(body, "createBooking", "listCustomers")
    assert isinstance(refused, RuleBroken)
    assert refused.message == "'createBookings' is no operation: did you mean createBooking?"
    assert refusal(body, "x").message == "'createBookings' is no operation of the contract."


_values = st.sampled_from([None, True, False, -1, 0, 1, 1.0, 0.5, 503]) | st.sampled_from(
    ["", "a", "down", "GET", "/v1", "a/b", "shape", "2026-02-20T12:00:00Z", [], [1], [2, 1], {}]
)


def _objects(*names: str) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(names), _values, max_size=3) | _values


_bodies = st.fixed_dictionaries(
    {},
    optional={
        "effect": _objects(
            "delay_ms", "status", "retry_after", "reset", "truncate", "content_type", "invalid_body"
        ),
        "match": _objects("operation_id", "method", "path", "header"),
        "schedule": _objects("first", "every", "from", "since"),
        "id": _values,
        "probability": _values,
        "preset": st.sampled_from(["down", "flaky", "other"]),
    },
)


@given(_bodies)
def test_the_reader_takes_what_the_schema_takes(body: dict[str, Any]) -> None:
    try:
        read_faults(body)
        taken = True
    except BadRequest:
        taken = False
    assert taken == REQUEST.is_valid(body)
