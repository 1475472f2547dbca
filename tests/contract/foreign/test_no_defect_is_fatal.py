"""Any part of a document may be anything: it is served without it, or refused in words."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockserver.contract import Contract, Routes, lower_to_skeleton
from mockserver.contract.foreign import foreign_contract, load_foreign
from mockserver.contract.parameters import read_path, read_query
from mockserver.errors import SetupError
from mockserver.traffic import declare

JUNK: tuple[Any, ...] = (None, "x", [], {"a": 1}, {"$ref": 7})
PET = {
    "type": "object", "required": ["id"], "discriminator": {"propertyName": "id"},
    "properties": {"id": {"type": "integer", "minimum": 1, "enum": [1]},
                   "tags": {"type": "array", "items": {"type": "string", "pattern": "^a$"}}},
    "oneOf": [{"required": ["id"]}],
}  # fmt: skip
REF = {"$ref": "#/components/schemas/Pet"}
OLD = {"$ref": "#/definitions/Pet"}
OPENAPI = {
    "openapi": "3.0.3",
    "info": {"title": "t"},
    "security": [{"key": []}],
    "paths": {"/pets/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}],
        "put": {
            "operationId": "put", "tags": ["pets"],
            "parameters": [{"name": "q", "in": "query", "style": "form", "schema": REF}],
            "requestBody": {"content": {"application/json": {"schema": REF, "examples": {
                "one": {"value": {}}}}}},
            "responses": {"200": {"description": "", "headers": {"A": {"schema": {}}},
                                  "content": {"application/json": {"schema": REF}}}},
        },
        "get": {"responses": {"200": {"description": ""}}},
    }},
    "components": {"schemas": {"Pet": PET}, "securitySchemes": {
        "key": {"type": "apiKey", "in": "header", "name": "X"}}},
}  # fmt: skip
SWAGGER = {
    "swagger": "2.0", "basePath": "/v1", "consumes": ["application/json"], "produces": ["a/b"],
    "paths": {"/pets": {"post": {
        "parameters": [{"name": "pet", "in": "body", "schema": OLD},
                       {"name": "ids", "in": "query", "type": "array", "items": {"type": "string"},
                        "collectionFormat": "csv"}],
        "responses": {"200": {"description": "", "schema": OLD, "examples": {"a/b": {}},
                              "headers": {"A": {"type": "string"}}}},
    }, "put": {"parameters": [{"name": "a", "in": "formData", "type": "file"}]}}},
    "securityDefinitions": {"o": {"type": "oauth2", "flow": "implicit", "scopes": {}}},
    "definitions": {"Pet": PET},
}  # fmt: skip


def _places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in children:
        yield (*at, key)
        if isinstance(child, dict | list):
            yield from _places(child, (*at, key))


def _with(document: Any, at: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(document)
    owner = changed
    for key in at[:-1]:
        owner = owner[key]
    owner[at[-1]] = value
    return changed


def _used(contract: Contract) -> None:
    """Use everything that is made of a contract at a start, and by a first request."""
    Routes(contract.operations)
    lower_to_skeleton(contract)
    declare(contract)
    for operation in contract.operations:
        read_path(operation, {})
        read_query(operation, "q=1&id=2")
        answers = [rule.media_types for rule in operation.responses.values()]
        asked = [operation.body.media_types] if operation.body else []
        for validator in (v for types in [*answers, *asked] for v in types.values()):
            validator.problems({"id": 1, "tags": ["b"]}, "body")


@pytest.mark.parametrize("document", [OPENAPI, SWAGGER], ids=["openapi", "swagger"])
def test_every_part_may_be_anything(document: Any, tmp_path: Path) -> None:
    file = tmp_path / "api.json"
    served = refused = 0
    for at in _places(document):
        for junk in JUNK:
            file.write_text(json.dumps(_with(document, at, junk)))
            try:
                loaded = load_foreign(str(file))
            except SetupError:
                refused += 1
                continue
            _used(foreign_contract(loaded))
            served += 1
    assert served > 20 * refused


def test_a_document_may_name_itself_anywhere(tmp_path: Path) -> None:
    file = tmp_path / "api.json"
    served = 0
    for at in _places(OPENAPI):
        file.write_text(json.dumps(_with(OPENAPI, at, {"$ref": "#/paths"})))
        with contextlib.suppress(SetupError):
            _used(foreign_contract(load_foreign(str(file))))
            served += 1
    assert served > 50
