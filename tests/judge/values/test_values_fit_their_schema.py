"""What is drawn fits its schema; what is spoilt breaks it in one place."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from contract_tests.contract import Contract, load_contract
from contract_tests.values import draw, spoilt

Json = Any
CONTRACT = load_contract(Path(__file__).parents[3] / "openapi.yaml")
BODIES = {name: o.body_schema for name, o in CONTRACT.operations.items() if o.body_schema}
_PARAMETERS = {
    f"{o.name} {p.name}": p.schema for o in CONTRACT.operations.values() for p in o.parameters
}


@pytest.fixture
def contract() -> Contract:
    return CONTRACT


@pytest.mark.parametrize("schema", [*BODIES.values(), *_PARAMETERS.values()], ids=str)
def test_every_schema_of_the_contract_can_be_drawn(contract: Contract, schema: Json) -> None:
    random = Random(1)
    drawn = [draw(schema, random, contract) for _ in range(20)]
    assert all(contract.schemas.fits(schema, value) for value in drawn)


@pytest.mark.parametrize("name", BODIES)
def test_spoilt_bodies_break_their_schema(contract: Contract, name: str) -> None:
    schema, random = BODIES[name], Random(2)
    value = draw(schema, random, contract)
    broken = list(spoilt(schema, value, random, contract))
    assert broken
    assert not any(contract.schemas.fits(schema, each.value) for each in broken)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 3, "exclusiveMinimum": True, "maximum": 5},
        {"type": "number", "multipleOf": 0.5, "minimum": 0, "maximum": 9},
        {"type": "string", "pattern": r"^[A-Z]{2}-\d{3}(a|bc)?$"},
        {"type": "string", "minLength": 40, "maxLength": 40},
        {"type": "string", "format": "uuid"},
        {"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": True, "minItems": 3},
        {
            "allOf": [
                {"type": "object", "required": ["a"]},
                {"properties": {"a": {"type": "boolean"}}},
            ]
        },
        {"oneOf": [{"type": "integer"}, {"type": "string", "maxLength": 3}]},
        {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2},
        {"type": "string", "nullable": True, "enum": ["a", None]},
    ],
    ids=str,
)
def test_every_keyword_is_kept(contract: Contract, schema: Json) -> None:
    random = Random(3)
    assert all(contract.schemas.fits(schema, draw(schema, random, contract)) for _ in range(30))


def test_the_same_chance_draws_the_same(contract: Contract) -> None:
    schema = BODIES["createCustomer"]
    assert draw(schema, Random(5), contract) == draw(schema, Random(5), contract)
