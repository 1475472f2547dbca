"""The second implementation keeps the promises of the contract, although it is built otherwise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contract_tests.mutants.ports import python_port
from contract_tests.mutants.ports.python_port.contract import Contract, read_contract
from contract_tests.mutants.ports.python_port.credentials import read_credentials
from contract_tests.mutants.ports.python_port.seeding import seeded
from contract_tests.mutants.ports.python_port.serving import build_app
from tests.client import LEADS, MERCHANT, OTESSE, Client

ROOT = Path(__file__).parents[2]
CUSTOMERS, BOOKINGS, INVOICES = "/v1/customers", "/v1/bookings", "/v1/invoices"
PEOPLE, LEADS_PEOPLE = "/api/v1/merchant/customers", "/leads/v1/customers"
HOME = {"street": "456 Oak Ave", "city": "Springfield", "state": "OR", "zip": "97477"}
ADA = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com", "address": HOME}


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved."""

    now: datetime = datetime(2026, 2, 20, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture(scope="module")
def contract() -> Contract:
    return read_contract()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(contract: Contract, clock: Clock) -> Iterator[Client]:
    listed = read_credentials(ROOT / "fixtures" / "examples" / "credentials.yaml")
    with Client(build_app(contract, seeded(clock()), listed, clock)) as client:
        yield client


def register(client: Client, **more: Any) -> Any:
    answer = client.post(CUSTOMERS, headers=OTESSE, json={**ADA, **more})
    assert answer.status_code == 201
    return answer.json()


def uuid_of(client: Client, email: str) -> str:
    answer = client.get(f"{LEADS_PEOPLE}/search?email={email}", headers=LEADS)
    (found,) = answer.json()["customers"]
    return str(found["id"])


def booking_for(customer: Any, **more: Any) -> dict[str, Any]:
    return {
        "customer_id": customer["id"],
        "address_id": customer["addresses"][0]["id"],
        "industry": "cleaning",
        "configuration": {"bedrooms": 3, "bathrooms": 2, "extras": ["inside_oven", "laundry"]},
        "scheduled_at": "2026-03-01T10:00:00Z",
        **more,
    }


def book(client: Client, customer: Any, **more: Any) -> Any:
    answer = client.post(BOOKINGS, headers=OTESSE, json=booking_for(customer, **more))
    assert answer.status_code == 201
    return answer.json()


def data(client: Client, path: str) -> Any:
    answer = client.get(f"{PEOPLE}{path}", headers=MERCHANT)
    assert answer.status_code == 200
    return answer.json()["data"]


def test_it_shares_no_code_with_the_server() -> None:
    (folder,) = python_port.__path__
    for file in Path(folder).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not [name for name in names if name.split(".")[0] == "mockserver"], file.name


def test_one_customer_is_seen_through_four_families(client: Client) -> None:
    made = register(client, phone="+15559876543")
    uuid = uuid_of(client, "ada@example.com")
    assert re.fullmatch(r"cust_[0-9]{10}", made["id"])
    assert data(client, f"/{uuid.upper()}")["phone_number"] == "+15559876543"
    change = {"lastName": "King", "preferredContactMethods": ["SMS"], "city": "Salem"}
    client.put(f"{LEADS_PEOPLE}/{uuid}", headers=LEADS, json=change)
    shown = client.get(f"{CUSTOMERS}/{made['id']}", headers=OTESSE).json()
    assert (shown["last_name"], shown["addresses"][0]["city"]) == ("King", "Salem")
    assert shown["preferences"]["preferred_contact"] == "sms"


def test_a_booking_is_priced_as_documented(client: Client) -> None:
    made = book(client, register(client), coupon_code="FIRST20")
    assert made["pricing"] == {"subtotal": 22000, "discount": 4400, "tax": 1496, "total": 19096}
    assert made["estimated_duration"] == 180
    change = {"configuration": {"bedrooms": 1, "extras": []}}
    path = f"{BOOKINGS}/{made['id']}"
    changed = client.patch(path, headers=OTESSE, json=change).json()
    assert changed["service"]["configuration"] == {"bedrooms": 1, "bathrooms": 2, "extras": []}
    assert changed["pricing"]["subtotal"] == 11000


@pytest.mark.parametrize(("notice", "fee"), [({"hours": 24}, 0), ({"hours": 23}, 8138)], ids=str)
def test_a_late_cancellation_costs_half(
    client: Client, clock: Clock, notice: dict[str, float], fee: int
) -> None:
    rooms = {"bedrooms": 3, "bathrooms": 2}
    at = (clock() + timedelta(**notice)).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = book(client, register(client), configuration=rooms, scheduled_at=at)
    path = f"{BOOKINGS}/{made['id']}/cancel"
    cancelled = client.post(path, headers=OTESSE).json()
    assert cancelled["cancellation_fee"] == cancelled["cancellation"]["fee"]["amount"] == fee
    again = client.post(path, headers=OTESSE)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "booking_already_cancelled")


def test_a_service_that_is_over_is_invoiced_and_falls_overdue(client: Client, clock: Clock) -> None:
    customer = register(client)
    made = book(client, customer)
    past = book(client, customer, scheduled_at="2020-01-01T10:00:00Z")
    seen = []
    for days in (8.8, 0.2, 15):
        clock.move(days=days)
        shown = client.get(f"{BOOKINGS}/{made['id']}", headers=OTESSE).json()
        seen.append((shown["status"], [each["status"] for each in shown["invoices"]]))
    assert seen == [("in_progress", []), ("completed", ["pending"]), ("completed", ["overdue"])]
    assert shown["invoices"][0]["total"] == made["pricing"]["total"]
    past = client.get(f"{BOOKINGS}/{past['id']}", headers=OTESSE).json()
    assert past["status"] == "confirmed"


def test_who_is_blacklisted_cannot_be_booked(client: Client) -> None:
    customer = register(client)
    uuid = uuid_of(client, "ada@example.com")
    body = {"id": uuid, "blacklist_reason": "No-shows"}
    client.put(f"{PEOPLE}/{uuid}/blacklist", headers=MERCHANT, json=body)
    assert uuid in [row["id"] for row in data(client, "/blacklist")]
    refused = client.post(BOOKINGS, headers=OTESSE, json=booking_for(customer))
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "customer_blacklisted")
    client.delete(f"{PEOPLE}/{uuid}/blacklist", headers=MERCHANT)
    assert data(client, f"/{uuid}/stats")["blacklist_reason"] is None
    assert book(client, customer)["status"] == "confirmed"


def test_a_transfer_loses_and_copies_no_booking(client: Client) -> None:
    register(client, email="b@example.com")
    source = register(client)
    for _ in range(3):
        book(client, source)
    ids = [uuid_of(client, email) for email in ("ada@example.com", "b@example.com")]
    body = dict(zip(("from_customer_id", "to_customer_id"), ids, strict=True))
    moved = client.put(f"{PEOPLE}/transfer", headers=MERCHANT, json=body)
    assert (moved.status_code, moved.content) == (200, b"")
    assert [data(client, f"/{uuid}/stats")["times_booked"] for uuid in ids] == [0, 3]
    left = client.get(f"{CUSTOMERS}/{source['id']}/bookings", headers=OTESSE).json()
    assert left["pagination"] == {"page": 1, "per_page": 25, "total": 0, "total_pages": 0}


def test_who_is_deleted_is_gone_everywhere(client: Client) -> None:
    customer = register(client)
    booking, uuid = book(client, customer), uuid_of(client, "ada@example.com")
    statuses = [client.delete(f"{PEOPLE}/{uuid}", headers=MERCHANT).status_code for _ in range(2)]
    assert statuses == [200, 404]
    for path in (f"{CUSTOMERS}/{customer['id']}", f"{BOOKINGS}/{booking['id']}"):
        assert client.get(path, headers=OTESSE).status_code == 404
    assert client.get(f"{LEADS_PEOPLE}/id/{uuid}", headers=LEADS).status_code == 204


def test_leads_tell_all_failing_fields_at_once(client: Client) -> None:
    body = {"firstName": "J", "lastName": "D0e", "marketingSmsOptIn": True, "nick": 1, "zip": 5}
    answer = client.post(LEADS_PEOPLE, headers=LEADS, json=body)
    assert answer.status_code == 400
    assert {(each["field"], each["code"]) for each in answer.json()["errors"]} == {
        ("firstName", "INVALID_LENGTH"),
        ("lastName", "INVALID_FORMAT"),
        ("email", "REQUIRED"),
        ("phoneNumber", "REQUIRED"),
        ("nick", "NOT_ALLOWED"),
        ("zip", "INVALID_VALUE"),
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"email": None, "zip": 7}, {"email REQUIRED", "phoneNumber REQUIRED",
                                     "zip INVALID_VALUE"}),
        ({"phoneNumber": "+1234567890123456", "marketingSmsOptIn": True},
         {"phoneNumber INVALID_LENGTH"}),
        ({"customerId": "00000000-0000-4000-8000-000000000000", "firstName": None},
         {"customerId INVALID_VALUE", "firstName INVALID_VALUE"}),
        ({"email": None, "phoneNumber": 7}, {"phoneNumber INVALID_VALUE"}),
        ([], {"body INVALID_VALUE"}),
    ],
    ids=["lacks-both", "too-long", "two-members", "wrong-type", "no-object"],
)  # fmt: skip
def test_an_update_of_a_lead_tells_body_and_record_at_once(
    client: Client, change: Any, expected: set[str]
) -> None:
    def told(uuid: str, body: Any) -> set[str]:
        answer = client.put(f"{LEADS_PEOPLE}/{uuid}", headers=LEADS, json=body)
        assert answer.status_code == 400
        return {f"{each['field']} {each['code']}" for each in answer.json()["errors"]}

    body = {"firstName": "Sam", "lastName": "Wilson", "email": "s@example.com", "address2": ""}
    made = client.post(LEADS_PEOPLE, headers=LEADS, json=body).json()["data"]["customerId"]
    assert told(made, change) == expected
    assert told("42", [1]) == {"customerId INVALID_FORMAT", "body INVALID_VALUE"}
    nobody = "00000000-0000-4000-8000-000000000001"
    assert told(nobody, {"zip": 7}) == {"customerId NOT_FOUND", "zip INVALID_VALUE"}
    read = client.get(f"{LEADS_PEOPLE}/id/{made}", headers=LEADS).json()["data"]
    assert (read["address2"], read["zip"]) == ("", None)


@pytest.mark.parametrize(
    ("number", "subtotal"), [(1000, 3505000), (1001, 8500), (0, 8500), (3.0, 8500), (True, 8500)]
)
def test_only_whole_numbers_to_a_thousand_count(client: Client, number: Any, subtotal: int) -> None:
    customer, carpet = register(client), {"industry": "carpet-cleaning"}
    made = book(client, customer, **carpet, configuration={"sections": number})
    assert made["pricing"]["subtotal"] == subtotal


def test_a_query_is_read_where_one_is_declared_alone(client: Client) -> None:
    paths = {f"{CUSTOMERS}/cust_01HQ3K5M7N": OTESSE, PEOPLE: MERCHANT, CUSTOMERS: OTESSE}
    statuses = [client.get(f"{path}?%FF", headers=auth).status_code for path, auth in paths.items()]
    assert statuses == [200, 200, 400]


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_pages_part_the_list(client: Client, size: int) -> None:
    def page(number: int) -> Any:
        query = f"page={number}&per_page={size}"
        return client.get(f"{BOOKINGS}?{query}", headers=OTESSE).json()

    told = page(1)["pagination"]
    pages = range(1, told["total_pages"] + 1)
    ids = [row["id"] for number in pages for row in page(number)["data"]]
    assert len(ids) == len(set(ids)) == told["total"] > 10
    assert page(told["total_pages"] + 1)["data"] == []


def test_a_version_is_known_and_a_key_repeats_its_answer(client: Client) -> None:
    keyed = {**OTESSE, "Idempotency-Key": "k1"}
    first, second = (client.post(CUSTOMERS, headers=keyed, json=ADA) for _ in range(2))
    assert (first.json(), second.headers["Idempotent-Replayed"]) == (second.json(), "true")
    other = client.post(CUSTOMERS, headers=keyed, json={**ADA, "last_name": "L"})
    assert other.json()["error"]["code"] == "idempotency_key_reused"
    path = first.headers["Location"]
    tag = client.get(path, headers=OTESSE).headers["ETag"]
    assert client.get(path, headers={**OTESSE, "If-None-Match": tag}).status_code == 304
    known = client.get(path, headers={**OTESSE, "If-None-Match": f"W/{tag}"})
    weak = client.patch(path, headers={**OTESSE, "If-Match": f"W/{tag}"}, json={"phone": None})
    assert (known.status_code, weak.status_code) == (304, 412)
    write = {**OTESSE, "If-Match": tag}
    statuses = [
        client.patch(path, headers=write, json={"phone": phone}).status_code
        for phone in ("+15550000001", None)
    ]
    assert statuses == [200, 412]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", CUSTOMERS, {}, 401),
        ("GET", CUSTOMERS, {"X-API-Key": "otesse_test_sk_revoked1"}, 401),
        ("GET", CUSTOMERS, {"X-API-Key": "otesse_test_sk_readonly1"}, 200),
        ("POST", INVOICES, {"X-API-Key": "otesse_test_sk_readonly1"}, 403),
        ("GET", PEOPLE, {"Cookie": "session_token=receptionist-session"}, 403),
        ("GET", PEOPLE, {"Cookie": "jwt-access=a.b.c"}, 200),
        ("POST", LEADS_PEOPLE, OTESSE, 415),
        ("GET", f"{LEADS_PEOPLE}/search", {"Authorization": "Bearer expired"}, 401),
    ],
)
def test_who_may_call_is_decided_by_the_credential(
    client: Client, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client.request(method, path, headers=headers)
    assert answer.status_code == status
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        (CUSTOMERS, {"error"}),
        (PEOPLE, {"error"}),
        (LEADS_PEOPLE, {"code", "message", "errors", "requestId"}),
    ],
)
def test_every_refusal_is_in_the_dialect_of_its_family(
    client: Client, path: str, shape: set[str]
) -> None:
    auth = {CUSTOMERS: OTESSE, PEOPLE: MERCHANT, LEADS_PEOPLE: LEADS}[path]
    json_type = {**auth, "Content-Type": "application/json"}
    answers = {
        400: client.post(path, headers=json_type, content=b'{"a": 1, "a": 2}'),
        401: client.post(path, json={}),
        404: client.get(f"{path}/x/y/z", headers=auth),
        405: client.delete(path, headers=auth),
        413: client.post(path, headers=json_type, content=b" " * (1 << 20) + b"{}"),
    }
    for status, answer in answers.items():
        assert (answer.status_code, set(answer.json())) == (status, shape)
        assert ("X-RateLimit-Reset" in answer.headers) == (path == CUSTOMERS)
    assert "POST" in answers[405].headers["Allow"]
    refused = client.post(path, headers={**auth, "Content-Type": "text/plain"}, content=b"{}")
    assert (refused.status_code, bool(refused.content)) == (415, path != PEOPLE)


def test_a_refused_write_changes_nothing(client: Client) -> None:
    made = register(client)
    path = f"{CUSTOMERS}/{made['id']}"
    for change in ({"first_name": "X", "email": "john@example.com"}, {"first_name": "X", "id": 1}):
        assert client.patch(path, headers=OTESSE, json=change).status_code in (400, 409)
    assert client.get(path, headers=OTESSE).json() == made


def test_head_is_get_without_the_body(client: Client) -> None:
    path = f"{BOOKINGS}/bk_01HQ3K5M7N8P9R"
    get, head = (client.request(method, path, headers=OTESSE) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (get.status_code, b"")
    for name in ("Content-Length", "Content-Type", "ETag"):
        assert head.headers[name] == get.headers[name]
