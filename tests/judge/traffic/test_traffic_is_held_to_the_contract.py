from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.contract import Contract
from contract_tests.packs.traffic import judge_traffic
from contract_tests.results import Exit, Outcome
from tests.judge.traffic import talk
from tests.judge.traffic.talk import ID, Json, entry, said, traffic

PET = {"id": ID, "name": "Rex"}
TOTAL = {"X-Total": "1"}
LIST = entry("GET /pets", 200, [PET], headers=TOTAL)
PROBLEM = {"error": "no"}


@pytest.fixture
def pets(tmp_path: Path) -> Contract:
    return talk.contract(tmp_path)


RIGHT = {
    "a list": LIST,
    "HEAD of what can be read": entry("HEAD /pets", 200, headers=TOTAL),
    "a list of values in one parameter": entry("GET /pets?tags=a,b", 200, [], headers=TOTAL),
    "a new pet": entry("POST /pets", 201, PET, body={"name": "Rex", "secret": "s"}),
    "null where it may be": entry("POST /pets", 201, {**PET, "owner": None}, body={"name": "R"}),
    "nothing is answered to a delete": entry(f"DELETE /pets/{ID}", 204),
    "a bad request is refused": entry("POST /pets", 400, PROBLEM, body={"name": 5}),
    "a bad query is refused": entry("GET /pets?limit=0", 400, PROBLEM),
    "a bad request is refused as the contract does not say": entry(
        "POST /pets", 422, PROBLEM, body={"name": 5}
    ),
    "a path that is nowhere": entry("GET /nothing", 404, PROBLEM),
    "a method that is nowhere": entry("PUT /pets", 405),
    "a question before a call": entry("OPTIONS /pets", 204),
    "a query name that nobody knows": entry("GET /pets?utm=1", 200, [], headers=TOTAL),
    "no credential, and 401": entry(
        "GET /pets", 401, PROBLEM, sent={}, headers={"WWW-Authenticate": "Key"}
    ),
    "a body that a recorder made unreadable": entry(
        "POST /pets", 201, PET, body={"name": "[redacted] and more"}
    ),
    "a part of a page": entry("GET /app.js", 200, "x", _resourceType="script"),
    "another host": entry("GET /stats", 200, "{}", base="http://other.test"),
}

WRONG: dict[str, tuple[Json, list[str]]] = {
    "a path": (entry("GET /secrets/17", 200, {}), ["undocumented_path GET /secrets/{id}"]),
    "a method": (entry("PUT /pets", 200, {}), ["undocumented_method PUT /pets"]),
    "a status": (
        entry("GET /pets", 202, {}, headers=TOTAL), ["undocumented_status listPets 202"],
    ),
    "a status for a good request": (
        entry("POST /pets", 422, PROBLEM, body={"name": "Rex"}),
        ["undocumented_status createPet 422"],
    ),
    "a media type": (
        entry("GET /pets", 200, "<p>", headers={**TOTAL, "Content-Type": "text/html"}),
        ["undocumented_media_type listPets 200:text/html"],
    ),
    "a member that breaks its schema": (
        entry("GET /pets", 200, [PET, {"id": 7, "name": "Rex"}], headers=TOTAL),
        ["response_schema listPets 200:/*/id:type:"],
    ),
    "a member that is missing": (
        entry("GET /pets", 200, [{"id": ID}], headers=TOTAL),
        ["response_schema listPets 200:/*:required:name"],
    ),
    "a member that nobody knows": (
        entry("GET /pets", 200, [{**PET, "hash": "x"}], headers=TOTAL),
        ["undocumented_member listPets 200:/*:additionalProperties:hash"],
    ),
    "a refusal that breaks its schema": (
        entry("POST /pets", 409, {"message": "no"}, body={"name": "Rex"}),
        ["response_schema createPet 409::required:error"],
    ),
    "no JSON": (
        entry("GET /pets", 200, "[", headers=TOTAL), ["response_not_json listPets 200"],
    ),
    "no body": (entry("POST /pets", 201, body={"name": "R"}), ["missing_body createPet 201:"]),
    "a body after 204": (
        entry(f"DELETE /pets/{ID}", 204, {"a": 1}), ["body_not_allowed deletePet 204"],
    ),
    "a header that is missing": (
        entry("GET /pets", 200, []), ["missing_header listPets 200:x-total"],
    ),
    "a header that breaks its schema": (
        entry("GET /pets", 200, [], headers={"X-Total": "many"}),
        ["bad_header listPets 200:x-total:type"],
    ),
    "a server that fails": (entry("GET /pets", 500, "oops"), ["server_error listPets 500"]),
    "401 without a challenge": (entry("GET /pets", 401, PROBLEM), ["missing_challenge listPets"]),
    "a bad body that is accepted": (
        entry("POST /pets", 201, PET, body={"name": "far too long a name"}),
        ["bad_request_accepted createPet body:/name:maxLength:"],
    ),
    "an unknown member that is accepted": (
        entry("POST /pets", 201, PET, body={"name": "R", "x": 1}),
        ["bad_request_accepted createPet body::additionalProperties:x"],
    ),
    "no body, accepted": (
        entry("POST /pets", 201, PET), ["bad_request_accepted createPet body::required"],
    ),
    "a bad query that is accepted": (
        entry("GET /pets?limit=0", 200, [], headers=TOTAL),
        ["bad_request_accepted listPets query:limit:minimum"],
    ),
    "a query of words that is accepted": (
        entry("GET /pets?limit=many", 200, [], headers=TOTAL),
        ["bad_request_accepted listPets query:limit:type"],
    ),
    "a bad path that is accepted": (
        entry("DELETE /pets/toolong", 204), ["bad_request_accepted deletePet path:id:maxLength"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_never_blamed(pets: Contract, name: str) -> None:
    assert said(judge_traffic(pets, traffic(LIST, RIGHT[name]))) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found(pets: Contract, name: str) -> None:
    wrong, expected = WRONG[name]
    result = judge_traffic(pets, traffic(LIST, wrong))
    assert said(result) == expected
    assert result.exit is Exit.FINDINGS
    finding = result.findings[0]
    assert finding.rule
    assert finding.source
    assert finding.exchanges[-1].curl.startswith("curl ")
    assert "secret-key" not in finding.exchanges[-1].curl


def test_a_missing_credential_tells_only_where_others_are_kept(pets: Contract) -> None:
    naked = entry("GET /pets", 200, [], headers=TOTAL, sent={})
    assert said(judge_traffic(pets, traffic(LIST, naked))) == [
        "missing_credential_accepted listPets"
    ]
    assert said(judge_traffic(pets, traffic(naked))) == []


def test_many_of_a_kind_are_one_finding(pets: Contract) -> None:
    wrong = [entry(f"GET /secrets/{number}", 200, {}) for number in range(5)]
    result = judge_traffic(pets, traffic(LIST, *wrong))
    assert len(result.findings) == 1
    assert result.findings[0].title.endswith("(5 times)")


def test_what_was_not_seen_is_told(pets: Contract) -> None:
    result = judge_traffic(pets, traffic(LIST))
    told = {(each.operation, each.what) for each in result.unreached}
    assert ("createPet", "the operation") in told
    assert ("listPets", "status 400") in told
    outcomes = {item.operation: item.outcome for item in result.items}
    assert outcomes["listPets"] is Outcome.PASSED
    assert outcomes["deletePet"] is Outcome.SKIPPED
    assert result.exit is Exit.CLEAN


def test_traffic_with_another_api_is_never_clean(pets: Contract) -> None:
    assert judge_traffic(pets, traffic(entry("GET /else", 200, {}))).exit is Exit.USAGE


@pytest.mark.parametrize("given", [(), ("/shop/v2",)])
def test_the_base_path_is_found_or_given(pets: Contract, given: tuple[str, ...]) -> None:
    mounted = [entry(f"GET /shop/v2/pets?limit={n}", 200, [], headers=TOTAL) for n in range(1, 4)]
    wrong = entry("POST /shop/v2/pets", 201, PET, body={"name": 5})
    result = judge_traffic(pets, traffic(*mounted, wrong), given)
    assert said(result) == ["bad_request_accepted createPet body:/name:type:"]


def test_an_unknown_query_name_is_a_finding_where_it_is_asked_for(pets: Contract) -> None:
    asked = entry("GET /pets?utm=1", 200, [], headers=TOTAL)
    result = judge_traffic(pets, traffic(asked), strict_query=True)
    assert said(result) == ["undocumented_query listPets utm"]
