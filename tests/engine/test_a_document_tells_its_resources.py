"""Inference: which resources a document has, what each operation does, and why."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.contract import build_contract
from mockserver.engine import Inference, Kind, infer
from tests.engine.mock import contract, document, operation

Json = dict[str, Any]
THING: Json = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}


def _inferred(paths: Json, **schemas: Json) -> Inference:
    return infer(build_contract(document(paths, **schemas), ""))


@pytest.mark.parametrize(
    ("name", "uid", "kind", "resource"),
    [
        ("books", "get /books", Kind.LIST, "books"),
        ("books", "patch /books/{bookId}", Kind.UPDATE, "books"),
        ("orders", "post /orders/{order_id}/cancel", Kind.ACTION, "orders"),
        ("clinic", "get /owners/{ownerId}/address", Kind.READ, "address"),
        ("clinic", "post /owners/{ownerId}/pets", Kind.CREATE, "pets"),
        ("clinic", "post /owners/{ownerId}/visits", Kind.CREATE, "visits"),
        ("clinic", "patch /settings", Kind.UPDATE, "settings"),
        ("clinic", "post /drug.info", Kind.READ, "drug"),
        ("petshop", "get /pet/findByStatus", Kind.LIST, "pet"),
        ("petshop", "put /pet", Kind.REPLACE, "pet"),
    ],
)
def test_an_operation_has_the_role_that_a_reader_would_give_it(
    name: str, uid: str, kind: Kind, resource: str
) -> None:
    role = infer(contract(name)).roles[uid]
    assert role.kind is kind
    assert role.resource is not None
    assert role.resource.name == resource


def test_what_fits_no_pattern_is_left_to_made_up_answers() -> None:
    roles = infer(contract("clinic")).roles
    assert roles["post /estimates/{species}"].kind is Kind.OTHER


def test_each_role_has_a_reason_that_can_be_printed() -> None:
    rows = infer(contract("orders")).rows()
    assert ("get /orders", "list", "orders") in {row[:3] for row in rows}
    assert all(reason for *_, reason in rows)


@pytest.mark.parametrize(
    ("parameter", "member"),
    [
        ("thingId", "id"),
        ("thing_id", "id"),
        ("id", "id"),
        ("uuid", "uuid"),
        ("thing_name", "name"),
        ("name", "name"),
        ("Thing-UUID", "uuid"),
    ],
)
def test_the_id_is_the_member_that_the_path_parameter_means(parameter: str, member: str) -> None:
    names = {"id": ("id",), "uuid": ("uuid",), "name": ("name",)}[member]
    schema = {"type": "object", "properties": {n: {"type": "string"} for n in (*names, "colour")}}
    found = _inferred({f"/things/{{{parameter}}}": {"get": operation(schema)}})
    assert found.resources["things"].identity.member == member


def test_where_no_member_is_the_id_it_is_kept_beside_the_record() -> None:
    schema = {"type": "object", "properties": {"colour": {"type": "string"}}}
    found = _inferred({"/things/{ref}": {"get": operation(schema)}})
    assert found.resources["things"].identity.member is None


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"type": "array", "items": THING}, ()),
        ({"type": "object", "properties": {"data": {"type": "array", "items": THING}}}, ("data",)),
        (
            {
                "type": "object",
                "properties": {
                    "warnings": {"type": "array", "items": {"type": "string"}},
                    "things": {"type": "array", "items": THING},
                },
            },
            ("things",),
        ),
        (
            {
                "type": "object",
                "properties": {
                    "_embedded": {
                        "type": "object",
                        "properties": {"things": {"type": "array", "items": THING}},
                    }
                },
            },
            ("_embedded", "things"),
        ),
    ],
    ids=["bare", "usual", "named", "nested"],
)
def test_a_list_is_found_in_its_envelope(schema: Json, place: tuple[str, ...]) -> None:
    found = _inferred(
        {"/things": {"get": operation(schema)}, "/things/{id}": {"get": operation(THING)}}
    )
    listing = found.roles["get /things"].listing
    assert listing is not None
    assert listing.place == place


def test_paths_with_suffixes_and_verbs_mean_what_they_mean_without() -> None:
    found = _inferred(
        {
            "/things.json": {"get": operation({"type": "array", "items": THING})},
            "/things/{id}": {"get": operation(THING)},
            "/things/search": {"get": operation({"type": "array", "items": THING})},
        }
    )
    assert found.roles["get /things.json"].kind is Kind.LIST
    assert found.roles["get /things/search"].resource is found.resources["things"]


def test_the_first_record_stands_for_me() -> None:
    found = _inferred(
        {
            "/users": {"get": operation({"type": "array", "items": THING})},
            "/users/{id}": {"get": operation(THING)},
            "/users/me": {"get": operation(THING)},
        }
    )
    assert found.roles["get /users/me"].is_first
    assert found.roles["get /users/me"].resource is found.resources["users"]


def test_the_author_of_a_document_has_the_last_word() -> None:
    read = {**operation(THING), "x-mock-id": "name", "x-mock-count": 3}
    found = _inferred(
        {
            "/things": {"get": operation({"type": "array", "items": THING})},
            "/things/{id}": {"get": read, "put": {**operation(THING), "x-mock-kind": "other"}},
        }
    )
    assert found.resources["things"].identity.member == "name"
    assert found.resources["things"].count == 3
    assert found.roles["put /things/{id}"].kind is Kind.OTHER
    assert found.roles["put /things/{id}"].reason == "x-mock-kind says so"
