"""Schemas as people write them: malformed, contradictory, recursive. A value or a clear refusal."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.contract.foreign.notes import Notes, Where
from mockserver.contract.foreign.schemas import SchemaMender
from mockserver.engine.data import Maker, UnfillableError
from tests.engine.data.drawing import document, drawn, maker

MALFORMED: list[Any] = [
    None, [], "string", 7, {"type": "date"}, {"type": ["text", 3]}, {"type": "file"},
    {"type": None},
    {"type": "object", "required": True, "properties": {"a": {"type": "string"}}},
    {"type": "object", "properties": {"a": None, "b": "string", "c": []}},
    {"type": "string", "pattern": "(["}, {"pattern": "[[:alpha:]]+", "minLength": 1},
    {"type": "string", "minLength": "3"}, {"type": "integer", "minimum": "1", "multipleOf": 0},
    {"type": "string", "format": 5}, {"enum": []}, {"enum": "a"}, {"enum": ["a", "a", "b"]},
    {"type": "array"}, {"type": "array", "items": [{"type": "string"}]}, {"items": None},
    {"allOf": []}, {"allOf": {}}, {"oneOf": [None]}, {"$ref": 3},
    {"$ref": "#/components/schemas/Thing"}, {"properties": []},
    {"discriminator": "kind", "oneOf": [{"type": "object"}]},
    {"discriminator": {"propertyName": "k", "mapping": {"a": None}}, "oneOf": [{"type": "object"}]},
    {"type": "string", "example": {"a": 1}, "default": 9}, {"type": "number", "maximum": 1e400},
    {"type": "object", "additionalProperties": "yes"}, {"patternProperties": {"(": {}}},
    {"type": "string", "enum": [1, None, "x"]}, {"required": ["a", 3, "a"]},
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(MALFORMED)))
@pytest.mark.parametrize("dialect", ["3.0", "3.1"])
def test_a_malformed_schema_is_filled_as_far_as_it_means_anything(
    number: int, dialect: Any
) -> None:
    whole = {"type": "object", "required": ["it"], "properties": {"it": MALFORMED[number]}}
    mended = document(whole)
    SchemaMender(mended, dialect, Notes()).mended(mended["components"]["schemas"]["Thing"], Where())
    made_by = Maker(mended, dialect=dialect)
    if MALFORMED[number] == {"$ref": "#/components/schemas/Thing"}:
        with pytest.raises(UnfillableError):
            drawn(made_by)
    else:
        assert "it" in drawn(made_by)


LEAVES = st.sampled_from(
    [
        {"type": "string"}, {"type": "integer", "minimum": 3}, {"type": ["null", "string"]},
        {"enum": ["a", "b", 3]}, {"const": True}, {"type": "string", "maxLength": 1}, True, {},
        {"type": "number", "multipleOf": 0.25}, {"type": "string", "format": "date"},
        {"type": "boolean"}, {"$ref": "#/components/schemas/Thing"},
        {"minimum": 5}, {"minLength": 2},
    ]
)  # fmt: skip
NAMES = st.sampled_from("abcd")


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.dictionaries(NAMES, inner, max_size=3)
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.fixed_dictionaries(
            {"properties": named},
            optional={
                "type": st.just("object"),
                "required": st.lists(NAMES, max_size=2, unique=True),
                "additionalProperties": st.one_of(st.booleans(), inner),
                "minProperties": st.integers(0, 3),
                "maxProperties": st.integers(1, 4),
            },
        ),
        st.fixed_dictionaries(
            {"items": inner},
            optional={"minItems": st.integers(0, 3), "uniqueItems": st.booleans()},
        ),
        st.fixed_dictionaries({}, optional={"anyOf": several, "oneOf": several, "allOf": several}),
        st.builds(lambda one, other: {**_mapping(one), "not": other}, inner, inner),
        st.builds(lambda a, b, c: {"if": a, "then": b, "else": c}, inner, inner, inner),
    )


def _mapping(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.recursive(LEAVES, _nested, max_leaves=8))
def test_any_schema_gives_a_valid_value_or_a_refusal(schema: Any) -> None:
    made_by = maker(schema)
    try:
        values = [drawn(made_by, seed) for seed in range(3)]
    except UnfillableError:
        return
    root = {"allOf": [schema], "components": {"schemas": {"Thing": schema}}}
    judge = jsonschema_rs.Draft202012Validator(root, validate_formats=True)
    assert all(judge.is_valid(value) for value in values)
