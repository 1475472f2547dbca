"""Swagger 2.0 and OpenAPI 3 in YAML and JSON; only what cannot be served is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mockserver.contract.foreign import foreign_contract, load_foreign
from mockserver.errors import SetupError
from tests.contract.foreign.documents import FINE, codes, document, loaded, only

PETS: Any = {
    "swagger": "2.0",
    "info": {"title": "Pets", "version": "1"},
    "host": "pets.example",
    "basePath": "/v2",
    "schemes": ["https"],
    "consumes": ["application/json"],
    "produces": ["application/json"],
    "securityDefinitions": {
        "basic": {"type": "basic"},
        "oauth": {"type": "oauth2", "flow": "accessCode", "scopes": {"read": "Read."},
                  "authorizationUrl": "https://a", "tokenUrl": "https://t"},
    },
    "definitions": {"Pet": {"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string", "x-nullable": True}, "mother": {"$ref": "#/definitions/Pet"}}}},
    "parameters": {"limit": {"name": "limit", "in": "query", "type": "integer", "maximum": 5}},
    "responses": {"Gone": {"description": "Gone.", "schema": {"$ref": "#/definitions/Pet"}}},
    "paths": {"/pets/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": True, "type": "integer"}],
        "put": {
            "operationId": "putPet", "security": [{"oauth": ["read"]}],
            "parameters": [
                {"$ref": "#/parameters/limit"},
                {"name": "ids", "in": "query", "type": "array", "items": {"type": "integer"},
                 "collectionFormat": "pipes"},
                {"name": "pet", "in": "body", "required": True,
                 "schema": {"$ref": "#/definitions/Pet"}},
            ],
            "responses": {"200": {"description": "Fine.", "schema": {"type": "file"}},
                          "404": {"$ref": "#/responses/Gone"}},
        },
    }},
}  # fmt: skip


def test_swagger_is_told_in_the_words_of_openapi(tmp_path: Path) -> None:
    found = loaded(tmp_path, PETS)
    assert codes(found) == []
    assert (found.version, found.document["openapi"]) == ("2.0", "3.0.3")
    assert found.document["servers"] == [{"url": "https://pets.example/v2"}]
    node = found.document["paths"]["/pets/{id}"]["put"]
    pet = {"$ref": "#/components/schemas/Pet"}
    body = node["requestBody"]
    assert (body["required"], body["content"]) == (True, {"application/json": {"schema": pet}})
    assert node["responses"]["404"]["content"] == {"application/json": {"schema": pet}}
    binary = {"type": "string", "format": "binary"}
    assert node["responses"]["200"]["content"] == {"application/json": {"schema": binary}}
    schemes = found.document["components"]["securitySchemes"]
    assert schemes["basic"] == {"type": "http", "scheme": "basic"}
    assert schemes["oauth"]["flows"]["authorizationCode"]["scopes"] == {"read": "Read."}


def test_an_operation_of_swagger_is_read_like_any_other(tmp_path: Path) -> None:
    operation = only(loaded(tmp_path, PETS))
    assert {p.name: (p.location, sorted(p.types)) for p in operation.parameters} == {
        "id": ("path", ["integer"]),
        "limit": ("query", ["integer"]),
        "ids": ("query", ["array"]),
    }
    assert {p.name: p.separator for p in operation.parameters}["ids"] == "|"
    assert operation.scopes == ("read",)
    assert operation.body is not None
    validator = operation.body.media_types["application/json"]
    assert validator.is_valid({"name": None, "mother": {"name": "Ida"}})
    assert not validator.is_valid({"name": "Ida", "mother": {}})


def test_form_parameters_become_a_body(tmp_path: Path) -> None:
    fields = [
        {"name": "name", "in": "formData", "type": "string", "required": True},
        {"name": "photo", "in": "formData", "type": "file"},
    ]
    item = {"/a": {"post": {"operationId": "a", "parameters": fields, "responses": FINE}}}
    found = loaded(tmp_path, {"swagger": "2.0", "info": {}, "paths": item})
    body = only(found).body
    assert body is not None
    assert body.schemas["multipart/form-data"] == {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "photo": {"type": "string", "format": "binary"},
        },
    }


@pytest.mark.parametrize(
    ("said", "canonical", "dialect"),
    [("3.0.1", "3.0.1", "3.0"), ("3.0", "3.0.3", "3.0"), ("3.1.0", "3.1.0", "3.1"),
     ("3.2.0", "3.1.1", "3.1"), ("3.1.0-rc1", "3.1.1", "3.1")],
)  # fmt: skip
def test_a_version_keeps_its_dialect(
    tmp_path: Path, said: str, canonical: str, dialect: str
) -> None:
    found = loaded(tmp_path, document(version=said))
    assert (found.document["openapi"], found.dialect) == (canonical, dialect)
    assert foreign_contract(found).dialect == dialect


def test_a_version_written_as_a_number_is_read(tmp_path: Path) -> None:
    text = "swagger: 2.0\npaths: {/a: {get: {operationId: a, responses: {200: {}}}}}"
    assert loaded(tmp_path, text, "api.yaml").version == "2.0"


def test_operations_of_other_methods_are_told(tmp_path: Path) -> None:
    item = {"get": {"operationId": "a", "responses": FINE}, "query": {"operationId": "b"}}
    assert codes(loaded(tmp_path, document({"/a": item}, "3.2.0"))) == ["other-methods"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("openapi: 3.0.0\npaths: {}", "has no operations under 'paths': nothing to serve"),
        ("openapi: 4.0.0\npaths: {}", "says 4.0.0; Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2"),
        ("title: x", "says neither 'openapi' nor 'swagger'"),
        ("- a\n- b", "holds no mapping at its top level"),
        ("", "holds no mapping at its top level"),
        ("a: [", "line 2 is neither JSON nor YAML"),
        ('{"openapi": "3.0.0",', "is neither JSON nor YAML"),
        ("a: &a [*a]", "is neither JSON nor YAML: found unconstructable recursive node"),
        ('{"openapi": "3.1.0", "webhooks": {"a": {}}}', "(its 1 webhooks are not served)"),
    ],
)
def test_what_cannot_be_served_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SetupError) as refused:
        loaded(tmp_path, text, "api.yaml")
    assert said in refused.value.message
    assert str(tmp_path / "api.yaml") in refused.value.message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"gone\.yaml: No such file"):
        load_foreign(str(tmp_path / "gone.yaml"))


def test_a_document_nested_without_end_is_refused(tmp_path: Path) -> None:
    deep = "[" * 100_000
    with pytest.raises(SetupError, match="neither JSON nor YAML"):
        loaded(tmp_path, '{"openapi": "3.0.0", "paths": ' + deep, "api.json")


def test_a_byte_order_mark_and_another_encoding_are_read(tmp_path: Path) -> None:
    text = json.dumps(document())
    for name, encoding in (("a.json", "utf-8-sig"), ("b.json", "utf-16")):
        (tmp_path / name).write_bytes(text.encode(encoding))
        assert only(load_foreign(str(tmp_path / name))).operation_id == "list"
