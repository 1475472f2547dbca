"""An OpenAPI 3.0 schema is compiled to the same meaning, and its findings say what to do."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.contract import SchemaCompiler
from mockserver.errors import SetupError


def findings(
    schema: Any, value: Any, *, schemas: Any = None, direction: Any = "request"
) -> list[str]:
    compiler = SchemaCompiler({"components": {"schemas": schemas or {}}})
    return [v.sentence for v in compiler.compile(schema, direction).problems(value, "body")]


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "integer"}, 1, 1.0),
        ({"type": "integer"}, 1, True),
        ({"type": "string", "nullable": True}, None, 1),
        ({"type": "string", "nullable": True, "enum": ["a"]}, None, "b"),
        ({"type": "string", "format": "date"}, "2024-02-29", "2023-02-29"),
        ({"type": "string", "format": "date-time"}, "2026-02-01T10:00:00Z", "2026-02-01T10:00:00"),
        ({"type": "string", "format": "email"}, "a@example.com", "a@"),
        ({"type": "string", "pattern": "^[0-9]+$"}, "12", "12\n"),
        ({"type": "string", "pattern": "^\\d+$"}, "12", "١٢"),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, 2, 1),
        ({"type": "string", "maxLength": 1}, "😀", "ab"),
    ],
)
def test_a_schema_accepts_and_refuses(schema: Any, good: Any, bad: Any) -> None:
    assert findings(schema, good) == []
    assert len(findings(schema, bad)) == 1


@pytest.mark.parametrize(
    "day", ["+026-01-01", "-001-01-01", "2026-1-01", "\uff12026-01-01", "2026-2-29"]
)
@pytest.mark.parametrize("form", ["date", "date-time"])
def test_a_day_is_written_as_rfc_3339_does(day: str, form: str) -> None:
    text = day if form == "date" else f"{day}T15:00:00Z"
    (sentence,) = findings({"type": "string", "format": form}, text)
    assert sentence.startswith(f"The body must be a valid {form}, not '{day}")


@pytest.mark.parametrize(
    ("clock", "is_one"),
    [
        ("t15:00:00z", True),
        ("T23:59:60Z", True),
        ("T15:59:60.25-08:00", True),
        ("T15:00:00-00:00", True),
        ("T15:00:60Z", False),
        ("T24:00:00Z", False),
        ("T15:00:00+24:00", False),
        ("T15:00:00+99:99", False),
        ("T15:00:00+0100", False),
        ("T15:00:00", False),
        (" 15:00:00Z", False),
    ],
)
def test_a_moment_is_written_as_rfc_3339_does(clock: str, is_one: bool) -> None:
    found = findings({"type": "string", "format": "date-time"}, "0000-12-31" + clock)
    assert (found == []) is is_one


def test_a_read_only_member_may_not_be_sent_and_a_write_only_one_not_returned() -> None:
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "secret"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
        },
    }
    assert findings(schema, {"secret": "x"}) == []
    assert findings(schema, {"secret": "x", "id": "1"}) == ["'id' is not a known member."]
    assert findings(schema, {"id": "1"}, direction="response") == []
    assert findings(schema, {"id": "1", "secret": "x"}, direction="response") == [
        "'secret' is not a known member."
    ]


def test_a_discriminator_picks_the_branch_whose_findings_are_told() -> None:
    branch = {"type": "object", "required": ["kind", "n"], "additionalProperties": False}
    schemas = {
        "A": {**branch, "properties": {"kind": {"type": "string"}, "n": {"type": "integer"}}},
        "B": {**branch, "properties": {"kind": {"type": "string"}, "n": {"type": "string"}}},
    }
    refs = [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]
    mapping = {"a": "#/components/schemas/A", "b": "#/components/schemas/B"}
    schema = {"oneOf": refs, "discriminator": {"propertyName": "kind", "mapping": mapping}}
    assert findings(schema, {"kind": "a", "n": 1}, schemas=schemas) == []
    assert findings(schema, {"kind": "b", "n": 1}, schemas=schemas) == [
        "'n' must be a string, not an integer."
    ]
    assert findings(schema, {"n": 1}, schemas=schemas) == ["'kind' is required."]
    assert findings(schema, {"kind": "c", "n": 1}, schemas=schemas) == [
        "'kind' must be one of a, b, not 'c'."
    ]


def test_a_missing_alternative_is_told_as_what_is_missing() -> None:
    schema = {"type": "object", "anyOf": [{"required": ["email"]}, {"required": ["phone"]}]}
    assert findings(schema, {}) == ["'email' is required.", "'phone' is required."]


def test_a_condition_that_asks_for_a_member_names_the_member() -> None:
    condition = {"anyOf": [{"properties": {"opt_in": {"enum": [False]}}}, {"required": ["email"]}]}
    assert findings({"type": "object", "allOf": [condition]}, {"opt_in": True}) == [
        "'email' is required."
    ]


def test_a_condition_on_a_member_that_is_wrong_anyway_is_not_told() -> None:
    schema = {
        "type": "object",
        "allOf": [
            {"anyOf": [
                {"properties": {"phone": {"type": "string", "maxLength": 3}}},
                {"properties": {"opt_in": {"enum": [False]}}},
            ]},
            {"anyOf": [{"required": ["email"]}, {"properties": {"opt_in": {"enum": [False]}}}]},
        ],
        "properties": {
            "phone": {"type": "string", "maxLength": 3},
            "opt_in": {"type": "boolean"},
        },
    }  # fmt: skip
    assert findings(schema, {"email": "x", "phone": "1234", "opt_in": True}) == [
        "'phone' must have at most 3 characters, not 4."
    ]
    assert findings(schema, {"phone": "1", "opt_in": "yes"}) == [
        "'opt_in' must be a boolean, not a string."
    ]
    assert findings(schema, {"phone": "1234", "opt_in": True}) == [
        "'phone' must have at most 3 characters, not 4.",
        "'email' is required.",
    ]


def test_alternatives_of_one_value_are_told_in_one_sentence() -> None:
    schema = {"anyOf": [{"type": "string", "format": f} for f in ("date", "date-time")]}
    assert findings(schema, "x") == [
        "The body must be a valid date, not 'x' or must be a valid date-time, not 'x'."
    ]


def test_a_long_value_is_cut_in_the_message() -> None:
    (sentence,) = findings({"type": "string", "enum": ["a"]}, "x" * 10_000)
    assert len(sentence) < 200


def test_a_schema_that_cannot_be_compiled_is_said_at_start() -> None:
    with pytest.raises(SetupError, match="cannot be compiled"):
        findings({"type": "string", "pattern": "("}, "x")


def test_equal_schemas_share_one_validator() -> None:
    compiler = SchemaCompiler({})
    one = compiler.compile({"type": "string", "maxLength": 3}, "request")
    assert compiler.compile({"maxLength": 3, "type": "string"}, "request") is one


def test_a_null_where_a_member_is_needed_is_told_as_missing() -> None:
    text = {"type": "string"}
    schema = {
        "type": "object",
        "anyOf": [{"properties": {"email": text}}, {"properties": {"phone": text}}],
    }
    assert findings(schema, {"email": None, "phone": "1"}) == []
    assert findings(schema, {"email": None, "phone": None}) == [
        "'email' is required and must not be null.",
        "'phone' is required and must not be null.",
    ]


def test_a_value_of_no_allowed_type_breaks_the_type() -> None:
    compiler = SchemaCompiler({})
    schema = {"anyOf": [{"type": "integer"}, {"type": "string"}]}
    (violation,) = compiler.compile(schema, "request").problems([], "body")
    assert violation.keyword == "type"


def test_a_discriminated_value_must_be_an_object() -> None:
    schemas = {"A": {"type": "object", "properties": {"kind": {"type": "string"}}}}
    schema = {
        "oneOf": [{"$ref": "#/components/schemas/A"}],
        "discriminator": {"propertyName": "kind"},
    }
    assert findings(schema, [], schemas=schemas) == ["The body must be an object."]
