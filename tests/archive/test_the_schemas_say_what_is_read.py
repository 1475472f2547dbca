from __future__ import annotations

import copy
from typing import Any

import jsonschema_rs
import pytest

from mockserver.archive import component_schemas, diff, dump
from tests.archive.journeys import a_lived_world
from tests.archive.test_a_bad_state_is_refused_whole import BAD, small
from tests.domain.business import a_world
from tests.seed.growing import SMALL_BUSY, world_of

OF_ONE_VALUE = ("unknown", "type", "required", "choice", "form", "too_long")
STRICTER = ("bookings/0/duration_minutes", "meta/ids/No!")
"""1.0 is an integer to JSON Schema, and OpenAPI 3.0 says nothing of the names in a mapping."""


def _lowered(schema: Any) -> Any:
    """A schema of OpenAPI 3.0 as JSON Schema: null is one more type."""
    if isinstance(schema, list):
        return [_lowered(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    lowered = {name: _lowered(value) for name, value in schema.items() if name != "nullable"}
    if schema.get("nullable") is True:
        lowered["type"] = [schema["type"], "null"]
    return lowered


def validator(name: str) -> Any:
    schemas = _lowered(component_schemas())
    document = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    return jsonschema_rs.validator_for(document, validate_formats=True)


@pytest.mark.parametrize("scenario", ["documented", "edges", "empty", SMALL_BUSY])
def test_every_grown_world_keeps_to_them(scenario: str) -> None:
    assert validator("WorldState").is_valid(dump(world_of(scenario)))


def test_every_lived_world_and_its_diff_keep_to_them() -> None:
    world = a_lived_world()
    assert validator("WorldState").is_valid(dump(world))
    assert validator("WorldDiff").is_valid(diff(a_world(), world))


@pytest.mark.parametrize(
    ("change", "where"), [(change, where) for change, where, code in BAD if code in OF_ONE_VALUE]
)
def test_what_a_value_may_not_be_is_no_secret(change: Any, where: str) -> None:
    state = copy.deepcopy(dump(small()))
    change(state)
    assert not validator("WorldState").is_valid(state) or where in STRICTER
