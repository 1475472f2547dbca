"""Whether a document is valid OpenAPI, and whether its examples and links hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from contract_tests.contract import Contract
from contract_tests.packs.lint.examples import examples_of, follow
from contract_tests.packs.lint.links import links_of, problems_of_link
from contract_tests.packs.lint.problem import Problem

_MOST = 50


def problems_of_document(contract: Contract) -> Iterator[Problem]:
    """What concerns no operation alone."""
    yield from _invalid(contract)
    yield from _examples(contract)
    yield from _links(contract)
    yield from _unused_examples(contract)


def _invalid(contract: Contract) -> Iterator[Problem]:
    is_31 = not contract.document.version.startswith("3.0")
    validator: Any = OpenAPIV31SpecValidator if is_31 else OpenAPIV30SpecValidator
    try:
        errors: list[Any] = list(validator(contract.document.root).iter_errors())
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        errors = [error]
    for each in errors[:_MOST]:
        place = "".join(f"/{part}" for part in getattr(each, "absolute_path", ())) or "/"
        yield Problem(
            "invalid-document",
            "major",
            place,
            f"openapi-spec-validator: {str(getattr(each, 'message', each))[:300]}",
            "A contract is a valid OpenAPI document.",
            "Correct the document where the message says.",
        )


def _examples(contract: Contract) -> Iterator[Problem]:
    root = contract.document.root
    for example in examples_of(root):
        schema = _at(root, example.schema_place)
        for breach in contract.schemas.breaches(schema, example.value, most=1):
            yield Problem(
                "example-breaks-schema",
                "major",
                example.place,
                f"The example breaks its schema at {breach.pointer or '/'}: {breach.message[:300]}",
                "An example is what people copy and what tools send: it fits its schema.",
                "Correct the example, or the schema.",
            )


def _links(contract: Contract) -> Iterator[Problem]:
    root, operations = contract.document.root, tuple(contract.operations.values())
    for link in links_of(root, operations):
        for says in problems_of_link(root, operations, link):
            yield Problem(
                "broken-link",
                "major",
                str(link),
                says,
                "A link can be followed: tools and journeys depend on it.",
                "Name an operation, its parameters, and a place that the documented bodies have.",
            )


def _unused_examples(contract: Contract) -> Iterator[Problem]:
    root = contract.document.root
    used = set(_references(root))
    for name in root.get("components", {}).get("examples", {}):
        if f"#/components/examples/{name}" not in used:
            yield Problem(
                "unused-example",
                "minor",
                f"/components/examples/{name}",
                f"Nothing refers to the example {name!r}.",
                "An example that nothing uses is never compared to a schema.",
                "Use it, or delete it.",
            )


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for member in value.values():
            yield from _references(member)
    elif isinstance(value, list):
        for member in value:
            yield from _references(member)


def _at(root: dict[str, Any], place: str) -> Any:
    """What is at a place, with references on the way followed."""
    value: Any = root
    for part in place.split("/")[1:]:
        value = follow(root, value)
        name = part.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value
