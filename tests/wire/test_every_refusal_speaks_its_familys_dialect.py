"""Whatever is refused, the client meets the documented error of its family and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.app import Server
from mockserver.clock import parse_instant
from mockserver.store import Collection
from tests.client import LEADS, MERCHANT, OTESSE, Client

JSON = {"Content-Type": "application/json"}
TOO_LARGE = b'{"note": "' + b"x" * (1024 * 1024) + b'"}'


def otesse(body: Any) -> None:
    error = body["error"]
    assert list(body) == ["error"]
    assert {"type", "message", "code", "doc_url"} <= set(error) <= {
        "type", "message", "code", "doc_url", "param"
    }  # fmt: skip
    assert error["doc_url"] == f"https://docs.otesse.com/api/errors#{error['code']}"


def merchant(body: Any) -> None:
    assert list(body) == ["error"]
    assert list(body["error"]) == ["message"]


def leads(body: Any) -> None:
    assert list(body) == ["code", "message", "errors", "requestId"]
    assert all(set(problem) == {"field", "code", "message"} for problem in body["errors"])


FAMILIES: dict[str, dict[str, Any]] = {
    "otesse": {
        "shape": otesse,
        "auth": OTESSE,
        "unknown path": "/v1/nothing",
        "no such method": ("DELETE", "/v1/customers"),
        "write": ("POST", "/v1/customers"),
    },
    "merchant": {
        "shape": merchant,
        "auth": MERCHANT,
        "unknown path": "/api/v1/merchant/nothing",
        "no such method": ("DELETE", "/api/v1/merchant/customers"),
        "write": ("POST", "/api/v1/merchant/customers"),
    },
    "leads": {
        "shape": leads,
        "auth": LEADS,
        "unknown path": "/leads/v1/nothing",
        "no such method": ("DELETE", "/leads/v1/customers/search"),
        "write": ("POST", "/leads/v1/customers"),
    },
}


@pytest.fixture(params=list(FAMILIES.values()), ids=list(FAMILIES))
def family(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_no_credential_is_a_401_with_a_challenge(client: Client, family: dict[str, Any]) -> None:
    answer = client.request(*family["write"], json={})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")
    family["shape"](answer.json())


@pytest.mark.parametrize("word", ["invalid", "expired", "revoked"])
def test_a_credential_that_says_it_is_no_good_is_a_401(
    client: Client, family: dict[str, Any], word: str
) -> None:
    auth = {name: value + word.upper() for name, value in family["auth"].items()}
    answer = client.request(*family["write"], json={}, headers=auth)
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    family["shape"](answer.json())


def test_an_unknown_path_is_a_404(client: Client, family: dict[str, Any]) -> None:
    answer = client.get(family["unknown path"])
    assert answer.status_code == 404
    family["shape"](answer.json())


def test_an_unknown_method_is_a_405_with_all_methods_in_allow(
    client: Client, family: dict[str, Any]
) -> None:
    answer = client.request(*family["no such method"])
    assert answer.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))
    family["shape"](answer.json())


def test_a_body_that_is_too_large_is_a_413(client: Client, family: dict[str, Any]) -> None:
    answer = client.request(*family["write"], content=TOO_LARGE, headers={**family["auth"], **JSON})
    assert answer.status_code == 413
    family["shape"](answer.json())


@pytest.mark.parametrize("media_type", [None, "text/plain", "application/xml", "json", "é", ";;"])
def test_a_body_of_another_type_is_a_415(
    client: Client, family: dict[str, Any], media_type: str | None
) -> None:
    headers = {**family["auth"], **({"Content-Type": media_type.encode()} if media_type else {})}
    answer = client.request(*family["write"], content=b'{"a": 1}', headers=headers)
    assert answer.status_code == 415
    if family["shape"] is merchant:
        assert answer.content == b""
    else:
        family["shape"](answer.json())


@pytest.mark.parametrize(
    "text", [b"{", b"", b"\xff", b"[" * 100_000, b'{"a": 1, "a": 2}', b"NaN", b'"\\ud800"', b"[]"]
)
def test_a_body_that_is_no_json_object_is_a_400(
    client: Client, family: dict[str, Any], text: bytes
) -> None:
    answer = client.request(*family["write"], content=text, headers={**family["auth"], **JSON})
    assert answer.status_code == 400
    family["shape"](answer.json())


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_the_spelling_of_the_media_type_does_not_matter(
    client: Client, family: dict[str, Any], media_type: str
) -> None:
    headers = {**family["auth"], "Content-Type": media_type}
    assert client.request(*family["write"], content=b"{}", headers=headers).status_code == 400


def test_a_failure_of_ours_is_a_500_that_gives_nothing_away(
    client: Client, server: Server, family: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("secret detail")

    reads = {
        "otesse": "/v1/customers?per_page=93",  # a page that nobody has asked for yet
        "merchant": "/api/v1/merchant/customers",
        "leads": "/leads/v1/customers/search?email=a",
    }
    path = next(url for name, url in reads.items() if FAMILIES[name] is family)
    monkeypatch.setattr(Collection, "select", broken)
    monkeypatch.setattr(Collection, "__iter__", broken)
    monkeypatch.setattr(Collection, "rows", broken)
    answer = client.get(path, headers=family["auth"])
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    family["shape"](answer.json())


def test_the_documented_texts_are_used(client: Client) -> None:
    missing = client.post("/v1/bookings", headers=OTESSE, json={"industry": "cleaning"}).json()
    assert missing == {
        "error": {
            "type": "invalid_request",
            "message": "The 'customer_id' field is required.",
            "code": "missing_required_field",
            "param": "customer_id",
            "doc_url": "https://docs.otesse.com/api/errors#missing_required_field",
        }
    }
    invalid = client.get("/v1/customers", headers={"X-API-Key": "sk_1"}).json()["error"]
    assert invalid["message"] == "The API key provided is invalid."
    assert invalid["type"] == "authentication_error"
    assert invalid["code"] == "invalid_api_key"
    refused = client.get("/api/v1/merchant/customers").json()
    assert refused == {"error": {"message": "authentication required"}}


def test_leads_reports_every_failing_field_at_once(client: Client) -> None:
    body = {
        "firstName": "J",
        "lastName": "D0e",
        "email": "nobody@",
        "preferredContactMethods": ["Fax"],
        "customerId": "1",
    }
    errors = client.post("/leads/v1/customers", headers=LEADS, json=body).json()["errors"]
    assert {problem["field"]: problem["code"] for problem in errors} == {
        "firstName": "INVALID_LENGTH",
        "lastName": "INVALID_FORMAT",
        "email": "INVALID_FORMAT",
        "preferredContactMethods.0": "INVALID_VALUE",
        "customerId": "NOT_ALLOWED",
    }


def test_request_ids_are_the_same_for_the_same_requests(client: Client, server: Server) -> None:
    first = [client.get("/leads/v1/x").json()["requestId"] for _ in range(2)]
    server.worlds.reset()
    assert [client.get("/leads/v1/x").json()["requestId"] for _ in range(2)] == first
    assert first[0] != first[1]


def test_a_path_of_nobody_is_answered_with_problem_details(client: Client) -> None:
    answer = client.get("/nothing")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_rate_limit_headers_are_on_every_answer_of_the_family(
    client: Client, server: Server
) -> None:
    reset = int(parse_instant("2026-02-20T15:01:00Z").timestamp())
    answers = [
        client.get("/v1/customers", headers=OTESSE),
        client.get("/v1/customers/cust_NOBODY", headers=OTESSE),
        client.get("/v1/customers"),
        client.get("/v1/nothing"),
        client.delete("/v1/bookings"),
    ]
    remaining = [a.headers["X-RateLimit-Remaining"] for a in answers]
    assert remaining == ["99", "98", "100", "100", "100"]
    assert {a.headers["X-RateLimit-Limit"] for a in answers} == {"100"}
    assert {a.headers["X-RateLimit-Reset"] for a in answers} == {str(reset)}
