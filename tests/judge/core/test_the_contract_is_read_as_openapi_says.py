"""References, inheritance of parameters, nullability and paths are read as OpenAPI defines them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contract_tests.contract import ContractError, load_contract
from tests.judge.core.documents import answers, contract

PET = {"type": "object", "properties": {"name": {"type": "string", "nullable": True}}}


def test_a_reference_is_followed_wherever_it_may_stand(tmp_path: Path) -> None:
    small = contract(
        tmp_path,
        {
            "/pets/{id}": {
                "$ref": "#/components/pathItems/Pet",
            }
        },
        components={
            "pathItems": {
                "Pet": {
                    "parameters": [{"$ref": "#/components/parameters/Id"}],
                    "get": {
                        "operationId": "getPet",
                        "responses": {"200": {"$ref": "#/components/responses/Pet"}},
                    },
                    "put": {
                        "operationId": "putPet",
                        "requestBody": {"$ref": "#/components/requestBodies/Pet"},
                        "responses": {},
                    },
                }
            },
            "parameters": {"Id": {"name": "id", "in": "path", "schema": {"type": "integer"}}},
            "requestBodies": {
                "Pet": {
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/Pet"},
                            "examples": {"one": {"$ref": "#/components/examples/One"}},
                        }
                    }
                }
            },
            "examples": {"One": {"value": {"name": "Rex"}}},
            "responses": {
                "Pet": {
                    "description": "A pet",
                    "headers": {"X-Trace": {"$ref": "#/components/headers/Trace"}},
                    "content": {
                        "Application/JSON; charset=utf-8": {
                            "schema": {"$ref": "#/components/schemas/Pet"}
                        }
                    },
                }
            },
            "headers": {"Trace": {"required": True, "schema": {"type": "string"}}},
            "schemas": {"Pet": PET},
        },
    )
    get, put = small.operations["getPet"], small.operations["putPet"]
    assert [(each.name, each.place, each.is_required) for each in get.parameters] == [
        ("id", "path", True)
    ]
    assert get.answers["200"].headers == {"x-trace": (True, {"type": "string"})}
    assert list(get.answers["200"].schemas) == ["application/json"]
    assert put.body_examples == {"one": {"name": "Rex"}}
    assert small.schemas.breaches(put.body_schema, {"name": 1})[0].pointer == "/name"


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("#/components/schemas/None", "nothing is at '#/components/schemas/None'"),
        ("other.yaml#/Pet", "'other.yaml#/Pet' leads out of the document"),
        ("#/components/schemas/Loop", "leads to itself"),
    ],
)
def test_a_reference_to_nothing_is_said(tmp_path: Path, reference: str, said: str) -> None:
    loop = {"Loop": {"$ref": "#/components/schemas/Loop"}}
    small = contract(tmp_path, {"/p": {"get": answers()}}, components={"schemas": loop})
    with pytest.raises(ContractError, match=said):
        small.document.resolve({"$ref": reference})


@pytest.mark.parametrize(
    ("version", "schema"),
    [
        ("3.0.3", {"type": "string", "nullable": True}),
        ("3.0.3", {"type": "string", "enum": ["a"], "nullable": True}),
        ("3.1.0", {"type": ["string", "null"]}),
        ("3.1.0", {"anyOf": [{"const": "a"}, {"type": "null"}]}),
    ],
)
def test_null_is_let_in_where_the_version_of_openapi_says_so(
    tmp_path: Path, version: str, schema: Any
) -> None:
    small = contract(tmp_path, {"/p": {"get": answers(schema)}}, openapi=version)
    said = small.operations["GET /p"].answers["200"].schemas["application/json"]
    assert small.schemas.fits(said, None)
    assert small.schemas.fits(said, "a")
    assert not small.schemas.fits(said, 1)


def test_nullable_means_nothing_in_3_1(tmp_path: Path) -> None:
    schema = {"type": "string", "nullable": True}
    small = contract(tmp_path, {"/p": {"get": answers(schema)}}, openapi="3.1.0")
    assert not small.schemas.fits(schema, None)


def test_a_member_that_is_called_nullable_is_a_member(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"nullable": {"type": "boolean"}}}
    small = contract(tmp_path, {"/p": {"get": answers(schema)}})
    assert small.schemas.fits(schema, {"nullable": True})
    assert not small.schemas.fits(schema, {"nullable": "yes"})


def test_an_operation_overrides_a_parameter_of_its_path(tmp_path: Path) -> None:
    def limit(most: int) -> Any:
        return {"name": "limit", "in": "query", "schema": {"maximum": most}}

    same_name = {"name": "limit", "in": "header", "schema": {"type": "string"}}
    item = {"parameters": [limit(9), same_name], "get": {**answers(), "parameters": [limit(5)]}}
    parameters = contract(tmp_path, {"/p": item}).operations["GET /p"].parameters
    assert [(each.place, each.schema.get("maximum")) for each in parameters] == [
        ("query", 5),
        ("header", None),
    ]


@pytest.mark.parametrize(
    ("servers", "base"),
    [
        ([{"url": "https://api.example.com/v2/"}], "/v2"),
        ([{"url": "https://api.example.com"}], ""),
        ([{"url": "/v1"}], "/v1"),
        ([{"url": "https://{region}.example.com/v3"}], "/v3"),
        ([{"url": "https://example.com/{version}"}], ""),
        ([], ""),
    ],
)
def test_the_path_of_the_first_server_comes_before_each_path(
    tmp_path: Path, servers: Any, base: str
) -> None:
    small = contract(tmp_path, {"/p": {"get": answers()}}, servers=servers)
    assert small.base_path == base
    found = small.operation_at("GET", f"{base}/p?x=1")
    assert found is not None
    assert found.label == "GET /p"


def test_a_literal_segment_wins_over_a_parameter_in_any_order(tmp_path: Path) -> None:
    paths = {
        f"/pets/{part}": {"get": {**answers(), "operationId": name}}
        for part, name in (("{id}", "byId"), ("search", "search"), ("{id}/toys", "toys"))
    }
    small = contract(tmp_path, paths)
    names = {
        path: found.name if (found := small.operation_at("GET", path)) else None
        for path in ("/pets/search", "/pets/7", "/pets/7/toys", "/pets/7/none", "/pets")
    }
    assert names == {
        "/pets/search": "search",
        "/pets/7": "byId",
        "/pets/7/toys": "toys",
        "/pets/7/none": None,
        "/pets": None,
    }


def test_an_operation_without_a_name_is_called_by_method_and_path(tmp_path: Path) -> None:
    assert list(contract(tmp_path, {"/p": {"get": answers()}}).operations) == ["GET /p"]


def test_an_answer_is_found_by_status_then_range_then_default(tmp_path: Path) -> None:
    item = {"responses": {each: {"description": each} for each in ("200", "4XX", "default")}}
    operation = contract(tmp_path, {"/p": {"get": item}}).operations["GET /p"]
    declared = [operation.answer(status) for status in (200, 404, 500)]
    assert [each.description for each in declared if each] == ["200", "4XX", "default"]
    assert operation.statuses == (200,)


def test_security_of_the_document_holds_unless_an_operation_has_its_own(tmp_path: Path) -> None:
    item = {"get": answers(), "post": {**answers(), "security": []}}
    operations = contract(tmp_path, {"/p": item}, security=[{"Key": ["read"]}]).operations
    assert operations["GET /p"].security == ({"Key": ("read",)},)
    assert operations["POST /p"].security == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("paths: {}\nopenapi: 3.0.3", "has no operations: there is nothing to judge"),
        ("swagger: '2.0'\npaths: {}", "says openapi: '2.0'; documents of version 3"),
        ("- a list", "it has no 'paths'"),
        ("a: [", "cannot be read"),
        pytest.param("[" * 100_000, "nested more than 500 levels", id="deep"),
    ],
)
def test_what_is_no_contract_is_refused_with_the_file_named(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContractError, match=said) as refused:
        load_contract(path)
    assert "some.yaml" in str(refused.value)


def test_dates_in_yaml_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "dated.yaml"
    path.write_text(
        "openapi: 3.0.3\npaths:\n  /p:\n    get:\n      description: 2026-02-01\n"
        "      responses: {200: {description: x}}\n",
        "utf-8",
    )
    operation = load_contract(path).operations["GET /p"]
    assert operation.description == "2026-02-01"
    assert operation.statuses == (200,)
