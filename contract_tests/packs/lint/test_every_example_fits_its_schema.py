"""Every example in the contract is one that the contract allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from referencing import Registry, Specification

from contract_tests.packs.lint.examples import Example, examples_of, token
from contract_tests.plan import Operation, Plan

_DOCUMENT = "urn:contract"


@pytest.fixture(scope="module")
def examples(plan: Plan) -> list[Example]:
    """All examples and defaults of the contract."""
    return list(examples_of(plan.document))


def test_every_example_fits_its_schema(plan: Plan, examples: list[Example]) -> None:
    """Media types, parameters, headers, and examples and defaults inside schemas."""
    resource = Specification.OPAQUE.create_resource(plan.document)
    registry: Registry[Any] = Registry().with_resource(_DOCUMENT, resource)
    problems = [
        f"{example.place}: {error.json_path} {error.message}"
        for example in examples
        for error in _validator(registry, example.schema_place).iter_errors(example.value)
    ]
    assert problems == []


def test_every_shared_example_is_used(plan: Plan) -> None:
    """An example in `components` that nothing refers to would never be compared to a schema."""
    text = plan.contract.read_text("utf-8")
    names = plan.document.get("components", {}).get("examples", {})
    assert [name for name in names if f"#/components/examples/{name}'" not in text] == []


def test_every_body_has_an_example(plan: Plan, examples: list[Example]) -> None:
    """A reader sees each request and each success once, filled in."""
    shown = {example.place.partition("/example")[0] for example in examples}
    assert sorted(set(_bodies(plan)) - shown) == []


def _validator(registry: Registry[Any], place: str) -> OAS30Validator:
    return OAS30Validator(
        {"$ref": f"{_DOCUMENT}#{place}"}, registry=registry, format_checker=oas30_format_checker
    )


def _bodies(plan: Plan) -> list[str]:
    """The places of all request bodies and all successful answers that stand in operations."""
    return [place for operation in plan.operations for place in _bodies_of(plan, operation)]


def _bodies_of(plan: Plan, operation: Operation) -> Iterator[str]:
    method = operation.method.lower()
    entry = plan.document["paths"][operation.path][method]
    holders = {"requestBody": entry.get("requestBody", {})}
    holders |= {f"responses/{s}": r for s, r in entry["responses"].items() if s[0] == "2"}
    for name, holder in holders.items():
        for media_type in holder.get("content", {}):
            place = "/".join(map(token, ("paths", operation.path, method)))
            yield f"/{place}/{name}/content/{token(media_type)}"
