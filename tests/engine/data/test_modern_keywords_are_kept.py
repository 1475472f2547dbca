"""The keywords of OpenAPI 3.1 are JSON Schema's own, and every one of them is kept."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from tests.engine.data.drawing import many

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}

SCHEMAS: dict[str, Any] = {
    "a list of types": {"type": ["string", "integer", "null"], "maxLength": 4, "maximum": 9},
    "a constant": {"type": "object", "required": ["k"], "properties": {"k": {"const": [1, {}]}}},
    "exclusive bounds": {"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 2},
    "whole numbers between": {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 3},
    "items by place": {"prefixItems": [WHOLE, TEXT], "items": False, "minItems": 2},
    "items by place, then others": {"prefixItems": [TEXT], "items": WHOLE, "minItems": 4},
    "a member that asks for another": {
        "properties": {"card": TEXT, "address": TEXT},
        "dependentRequired": {"card": ["address", "zip"]},
    },
    "a member that asks for a schema": {
        "properties": {"card": TEXT},
        "required": ["card"],
        "dependentSchemas": {"card": {"required": ["cvc"], "properties": {"cvc": WHOLE}}},
    },
    "if, then, else": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": ["home", "work"]}},
        "if": {"properties": {"kind": {"const": "work"}}},
        "then": {"required": ["company"], "properties": {"company": TEXT}},
        "else": {"required": ["floor"], "properties": {"floor": WHOLE}},
    },
    "names by pattern": {
        "type": "object",
        "patternProperties": {"^x-[a-z]{3,6}$": WHOLE},
        "additionalProperties": False,
        "minProperties": 2,
    },
    "names of a form": {
        "type": "object",
        "propertyNames": {"pattern": "^[A-Z]{3}$"},
        "additionalProperties": {"type": "number"},
        "minProperties": 3,
        "maxProperties": 4,
    },
    "an item that must be there": {
        "type": "array", "items": {"type": ["string", "integer"]},
        "contains": {"type": "integer", "minimum": 90}, "minContains": 2, "minItems": 3,
    },
    "nothing beyond what is known": {
        "allOf": [{"properties": {"a": WHOLE}, "required": ["a"]}],
        "oneOf": [
            {"properties": {"b": TEXT}, "required": ["b"]},
            {"properties": {"c": TEXT}, "required": ["c"]},
        ],
        "unevaluatedProperties": False,
    },
    "not a type": {"not": {"type": ["string", "null", "object"]}},
    "not a value": {"type": "string", "enum": ["a", "b", "c"], "not": {"enum": ["a", "c"]}},
    "not with a member": {
        "type": "object", "properties": {"a": TEXT, "b": TEXT}, "not": {"required": ["a"]},
    },
    "not both members": {
        "type": "object", "properties": {"a": TEXT, "b": TEXT}, "not": {"required": ["a", "b"]},
    },
    "few members of many": {
        "type": "object", "properties": dict.fromkeys("abcdefgh", TEXT), "maxProperties": 3,
        "required": ["h"],
    },
    "more members than named": {"type": "object", "properties": {"a": TEXT}, "minProperties": 6},
    "a long text": {"type": "string", "minLength": 20_000, "maxLength": 20_001},
    "a long list": {"type": "array", "minItems": 500, "items": {"properties": {"id": WHOLE}}},
    "many distinct items": {"type": "array", "minItems": 300, "uniqueItems": True, "items": WHOLE},
    "two branches that overlap": {
        "oneOf": [
            {"type": "object", "properties": {"a": WHOLE, "b": WHOLE}, "required": ["a"]},
            {"type": "object", "properties": {"c": WHOLE, "b": TEXT}, "required": ["c", "b"]},
        ]
    },
    "a branch within a branch": {
        "anyOf": [{"oneOf": [{"const": 1}, {"const": 2}]}, {"allOf": [TEXT, {"maxLength": 3}]}]
    },
    "bounds from several parts": {
        "allOf": [
            {"type": "number", "minimum": 10, "multipleOf": 4},
            {"type": "integer", "maximum": 40, "multipleOf": 6},
        ]
    },
    "several patterns": {"allOf": [{"pattern": "^[a-f0-9]+$"}, {"pattern": "^.{24}$"}, TEXT]},
    "closed and open together": {
        "allOf": [
            {"properties": {"a": TEXT, "b": WHOLE}, "additionalProperties": False},
            {"type": "object", "properties": {"b": {"minimum": 7}, "zzz": TEXT}},
        ]
    },
    "definitions of its own": {"$ref": "#/components/schemas/Thing/$defs/pair", "$defs": {
        "pair": {"type": "array", "items": WHOLE, "minItems": 2, "maxItems": 2}}},
    "siblings of a reference": {
        "type": "object", "required": ["n"], "$defs": {"n": WHOLE},
        "properties": {"n": {"$ref": "#/components/schemas/Thing/$defs/n", "minimum": 1000}},
    },
    "true": True,
    "nothing said": {},
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_draw_keeps_to_it(name: str) -> None:
    root = {"allOf": [SCHEMAS[name]], "components": {"schemas": {"Thing": SCHEMAS[name]}}}
    judge = jsonschema_rs.Draft202012Validator(root, validate_formats=True)
    for value in many(SCHEMAS[name], 20):
        assert judge.is_valid(value), value
