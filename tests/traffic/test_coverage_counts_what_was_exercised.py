"""The coverage report says what of the contract was exercised, and what beyond it."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.bundle import contract_path
from mockserver.contract import build_contract, load_document, read_document
from mockserver.errors import RuleBroken
from mockserver.traffic import (
    Coverage,
    Declared,
    Journal,
    Thresholds,
    coverage_json,
    declare,
    totals_of,
)
from tests.traffic.recording import operation, record, small_contract


@pytest.fixture
def coverage() -> Coverage:
    return Coverage(declare(small_contract()))


def exchange(coverage: Coverage, name: str | None, *, parsed: Any = None, **more: Any) -> None:
    found = operation(name) if name else None
    method = found.method if found else "GET"
    coverage.count(record(Journal(), method, operation=found, **more), parsed)


def told(coverage: Coverage, name: str) -> dict[str, Any]:
    report = coverage_json(coverage)
    return next(o for o in report["operations"] if o["operation_id"] == name)


def parameters(coverage: Coverage, name: str) -> set[str]:
    return {p["name"] for p in told(coverage, name)["parameters"] if p["seen"]}


def values(coverage: Coverage, name: str) -> dict[str, list[Any]]:
    return {p["name"]: p["seen"] for p in told(coverage, name)["enum_values"]}


def test_the_declared_is_told_in_the_order_of_the_document(coverage: Coverage) -> None:
    listing = told(coverage, "listPets")
    assert [p["name"] for p in listing["parameters"]] == [
        "X-Trace", "session", "kind", "size", "colours", "old",
    ]  # fmt: skip
    assert listing["statuses"] == [
        {"status": "200", "exchanges": 0},
        {"status": "4XX", "exchanges": 0},
    ]
    assert listing["enum_values"] == [
        {"in": "query", "name": "kind", "seen": [], "unseen": ["cat", "dog"]},
        {"in": "query", "name": "size", "seen": [], "unseen": [1, 2]},
        {"in": "query", "name": "colours", "seen": [], "unseen": ["red", "blue"]},
    ]


def test_body_values_are_declared_through_references_and_alternatives_once(
    coverage: Coverage,
) -> None:
    declared = {p["name"]: p["unseen"] for p in told(coverage, "createPet")["enum_values"]}
    assert declared == {
        "/kind": ["cat", "dog"],
        "/tags/*": [1, True, None, "x"],
        "/looks/*": ["good", "bad"],
        "/food/form": ["dry", "wet"],
    }


def test_statuses_count_under_what_declares_them(coverage: Coverage) -> None:
    for status in (200, 200, 404, 422, 500, None):
        exchange(coverage, "listPets", status=status)
    listing = told(coverage, "listPets")
    assert listing["exchanges"] == 6
    assert [s["exchanges"] for s in listing["statuses"]] == [2, 2]
    assert coverage_json(coverage)["leaned_on"]["undeclared_statuses"] == [
        {"operation_id": "listPets", "status": 500, "exchanges": 1}
    ]


def test_parameters_of_every_place_are_seen(coverage: Coverage) -> None:
    headers = {"x-trace": "1", "cookie": "a=b; session=x"}
    exchange(coverage, "listPets", query="kind=cow&size=", headers=headers)
    assert parameters(coverage, "listPets") == {"X-Trace", "session", "kind", "size"}
    exchange(coverage, "deletePet", status=204)
    assert parameters(coverage, "deletePet") == {"id"}


def test_query_values_are_seen_as_text(coverage: Coverage) -> None:
    exchange(coverage, "listPets", query="kind=d%6Fg&kind=cow&size=2&colours=red,green")
    assert values(coverage, "listPets") == {"kind": ["dog"], "size": [2], "colours": ["red"]}


def test_body_values_are_seen_where_they_stand(coverage: Coverage) -> None:
    body = {
        "kind": "cat",
        "tags": [1.0, "x", 7, 2**70, {}],
        "looks": {"face": "good"},
        "food": {"form": "wet"},
    }
    exchange(coverage, "createPet", status=201, parsed=body)
    assert values(coverage, "createPet") == {
        "/kind": ["cat"],
        "/tags/*": [1, "x"],
        "/looks/*": ["good"],
        "/food/form": ["wet"],
    }
    exchange(coverage, "createPet", status=201, parsed={"tags": [True, None], "kind": ["dog"]})
    assert values(coverage, "createPet")["/tags/*"] == [1, True, None, "x"]
    assert values(coverage, "createPet")["/kind"] == ["cat"]


def test_a_refused_request_exercises_its_status_alone(coverage: Coverage) -> None:
    exchange(coverage, "listPets", status=400, query="kind=cat&new=1", verdict="refused")
    listing = told(coverage, "listPets")
    assert [s["exchanges"] for s in listing["statuses"]] == [0, 1]
    assert parameters(coverage, "listPets") == set()
    assert coverage_json(coverage)["leaned_on"]["undocumented_query"] == [
        {"operation_id": "listPets", "name": "new", "exchanges": 1}
    ]


def test_what_is_deprecated_or_undocumented_is_told(coverage: Coverage) -> None:
    exchange(coverage, "listPets", query="old=1&new=1&new=2&__code=404")
    exchange(coverage, "deletePet", status=204)
    exchange(coverage, None, status=404, path="/cows")
    assert coverage_json(coverage)["leaned_on"] == {
        "deprecated_operations": [{"operation_id": "deletePet", "exchanges": 1}],
        "deprecated_parameters": [{"operation_id": "listPets", "in": "query", "name": "old"}],
        "undocumented_query": [{"operation_id": "listPets", "name": "new", "exchanges": 2}],
        "undeclared_statuses": [],
        "unmatched": [{"method": "GET", "path": "/cows", "exchanges": 1}],
    }


def test_names_that_clients_make_up_are_bounded(coverage: Coverage) -> None:
    for number in range(300):
        exchange(coverage, "listPets", query=f"{'x' * 1000}{number}=1&a{number}=1&%ff=1")
        exchange(coverage, "listPets", query=f"a{number}=1")
        exchange(coverage, None, path=f"/{number}")
    leaned_on = coverage_json(coverage)["leaned_on"]
    assert len(leaned_on["undocumented_query"]) == 100
    assert len(leaned_on["unmatched"]) == 100


def test_an_operation_of_another_contract_is_ignored() -> None:
    coverage = Coverage(Declared({}))
    exchange(coverage, "listPets")
    assert coverage_json(coverage)["operations"] == []
    assert totals_of(coverage).operations.percent == 100.0


def test_worlds_are_added_up(coverage: Coverage) -> None:
    other = coverage.fork()
    exchange(coverage, "listPets", query="kind=cat&a=1")
    exchange(other, "listPets", query="kind=dog&a=1", status=500)
    exchange(other, "createPet", status=201)
    exchange(other, None)
    coverage.absorb(other)
    coverage.absorb(other.fork())
    assert values(coverage, "listPets")["kind"] == ["cat", "dog"]
    assert told(coverage, "listPets")["exchanges"] == 2
    assert told(coverage, "createPet")["exchanges"] == 1
    leaned_on = coverage_json(coverage)["leaned_on"]
    assert leaned_on["undocumented_query"][0]["exchanges"] == 2
    assert leaned_on["undeclared_statuses"][0]["exchanges"] == 1
    assert len(leaned_on["unmatched"]) == 1
    coverage.clear()
    assert coverage_json(coverage) == coverage_json(other.fork())


def test_totals_are_over_all_operations_and_rounded_down(coverage: Coverage) -> None:
    exchange(coverage, "listPets", query="kind=cat&size=1")
    totals = totals_of(coverage)
    assert totals.operations == (3, 1)
    assert totals.operations.percent == 33.3
    assert totals.statuses == (5, 1)
    assert totals.parameters == (9, 2)
    assert totals.enum_values == (16, 2)
    assert coverage_json(coverage)["totals"]["enum_values"] == {
        "declared": 16,
        "seen": 2,
        "percent": 12.5,
    }


def test_the_thresholds_that_are_missed_are_named(coverage: Coverage) -> None:
    exchange(coverage, "listPets", query="kind=cat&size=1")
    wanted = Thresholds(operations=33.3, statuses=50, enum_values=12.6)
    assert coverage_json(coverage, wanted)["thresholds"] == {
        "met": False,
        "missed": [
            {"measure": "statuses", "minimum": 50, "percent": 20.0},
            {"measure": "enum_values", "minimum": 12.6, "percent": 12.5},
        ],
    }
    assert coverage_json(coverage)["thresholds"] == {"met": True, "missed": []}


def test_a_threshold_is_a_percentage() -> None:
    with pytest.raises(RuleBroken, match=r"'statuses' must be a percentage .* not 101") as refused:
        Thresholds(operations=-1, statuses=101, parameters=100, enum_values=float("nan"))
    assert [p.field for p in refused.value.problems] == ["operations", "statuses", "enum_values"]


def test_the_served_contract_declares_its_enum_values() -> None:
    source = read_document(contract_path())
    coverage = Coverage(declare(build_contract(load_document(source, "openapi.yaml"), source)))
    assert totals_of(coverage).operations.declared == len(coverage.declared.operations) > 30
    points = {p["name"]: p["unseen"] for p in told(coverage, "createBooking")["enum_values"]}
    assert points == {
        "/industry": ["cleaning", "junk-removal", "carpet-cleaning"],
        "/configuration/frequency": ["one-time", "weekly", "bi-weekly", "monthly"],
        "/configuration/extras/*": ["inside_oven", "inside_fridge", "laundry"],
    }
    leads = [p["name"] for p in told(coverage, "createLeadsCustomer")["enum_values"]]
    assert leads == ["/preferredContactMethods/*"]


def test_values_that_a_request_cannot_tell_apart_are_one() -> None:
    schema = {"enum": ["1", 1, 1.0, True]}
    parameter = {"name": "a", "in": "query", "schema": schema}
    content = {"application/json": {"schema": schema}, "text/json": {"schema": schema}}
    post = {"operationId": "x", "parameters": [parameter], "requestBody": {"content": content}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/x": {"post": {**post, "responses": {"200": {"description": "ok"}}}}},
    }
    coverage = Coverage(declare(build_contract(document, "")))
    assert [p["unseen"] for p in told(coverage, "x")["enum_values"]] == [
        ["1", True],
        ["1", 1, True],
    ]


def test_schemas_that_branch_without_end_are_read_in_bounds() -> None:
    schemas: dict[str, Any] = {
        f"S{n}": {"properties": {k: {"$ref": f"#/components/schemas/S{n + 1}"} for k in "ab"}}
        for n in range(60)
    }
    schemas["S60"] = {"properties": {"a": {"enum": [1]}}}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}
    post = {"requestBody": {"content": content}, "responses": {"200": {"description": "ok"}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/x": {"post": post}},
        "components": {"schemas": schemas},
    }
    assert len(declare(build_contract(document, "")).operations["post /x"].enums) <= 1000
