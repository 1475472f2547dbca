"""What real documents get wrong: each is told, and the document is served all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mockserver.contract.foreign import foreign_contract
from tests.contract.foreign.documents import (
    FINE,
    body_schema,
    codes,
    document,
    loaded,
    only,
    takes,
    with_schema,
)

ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def _get(**more: Any) -> Any:
    return {"operationId": "get", "responses": FINE, **more}


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        ({"/a": {"get": {"responses": FINE}}}, "no-operation-id"),
        ({"/a": {"get": {"operationId": "a"}}}, "no-responses"),
        ({"/a": {"get": {"operationId": "a", "responses": {"fine": {}}}}}, "bad-status"),
        ({"/a": {"get": _get(security=[{"nobody": []}])}}, "undefined-scheme"),
        ({"/a": {"get": _get(parameters=[{"name": "q"}])}}, "bad-parameter"),
        ({"/a": {"get": _get(parameters=[ID])}}, "strange-parameter"),
        ({"/a/{id}": {"get": _get()}}, "undeclared-parameter"),
        ({"/a/{id}": {"get": _get(parameters=[{**ID, "style": "form"}])}}, "bad-style"),
        ({"a": {"get": _get()}}, "path-variant"),
        ({"/a?kind=x": {"get": _get()}}, "path-variant"),
        ({"/a": {"get": _get(tags="pets")}}, "bad-tags"),
        ({"/a": {"get": _get(requestBody={"content": None})}}, "no-content"),
        ({"/a": {"get": _get(requestBody={"content": {"$ref": "#/nowhere"}})}}, "dangling-ref"),
        ({"/a": {"get": {"operationId": "a", "responses": {
            "204": {"description": "", "content": {"text/plain": {}}}}}}}, "content-forbidden"),
        ({"/a": {"get": {"operationId": "a", "responses": {
            "200": {"description": "", "content": {"json": {}}}}}}}, "bad-media-type"),
        ({"/a": {"get": _get(parameters=[
            {"name": "Authorization", "in": "header", "schema": {}}])}}, "unmeant-header"),
    ],
)  # fmt: skip
def test_a_defect_of_an_operation_is_told_and_served(tmp_path: Path, paths: Any, code: str) -> None:
    found = loaded(tmp_path, document(paths))
    assert codes(found)[0] == code
    assert len(foreign_contract(found).operations) == 1


@pytest.mark.parametrize(
    ("schema", "code", "good", "bad"),
    [
        ({"type": "date"}, "bad-type", "2026-02-01", 1),
        ({"type": ["string", "null"]}, "bad-type", None, 1),
        ({"type": ["string", "integer"]}, "bad-type", 1, True),
        ({"type": "any"}, "bad-type", {}, None),
        ({"type": "string", "enum": [1, 2]}, "bad-enum", "1", 1),
        ({"type": "string", "enum": ["a", "a"]}, "bad-enum", "a", "b"),
        ({"type": "array", "items": {"type": "string"}, "enum": ["a"]}, "bad-enum", ["a"], ["b"]),
        ({"type": "string", "pattern": "["}, "bad-pattern", "x", 1),
        ({"type": "string", "pattern": "\\p{L}+"}, "bad-pattern", "1", 1),
        ({"type": "string", "maxLength": "3"}, "bad-maxLength", "abc", "abcd"),
        ({"type": "integer", "exclusiveMinimum": 3}, "bad-exclusiveMinimum", 4, 3),
        ({"type": "object", "required": True}, "bad-required", {}, []),
        ({"type": "object", "properties": {"a": None}}, "bad-schema", {"a": 1}, []),
        ({"type": "string", "nullable": "true"}, "bad-nullable", None, 1),
        ({"type": "integer", "default": "many"}, "bad-default", 1, "many"),
        ({"type": "string", "example": []}, "bad-example", "", []),
        ({"oneOf": []}, "bad-oneOf", 1, None),
        ({"items": [{"type": "string"}], "type": "array"}, "bad-items", ["a"], [1]),
        ({"$ref": "#/components/schemas/Gone"}, "dangling-ref", 1, None),
        ({"$ref": "#/components/schemas/T", "nullable": True}, "ref-siblings", "a", 1),
        (None, "bad-schema", 1, None),
    ],
)
def test_a_defect_of_a_schema_is_told_and_means_what_was_meant(
    tmp_path: Path, schema: Any, code: str, good: Any, bad: Any
) -> None:
    found = loaded(tmp_path, with_schema(schema, T={"type": "string"}))
    assert set(codes(found)) == {code}
    assert takes(found, good)
    assert bad is None or not takes(found, bad)


def test_a_warning_says_where_what_and_what_is_done(tmp_path: Path) -> None:
    found = loaded(tmp_path, with_schema({"type": "string", "maxLength": "many"}))
    pointer = "/paths/~1it/put/requestBody/content/application~1json/schema/maxLength"
    assert found.warnings[0].sentence == (
        f"{pointer}: 'maxLength' must be a whole number from 0, not 'many'; ignored."
    )


def test_an_operation_id_given_twice_becomes_two(tmp_path: Path) -> None:
    found = loaded(tmp_path, document({"/a": {"get": _get(), "put": _get()}}))
    assert [o.operation_id for o in foreign_contract(found).operations] == ["get", "get_2"]
    assert codes(found) == ["same-operation-id"]


def test_an_operation_without_id_is_named_by_its_path(tmp_path: Path) -> None:
    item = {"parameters": [ID], "get": {"responses": FINE}}
    found = loaded(tmp_path, document({"/pet-shops/{id}": item}))
    assert only(found).operation_id == "getPetShopsById"


def test_keys_that_are_no_texts_and_dates_are_texts(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        """
openapi: 3.0.0
info: {title: t, version: 2026-02-01}
paths:
  /a:
    get:
      operationId: on
      responses:
        200: {description: yes}
        2xx: {description: Fine.}
""",
        "api.yaml",
    )
    assert found.document["info"]["version"] == "2026-02-01"
    assert list(only(found).responses) == ["200", "2XX"]
    assert only(found).operation_id == "on"
    assert codes(found) == []


def test_a_key_given_twice_counts_as_it_stands_last(tmp_path: Path) -> None:
    text = "openapi: 3.0.0\npaths:\n  /a:\n    get: {}\n  /a:\n    put: {operationId: b}\n"
    found = loaded(tmp_path, text, "api.yaml")
    assert only(found).method == "PUT"
    assert found.warnings[0].problem == "the key '/a' is given twice (line 5)"


def test_variants_of_a_path_are_all_served(tmp_path: Path) -> None:
    items = {f"/a#{name}": {"post": {"operationId": name, "responses": FINE}} for name in "xy"}
    operations = foreign_contract(loaded(tmp_path, document(items))).operations
    assert [(o.operation_id, o.path) for o in operations] == [("x", "/a"), ("y", "/a#y")]


def test_paths_that_differ_by_a_name_alone_share_their_methods(tmp_path: Path) -> None:
    other = {**ID, "name": "key"}
    items = {
        "/a/{id}": {"get": {"operationId": "first", "parameters": [ID], "responses": FINE}},
        "/a/{key}": {
            "get": {"operationId": "lost", "parameters": [other], "responses": FINE},
            "put": {"operationId": "second", "parameters": [other], "responses": FINE},
        },
    }
    found = loaded(tmp_path, document(items))
    assert [o.operation_id for o in foreign_contract(found).operations] == ["first", "second"]
    assert codes(found) == ["same-path"]


def test_webhooks_are_told_and_not_served(tmp_path: Path) -> None:
    hooks = {"paid": {"post": {"responses": FINE}}}
    found = loaded(tmp_path, document(version="3.1.0", webhooks=hooks))
    assert codes(found) == ["webhooks"]


def test_callbacks_and_links_are_no_operations(tmp_path: Path) -> None:
    called = {"paid": {"{$request.body#/url}": {"post": {"responses": FINE}}}}
    linked = {"200": {"description": "", "links": {"self": {"operationId": "get"}}}}
    item = {"/a": {"get": _get(callbacks=called, responses=linked)}}
    assert only(loaded(tmp_path, document(item))).operation_id == "get"


def test_an_undefined_scheme_beside_another_leaves_the_other(tmp_path: Path) -> None:
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    item = {"/a": {"get": _get(security=[{"key": [], "nobody": []}])}}
    found = loaded(tmp_path, document(item, components={"securitySchemes": schemes}))
    ((alternative,),) = [only(found).security]
    assert [scheme.name for scheme in alternative.schemes] == ["key"]


def test_an_optional_credential_is_asked_of_nobody(tmp_path: Path) -> None:
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    item = {"/a": {"get": _get(security=[{}, {"key": []}])}}
    found = loaded(tmp_path, document(item, components={"securitySchemes": schemes}))
    assert only(found).security == ()


def test_a_property_that_is_called_like_a_keyword_is_a_property(tmp_path: Path) -> None:
    names = ("$ref", "example", "default", "enum", "x-y", "properties")
    schema = {"type": "object", "properties": {n: {"type": "integer"} for n in names}}
    found = loaded(tmp_path, with_schema(schema))
    assert codes(found) == []
    assert all(takes(found, {name: 1}) and not takes(found, {name: "1"}) for name in names)


def test_a_document_that_is_in_order_is_left_as_it_is(tmp_path: Path) -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    found = loaded(tmp_path, with_schema(schema))
    assert codes(found) == []
    assert body_schema(found) == schema
