"""Every example of an OpenAPI document, with the place of the schema it must fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Below these nothing can hold a schema: they are values, or names that look like keywords.
_VALUES = frozenset({"example", "examples", "default", "enum", "security", "mapping"})
_SCHEMA_MAPS = ("properties", "patternProperties")
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf")
_SCHEMAS = ("items", "not", "additionalProperties")


@dataclass(frozen=True, slots=True)
class Example:
    """A value in the document; both places are JSON Pointers."""

    place: str
    schema_place: str
    value: Any


def examples_of(document: dict[str, Any]) -> Iterator[Example]:
    """Examples of media types, parameters and headers, and examples and defaults in schemas."""
    for place, holder in _holders(document, ""):
        schema_place = f"{place}/schema"
        yield from _held(document, place, holder, schema_place)
        yield from _in_schema(holder["schema"], schema_place)
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        yield from _in_schema(schema, f"/components/schemas/{token(name)}")


def follow(document: dict[str, Any], node: Any) -> Any:
    """The node itself, or what its `$ref` (into the same document) leads to."""
    while isinstance(node, dict) and "$ref" in node:
        node = at(document, node["$ref"].removeprefix("#"))
    return node


def at(value: Any, pointer: str) -> Any:
    """What a JSON Pointer leads to; LookupError when that is nothing."""
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) and name.isdecimal() else value[name]
    return value


def token(name: str) -> str:
    """A name as one part of a JSON Pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")


def _holders(node: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Media types, parameters and headers: what has a schema and may have examples."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _holders(item, f"{place}/{index}")
    if not isinstance(node, dict):
        return
    if isinstance(node.get("schema"), dict):
        yield place, node
        return
    for key, value in node.items():
        if key not in _VALUES and not key.startswith("x-") and place != "/components/schemas":
            yield from _holders(value, f"{place}/{token(key)}")


def _held(
    document: dict[str, Any], place: str, holder: dict[str, Any], schema_place: str
) -> Iterator[Example]:
    if "example" in holder:
        yield Example(f"{place}/example", schema_place, holder["example"])
    for name, entry in holder.get("examples", {}).items():
        value = follow(document, entry)["value"]
        yield Example(f"{place}/examples/{token(name)}", schema_place, value)


def _in_schema(schema: Any, place: str) -> Iterator[Example]:
    if not isinstance(schema, dict):
        return
    for keyword in ("example", "default"):
        if keyword in schema:
            yield Example(f"{place}/{keyword}", place, schema[keyword])
    for keyword in _SCHEMA_MAPS:
        for name, part in schema.get(keyword, {}).items():
            yield from _in_schema(part, f"{place}/{keyword}/{token(name)}")
    for keyword in _SCHEMA_LISTS:
        for index, part in enumerate(schema.get(keyword, ())):
            yield from _in_schema(part, f"{place}/{keyword}/{index}")
    for keyword in _SCHEMAS:
        yield from _in_schema(schema.get(keyword), f"{place}/{keyword}")
