"""The text of a parameter stands for one value, by the grammar of JSON."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.contract import Operation, build_contract
from mockserver.contract.parameters import read_headers, read_path, read_query

DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/things/{thing-id}": {
            "parameters": [
                {
                    "name": "thing-id", "in": "path", "required": True,
                    "schema": {"type": "string", "pattern": "^[a-z/ ]+$"},
                }
            ],
            "get": {
                "parameters": [
                    {"name": "page", "in": "query",
                     "schema": {"type": "integer", "minimum": 1, "default": 1}},
                    {"name": "on", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "rate", "in": "query", "schema": {"type": "number"}},
                    {"name": "day", "in": "query", "schema": {"type": "string", "format": "date"}},
                    {"name": "maybe", "in": "query",
                     "schema": {"type": "integer", "nullable": True}},
                    {"name": "from", "in": "query",
                     "schema": {"anyOf": [{"type": "string", "format": "date"},
                                          {"type": "string", "format": "date-time"}]}},
                    {"name": "tags", "in": "query",
                     "schema": {"type": "array", "items": {"type": "string"}}},
                    {"name": "ids", "in": "query", "explode": False,
                     "schema": {"type": "array", "items": {"type": "integer"}}},
                    {"name": "must", "in": "header", "required": True,
                     "schema": {"type": "string"}},
                ],
                "responses": {"200": {"description": "ok"}},
            },
        }
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def operation() -> Operation:
    return build_contract(DOCUMENT, "").operations[0]


@pytest.mark.parametrize(
    "query",
    ["page=1_0", "page=+1", "page=%2B1", "page=%201", "page=1%20", "page=01", "page=1.0",
     "page=%D9%A1", "page=", "page=0x1", "page=1&page=2", "page=99999999999999999999", "page=0",
     "on=1", "on=TRUE", "on=yes", "rate=NaN", "rate=inf", "rate=1e999", "rate=.5",
     "day=2026-02-30", "day=2026-2-1", "maybe=null", "maybe=None", "maybe=",
     "from=yesterday", "from=2026-02-01T10:00:00", "ids=1,,2", "ids=1,a", "page=%FF", "%FF=1"],
)  # fmt: skip
def test_a_text_that_is_not_quite_the_type_is_refused(operation: Operation, query: str) -> None:
    values, violations = read_query(operation, query)
    assert len(violations) == 1
    assert violations[0].location == "query"
    assert violations[0].name not in values


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"page": 1}),
        ("page=7&on=true&rate=1.5e1", {"page": 7, "on": True, "rate": 15.0}),
        ("on=false&rate=-0", {"page": 1, "on": False, "rate": 0.0}),
        ("day=2024-02-29", {"page": 1, "day": "2024-02-29"}),
        ("from=2026-02-01", {"page": 1, "from": "2026-02-01"}),
        ("from=2026-02-01t10:00:00%2B02:00", {"page": 1, "from": "2026-02-01t10:00:00+02:00"}),
        ("tags=a+b&tags=c%2Cd", {"page": 1, "tags": ["a b", "c,d"]}),
        ("ids=1,2", {"page": 1, "ids": [1, 2]}),
        ("unknown=%00&page=2&&", {"page": 2}),
    ],
)
def test_a_text_of_the_type_becomes_its_value(
    operation: Operation, query: str, expected: dict[str, Any]
) -> None:
    assert read_query(operation, query) == (expected, [])


def test_a_path_value_is_decoded_after_the_segments_are_split(operation: Operation) -> None:
    assert read_path(operation, {"thing-id": "a%2Fb%20c"}) == ({"thing-id": "a/b c"}, [])


def test_a_path_value_that_is_not_utf_8_is_refused(operation: Operation) -> None:
    values, violations = read_path(operation, {"thing-id": "%ff"})
    assert values == {}
    assert [v.keyword for v in violations] == ["encoding"]


def test_a_required_header_that_is_missing_is_named(operation: Operation) -> None:
    assert [v.sentence for v in read_headers(operation, {})[1]] == ["'must' is required."]
    assert read_headers(operation, {"must": "x"}) == ({"must": "x"}, [])


def test_a_query_that_nobody_asked_for_may_be_anything() -> None:
    plain = {**DOCUMENT, "paths": {"/things": {"get": {"responses": {"200": {"description": ""}}}}}}
    (operation,) = build_contract(plain, "").operations
    assert read_query(operation, "x=%FF&%FF") == ({}, [])
