"""A.4.7 and ot/invoices: each test names the rule it holds the server to."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mockserver.app import Server
from tests.client import OTESSE, Client
from tests.journeys.steps import INVOICES, at, book, issue, otesse, outbox, register

WINDOWS = {"description": "Windows", "quantity": 3, "unit_price": 3333}


def test_an_invoice_by_hand_adds_up(empty: Client) -> None:
    """A.4.7: quantity times unit price, 8.5 % unless told, pending, due in 14 days."""
    made = register(empty)
    oven = {"description": "Oven", "quantity": 1, "unit_price": 1}
    invoice = issue(empty, made, line_items=[WINDOWS, oven])
    assert invoice == {
        "id": invoice["id"],
        "number": "INV-2026-00001",
        "status": "pending",
        "customer": {"id": made["id"], "name": "Ada Byron"},
        "booking_id": None,
        "line_items": [WINDOWS | {"total": 9999}, oven | {"total": 1}],
        "subtotal": 10000,
        "discount": 0,
        "discount_description": None,
        "tax": 850,
        "total": 10850,
        "amount_paid": 0,
        "balance": 10850,
        "issued_at": "2026-02-20T15:00:00Z",
        "due_date": "2026-03-06",
        "paid_at": None,
        "payment_method": None,
    }
    assert otesse(empty, f"{INVOICES}/{invoice['id']}") == invoice


@pytest.mark.parametrize(("rate", "tax"), [(8.5, 850), (0, 0), (100, 10000), (7.25, 725)])
def test_the_tax_rate_is_in_percent(empty: Client, rate: float, tax: int) -> None:
    """A.4.7: `tax_rate` 8.5."""
    assert issue(empty, register(empty), tax_rate=rate)["tax"] == tax


def test_an_invoice_can_be_charged_and_sent_at_once(empty: Client) -> None:
    """A.4.7: `auto_charge`, `send_email`, `due_date`."""
    wanted = {"auto_charge": True, "send_email": True, "due_date": "2026-03-01"}
    invoice = issue(empty, register(empty), **wanted)
    assert (invoice["status"], invoice["amount_paid"], invoice["balance"]) == ("paid", 10850, 0)
    assert invoice["paid_at"] == invoice["issued_at"]
    assert invoice["payment_method"] == {"type": "card", "brand": "visa", "last4": "4242"}
    assert invoice["due_date"] == "2026-03-01"
    (mail,) = outbox(empty, "invoice")
    assert mail["to"] == "ada@example.com"
    assert invoice["number"] in mail["subject"]


def test_numbers_are_never_given_twice(client: Client) -> None:
    """A.4.7, ot/inv-flow: `INV-YYYY-NNNNN`, running, voids keep theirs."""
    rows = [row for page in range(1, 5)
            for row in otesse(client, f"{INVOICES}?per_page=100&page={page}")["data"]]  # fmt: skip
    numbers = [row["number"] for row in rows]
    assert len(set(numbers)) == len(numbers) == len(rows)
    assert all(re.fullmatch(r"INV-\d{4}-\d{5}", number) for number in numbers)
    made = register(client)
    first = issue(client, made)
    client.post(f"{INVOICES}/{first['id']}/void", headers=OTESSE)
    second = issue(client, made)
    assert {first["number"], second["number"]}.isdisjoint(numbers)
    voided = otesse(client, f"{INVOICES}/{first['id']}")
    assert (voided["status"], voided["number"]) == ("void", first["number"])
    assert int(second["number"][-5:]) == int(first["number"][-5:]) + 1


@pytest.mark.parametrize(("charged", "status"), [(True, "paid"), (False, "void")])
def test_a_paid_or_void_invoice_cannot_be_voided(empty: Client, charged: bool, status: str) -> None:
    """A.4.7: a conflict with its state."""
    invoice = issue(empty, register(empty), auto_charge=charged)
    path = f"{INVOICES}/{invoice['id']}"
    if not charged:
        answer = empty.post(f"{path}/void", headers=OTESSE, json={"reason": "Issued twice"})
        assert (answer.status_code, answer.json()["balance"]) == (200, 0)
    answer = empty.post(f"{path}/void", headers=OTESSE)
    assert answer.status_code == 409
    assert answer.json()["error"]["type"] == "conflict"
    assert otesse(empty, path)["status"] == status


def test_a_completed_service_is_invoiced_and_falls_overdue(
    empty_server: Server, empty: Client
) -> None:
    """A.4.7, B.1: pending when the service completes, at its price; overdue when unpaid."""
    booked = book(empty, register(empty), coupon_code="FIRST20")
    assert otesse(empty, INVOICES)["data"] == []
    at(empty_server, days=6, hours=2)
    (invoice,) = otesse(empty, INVOICES)["data"]
    assert invoice["booking_id"] == booked["id"]
    assert {name: invoice[name] for name in booked["pricing"]} == booked["pricing"]
    assert (invoice["status"], invoice["issued_at"]) == ("pending", "2026-02-26T17:00:00Z")
    assert "FIRST20" in invoice["discount_description"]
    assert sum(line["total"] for line in invoice["line_items"]) == invoice["subtotal"]
    (reference,) = otesse(empty, f"/v1/bookings/{booked['id']}")["invoices"]
    assert reference == {name: invoice[name] for name in ("id", "number", "status", "total")}
    at(empty_server, days=15)
    assert otesse(empty, f"{INVOICES}?status=overdue")["data"] == [invoice | {"status": "overdue"}]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ab"),
        ("status=pending", "a"),
        ("status=paid", "b"),
        ("min_amount=10850&max_amount=10850", "a"),
        ("min_amount=10851", "b"),
        ("max_amount=10849", ""),
        ("date_from=2026-02-20&date_to=2026-02-20", "ab"),
        ("date_to=2026-02-19", ""),
        ("customer_id=cust_00000NOBODY", ""),
    ],
)
def test_invoices_are_filtered(empty: Client, query: str, expected: str) -> None:
    """A.4.7: ends included, AND."""
    made = register(empty)
    ids = {
        issue(empty, made)["id"]: "a",
        issue(empty, made, auto_charge=True, line_items=[WINDOWS | {"quantity": 9}])["id"]: "b",
    }
    found = otesse(empty, f"{INVOICES}?{query}")["data"]
    assert "".join(sorted(ids[row["id"]] for row in found)) == expected


@pytest.mark.parametrize(
    ("member", "value", "status"),
    [("line_items", [], 422), ("line_items", [WINDOWS | {"quantity": 0}], 422),
     ("line_items", [WINDOWS | {"unit_price": -1}], 422), ("tax_rate", 101, 422),
     ("due_date", "soon", 422), ("discount", 100, 400), ("line_items", {}, 400)],
)  # fmt: skip
def test_an_invoice_is_refused(client: Client, member: str, value: Any, status: int) -> None:
    """1.4, A.4.7."""
    body = {"customer_id": "cust_01HQ3K5M7N", "line_items": [WINDOWS], member: value}
    answer = client.post(INVOICES, headers=OTESSE, json=body)
    assert answer.status_code == status
    assert answer.json()["error"]["param"].startswith(member)
