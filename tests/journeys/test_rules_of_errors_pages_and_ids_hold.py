"""Part 1: what families A and B share. Each test names the rule it holds the server to."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.client import OTESSE, Client
from tests.journeys.steps import (
    ADA,
    BOOKINGS,
    CLEANING,
    CUSTOMERS,
    HOME,
    INVOICES,
    NEVER,
    book,
    issue,
    otesse,
    register,
)

JOHN = "cust_01HQ3K5M7N"
BOOKING: dict[str, Any] = {
    "customer_id": JOHN,
    "industry": "cleaning",
    "configuration": CLEANING,
    "scheduled_at": "2026-03-01T10:00:00Z",
    "address_id": "addr_01HQ3K5M7N",
}
LINE = {"description": "Windows", "quantity": 1, "unit_price": 100}


def less(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


def error(client: Client, method: str, path: str, body: Any = None) -> tuple[Any, ...]:
    """Status, type, code and param of a refusal; its envelope is checked here (1.4)."""
    answer = client.request(
        method, path, headers=OTESSE, **({} if body is None else {"json": body})
    )
    found = answer.json()["error"]
    assert list(answer.json()) == ["error"]
    assert found["message"]
    assert found["doc_url"] == f"https://docs.otesse.com/api/errors#{found['code']}"
    return answer.status_code, found["type"], found["code"], found.get("param")


# --- 1.1, 1.2, 1.7, 1.8 --------------------------------------------------------------------------


def test_instants_leave_in_utc_with_whole_seconds(empty: Client) -> None:
    """1.1: `2026-02-26T10:00:00Z`, whatever offset and fraction came in."""
    made = register(empty)
    booked = book(empty, made, scheduled_at="2026-03-01T12:00:00.999+02:00")
    assert booked["scheduled_at"] == "2026-03-01T10:00:00Z"
    instant = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    assert all(instant.fullmatch(made[name]) for name in ("created_at", "updated_at"))


@pytest.mark.parametrize(
    ("query", "total"),
    [("date_from=2026-02-26", 1), ("date_to=2026-02-26", 1), ("date_from=2026-02-27", 0),
     ("date_to=2026-02-25", 0), ("date_from=2026-02-26T15%3A00%3A00Z", 1),
     ("date_to=2026-02-26T17%3A00%3A00%2B02%3A00", 1)],
)  # fmt: skip
def test_filters_take_days_and_instants(empty: Client, query: str, total: int) -> None:
    """1.1: date filters accept a plain date."""
    book(empty, register(empty))
    assert otesse(empty, f"{BOOKINGS}?{query}")["pagination"]["total"] == total


def test_new_ids_look_like_the_documented_ones(empty: Client) -> None:
    """1.2: prefix and length of each kind."""
    made = register(empty)
    booked, invoice = book(empty, made), issue(empty, made)
    ids = [made["id"], made["addresses"][0]["id"], booked["id"], booked["assigned_crew"][0],
           invoice["id"]]  # fmt: skip
    forms = [r"cust_[0-9A-Z]{10}", r"addr_[0-9A-Z]{10}", r"bk_[0-9A-Z]{14}", r"staff_[0-9A-Z]{8}",
             r"inv_[0-9A-Z]{10}"]  # fmt: skip
    assert all(re.fullmatch(form, value) for form, value in zip(forms, ids, strict=True))


@pytest.mark.parametrize(
    "value",
    ["cust_00000NOBODY", "nonsense", "1", "cust_", "bk_01HQ3K5M7N8P9R", "%20", "a%2Fb", "…"],
)
@pytest.mark.parametrize(
    ("path", "noun"),
    [(CUSTOMERS + "/{}", "customer"), (CUSTOMERS + "/{}/bookings", "customer"),
     (CUSTOMERS + "/{}/invoices", "customer"), (INVOICES + "/{}", "invoice")],
)  # fmt: skip
def test_an_id_nobody_has_is_a_404_however_it_looks(
    empty: Client, path: str, noun: str, value: str
) -> None:
    """1.2, 1.4: opaque ids, never a 400."""
    found = error(empty, "GET", path.format(value))
    assert found == (404, "not_found", f"{noun}_not_found", None)


def test_an_idempotency_key_is_not_asked_for_and_replays_where_it_is_sent(empty: Client) -> None:
    """1.7: an optional extra; without a key the same call twice is two calls."""
    headers = OTESSE | {"Idempotency-Key": "once"}
    statuses = [empty.post(CUSTOMERS, headers=headers, json=ADA).status_code for _ in range(2)]
    assert statuses == [201, 201]
    assert empty.post(CUSTOMERS, headers=OTESSE, json=ADA).status_code == 409


def test_cents_are_whole_numbers(client: Client) -> None:
    """1.1: money is integer cents."""
    for row in otesse(client, f"{BOOKINGS}?per_page=100")["data"]:
        assert all(type(value) is int for value in row["pricing"].values())


# --- 1.4 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "param"),
    [
        (CUSTOMERS, less(ADA, "first_name"), "first_name"),
        (CUSTOMERS, less(ADA, "last_name"), "last_name"),
        (CUSTOMERS, less(ADA, "email"), "email"),
        (CUSTOMERS, ADA | {"address": less(HOME, "zip")}, "address.zip"),
        (f"{CUSTOMERS}/{JOHN}/addresses", less(HOME, "street"), "street"),
        (BOOKINGS, less(BOOKING, "customer_id"), "customer_id"),
        (BOOKINGS, less(BOOKING, "industry"), "industry"),
        (BOOKINGS, less(BOOKING, "configuration"), "configuration"),
        (BOOKINGS, less(BOOKING, "scheduled_at"), "scheduled_at"),
        (BOOKINGS, less(BOOKING, "address_id"), "address_id"),
        (BOOKINGS, BOOKING | {"configuration": {"bathrooms": 1}}, "configuration.bedrooms"),
        (INVOICES, {"line_items": [LINE]}, "customer_id"),
        (INVOICES, {"customer_id": JOHN}, "line_items"),
    ],
)
def test_a_missing_member_is_a_400(client: Client, path: str, body: Any, param: str) -> None:
    """1.4, Part 5 item 8: documented as 400 `missing_required_field`, nested as a dotted path."""
    found = error(client, "POST", path, body)
    assert found == (400, "invalid_request", "missing_required_field", param)


def test_the_documented_message_of_a_missing_member(client: Client) -> None:
    """1.4: ot/errors prints this one as a whole."""
    answer = client.post(BOOKINGS, headers=OTESSE, json=less(BOOKING, "customer_id"))
    assert answer.json() == {
        "error": {
            "type": "invalid_request",
            "message": "The 'customer_id' field is required.",
            "code": "missing_required_field",
            "param": "customer_id",
            "doc_url": "https://docs.otesse.com/api/errors#missing_required_field",
        }
    }


@pytest.mark.parametrize(
    ("method", "path", "body", "param"),
    [
        ("POST", CUSTOMERS, ADA | {"email": 1}, "email"),
        ("POST", CUSTOMERS, ADA | {"address": "Main St"}, "address"),
        ("POST", CUSTOMERS, ADA | {"address": HOME | {"zip": 97401}}, "address.zip"),
        ("POST", BOOKINGS, BOOKING | {"configuration": []}, "configuration"),
        ("PATCH", f"{BOOKINGS}/bk_01HQ3K5M7N8P9R", {"configuration": {"a": None}},
         "configuration.a"),
        ("PATCH", f"{CUSTOMERS}/{JOHN}", {"preferences": {"marketing_opt_in": "no"}},
         "preferences.marketing_opt_in"),
        ("POST", INVOICES, {"customer_id": JOHN, "line_items": [LINE | {"quantity": "1"}]},
         "line_items.0.quantity"),
    ],
)  # fmt: skip
def test_a_member_of_the_wrong_type_is_a_400(
    client: Client, method: str, path: str, body: Any, param: str
) -> None:
    """1.4, Part 5 item 8."""
    found = error(client, method, path, body)
    assert found == (400, "invalid_request", "invalid_parameter", param)


def test_text_that_is_no_json_is_a_400(client: Client) -> None:
    """1.4: `invalid_json`."""
    headers = OTESSE | {"Content-Type": "application/json"}
    answer = client.post(CUSTOMERS, headers=headers, content=b'{"first_name": ')
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid_json"


@pytest.mark.parametrize(
    ("path", "param"),
    [
        (f"{CUSTOMERS}?status=foo", "status"),
        (f"{CUSTOMERS}?created_after=yesterday", "created_after"),
        (f"{CUSTOMERS}?has_subscription=maybe", "has_subscription"),
        (f"{CUSTOMERS}?page=0", "page"),
        (f"{CUSTOMERS}?per_page=101", "per_page"),
        (f"{BOOKINGS}?status=pending", "status"),
        (f"{BOOKINGS}?status=confirmed,completed", "status"),
        (f"{BOOKINGS}?date_from=2026-13-01", "date_from"),
        (f"{BOOKINGS}?date_to=tomorrow", "date_to"),
        (f"{BOOKINGS}?date_from=2026-03-02&date_to=2026-03-01", "date_from"),
        (f"{BOOKINGS}?page=1.5", "page"),
        (f"{CUSTOMERS}/{JOHN}/bookings?per_page=0", "per_page"),
        (f"{CUSTOMERS}/{JOHN}/invoices?status=late", "status"),
        (f"{INVOICES}?min_amount=-1", "min_amount"),
        (f"{INVOICES}?min_amount=2&max_amount=1", "min_amount"),
    ],
)
def test_a_bad_query_value_is_a_400(client: Client, path: str, param: str) -> None:
    """1.4, 1.6, B.4.1, Part 5 item 9 (four statuses): `invalid_parameter` with the name."""
    assert error(client, "GET", path) == (400, "invalid_request", "invalid_parameter", param)


@pytest.mark.parametrize(
    ("path", "body", "code", "param"),
    [
        (CUSTOMERS, ADA | {"email": "nobody"}, "invalid_email", "email"),
        (CUSTOMERS, ADA | {"phone": "555-1234"}, "invalid_value", "phone"),
        (CUSTOMERS, ADA | {"first_name": ""}, "invalid_value", "first_name"),
        (CUSTOMERS, ADA | {"last_name": "x" * 101}, "invalid_value", "last_name"),
        (CUSTOMERS, ADA | {"address": HOME | {"state": "Oregon"}}, "invalid_value",
         "address.state"),
        (CUSTOMERS, ADA | {"address": HOME | {"zip": "9747"}}, "invalid_value", "address.zip"),
        (CUSTOMERS, ADA | {"preferences": {"preferred_contact": "fax"}}, "invalid_value",
         "preferences.preferred_contact"),
        (BOOKINGS, BOOKING | {"industry": "gardening"}, "invalid_value", "industry"),
        (BOOKINGS, BOOKING | {"scheduled_at": "2026-03-01"}, "invalid_value", "scheduled_at"),
        (BOOKINGS, BOOKING | {"coupon_code": "NOPE"}, "invalid_coupon", "coupon_code"),
        (BOOKINGS, BOOKING | {"customer_id": NEVER}, "resource_not_found", "customer_id"),
        (BOOKINGS, BOOKING | {"address_id": "addr_00000NOWHERE"}, "resource_not_found",
         "address_id"),
        (BOOKINGS, BOOKING | {"address_id": "addr_01HQ5B8E4F"}, "invalid_address", "address_id"),
        (INVOICES, {"customer_id": NEVER, "line_items": [LINE]}, "resource_not_found",
         "customer_id"),
    ],
)  # fmt: skip
def test_a_well_formed_value_that_breaks_a_rule_is_a_422(
    client: Client, path: str, body: Any, code: str, param: str
) -> None:
    """1.4, Part 5 item 8, A.2, A.4.2, B.4.2."""
    assert error(client, "POST", path, body) == (422, "validation_error", code, param)


def test_an_email_in_use_is_a_409(client: Client) -> None:
    """1.4, A.4.2: on `email`, whatever the case."""
    for email in ("john@example.com", "JOHN@Example.COM"):
        found = error(client, "POST", CUSTOMERS, ADA | {"email": email})
        assert found == (409, "conflict", "resource_already_exists", "email")


def test_a_state_that_forbids_the_call_is_a_409(client: Client) -> None:
    """1.4, B.4.4, B.4.5: cancel twice, change a finished booking."""
    made = register(client)
    booked = book(client, made)
    path = f"{BOOKINGS}/{booked['id']}"
    client.post(f"{path}/cancel", headers=OTESSE)
    again = error(client, "POST", f"{path}/cancel")
    assert again == (409, "conflict", "booking_already_cancelled", None)
    assert error(client, "PATCH", path, {"notes": "x"})[:2] == (409, "conflict")


# --- 1.6 -----------------------------------------------------------------------------------------


def test_pages_are_cut_as_documented(empty: Client) -> None:
    """1.6, Part 5 item 7: defaults 1 and 25, pages rounded up, past the end empty and a 200."""
    made = [register(empty, email=f"ada{n}@example.com") for n in range(27)]
    first = otesse(empty, CUSTOMERS)
    assert first["pagination"] == {"page": 1, "per_page": 25, "total": 27, "total_pages": 2}
    assert len(first["data"]) == 25
    rest = otesse(empty, f"{CUSTOMERS}?page=2")
    assert len(rest["data"]) == 2
    beyond = otesse(empty, f"{CUSTOMERS}?page=3")
    assert beyond == {"data": [], "pagination": rest["pagination"] | {"page": 3}}
    whole = otesse(empty, f"{CUSTOMERS}?per_page=100")
    assert whole["pagination"]["total_pages"] == 1
    listed = [row["id"] for row in first["data"] + rest["data"]]
    assert listed == [row["id"] for row in whole["data"]] == sorted(row["id"] for row in made)


@pytest.mark.parametrize("path", [CUSTOMERS, BOOKINGS, INVOICES])
def test_an_empty_list_has_no_pages(empty: Client, path: str) -> None:
    """1.6, Part 5 item 6: every list is paginated; nothing is 0 of 0."""
    assert otesse(empty, path) == {
        "data": [],
        "pagination": {"page": 1, "per_page": 25, "total": 0, "total_pages": 0},
    }


@pytest.mark.parametrize(
    ("path", "member"),
    [(CUSTOMERS, "created_at"), (BOOKINGS, "created_at"), (INVOICES, "issued_at")],
)
def test_lists_are_newest_first_with_ties_by_id(client: Client, path: str, member: str) -> None:
    """1.6, A.4.7."""
    rows = otesse(client, f"{path}?per_page=100")["data"]
    by_id = sorted(rows, key=lambda row: str(row["id"]))
    assert rows == sorted(by_id, key=lambda row: str(row[member]), reverse=True)
