"""The contract of the server's own API, for worlds of the kind that the server holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mockserver.archive import Keeper

_COUNTS = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Count"}}


def admin_document(
    document: dict[str, Any], keeper: Keeper, collections: Iterable[str]
) -> dict[str, Any]:
    """The document with the schemas of the keeper's states in place of those of the business.

    ``document`` is what ``openapi.yaml`` beside this file says, which is not changed;
    ``collections`` are the names of those that a world has.
    """
    own = keeper.schemas()
    schemas = document["components"]["schemas"]
    if own["WorldState"] == schemas["WorldState"]:
        return document
    components = {**document["components"], "schemas": {**schemas, **own, "Counts": _COUNTS}}
    paths = _paths(document["paths"], [*collections])
    return {**document, "components": components, "paths": paths}


def _paths(paths: dict[str, Any], collections: list[str]) -> dict[str, Any]:
    """Collections have other names than those of the business, and no example fits them."""
    state = {
        name: _named(operation, collections) if name in {"get", "put"} else operation
        for name, operation in paths["/state"].items()
    }
    return {**paths, "/state": state}


def _named(operation: dict[str, Any], collections: list[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "enum": collections}
    named = [{**each, "schema": schema} for each in operation["parameters"]]
    opened = {**operation, "parameters": named}
    if "requestBody" in opened:
        schema = {"schema": {"$ref": "#/components/schemas/WorldState"}}
        opened["requestBody"] = {"required": True, "content": {"application/json": schema}}
    return opened
