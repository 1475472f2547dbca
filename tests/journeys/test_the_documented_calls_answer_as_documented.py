"""S1 and S2: each sample call, word for word, gives the documented answer, whatever the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from mockserver.app import Server, build_server
from mockserver.clock import instant_text, parse_instant
from mockserver.settings import Settings
from tests.client import Client
from tests.samples import (
    BOOKING,
    INVOICE,
    INVOICE_ANSWER,
    JOHN_SMITH,
    JSON_TYPE,
    KEY,
    S1_ADDRESS,
    S1_CREATE,
    S1_LIST_ANSWER,
    S1_UPDATE,
    S2_CANCEL,
    S2_CREATE,
    S2_LIST_ANSWER,
    printed,
)

INSTANTS = (
    "2025-03-01T08:00:00Z",
    "2026-02-20T15:00:00Z",
    "2026-11-21T22:30:00Z",
    "2031-07-01T00:00:00Z",
)
FREE_UNTIL = parse_instant("2026-02-25T10:00:00Z")
S2_CALL = "/v1/bookings?status=confirmed&date_from=2026-02-01"


@pytest.fixture(scope="module", params=INSTANTS)
def grown(request: pytest.FixtureRequest) -> Server:
    return build_server(Settings(now=parse_instant(request.param)))


@pytest.fixture
def now(grown: Server) -> datetime:
    return grown.worlds.default.now()


@pytest.fixture
def otesse(grown: Server) -> Iterator[Client]:
    grown.worlds.reset()
    with Client(grown.asgi) as client:
        yield client


def test_s1_list_customers(otesse: Client) -> None:
    """S1 List Customers; ruling 5, A.4.1."""
    answer = otesse.get("/v1/customers?search=john&status=active", headers=KEY)
    assert answer.status_code == 200
    assert answer.json() == printed(S1_LIST_ANSWER)


def test_s1_create_a_customer(otesse: Client, now: datetime) -> None:
    """S1 Create a Customer; A.4.2."""
    answer = otesse.post("/v1/customers", headers=KEY | JSON_TYPE, content=S1_CREATE)
    assert answer.status_code == 201
    created = answer.json()
    sent = printed(S1_CREATE)
    address = sent.pop("address")
    assert {name: created[name] for name in sent} == sent
    (kept,) = created["addresses"]
    assert kept == address | {"id": kept["id"], "access_notes": None, "is_default": True}
    assert created["status"] == "active"
    assert created["created_at"] == instant_text(now)
    assert created["stats"] == {
        "total_bookings": 0,
        "total_spent": 0,
        "last_booking_at": None,
        "active_subscription": False,
    }
    invitation = otesse.get("/__admin/outbox?kind=invitation").json()["data"][-1]
    assert invitation["to"] == "jane@example.com"
    assert invitation["customer_id"] == created["id"]


def test_s1_get_a_customer(otesse: Client) -> None:
    """S1 Get a Customer: "the full record with addresses, subscription status, and statistics"."""
    answer = otesse.get(f"/v1/customers/{JOHN_SMITH}", headers=KEY)
    assert answer.status_code == 200
    full = answer.json()
    (listed,) = printed(S1_LIST_ANSWER)["data"]
    listed["addresses"][0]["access_notes"] = None
    assert {name: full[name] for name in listed} == listed
    assert set(full) - set(listed) == {"preferences", "subscription", "updated_at"}
    assert full["subscription"]["status"] == "active"


def test_s1_update_a_customer(otesse: Client) -> None:
    """S1 Update a Customer; A.4.4."""
    path = f"/v1/customers/{JOHN_SMITH}"
    before = otesse.get(path, headers=KEY).json()
    answer = otesse.patch(path, headers=KEY | JSON_TYPE, content=S1_UPDATE)
    assert answer.status_code == 200
    moved = {"updated_at": answer.json()["updated_at"]}
    assert answer.json() == before | printed(S1_UPDATE) | moved
    assert otesse.get(path, headers=KEY).json() == answer.json()


def test_s1_add_an_address(otesse: Client) -> None:
    """S1 Add an Address; A.4.5."""
    path = f"/v1/customers/{JOHN_SMITH}"
    answer = otesse.post(f"{path}/addresses", headers=KEY | JSON_TYPE, content=S1_ADDRESS)
    assert answer.status_code == 201
    assert answer.json() == printed(S1_ADDRESS) | {"id": answer.json()["id"]}
    assert otesse.get(path, headers=KEY).json()["addresses"][1] == answer.json()


def test_s1_customer_bookings(otesse: Client) -> None:
    """S1 Customer Bookings: all of them, with the parameters of the bookings list; A.4.6."""
    path = f"/v1/customers/{JOHN_SMITH}/bookings"
    everything = otesse.get(path, headers=KEY).json()
    assert everything["pagination"]["total"] == 12
    assert {row["customer"]["id"] for row in everything["data"]} == {JOHN_SMITH}
    call = S2_CALL.replace("/v1/bookings", path)
    assert otesse.get(call, headers=KEY).json() == {
        "data": printed(S2_LIST_ANSWER)["data"],
        "pagination": {"page": 1, "per_page": 25, "total": 1, "total_pages": 1},
    }


def test_s1_customer_invoices(otesse: Client) -> None:
    """S1 Customer Invoices: ordered by date descending; A.4.7 with its sample as a whole."""
    answer = otesse.get(f"/v1/customers/{JOHN_SMITH}/invoices", headers=KEY)
    assert answer.status_code == 200
    issued = [row["issued_at"] for row in answer.json()["data"]]
    assert issued == sorted(issued, reverse=True)
    assert answer.json()["pagination"]["total"] == len(issued) == 12
    assert sum(row["amount_paid"] for row in answer.json()["data"]) == 195000
    (sample,) = [row for row in answer.json()["data"] if row["id"] == INVOICE]
    assert without(sample, "due_date") == INVOICE_ANSWER


def test_the_invoice_sample_is_served_alone_too(otesse: Client) -> None:
    """A.4.7, ot/invoices: GET /v1/invoices/:id."""
    answer = otesse.get(f"/v1/invoices/{INVOICE}", headers=KEY)
    assert answer.status_code == 200
    assert without(answer.json(), "due_date") == INVOICE_ANSWER


def test_s2_list_bookings(otesse: Client) -> None:
    """S2 List Bookings; ruling 5, B.4.1."""
    expected = printed(S2_LIST_ANSWER)
    first = otesse.get(S2_CALL, headers=KEY)
    assert first.status_code == 200
    assert first.json()["pagination"] == expected["pagination"]
    rows = pages_of(otesse, S2_CALL, 6)
    assert len({row["id"] for row in rows}) == len(rows) == 142
    assert [row for row in rows if row["id"] == BOOKING] == expected["data"]
    assert {tuple(row) for row in rows} == {tuple(row) for row in expected["data"]}


def test_s2_create_a_booking(otesse: Client, now: datetime) -> None:
    """S2 Create a Booking; B.3, B.4.2."""
    answer = otesse.post("/v1/bookings", headers=KEY | JSON_TYPE, content=S2_CREATE)
    assert answer.status_code == 201
    created, sent = answer.json(), printed(S2_CREATE)
    for name in ("scheduled_at", "address_id", "notes", "coupon_code"):
        assert created[name] == sent[name]
    assert created["customer"] == printed(S2_LIST_ANSWER)["data"][0]["customer"]
    assert created["service"] == {name: sent[name] for name in ("industry", "configuration")}
    assert created["address"] == printed(S2_LIST_ANSWER)["data"][0]["address"]
    assert created["status"] == "confirmed"
    assert created["estimated_duration"] == 180
    assert created["pricing"] == {
        "subtotal": 22000,
        "discount": 4400,
        "tax": 1496,
        "total": 19096,
    }
    assert len(created["assigned_crew"]) == 1
    assert created["created_at"] == created["updated_at"] == instant_text(now)
    assert otesse.get(f"/v1/bookings/{created['id']}", headers=KEY).json() == created


def test_s2_get_a_booking(otesse: Client) -> None:
    """S2 Get a Booking: status timeline, crew details, invoice references; B.1."""
    answer = otesse.get(f"/v1/bookings/{BOOKING}", headers=KEY)
    assert answer.status_code == 200
    (listed,) = printed(S2_LIST_ANSWER)["data"]
    (member,) = answer.json()["crew"]
    assert member["id"] == "staff_01HQ3K5M"
    assert set(member) == {"id", "name", "role", "phone"}
    assert answer.json() == listed | {
        "address_id": "addr_01HQ3K5M7N",
        "zone_id": "zone_01HQ3K5M7N",
        "coupon_code": None,
        "notes": None,
        "crew": [member],
        "status_timeline": [{"status": "confirmed", "at": "2026-02-20T14:30:00Z", "note": None}],
        "invoices": [
            {"id": INVOICE, "number": "INV-2026-00142", "status": "paid", "total": 16058},
        ],
        "cancellation": None,
        "cancellation_fee": 0,
    }


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"scheduled_at": "2026-03-02T08:30:00Z"}, {"scheduled_at": "2026-03-02T08:30:00Z"}),
        ({"notes": "Ring twice."}, {"notes": "Ring twice."}),
        (
            {"configuration": {"bathrooms": 1}},
            {
                "service": {
                    "industry": "cleaning",
                    "configuration": {"bedrooms": 3, "bathrooms": 1, "frequency": "bi-weekly"},
                },
                "estimated_duration": 90,
                "pricing": {"subtotal": 13000, "discount": 0, "tax": 1105, "total": 14105},
            },
        ),
    ],
    ids=["scheduled_at", "notes", "configuration"],
)
def test_s2_update_a_booking(
    otesse: Client, now: datetime, change: dict[str, Any], seen: dict[str, Any]
) -> None:
    """S2 Update a Booking; B.4.4."""
    path = f"/v1/bookings/{BOOKING}"
    before = otesse.get(path, headers=KEY).json()
    answer = otesse.patch(path, headers=KEY, json=change)
    assert answer.status_code == 200
    assert answer.json() == before | seen | {"updated_at": instant_text(now)}
    assert otesse.get(path, headers=KEY).json() == answer.json()


def test_s2_update_a_bookings_address(otesse: Client) -> None:
    """S2 Update a Booking: `address_id`; B.4.4."""
    added = otesse.post(
        f"/v1/customers/{JOHN_SMITH}/addresses", headers=KEY | JSON_TYPE, content=S1_ADDRESS
    ).json()
    path = f"/v1/bookings/{BOOKING}"
    answer = otesse.patch(path, headers=KEY, json={"address_id": added["id"]})
    assert answer.status_code == 200
    assert answer.json()["address_id"] == added["id"]
    sent = printed(S1_ADDRESS)
    assert answer.json()["address"] == {
        name: sent[name] for name in ("street", "city", "state", "zip")
    }


def test_s2_cancel_a_booking(otesse: Client, now: datetime) -> None:
    """S2 Cancel a Booking; B.4.5 with its sample fee of 8138 cents."""
    path = f"/v1/bookings/{BOOKING}"
    before = otesse.get(path, headers=KEY).json()
    answer = otesse.post(f"{path}/cancel", headers=KEY | JSON_TYPE, content=S2_CANCEL)
    assert answer.status_code == 200
    late = now > FREE_UNTIL
    cancelled_at = instant_text(now)
    entry = answer.json()["status_timeline"][-1]
    assert (entry["status"], entry["at"]) == ("cancelled", cancelled_at)
    assert answer.json() == before | {
        "status": "cancelled",
        "updated_at": cancelled_at,
        "status_timeline": [*before["status_timeline"], entry],
        "cancellation": {
            "reason": "Customer requested cancellation",
            "cancelled_at": cancelled_at,
            "customer_notified": True,
            "fee": {
                "applies": late,
                "amount": 8138 if late else 0,
                "percentage": 50 if late else 0,
                "free_until": "2026-02-25T10:00:00Z",
            },
        },
        "cancellation_fee": 8138 if late else 0,
    }
    notice = otesse.get("/__admin/outbox?kind=cancellation_notice").json()["data"][-1]
    assert (notice["to"], notice["customer_id"]) == ("john@example.com", JOHN_SMITH)


def pages_of(client: Client, call: str, pages: int) -> list[dict[str, Any]]:
    """The rows of the first pages of a list, in order."""
    found = [client.get(f"{call}&page={page + 1}", headers=KEY).json() for page in range(pages)]
    return [row for page in found for row in page["data"]]


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    """A body less one member, which must be there."""
    assert name in body
    return {key: value for key, value in body.items() if key != name}
