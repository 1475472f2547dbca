"""A file of semantics that cannot be used is refused, and the message says where it is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contract_tests.contract import ContractError
from contract_tests.semantics import load_semantics, semantics_beside
from contract_tests.semantics.loading import load_auth
from tests.judge.core.documents import answers, contract

PATHS = {
    "/pets": {"get": {**answers(), "operationId": "listPets"}},
    "/pets/{id}": {"get": {**answers(), "operationId": "getPet"}},
}
PET = {"id": "/id", "unknown": "0"}
STEP = {"call": "getPet"}
RULE = {"code": "a", "says": "x", "source": "y"}


def _load(folder: Path, **members: Any) -> Any:
    path = folder / "small.semantics.yaml"
    path.write_text(json.dumps({"semantics": "1", **members}), "utf-8")
    return load_semantics(path, contract(folder, PATHS))


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"resources": {"pet": {"id": "/id"}}}, '/resources/pet: "unknown" is a required'),
        ({"resources": {"pet": {**PET, "id": "id"}}}, "/resources/pet/id: "),
        ({"resurces": {}}, "'resurces' was unexpected"),
        ({"access": {"outranks": {"Key": []}}}, "/access names the scheme 'Key'"),
        ({"collections": {"listPets": {"resource": "pet"}}}, '/collections/listPets: "items"'),
        (
            {"resources": {"pet": {**PET, "read": {"operation": "readPet", "parameter": "id"}}}},
            "/resources/pet names the operation 'readPet'",
        ),
        (
            {"collections": {"listPets": {"resource": "dog", "items": ""}}},
            "/collections/listPets names the resource 'dog'",
        ),
        (
            {
                "resources": {
                    "pet": {
                        **PET,
                        "create": {
                            "operation": "getPet",
                            "body": {},
                            "id": "/id",
                            "needs": {"owner": "person"},
                        },
                    }
                }
            },
            "/resources/pet names the resource 'person'",
        ),
        (
            {"resources": {"pet": {**PET, "create": {
                "operation": "getPet", "body": {"tag": 1}, "id": "/id", "unique": ["/name"]}}}},
            "/resources/pet/create/unique names /name, which the body",
        ),
        (
            {"journeys": [{**RULE, "operation": "getPet", "steps": [{"call": "feedPet"}]}]},
            "journey a names the operation 'feedPet'",
        ),
        (
            {"journeys": [{**RULE, "operation": "getPet", "steps": [{"each": [1], "do": [
                {"make": "dog"}]}]}]},
            "journey a names the resource 'dog'",
        ),
        (
            {"invariants": [{**RULE, "resource": "dog", "holds": "true"}]},
            "invariant a names the resource 'dog'",
        ),
        (
            {
                "invariants": [{**RULE, "operations": ["getPet"], "holds": "true"}],
                "journeys": [{**RULE, "operation": "getPet", "steps": [STEP]}],
            },
            "the code 'a' is given twice",
        ),
        ({"unreachable": [{"operation": "gone", "status": 500, "why": "x"}]}, "/unreachable"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, members: Any, said: str) -> None:
    with pytest.raises(ContractError) as refused:
        _load(tmp_path, **members)
    assert said in str(refused.value)
    assert "--semantics" in str(refused.value)
    assert "small.semantics.yaml" in str(refused.value)


def test_a_file_that_is_not_there_names_the_flag(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"--semantics .*none\.yaml cannot be read"):
        load_semantics(tmp_path / "none.yaml", contract(tmp_path, PATHS))


def test_the_least_file_says_nothing(tmp_path: Path) -> None:
    loaded = _load(tmp_path)
    assert (loaded.resources, loaded.collections, loaded.journeys) == ({}, {}, ())
    assert (loaded.access.unauthenticated, loaded.access.forbidden) == (401, 403)


def test_the_file_beside_a_contract_is_found_by_its_name(tmp_path: Path) -> None:
    small = contract(tmp_path, PATHS)
    assert semantics_beside(small.document.path) is None
    _load(tmp_path)
    assert semantics_beside(small.document.path) == tmp_path / "small.semantics.yaml"


def test_credentials_from_elsewhere_are_secret_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "auth.json"
    path.write_text('{"valid": {"Key": "s3cret"}, "refused": []}', "utf-8")
    loaded = load_auth(path)
    assert not loaded.shown
    assert [(each.scheme, each.text, each.state) for each in loaded.all] == [
        ("Key", "s3cret", "valid")
    ]
    path.write_text('{"refused": [{"scheme": "Key", "credential": "x", "state": "old"}]}', "utf-8")
    with pytest.raises(ContractError, match=r"--auth .*auth\.json, /refused/0/state"):
        load_auth(path)
