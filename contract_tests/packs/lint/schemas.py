"""Whether schemas are closed and bounded: an open one lets faults through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.contract import Contract, Operation
from contract_tests.packs.lint.problem import Problem

Json = Any
_BOUNDED_FORMATS = frozenset({"date", "date-time", "uuid", "time", "ipv4", "ipv6", "binary"})
_BRANCHES = ("allOf", "anyOf", "oneOf")
_BOUNDS = {
    "string": ("maxLength", ("maxLength", "enum", "const", "pattern")),
    "array": ("maxItems", ("maxItems", "enum", "const")),
    "integer": ("maximum", ("maximum", "exclusiveMaximum", "enum", "const", "format")),
}


def problems_of_schemas(contract: Contract, operation: Operation) -> Iterator[Problem]:
    """Objects that do not say whether they are closed, and values without an upper bound.

    A schema that says `additionalProperties: true` is open on purpose.
    """
    seen: set[int] = set()
    for place, schema in _schemas(operation):
        for pointer, each in _walk(contract, schema, "", seen):
            yield from _open(operation, place + pointer, each)
            yield from _unbounded(operation, place + pointer, each)


def _schemas(operation: Operation) -> Iterator[tuple[str, Json]]:
    for media_type, schema in operation.bodies.items():
        yield f"request {media_type} ", schema
    for status, answer in operation.answers.items():
        for media_type, schema in answer.schemas.items():
            if schema is not None:
                yield f"{status} {media_type} ", schema


def _walk(
    contract: Contract, raw: Json, pointer: str, seen: set[int]
) -> Iterator[tuple[str, dict[str, Json]]]:
    schema = contract.document.resolve(raw)
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen.add(id(schema))
    yield pointer, schema
    for name, member in schema.get("properties", {}).items():
        yield from _walk(contract, member, f"{pointer}/{name}", seen)
    for keyword in ("items", "additionalProperties"):
        yield from _walk(contract, schema.get(keyword), f"{pointer}/*", seen)
    for keyword in _BRANCHES:
        for branch in schema.get(keyword, ()):
            yield from _walk(contract, _closed_by_parent(branch), pointer, seen)


def _closed_by_parent(branch: Json) -> Json:
    """A branch that only adds conditions leaves it to its parent to be closed."""
    if isinstance(branch, dict) and "$ref" not in branch and branch.get("type") != "object":
        return {name: value for name, value in branch.items() if name != "properties"}
    return branch


def _open(operation: Operation, place: str, schema: dict[str, Json]) -> Iterator[Problem]:
    is_object = schema.get("type") == "object" or "properties" in schema
    if is_object and "additionalProperties" not in schema and "allOf" not in schema:
        yield Problem(
            "open-object",
            "minor",
            f"{operation.label}, {place}",
            "The object does not say whether it may hold other members.",
            "An open answer lets a misspelt or leaked member through.",
            "Write `additionalProperties: false`, or `true` if that is meant.",
        )


def _unbounded(operation: Operation, place: str, schema: dict[str, Json]) -> Iterator[Problem]:
    kind = schema.get("type")
    kind = next((each for each in kind if each != "null"), None) if isinstance(kind, list) else kind
    if kind not in _BOUNDS or schema.get("format") in _BOUNDED_FORMATS:
        return
    keyword, ways = _BOUNDS[kind]
    if not any(way in schema for way in ways):
        yield Problem(
            "unbounded-value",
            "minor",
            f"{operation.label}, {place}",
            f"The {kind} has no {keyword}.",
            "Without a bound, nobody knows what must be taken and what may be refused.",
            f"Add `{keyword}`.",
        )
