"""The lint pack: what keeps a contract from being tested is found, and ours is clean."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from contract_tests.pack import Item
from contract_tests.plan import CONTRACT, Options, make_plan
from contract_tests.running import Judge
from tests.judge.rude import answering

POST = ("paths", "/things", "post")
BODY = (*POST, "requestBody", "content", "application/json", "schema")
GOOD: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Things", "version": "1"},
    "components": {"securitySchemes": {"Key": {"type": "http", "scheme": "bearer"}}},
    "paths": {
        "/things": {
            "post": {
                "operationId": "createThing",
                "security": [{"Key": []}],
                "requestBody": {"content": {"application/json": {"schema": {
                    "type": "object", "additionalProperties": False,
                    "properties": {"name": {"type": "string", "maxLength": 9}},
                    "example": {"name": "a"}}}}},
                "responses": {
                    "201": {"description": "Made.", "headers": {
                        "Location": {"schema": {"type": "string"}}}},
                    "400": {"description": "Bad."}, "401": {"description": "Who?"}},
            }
        },
        "/things/{id}": {
            "get": {
                "operationId": "getThing",
                "parameters": [{"name": "id", "in": "path", "required": True,
                                "schema": {"type": "string", "pattern": "^[0-9]+$"}}],
                "responses": {"200": {"description": "It."}, "404": {"description": "None."}},
            }
        },
        "/things/newest": {
            "get": {"operationId": "newestThing", "responses": {"200": {"description": "It."}}}
        },
    },
}  # fmt: skip


def codes(document: dict[str, Any], folder: Path) -> set[str]:
    """The codes of all lint findings of a document."""
    path = folder / "contract.yaml"
    path.write_text(yaml.safe_dump(document))
    with answering(404, b"", "text/plain") as url:
        plan = make_plan(Options(url, spec=str(path), packs=("lint",)))
        judge = Judge(plan, "nonce")
        results = [judge.judge(Item("lint", name)) for name in plan.operations]
    assert [result.error for result in results if result.error] == []
    return {finding.code for result in results for finding in result.findings}


def test_a_contract_that_says_enough_is_clean(tmp_path: Path) -> None:
    assert codes(GOOD, tmp_path) == set()


def test_ours_is_clean() -> None:
    with answering(404, b"", "text/plain") as url:
        plan = make_plan(Options(url, spec=str(CONTRACT), packs=("lint",)))
        judge = Judge(plan, "nonce")
        found = [f for name in plan.operations for f in judge.judge(Item("lint", name)).findings]
    assert found == []


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (("info",), {"title": "no version"}, "lint.invalid-document"),
        ((*POST, "responses"), {"default": {"description": "?"}}, "lint.default-only"),
        ((*POST, "responses", "401"), None, "lint.no-401"),
        ((*POST, "responses", "400"), None, "lint.no-400"),
        (("paths", "/things/{id}", "get", "responses", "404"), None, "lint.no-404"),
        ((*POST, "responses", "201", "headers"), None, "lint.created-nowhere"),
        (("paths", "/things/{id}", "get", "parameters", 0, "schema"), {"type": "string"},
         "lint.ambiguous-path"),
        ((*BODY, "example"), {"name": 1}, "lint.example-breaks-schema"),
        ((*BODY, "additionalProperties"), None, "lint.open-object"),
        ((*BODY, "properties", "name"), {"type": "string"}, "lint.unbounded-value"),
        ((*POST, "responses", "201", "links"), {"get": {"operationId": "nobody"}},
         "lint.broken-link"),
        (("components", "examples"), {"lonely": {"value": 1}}, "lint.unused-example"),
    ],
)  # fmt: skip
def test_each_flaw_is_named(place: tuple[Any, ...], value: Any, code: str, tmp_path: Path) -> None:
    document = copy.deepcopy(GOOD)
    at: Any = document
    for name in place[:-1]:
        at = at[name]
    if value is None:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    assert code in codes(document, tmp_path)
