"""Part 3: the Bookings API. Each test names the rule it holds the server to."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.app import Server
from tests.client import OTESSE, Client
from tests.journeys.steps import (
    BOOKINGS,
    CUSTOMERS,
    HOME,
    at,
    book,
    otesse,
    outbox,
    register,
)

SAMPLE = f"{BOOKINGS}/bk_01HQ3K5M7N8P9R"
JUNK = {"industry": "junk-removal"}
CARPET = {"industry": "carpet-cleaning"}


def price_of(booking: dict[str, Any]) -> list[int]:
    return [booking["pricing"][name] for name in ("subtotal", "discount", "tax", "total")]


# --- B.1, B.2, B.3 -------------------------------------------------------------------------------


def test_the_full_booking_tells_more_than_the_list(empty: Client) -> None:
    """B.1: timeline, crew, invoices and what was put in."""
    made = register(empty, first_name="Ada")
    full = book(empty, made, notes="Ring\ttwice", coupon_code="FIRST20")
    assert full["customer"] == {"id": made["id"], "name": "Ada Byron", "email": "ada@example.com"}
    assert full["address"] == HOME
    assert full["zone_id"] == "zone_01HQ3K5M8P"
    assert (full["notes"], full["coupon_code"]) == ("Ring\ttwice", "FIRST20")
    assert (full["invoices"], full["cancellation"], full["cancellation_fee"]) == ([], None, 0)
    assert [member["id"] for member in full["crew"]] == full["assigned_crew"]
    (listed,) = otesse(empty, BOOKINGS)["data"]
    only_in_full = {"status_timeline", "crew", "invoices", "notes", "coupon_code", "address_id",
                    "zone_id", "cancellation", "cancellation_fee"}  # fmt: skip
    assert set(full) - set(listed) == only_in_full
    assert {name: full[name] for name in listed} == listed


@pytest.mark.parametrize(
    ("configuration", "subtotal", "minutes"),
    [
        ({"bedrooms": 3, "bathrooms": 2, "frequency": "bi-weekly"}, 15000, 120),
        ({"bedrooms": 0, "bathrooms": 0}, 5000, 0),
        ({"bedrooms": 1, "bathrooms": 1, "frequency": "weekly"}, 9000, 50),
        ({"bedrooms": 1, "bathrooms": 1, "frequency": "monthly"}, 9000, 50),
        ({"bedrooms": 3, "bathrooms": 2, "extras": ["inside_oven"]}, 18500, 150),
        (
            {"bedrooms": 3, "bathrooms": 2, "extras": ["inside_oven", "inside_fridge", "laundry"]},
            25500,
            210,
        ),
    ],
    ids=str,
)
def test_a_cleaning_costs_what_the_formula_says(
    empty: Client, configuration: dict[str, Any], subtotal: int, minutes: int
) -> None:
    """B.2, B.3, Part 5 items 10 and 11: four frequencies, none with a discount by default."""
    booked = book(empty, register(empty), configuration=configuration)
    tax = (subtotal * 85 + 500) // 1000
    assert price_of(booked) == [subtotal, 0, tax, subtotal + tax]
    assert booked["estimated_duration"] == minutes
    assert booked["service"]["configuration"] == configuration


def test_half_a_cent_of_tax_is_rounded_up(client: Client) -> None:
    """B.3: everywhere total = subtotal - discount + tax, and tax is 8.5 % after the discount."""
    for row in otesse(client, f"{BOOKINGS}?per_page=100&status=confirmed")["data"]:
        subtotal, discount, tax, total = price_of(row)
        if row["service"]["industry"] != "wellness":
            assert tax == ((subtotal - discount) * 85 + 500) // 1000
        assert total == subtotal - discount + tax


@pytest.mark.parametrize("bedrooms", range(6))
def test_a_coupon_takes_a_fifth_before_the_tax(empty: Client, bedrooms: int) -> None:
    """B.3: FIRST20."""
    configuration = {"bedrooms": bedrooms, "bathrooms": 1}
    booked = book(empty, register(empty), configuration=configuration, coupon_code="FIRST20")
    subtotal = 7000 + 2000 * bedrooms
    tax = (subtotal * 4 * 85 // 5 + 500) // 1000
    assert price_of(booked) == [subtotal, subtotal // 5, tax, subtotal * 4 // 5 + tax]


@pytest.mark.parametrize(
    ("body", "subtotal"),
    [
        (JUNK | {"configuration": {}}, 7500),
        (JUNK | {"configuration": {"items": 3, "floor": "second", "stairs": True}}, 22500),
        (
            JUNK
            | {"configuration": {"items": [{"product": "prod_jr_full_mattress", "quantity": 2}]}},
            17000,
        ),
        (CARPET | {"configuration": {"sections": 2, "rooms": ["den", "hall"]}}, 12000),
    ],
    ids=str,
)
def test_other_industries_take_a_free_object(
    empty: Client, body: dict[str, Any], subtotal: int
) -> None:
    """B.2, Part 5 item 12: the slug in requests and responses."""
    booked = book(empty, register(empty), **body)
    assert booked["service"] == body
    assert booked["pricing"]["subtotal"] == subtotal


@pytest.mark.parametrize(
    ("configuration", "param"),
    [
        ({"bedrooms": -1, "bathrooms": 1}, "configuration.bedrooms"),
        ({"bedrooms": 1, "bathrooms": 1, "frequency": "daily"}, "configuration.frequency"),
        ({"bedrooms": 1, "bathrooms": 1, "extras": ["windows"]}, "configuration.extras.0"),
    ],
)
def test_a_cleaning_is_held_to_its_form(
    empty: Client, configuration: dict[str, Any], param: str
) -> None:
    """B.2: unknown extras and frequencies are a 422."""
    made = register(empty)
    body = {
        "customer_id": made["id"],
        "industry": "cleaning",
        "configuration": configuration,
        "scheduled_at": "2026-03-01T10:00:00Z",
        "address_id": made["addresses"][0]["id"],
    }
    answer = empty.post(BOOKINGS, headers=OTESSE, json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["param"] == param


def test_somebody_is_assigned_when_a_booking_is_made(client: Client) -> None:
    """B.3: crew ids in every response, the people in the full one; Part 5 item 14."""
    booked = book(client, register(client))
    (member,) = booked["crew"]
    assert booked["assigned_crew"] == [member["id"]]
    assert member["name"]
    assert member["role"]


# --- B.4.1 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "abc"),
        ("status=confirmed", "bc"),
        ("status=cancelled", "a"),
        ("date_from=2026-03-01T10:00:00Z", "abc"),
        ("date_from=2026-03-01T10:00:01Z", "bc"),
        ("date_to=2026-03-02T10:00:00Z", "ab"),
        ("date_to=2026-03-02", "ab"),
        ("date_from=2026-03-02&date_to=2026-03-02", "b"),
        ("zone_id=zone_01HQ3K5M8P", "abc"),
        ("zone_id=zone_01HQ3K5M7N", ""),
        ("zone_id=zone_NOWHERE", ""),
        ("customer_id=cust_00000NOBODY", ""),
        ("status=confirmed&date_from=2026-03-03", "c"),
    ],
)
def test_bookings_are_filtered(empty: Client, query: str, expected: str) -> None:
    """B.4.1: ends included, a plain `date_to` is the whole day, AND."""
    made = register(empty)
    ids = {}
    for day, letter in enumerate("abc", start=1):
        booked = book(empty, made, scheduled_at=f"2026-03-0{day}T10:00:00Z")
        ids[booked["id"]] = letter
    first = next(iter(ids))
    empty.post(f"{BOOKINGS}/{first}/cancel", headers=OTESSE)
    found = otesse(empty, f"{BOOKINGS}?{query}")["data"]
    assert "".join(sorted(ids[row["id"]] for row in found)) == expected


# --- B.4.2 ---------------------------------------------------------------------------------------


def test_a_booking_is_confirmed_from_the_start(empty: Client) -> None:
    """B.4.2: with one entry in the timeline, and a Location."""
    made = register(empty)
    booked = book(empty, made)
    assert booked["status"] == "confirmed"
    assert booked["status_timeline"] == [
        {"status": "confirmed", "at": "2026-02-20T15:00:00Z", "note": None}
    ]
    assert otesse(empty, f"{BOOKINGS}/{booked['id']}") == booked


def test_the_past_can_be_booked(empty: Client) -> None:
    """B.4.2, Part 5 item 18: the documented sample lies there for any real clock."""
    booked = book(empty, register(empty), scheduled_at="2020-01-01T10:00:00Z")
    assert booked["status"] == "confirmed"


def test_the_address_is_a_copy(empty: Client) -> None:
    """B.1, B.4.2: later changes of the customer do not move the booking."""
    made = register(empty)
    booked = book(empty, made)
    body = HOME | {"street": "1 New St", "is_default": True}
    empty.post(f"{CUSTOMERS}/{made['id']}/addresses", headers=OTESSE, json=body)
    assert otesse(empty, f"{BOOKINGS}/{booked['id']}")["address"] == HOME


# --- B.4.4 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", "cancelled"), ("customer_id", "cust_01HQ3K5M7N"), ("industry", "cleaning"),
     ("coupon_code", "FIRST20"), ("pricing", {}), ("id", "bk_1"), ("assigned_crew", []),
     ("created_at", "2026-02-20T14:30:00Z"), ("scheduledat", "2026-03-01T10:00:00Z"),
     ("addressid", "addr_01HQ3K5M7N")],
)  # fmt: skip
def test_only_four_members_can_be_updated(client: Client, name: str, value: Any) -> None:
    """B.4.4, Part 5 item 2: the rest is 400 by name; the status with a hint where to go."""
    answer = client.patch(SAMPLE, headers=OTESSE, json={name: value})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["type"], error["code"]) == ("invalid_request", "invalid_parameter")
    assert error["param"] == name
    assert ("/cancel" in error["message"]) == (name == "status")


def test_the_configuration_is_merged_and_priced_anew(empty: Client) -> None:
    """B.4.4: shallow; extras are replaced as a whole, the coupon stays."""
    configuration = {"bedrooms": 1, "bathrooms": 1, "extras": ["laundry", "inside_oven"]}
    booked = book(empty, register(empty), configuration=configuration, coupon_code="FIRST20")
    path = f"{BOOKINGS}/{booked['id']}"
    change = {"configuration": {"bedrooms": 2, "extras": []}}
    changed = empty.patch(path, headers=OTESSE, json=change).json()
    assert changed["service"]["configuration"] == {"bedrooms": 2, "bathrooms": 1, "extras": []}
    assert price_of(changed) == [11000, 2200, 748, 9548]
    assert changed["estimated_duration"] == 70


def test_another_address_prices_the_booking_anew(client: Client) -> None:
    """B.3, B.4.4: by the zone of the address; Salem costs 5 % more and 15 dollars."""
    made = register(client)
    salem = HOME | {"city": "Salem", "zip": "97301"}
    path = f"{CUSTOMERS}/{made['id']}/addresses"
    added = client.post(path, headers=OTESSE, json=salem).json()
    booked = book(client, made)
    assert booked["pricing"]["subtotal"] == 15000
    change = {"address_id": added["id"]}
    moved = client.patch(f"{BOOKINGS}/{booked['id']}", headers=OTESSE, json=change).json()
    assert moved["pricing"]["subtotal"] == 17250
    assert moved["zone_id"] == "zone_01HQ3K5MAT"


def test_an_update_moves_updated_at_alone(empty_server: Server, empty: Client) -> None:
    """B.4.4: `created_at` stays; an empty change moves nothing."""
    booked = book(empty, register(empty))
    path = f"{BOOKINGS}/{booked['id']}"
    at(empty_server, hours=1)
    assert empty.patch(path, headers=OTESSE, json={}).json() == booked
    changed = empty.patch(path, headers=OTESSE, json={"notes": None}).json()
    assert changed == booked | {"updated_at": "2026-02-20T16:00:00Z"}


@pytest.mark.parametrize(
    ("hours", "status"), [(145, "in_progress"), (147, "completed"), (0, "cancelled")]
)
def test_only_a_confirmed_booking_can_be_changed_or_cancelled(
    empty_server: Server, empty: Client, hours: int, status: str
) -> None:
    """B.4.4, B.4.5."""
    booked = book(empty, register(empty))
    path = f"{BOOKINGS}/{booked['id']}"
    if not hours:
        empty.post(f"{path}/cancel", headers=OTESSE)
    at(empty_server, hours=hours)
    assert otesse(empty, path)["status"] == status
    change = {"scheduled_at": "2026-04-01T10:00:00Z"}
    assert empty.patch(path, headers=OTESSE, json=change).status_code == 409
    assert empty.post(f"{path}/cancel", headers=OTESSE).status_code == 409


def test_an_unknown_booking_can_be_neither_read_nor_changed(empty: Client) -> None:
    """B.4.3, B.4.4, B.4.5."""
    path = f"{BOOKINGS}/bk_00000000NOBODY"
    answers = [empty.get(path, headers=OTESSE), empty.patch(path, headers=OTESSE, json={}),
               empty.post(f"{path}/cancel", headers=OTESSE)]  # fmt: skip
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert {answer.json()["error"]["code"] for answer in answers} == {"booking_not_found"}


# --- B.4.5 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "fee", "percentage"),
    [({"hours": 25}, 0, 0), ({"hours": 24}, 0, 0), ({"hours": 24, "seconds": -1}, 8138, 50),
     ({"seconds": 1}, 8138, 50)],
    ids=str,
)  # fmt: skip
def test_the_fee_is_measured_against_the_worlds_clock(
    server: Server, client: Client, before: dict[str, float], fee: int, percentage: int
) -> None:
    """B.4.5, Part 5 item 17: free until 24 hours before, then half, rounded half up."""
    at(server, days=5, hours=19)
    at(server, **{unit: -value for unit, value in before.items()})
    cancelled = client.post(f"{SAMPLE}/cancel", headers=OTESSE).json()
    assert cancelled["cancellation"]["fee"] == {
        "applies": fee > 0,
        "amount": fee,
        "percentage": percentage,
        "free_until": "2026-02-25T10:00:00Z",
    }
    assert cancelled["cancellation_fee"] == fee


@pytest.mark.parametrize(
    ("more", "reason", "is_notified"),
    [
        ({}, None, True),
        ({"json": {}}, None, True),
        ({"json": {"reason": "Moved\naway"}}, "Moved\naway", True),
        ({"json": {"notify_customer": False}}, None, False),
    ],
    ids=str,
)
def test_the_body_of_a_cancellation_is_optional(
    client: Client, more: dict[str, Any], reason: str | None, is_notified: bool
) -> None:
    """B.4.5: reason optional, notice by default."""
    before = len(outbox(client, "cancellation_notice"))
    answer = client.post(f"{SAMPLE}/cancel", headers=OTESSE, **more)
    assert answer.status_code == 200
    cancellation = answer.json()["cancellation"]
    assert (cancellation["reason"], cancellation["customer_notified"]) == (reason, is_notified)
    assert len(outbox(client, "cancellation_notice")) == before + is_notified


@pytest.mark.parametrize("path", ["start", "complete", "confirm", "no-show"])
def test_there_is_no_other_status_endpoint(client: Client, path: str) -> None:
    """B.4.5: those states come from crew check-in and check-out."""
    assert client.post(f"{SAMPLE}/{path}", headers=OTESSE).status_code == 404
