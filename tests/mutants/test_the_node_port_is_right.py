"""The port for Node keeps the promises of the contract, seen from outside over HTTP."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "contract_tests/mutants/ports/node_port/server.mjs"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node on this machine")

KEY = {"Authorization": "Bearer otesse_test_sk_port"}
READER = {"Authorization": "Bearer otesse_test_sk_reader"}
JOHN = "/v1/customers/cust_01HQ3K5M7N"
SAMPLE = "/v1/bookings/bk_01HQ3K5M7N8P9R"
SALEM = {"street": "8 Mill Ln", "city": "Salem", "state": "OR", "zip": "97301"}
CLEANING = {
    "customer_id": "cust_01HQ3K5M7N",
    "industry": "cleaning",
    "configuration": {"bedrooms": 3, "bathrooms": 2},
    "scheduled_at": "2027-03-01T12:00:00.9+02:00",
    "address_id": "addr_01HQ3K5M7N",
}
CREDENTIALS = {
    "otesse_test_sk_reader": {"scopes": ["customers:read", "bookings:read"]},
    "otesse_test_sk_lastyear": {"state": "expired"},
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a port in a process of its own, shared: each test makes what it changes."""
    listed = tmp_path_factory.mktemp("port") / "credentials.json"
    listed.write_text(json.dumps({"credentials": CREDENTIALS}))
    with (
        running("--credentials", str(listed)) as (_, url),
        httpx.Client(base_url=url, headers=KEY) as client,
    ):
        yield client


@contextlib.contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A port that has said where it listens."""
    command = [str(NODE), str(SERVER), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process, json.loads(process.stdout.readline())["url"]
    finally:
        process.terminate()
        process.communicate(timeout=10)


def made(port: httpx.Client, path: str, body: Any) -> dict[str, Any]:
    """What a POST made, read back at its Location when it has one."""
    answer = port.post(path, json=body)
    assert answer.status_code == 201, answer.text
    if "Location" in answer.headers:
        assert port.get(answer.headers["Location"]).json() == answer.json()
    record: dict[str, Any] = answer.json()
    return record


def registered(port: httpx.Client, email: str, **more: Any) -> dict[str, Any]:
    """A customer of its own for a test."""
    body = {"first_name": "Ada", "last_name": "Byron", "email": email, **more}
    return made(port, "/v1/customers", body)


def refusal(answer: httpx.Response) -> tuple[int, str, str | None]:
    """Status, code and param of a refusal, whose shape is checked here."""
    error = answer.json()["error"]
    assert {"type", "message", "code"} <= set(error)
    assert all(f"X-RateLimit-{name}" in answer.headers for name in ("Limit", "Remaining", "Reset"))
    return answer.status_code, error["code"], error.get("param")


def test_the_documented_rows_are_there(port: httpx.Client) -> None:
    found = port.get("/v1/customers?search=john%20smi&status=active").json()
    assert [row["id"] for row in found["data"]] == ["cust_01HQ3K5M7N"]
    assert found["data"][0]["stats"] == {
        "total_bookings": 12,
        "total_spent": 195000,
        "last_booking_at": "2026-02-15T10:00:00Z",
        "active_subscription": True,
    }
    pricing = port.get(SAMPLE).json()["pricing"]
    assert pricing == {"subtotal": 15000, "tax": 1275, "discount": 0, "total": 16275}


@pytest.mark.parametrize(
    ("industry", "configuration", "subtotal", "minutes"),
    [
        ("cleaning", {"bedrooms": 3, "bathrooms": 2, "extras": ["laundry"]}, 18500, 150),
        ("junk-removal", {"items": [{"product": "prod_jr_full_mattress", "quantity": 2}, "x"]},
         24500, 75),
        ("carpet-cleaning", {"sections": 4, "pet_treatment": True}, 19000, 150),
        ("carpet-cleaning", {"sections": 1001}, 8500, 60),
        ("junk-removal", {"items": [{"quantity": 1000}, {"quantity": 0}, {"quantity": 3.0}]},
         1002 * 7500, 30 + 15 * 1000),
    ],
)  # fmt: skip
def test_every_industry_has_its_price(
    port: httpx.Client, industry: str, configuration: Any, subtotal: int, minutes: int
) -> None:
    wanted = {"industry": industry, "configuration": configuration}
    booking = made(port, "/v1/bookings", {**CLEANING, **wanted, "coupon_code": "FIRST20"})
    discount = subtotal // 5
    tax = ((subtotal - discount) * 85 + 500) // 1000
    total = subtotal - discount + tax
    assert booking["pricing"] == {
        "subtotal": subtotal, "discount": discount, "tax": tax, "total": total,
    }  # fmt: skip
    assert booking["service"] == wanted
    assert (booking["estimated_duration"], booking["scheduled_at"]) == (
        minutes, "2027-03-01T10:00:00Z",
    )  # fmt: skip


def test_an_integer_is_one_only_when_it_is_written_as_one(port: httpx.Client) -> None:
    for bedrooms, status in ((b"3", 201), (b"3.0", 400), (b"3e0", 400), (b"21", 422)):
        body = json.dumps(CLEANING).encode().replace(b'"bedrooms": 3', b'"bedrooms": ' + bedrooms)
        answer = port.post(
            "/v1/bookings", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == status, bedrooms


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"nickname": "A", "email": "nobody"}, (400, "invalid_parameter", "nickname")),
        ({"email": "nobody"}, (422, "invalid_email", "email")),
        ({"email": "JOHN@example.com"}, (409, "resource_already_exists", "email")),
        ({"address": {**SALEM, "zip": "1"}}, (422, "invalid_value", "address.zip")),
        ({"address": {"street": "x"}}, (400, "missing_required_field", "address.city")),
        ({"phone": None}, (400, "invalid_parameter", "phone")),
    ],
)
def test_a_bad_form_is_400_and_a_broken_rule_422(
    port: httpx.Client, members: Any, expected: Any
) -> None:
    body = {"first_name": "Ada", "last_name": "Byron", "email": "new@forms.example", **members}
    assert refusal(port.post("/v1/customers", json=body)) == expected


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"a":"\xff"}', b'{"a":1,"a":2}', b"{} x", b'"\\ud800"', b"\xef\xbb\xbf{}"]
)
def test_what_is_no_json_is_refused_as_that(port: httpx.Client, body: bytes) -> None:
    answer = port.patch(JOHN, content=body, headers={"Content-Type": "application/json"})
    assert refusal(answer) == (400, "invalid_json", None)


def test_the_edge_speaks_the_familys_dialect(port: httpx.Client) -> None:
    text = {"Content-Type": "text/plain"}
    assert refusal(port.post("/v1/customers", content=b"{}", headers=text))[0] == 415
    large = port.post("/v1/customers", json={"first_name": "x" * 2**20})
    assert refusal(large) == (413, "body_too_large", None)
    assert refusal(port.get("/v1/nothing")) == (404, "resource_not_found", None)
    assert refusal(port.get("/v1/customers/nobody")) == (404, "customer_not_found", None)
    wrong = port.delete(JOHN)
    assert refusal(wrong) == (405, "method_not_allowed", None)
    assert wrong.headers["Allow"] == port.options(JOHN).headers["Allow"]
    assert wrong.headers["Allow"] == "GET, HEAD, OPTIONS, PATCH"
    assert refusal(port.get(f"{JOHN}/invoices")) == (501, "not_implemented", None)
    assert refusal(port.get("/v1/customers?page=0")) == (400, "invalid_parameter", "page")
    assert refusal(port.get("/v1/customers?%FF")) == (400, "invalid_parameter", None)
    assert port.get(f"{JOHN}?%FF").status_code == 200


def test_a_key_does_what_its_scopes_say(port: httpx.Client) -> None:
    assert port.get(JOHN, headers=READER).status_code == 200
    denied = port.patch(JOHN, headers=READER, json={"first_name": "X"})
    assert refusal(denied) == (403, "insufficient_scope", None)
    for key in ("", "Bearer erp_live_x", "Bearer otesse_test_sk_lastyear"):
        answer = port.get(JOHN, headers={"Authorization": key})
        assert refusal(answer) == (401, "invalid_api_key", None)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert port.get(JOHN).json()["first_name"] == "John"


def test_head_is_get_without_its_body(port: httpx.Client) -> None:
    for path in ("/v1/customers", JOHN, SAMPLE):
        get, head = port.get(path), port.head(path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("Content-Type", "Content-Length", "ETag"):
            assert head.headers.get(name) == get.headers.get(name)


def test_a_search_finds_by_part_whatever_the_case(port: httpx.Client) -> None:
    body = {"first_name": "ZOË", "last_name": "Weiß", "phone": "+15550004321"}
    made(port, "/v1/customers", {**body, "email": "Zoe.W@search.example"})
    for part in ("zoë weiss", "WEISS", "zoe.w@SEARCH", "+1555000", "(555) 000-43"):
        found = port.get("/v1/customers", params={"search": part}).json()["data"]
        assert "Zoe.W@search.example" in [row["email"] for row in found], part
    assert port.get("/v1/customers", params={"search": "weiss zo"}).json()["data"] == []


def test_pages_partition_the_list_newest_first(port: httpx.Client) -> None:
    whole = port.get("/v1/bookings?per_page=100").json()["data"]
    assert whole == sorted(
        sorted(whole, key=lambda row: str(row["id"])),
        key=lambda row: str(row["created_at"]), reverse=True,
    )  # fmt: skip
    pages = [port.get(f"/v1/bookings?per_page=7&page={n}").json() for n in range(1, 20)]
    assert [row for page in pages for row in page["data"]] == whole
    assert pages[0]["pagination"]["total_pages"] == -(-len(whole) // 7)
    day = port.get("/v1/bookings?date_from=2026-02-15&date_to=2026-02-15").json()["data"]
    assert [row["scheduled_at"] for row in day] == ["2026-02-15T10:00:00Z"]


def test_an_update_changes_what_is_sent_and_null_clears(port: httpx.Client) -> None:
    before = registered(port, "a@updates.example", phone="+15550001111", address=SALEM)
    path = f"/v1/customers/{before['id']}"
    change = {"phone": None, "preferences": {"marketing_opt_in": True}}
    after = port.patch(path, json=change).json()
    preferences = {"preferred_contact": "email", "marketing_opt_in": True}
    expected = before | {"phone": None, "preferences": preferences}
    assert after == expected | {"updated_at": after["updated_at"]}
    office = made(port, f"{path}/addresses", {**SALEM, "label": "Office", "is_default": True})
    marks = {row["id"]: row["is_default"] for row in port.get(path).json()["addresses"]}
    assert marks == {before["addresses"][0]["id"]: False, office["id"]: True}


def test_a_booking_is_moved_priced_anew_and_cancelled_once(port: httpx.Client) -> None:
    path = f"/v1/bookings/{made(port, '/v1/bookings', CLEANING)['id']}"
    larger = port.patch(path, json={"configuration": {"bathrooms": 3}}).json()
    assert larger["pricing"]["subtotal"] == 17000
    odd = port.patch(path, json={"configuration": {"floors": 3}})
    assert refusal(odd) == (422, "invalid_configuration", "configuration.floors")
    assert refusal(port.patch(path, json={"status": "x"})) == (400, "invalid_parameter", "status")
    late = port.patch(path, json={"scheduled_at": "2020-01-01T00:00:00Z"}).json()
    cancelled = port.post(f"{path}/cancel", json={"reason": "Moved"}).json()
    assert [(entry["status"], entry["note"]) for entry in cancelled["status_timeline"]] == [
        ("confirmed", None), ("cancelled", "Moved"),
    ]  # fmt: skip
    assert cancelled["cancellation_fee"] == (late["pricing"]["total"] + 1) // 2
    assert cancelled["cancellation"]["fee"]["free_until"] == "2019-12-31T00:00:00Z"
    again = port.post(f"{path}/cancel", json={})
    assert refusal(again) == (409, "booking_already_cancelled", None)
    assert refusal(port.patch(path, json={})) == (409, "booking_not_updatable", None)


def test_only_whom_the_business_takes_is_booked(port: httpx.Client) -> None:
    people = port.get("/v1/customers?search=port.example").json()["data"]
    seen = set()
    for person in (row for row in people if row["addresses"]):
        address = person["addresses"][0]["id"]
        body = CLEANING | {"customer_id": person["id"], "address_id": address}
        answer = port.post("/v1/bookings", json=body)
        seen.add("made" if answer.is_success else refusal(answer)[1])
        foreign = port.post("/v1/bookings", json=CLEANING | {"address_id": address})
        assert refusal(foreign) == (422, "invalid_address", "address_id")
    assert seen == {"made", "customer_not_active", "customer_blacklisted"}


def test_a_call_may_be_repeated_and_made_under_a_condition(port: httpx.Client) -> None:
    key = {"Idempotency-Key": "once"}
    first, second = (port.post("/v1/bookings", json=CLEANING, headers=key) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    other = port.post("/v1/bookings", json={**CLEANING, "notes": "x"}, headers=key)
    assert refusal(other) == (409, "idempotency_key_reused", "Idempotency-Key")
    path = f"/v1/bookings/{first.json()['id']}"
    tag = port.get(path).headers["ETag"]
    known = port.get(path, headers={"If-None-Match": tag})
    assert (known.status_code, known.content) == (304, b"")
    weak = port.patch(path, json={"notes": "x"}, headers={"If-Match": f"W/{tag}"})
    assert refusal(weak) == (412, "precondition_failed", None)
    changed = port.patch(path, json={"notes": "x"}, headers={"If-Match": tag})
    assert changed.headers["ETag"] == port.get(path).headers["ETag"] != tag
    late = port.patch(path, json={"notes": "y"}, headers={"If-Match": tag})
    assert refusal(late) == (412, "precondition_failed", None)


def test_it_stops_when_told() -> None:
    with running() as (process, url):
        assert httpx.get(f"{url}/v1/bookings", headers=KEY).status_code == 200
        process.terminate()
        assert process.wait(timeout=10) == 0
