"""Schemas in a form that is equal for those that say the same, whatever the names and order."""

from __future__ import annotations

import json
from typing import Any

from contract_tests.contract import Document

Json = Any
_ANNOTATIONS = frozenset(
    {"title", "description", "summary", "example", "examples", "externalDocs", "xml", "$comment",
     "deprecated", "operationId", "tags"}
)  # fmt: skip
_UNORDERED = ("required", "enum", "type", "allOf", "anyOf", "oneOf")


def canonical(document: Document, value: Json) -> str:
    """Equal texts for values that differ in order, names of references and annotations alone."""
    return json.dumps(_canonical(document, value, ()), sort_keys=True, default=str)


def _canonical(document: Document, value: Json, way: tuple[str, ...], under: str = "") -> Json:
    if isinstance(value, list):
        found = [_canonical(document, each, way) for each in value]
        if under in _UNORDERED:
            found.sort(key=lambda each: json.dumps(each, sort_keys=True, default=str))
        return found
    if not isinstance(value, dict):
        return value
    reference = value.get("$ref")
    if isinstance(reference, str) and under != "properties":
        if reference in way:
            return {"$ref": len(way) - way.index(reference)}  # how far up it leads back
        target = document.resolve({"$ref": reference})
        followed = _canonical(document, target, (*way, reference))
        rest = {name: each for name, each in value.items() if name != "$ref"}
        return {"allOf": [followed, _canonical(document, rest, way)]} if rest else followed
    names_are_keywords = under not in ("properties", "patternProperties", "mapping")
    return {
        name: _canonical(document, each, way, name)
        for name, each in value.items()
        if not (names_are_keywords and (name in _ANNOTATIONS or name.startswith("x-")))
    }
