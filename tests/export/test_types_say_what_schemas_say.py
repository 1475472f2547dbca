"""A schema as a TypeScript type."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.export.dataset import Dataset
from mockserver.export.declarations import type_of, types_text

_TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "integer"}, "number"),
        ({"type": "boolean", "nullable": True}, "boolean | null"),
        ({"$ref": "#/components/schemas/Booking"}, "Booking"),
        ({"type": "string", "enum": ["a", "ü"]}, '"a" | "ü"'),
        ({"type": "string", "enum": ["a", None], "nullable": True}, '"a" | null'),
        ({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}, "string"),
        ({"type": "array", "items": _TEXT}, "readonly string[]"),
        ({"type": "array", "items": {**_TEXT, "nullable": True}}, "readonly (string | null)[]"),
        ({"type": "array"}, "readonly unknown[]"),
        ({"type": "object"}, "{ readonly [name: string]: unknown }"),
        (
            {"type": "object", "additionalProperties": {"type": "number"}},
            "{ readonly [name: string]: number }",
        ),
        ({"type": "object", "additionalProperties": False}, "Record<string, never>"),
        ({"oneOf": [{"type": "number"}, {"type": "number"}, _TEXT]}, "number | string"),
        ({"allOf": [{"$ref": "#/a/A"}, {"anyOf": [{"$ref": "#/a/B"}, _TEXT]}]}, "A & (B | string)"),
        ({}, "unknown"),
    ],
)
def test_each_form_has_its_type(schema: dict[str, Any], said: str) -> None:
    assert type_of(schema) == said


def test_members_are_optional_unless_required_and_quoted_when_they_must_be() -> None:
    members = {"id": _TEXT, "x-note": {**_TEXT, "description": "A note */ of it."}}
    schema = {"type": "object", "required": ["id"], "properties": members}
    assert type_of(schema) == (
        '{\n  readonly id: string;\n  /** A note * / of it. */\n  readonly "x-note"?: string;\n}'
    )


def test_a_condition_without_a_type_adds_nothing() -> None:
    either = {"anyOf": [{"required": ["email"]}, {"properties": {"phone": _TEXT}}]}
    schema = {"type": "object", "properties": {"email": _TEXT}, "allOf": [either]}
    assert type_of(schema) == "{\n  readonly email?: string;\n}"


def test_every_schema_and_operation_of_the_contract_is_there(dataset: Dataset) -> None:
    contract = dataset.contract
    text = types_text(contract)
    for name in contract.document["components"]["schemas"]:
        assert f"export interface {name} {{" in text or f"export type {name} = " in text
    for operation in contract.operations:
        assert f"\n  {operation.operation_id}: {{\n" in text
    assert "unknown;" not in text.partition("export interface Operations")[2]
