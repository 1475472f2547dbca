"""The awkward words of each dialect, accepted and refused as it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contract.foreign.documents import answers, codes, loaded, takes, with_schema

PET = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": ["string", "null"]}, [None, "a"], [1]),
        ({"const": "a"}, ["a"], ["b", None]),
        ({"type": "number", "exclusiveMinimum": 1}, [1.5], [1]),
        ({"type": "integer"}, [1, 1.0], [1.5, "1"]),
        ({"prefixItems": [{"type": "integer"}], "items": False}, [[1]], [["a"], [1, 2]]),
        ({"$ref": "#/components/schemas/Pet", "maxProperties": 1},
         [{"kind": "a"}], [{}, {"kind": "a", "b": 1}]),
        ({"allOf": [{"$ref": "#/components/schemas/Pet"}], "unevaluatedProperties": False},
         [{"kind": "a"}], [{"kind": "a", "b": 1}]),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, [{}, {"a": 1, "b": 1}],
         [{"a": 1}]),
        ({"dependentRequired": {"a": ["b"]}}, [{"b": 1}], [{"a": 1}]),
        ({"patternProperties": {"^x-": {"type": "integer"}}}, [{"x-a": 1}], [{"x-a": "1"}]),
        ({"propertyNames": {"maxLength": 1}}, [{"a": 1}], [{"ab": 1}]),
        ({"contains": {"type": "integer"}, "minContains": 2}, [[1, 2]], [[1, "a"]]),
        ({"type": "string", "format": "uuid"}, ["00000000-0000-4000-8000-000000000000"], ["x"]),
        ({"anyOf": [True, False]}, [1], []),
        ({"not": {"type": "string"}}, [1], ["a"]),
    ],
)  # fmt: skip
def test_openapi_3_1_means_what_json_schema_says(
    tmp_path: Path, schema: Any, good: list[Any], bad: list[Any]
) -> None:
    found = loaded(tmp_path, with_schema(schema, "3.1.0", Pet=PET))
    assert codes(found) == []
    assert [answers(found, value) for value in good] == [True] * len(good)
    assert [answers(found, value) for value in bad] == [False] * len(bad)


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "string", "nullable": True}, [None, "a"], [1]),
        ({"nullable": True, "allOf": [{"$ref": "#/components/schemas/Pet"}]},
         [None, {"kind": "a"}], [{}]),
        ({"type": "integer"}, [1], [1.0, None]),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": True}, [2], [1]),
        ({"type": "string", "format": "uuid"}, ["00000000-0000-4000-8000-000000000000"], ["x"]),
        ({"type": "string", "format": "duration"}, ["PT1H"], ["an hour"]),
        ({"type": "string", "format": "byte"}, ["anything"], [1]),
        ({"type": "object", "additionalProperties": False}, [{}], [{"a": 1}]),
        ({"const": 1}, [2], []),
    ],
)  # fmt: skip
def test_openapi_3_0_means_what_it_says(
    tmp_path: Path, schema: Any, good: list[Any], bad: list[Any]
) -> None:
    found = loaded(tmp_path, with_schema(schema, Pet=PET))
    assert codes(found) == []
    assert [answers(found, value) for value in good] == [True] * len(good)
    assert [answers(found, value) for value in bad] == [False] * len(bad)


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_one_direction_never_needs_is_not_required_there(tmp_path: Path, version: str) -> None:
    schema = {
        "type": "object",
        "required": ["id", "secret"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
        },
    }
    found = loaded(tmp_path, with_schema(schema, version))
    assert takes(found, {"secret": "a"})
    assert not takes(found, {"id": 1})
    assert answers(found, {"id": 1})
    assert not answers(found, {"secret": "a"})


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_branches_that_overlap_are_told_apart_in_answers_alone(
    tmp_path: Path, version: str
) -> None:
    schema = {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind"},
    }
    found = loaded(tmp_path, with_schema(schema, version, Cat=PET, Dog=PET))
    assert takes(found, {"kind": "Cat"})
    assert not takes(found, {})
    assert not answers(found, {"kind": "Cat"})


def test_a_parent_and_a_child_that_name_each_other_come_to_an_end(tmp_path: Path) -> None:
    parent = {**PET, "oneOf": [{"$ref": "#/components/schemas/Child"}]}
    child = {"allOf": [{"$ref": "#/components/schemas/Parent"}, {"required": ["age"]}]}
    schema = {"$ref": "#/components/schemas/Parent"}
    found = loaded(tmp_path, with_schema(schema, Parent=parent, Child=child))
    assert answers(found, {"kind": "a", "age": 1})
    assert not answers(found, {"age": 1})


def test_a_tree_of_any_depth_is_held_to_its_schema(tmp_path: Path) -> None:
    tree = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Tree"}}
    found = loaded(tmp_path, with_schema({"$ref": "#/components/schemas/Tree"}, Tree=tree))
    assert takes(found, {"a": {"b": {}}})
    assert not takes(found, {"a": {"b": 1}})
