"""A schema that takes no value is told of by name: nothing is made up in its place."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.engine.data import Maker, UnfillableError
from tests.engine.data.drawing import document, drawn, maker

TEXT = {"type": "string"}
NODE = {"$ref": "#/components/schemas/Thing"}

IMPOSSIBLE: dict[str, Any] = {
    "false": False,
    "two types": {"allOf": [TEXT, {"type": "integer"}]},
    "no number between": {"type": "integer", "minimum": 4, "maximum": 3},
    "no multiple between": {"type": "integer", "minimum": 11, "maximum": 19, "multipleOf": 10},
    "no listed value": {"allOf": [{"enum": ["a"]}, {"enum": ["b"]}]},
    "too few listed values": {
        "type": "array", "minItems": 3, "uniqueItems": True, "items": {"enum": [1, 2]}
    },
    "longer than it may be": {"type": "string", "minLength": 5, "maxLength": 4},
    "a text for no pattern": {"type": "string", "pattern": "^a+$", "maxLength": 0},
    "more items than may be": {"type": "array", "minItems": 5, "maxItems": 4},
    "more members than may be": {
        "type": "object", "required": ["a", "b"], "maxProperties": 1
    },
    "a required member that is forbidden": {
        "properties": {"a": False}, "required": ["a"], "type": "object"
    },
    "closed against what it needs": {
        "type": "object", "additionalProperties": False, "required": ["a"]
    },
    "an object within itself, without end": {
        "type": "object", "required": ["next"], "properties": {"next": NODE}
    },
    "not what it is": {"type": "integer", "not": {"type": "integer"}},
    "a list longer than any": {"type": "array", "minItems": 10**9, "items": TEXT},
    "a text longer than any": {"type": "string", "minLength": 10**10},
}  # fmt: skip


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_takes_no_value_is_unfillable(name: str) -> None:
    with pytest.raises(UnfillableError, match="'thing'"):
        drawn(maker(IMPOSSIBLE[name]), name="thing")


def test_an_optional_member_that_takes_no_value_is_left_out() -> None:
    thing = {"type": "object", "properties": {"a": TEXT, "b": False, "c": IMPOSSIBLE["two types"]}}
    assert drawn(maker(thing)).keys() == {"a"}


def test_a_branch_that_takes_no_value_is_never_taken() -> None:
    thing = {"oneOf": [IMPOSSIBLE["two types"], {"const": 7}, IMPOSSIBLE["no listed value"]]}
    made_by = maker(thing)
    assert {drawn(made_by, seed) for seed in range(20)} == {7}


def test_a_list_of_what_takes_no_value_is_empty() -> None:
    assert drawn(maker({"type": "array", "items": IMPOSSIBLE["two types"]})) == []


def test_a_shape_that_can_end_does() -> None:
    thing = {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"anyOf": [NODE, {"type": "null"}]}},
    }
    made_by = maker(thing)
    depth, value = 0, drawn(made_by)
    while value is not None:
        depth, value = depth + 1, value["next"]
    assert depth in {1, 2}


def test_a_reference_that_leads_nowhere_takes_anything() -> None:
    whole = document({"type": "object", "properties": {"a": {"$ref": "#/components/schemas/No"}}})
    assert "a" in drawn(Maker(whole, dialect="3.0"))


def test_what_could_fail_in_a_million_ways_is_given_up_soon() -> None:
    levels: dict[str, Any] = {"L0": {"type": "string", "maxLength": 1, "not": {"maxLength": 1}}}
    for level in range(9):
        below = {"$ref": f"#/components/schemas/L{level}"}
        branch = {"type": "object", "required": ["x"], "properties": {"x": below}}
        choice = {"oneOf": [{**branch, "title": str(number)} for number in range(9)]}
        levels[f"L{level + 1}"] = {"type": "array", "minItems": 2, "items": choice}
    made_by = Maker(document({"$ref": "#/components/schemas/L9"}, **levels), dialect="3.1")
    with pytest.raises(UnfillableError):
        drawn(made_by)
