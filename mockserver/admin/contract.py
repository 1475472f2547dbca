"""The contract of the server's own API, for worlds of the kind that the server holds."""

from __future__ import annotations

from typing import Any

from mockserver.archive import Keeper

_COUNTS = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Count"}}


def admin_document(document: dict[str, Any], keeper: Keeper) -> dict[str, Any]:
    """The document with the schemas of the keeper's states in place of those of the business.

    ``document`` is what ``openapi.yaml`` beside this file says; it is not changed.
    """
    own = keeper.schemas()
    schemas = document["components"]["schemas"]
    if own["WorldState"] == schemas["WorldState"]:
        return document
    components = {**document["components"], "schemas": {**schemas, **own, "Counts": _COUNTS}}
    return {**document, "components": components, "paths": _open_paths(document["paths"])}


def _open_paths(paths: dict[str, Any]) -> dict[str, Any]:
    """Collections have other names than those of the business, and no example fits them."""
    state = {
        name: _open(operation) if name in {"get", "put"} else operation
        for name, operation in paths["/state"].items()
    }
    return {**paths, "/state": state}


def _open(operation: dict[str, Any]) -> dict[str, Any]:
    named = [
        {**each, "schema": {"type": "string", "maxLength": 200}} for each in operation["parameters"]
    ]
    opened = {**operation, "parameters": named}
    if "requestBody" in opened:
        schema = {"schema": {"$ref": "#/components/schemas/WorldState"}}
        opened["requestBody"] = {"required": True, "content": {"application/json": schema}}
    return opened
