"""What the tests of this room share: makers of small documents, and a check that is not theirs."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any, Literal

import jsonschema_rs

from mockserver.engine.data import Maker

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
THING: dict[str, Any] = {"$ref": "#/components/schemas/Thing"}


def document(thing: Any, **others: Any) -> dict[str, Any]:
    """A document whose schema `Thing` is given, with others beside it."""
    return {"components": {"schemas": {"Thing": thing, **others}}}


def maker(thing: Any, dialect: Literal["3.0", "3.1"] = "3.1", **settings: Any) -> Maker:
    """A maker for a document that has nothing but `Thing`."""
    return Maker(document(thing), dialect=dialect, **settings)


def drawn(made_by: Maker, seed: object = 1, schema: Any = None, **asked: Any) -> Any:
    """What a maker draws for `Thing` from the stream of a seed."""
    schema = THING if schema is None else schema
    return made_by.draw(schema, random.Random(str(seed)), now=NOW, **asked)


def many(thing: Any, count: int = 50, **settings: Any) -> list[Any]:
    """So many values of a schema of OpenAPI 3.1, each from a stream of its own."""
    made_by = maker(thing, **settings)
    return [drawn(made_by, seed) for seed in range(count)]


def modern(whole: dict[str, Any], schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """The validator of a schema of OpenAPI 3.0, lowered here by other means than the maker's."""
    root = {"allOf": [_lowered(schema)], "components": _lowered(whole["components"])}
    return jsonschema_rs.Draft202012Validator(root, validate_formats=True)


def _lowered(node: Any) -> Any:
    if isinstance(node, list):
        return [_lowered(item) for item in node]
    if not isinstance(node, dict):
        return node
    lowered = {key: _lowered(value) for key, value in node.items() if key != "nullable"}
    for bound, strict in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if node.get(strict) is True:
            lowered[strict] = lowered.pop(bound)
    return {"anyOf": [{"type": "null"}, lowered]} if node.get("nullable") is True else lowered
