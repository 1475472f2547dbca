"""Examples of the document: how things look, the only things there are, or nothing at all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.engine.data.drawing import drawn, maker, many

TICKET: dict[str, Any] = {
    "type": "object",
    "required": ["number", "seat", "gate", "fare", "email", "airline"],
    "properties": {
        "number": {"type": "string", "example": "TKT-20391"},
        "seat": {"type": "string", "examples": ["12A", "14C", "21F"]},
        "gate": {"type": "string", "example": "North pier"},
        "fare": {"type": "number", "example": 120.5},
        "email": {"type": "string", "format": "email", "example": "jo@airline.example"},
        "airline": {"type": "string", "example": 7},
    },
}


def test_things_look_like_the_example_and_are_not_all_the_same() -> None:
    tickets = many(TICKET, 40)
    assert all(re.fullmatch(r"TKT-\d{5}", ticket["number"]) for ticket in tickets)
    assert len({ticket["number"] for ticket in tickets}) > 35
    assert all(re.fullmatch(r"\d\d[A-Z]", ticket["seat"]) for ticket in tickets)
    assert all(60 <= ticket["fare"] <= 181 for ticket in tickets)


def test_a_word_that_nothing_is_known_of_is_taken_as_it_is() -> None:
    assert {ticket["gate"] for ticket in many(TICKET, 20)} == {"North pier"}


def test_what_tells_one_thing_from_another_is_made() -> None:
    assert "jo@airline.example" not in {ticket["email"] for ticket in many(TICKET, 20)}


def test_an_example_that_is_invalid_is_never_used() -> None:
    for examples in ("first", "only", "never"):
        airlines = {ticket["airline"] for ticket in many(TICKET, 10, examples=examples)}
        assert all(isinstance(airline, str) and airline != "7" for airline in airlines)


def test_only_documented_values_are_used_where_there_are_any() -> None:
    for ticket in many(TICKET, 20, examples="only"):
        assert ticket["number"] == "TKT-20391"
        assert ticket["email"] == "jo@airline.example"
        assert ticket["seat"] in {"12A", "14C", "21F"}
        assert ticket["fare"] == 120.5


def test_a_whole_example_is_used_whole_when_only_examples_are() -> None:
    example = {
        "number": "A1",
        "seat": "1A",
        "gate": "B",
        "fare": 1,
        "email": "a@b.c",
        "airline": "C",
    }
    assert drawn(maker({**TICKET, "example": example}, examples="only")) == example


def test_a_whole_example_that_breaks_the_schema_is_not_used_whole() -> None:
    value = drawn(maker({**TICKET, "example": {"number": 1, "seat": "9Z"}}, examples="only"))
    assert value["number"] == "TKT-20391"


def test_a_whole_example_tells_how_its_members_look() -> None:
    thing = {
        "type": "object",
        "properties": {"batch": {"type": "string"}, "codes": {"type": "array", "items": {}}},
        "example": {"batch": "LOT-774", "codes": ["q-1", "q-2"]},
    }
    for value in many(thing, 20):
        assert re.fullmatch(r"LOT-\d{3}", value["batch"])
        assert all(re.fullmatch(r"q-\d", code) for code in value["codes"])


@pytest.mark.parametrize("word", ["TKT", "North pier"])
def test_no_example_is_used_when_none_is_asked_for(word: str) -> None:
    assert word not in str(many(TICKET, 20, examples="never"))


def test_a_default_is_what_stands_for_a_missing_example() -> None:
    thing = {"type": "string", "default": "en-GB-oxendict"}
    assert drawn(maker(thing), name="spelling") == "en-GB-oxendict"


def test_an_example_helps_where_no_value_can_be_made() -> None:
    odd = {"type": "string", "pattern": "^(?=.*q)(?=.*z)(?!.*[aeiou])(?<=^)[a-z]{9}$"}
    thing = {"not": {"pattern": "^[^7]*$"}, "type": "string", "maxLength": 3, "minLength": 3}
    assert drawn(maker({**thing, "example": "x7y"})) == "x7y"
    assert drawn(maker({**odd, "example": "qzqzqzqzq"})) == "qzqzqzqzq"


@pytest.mark.parametrize("example", ["2021-03-04", "2021-03-04T05:06:07Z"])
def test_an_example_that_is_a_date_asks_for_dates(example: str) -> None:
    for text in many({"type": "string", "example": example}, 20):
        assert re.fullmatch(r"202[456]-[01]\d-[0-3]\d(T\d\d:\d\d:\d\dZ)?", text)
        assert len(text) == len(example)


@pytest.mark.parametrize("example", ["10:30", "10.0.0.1", "10.0.0.0/16", "3/4"])
def test_digits_that_mean_something_together_are_left_alone(example: str) -> None:
    assert set(many({"type": "string", "example": example}, 10)) == {example}
