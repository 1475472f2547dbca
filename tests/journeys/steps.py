"""What most journeys do on the way: make a customer, book, read it back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from mockserver.app import Server
from tests.client import LEADS, MERCHANT, OTESSE, Client

Row = dict[str, Any]

CUSTOMERS = "/v1/customers"
BOOKINGS = "/v1/bookings"
INVOICES = "/v1/invoices"
MERCHANT_CUSTOMERS = "/api/v1/merchant/customers"
LEADS_CUSTOMERS = "/leads/v1/customers"

HOME: Row = {"street": "456 Oak Ave", "city": "Springfield", "state": "OR", "zip": "97477"}
ADA: Row = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
CLEANING: Row = {"bedrooms": 3, "bathrooms": 2}
NOBODY = "00000000-0000-7000-8000-000000000000"
NEVER = "cust_00000NOBODY"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def register(client: Client, **members: Any) -> Row:
    """A customer made through A, with a home."""
    answer = client.post(CUSTOMERS, headers=OTESSE, json=ADA | {"address": HOME} | members)
    assert answer.status_code == 201, answer.text
    made: Row = answer.json()
    return made


def add(client: Client, **members: Any) -> str:
    """A customer made through C; its UUID."""
    body = {"first_name": "Wanda", "last_name": "Inn"} | members
    answer = client.post(MERCHANT_CUSTOMERS, headers=MERCHANT, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"].rpartition("/")[2])


def lead(client: Client, **members: Any) -> str:
    """A customer made through D; its UUID."""
    body = {"firstName": "Sam", "lastName": "Wilson", "email": "sam@example.com"} | members
    answer = client.post(LEADS_CUSTOMERS, headers=LEADS, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["data"]["customerId"])


def book(client: Client, customer: Row, **members: Any) -> Row:
    """A cleaning at the customer's first address, six days after the instant of tests."""
    body = {
        "customer_id": customer["id"],
        "industry": "cleaning",
        "configuration": CLEANING,
        "scheduled_at": "2026-02-26T15:00:00Z",
        "address_id": customer["addresses"][0]["id"],
    }
    answer = client.post(BOOKINGS, headers=OTESSE, json=body | members)
    assert answer.status_code == 201, answer.text
    made: Row = answer.json()
    return made


def issue(client: Client, customer: Row, **members: Any) -> Row:
    """An invoice by hand over 100 dollars and tax."""
    line = {"description": "Windows", "quantity": 2, "unit_price": 5000}
    body = {"customer_id": customer["id"], "line_items": [line]}
    answer = client.post(INVOICES, headers=OTESSE, json=body | members)
    assert answer.status_code == 201, answer.text
    made: Row = answer.json()
    return made


def otesse(client: Client, path: str) -> Any:
    """The JSON of a GET of A or B."""
    answer = client.get(path, headers=OTESSE)
    assert answer.status_code == 200, answer.text
    return answer.json()


def merchant(client: Client, path: str) -> Any:
    """The data of a GET of C, below its customers."""
    answer = client.get(MERCHANT_CUSTOMERS + path, headers=MERCHANT)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def lead_of(client: Client, uuid: str) -> Row:
    """A customer as D reads it."""
    answer = client.get(f"{LEADS_CUSTOMERS}/id/{uuid}", headers=LEADS)
    assert answer.status_code == 200, answer.text
    found: Row = answer.json()["data"]
    return found


def uuid_of(client: Client, email: str) -> str:
    """The UUID of whoever has an e-mail address."""
    (found,) = [row for row in merchant(client, "") if row["email"] == email]
    return str(found["id"])


def by_uuid(client: Client, uuid: str) -> Row:
    """The record in A of a customer with a first name that only they have."""
    name = merchant(client, f"/{uuid}")["first_name"]
    (found,) = otesse(client, f"{CUSTOMERS}?search={name}")["data"]
    full: Row = otesse(client, f"{CUSTOMERS}/{found['id']}")
    return full


def at(server: Server, **passed: float) -> None:
    """Let time pass, such as `hours=24`."""
    server.worlds.default.world.clock.advance(timedelta(**passed))


def outbox(client: Client, kind: str) -> list[Row]:
    """The mail of one kind, oldest first."""
    mails: list[Row] = client.get(f"/__admin/outbox?kind={kind}").json()["data"]
    return mails


def lead_problems(client: Client, method: str, path: str, body: Any = None) -> set[tuple[str, str]]:
    """Fields and codes of a 400; its shape is checked here (D.1)."""
    more = {} if body is None else {"json": body}
    answer = client.request(method, LEADS_CUSTOMERS + path, headers=LEADS, **more)
    assert answer.status_code == 400
    found = answer.json()
    assert list(found) == ["code", "message", "errors", "requestId"]
    assert found["code"] == "VALIDATION_ERROR"
    assert UUID.fullmatch(found["requestId"])
    assert all(set(each) == {"field", "code", "message"} for each in found["errors"])
    return {(each["field"], each["code"]) for each in found["errors"]}
