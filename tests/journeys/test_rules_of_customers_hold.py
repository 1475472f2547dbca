"""Part 2: the Customers API. Each test names the rule it holds the server to."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.app import Server
from tests.client import MERCHANT, OTESSE, Client
from tests.journeys.steps import (
    ADA,
    BOOKINGS,
    CUSTOMERS,
    HOME,
    INVOICES,
    MERCHANT_CUSTOMERS,
    NEVER,
    at,
    book,
    issue,
    merchant,
    otesse,
    outbox,
    register,
    uuid_of,
)

JOHN = f"{CUSTOMERS}/cust_01HQ3K5M7N"


def emails(client: Client, query: str) -> set[str]:
    return {row["email"] for row in otesse(client, f"{CUSTOMERS}?per_page=100&{query}")["data"]}


@pytest.fixture
def people(empty: Client) -> Client:
    """Ada Byron in Springfield, Mary O'Neill in Eugene, and Bo Lee nowhere."""
    register(empty, phone="+15559876543")
    eugene = HOME | {"city": "Eugene", "zip": "97401"}
    register(empty, first_name="Mary", last_name="O'Neill", email="m@x.example", address=eugene)
    body = {"first_name": "Bo", "last_name": "Lee", "email": "bo@lee.example"}
    empty.post(CUSTOMERS, headers=OTESSE, json=body)
    return empty


# --- A.1, A.2, A.3 -------------------------------------------------------------------------------


def test_one_customer_is_answered_bare(client: Client) -> None:
    """A.3, Part 5 item 16: no `data` around a single object."""
    assert otesse(client, JOHN)["id"] == "cust_01HQ3K5M7N"


def test_statistics_are_derived_from_bookings_and_invoices(
    empty_server: Server, empty: Client
) -> None:
    """A.1: not cancelled, paid, completed; null and zero for the new."""
    made = register(empty)
    path = f"{CUSTOMERS}/{made['id']}"
    assert made["stats"]["last_booking_at"] is None
    dropped = book(empty, made)
    book(empty, made, scheduled_at="2026-02-21T10:00:00Z")
    book(empty, made, scheduled_at="2026-02-22T10:00:00Z")
    book(empty, made, scheduled_at="2026-09-01T10:00:00Z")
    empty.post(f"{BOOKINGS}/{dropped['id']}/cancel", headers=OTESSE)
    issue(empty, made, auto_charge=True)
    at(empty_server, days=3)
    assert otesse(empty, path)["stats"] == {
        "total_bookings": 3,
        "total_spent": 10850,
        "last_booking_at": "2026-02-22T10:00:00Z",
        "active_subscription": False,
    }


@pytest.mark.parametrize("status", ["inactive", "deactivated"])
def test_only_an_active_customer_can_be_booked(client: Client, status: str) -> None:
    """A.1: a label otherwise; history stays."""
    rows = otesse(client, f"{CUSTOMERS}?per_page=100&status={status}")["data"]
    row = next(row for row in rows if row["addresses"])
    body = {
        "customer_id": row["id"],
        "industry": "cleaning",
        "configuration": {"bedrooms": 1, "bathrooms": 1},
        "scheduled_at": "2026-03-01T10:00:00Z",
        "address_id": row["addresses"][0]["id"],
    }
    answer = client.post(BOOKINGS, headers=OTESSE, json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "customer_not_active"


def test_address_members_have_their_defaults(empty: Client) -> None:
    """A.2: label Home, no access notes, not the default unless it is the first."""
    made = register(empty)
    path = f"{CUSTOMERS}/{made['id']}/addresses"
    added = empty.post(path, headers=OTESSE, json=HOME | {"zip": "97477-1234"}).json()
    assert added == HOME | {
        "id": added["id"],
        "label": "Home",
        "zip": "97477-1234",
        "access_notes": None,
        "is_default": False,
    }


# --- A.4.1 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("ada", {"ada@example.com"}),
        ("BYRON", {"ada@example.com"}),
        ("da%20by", {"ada@example.com"}),
        ("o'n", {"m@x.example"}),
        ("lee.ex", {"bo@lee.example"}),
        ("%2B1555987", {"ada@example.com"}),
        ("(555)%20987", {"ada@example.com"}),
        ("9876543", {"ada@example.com"}),
        ("zz", set()),
        ("", {"ada@example.com", "m@x.example", "bo@lee.example"}),
    ],
)
def test_search_looks_into_name_email_and_phone(people: Client, term: str, found: set[str]) -> None:
    """A.4.1: a part, whatever the case; a phone also by its digits."""
    assert emails(people, f"search={term}") == found


def test_filters_combine_with_and(client: Client) -> None:
    """A.4.1: the sample call is such a pair; every status without the filter."""
    johns = emails(client, "search=john")
    assert emails(client, "search=john&status=active") == {"john@example.com"}
    assert johns > {"john@example.com"}
    assert emails(client, "search=john&status=active&has_subscription=false") == set()
    rows = [otesse(client, f"{CUSTOMERS}?status={status}")["pagination"]["total"]
            for status in ("active", "inactive", "deactivated")]  # fmt: skip
    assert sum(rows) == otesse(client, CUSTOMERS)["pagination"]["total"]
    assert all(rows)


def test_created_after_is_strict_and_a_day_is_its_midnight(
    empty_server: Server, empty: Client
) -> None:
    """A.4.1."""
    register(empty)
    at(empty_server, hours=9)
    register(empty, email="b@x.example")
    both = {"ada@example.com", "b@x.example"}
    assert emails(empty, "created_after=2026-02-20T14%3A59%3A59Z") == both
    assert emails(empty, "created_after=2026-02-20T15%3A00%3A00Z") == {"b@x.example"}
    assert emails(empty, "created_after=2026-02-20") == both
    assert emails(empty, "created_after=2026-02-21") == set()


def test_subscribers_and_the_others_are_everybody(client: Client) -> None:
    """A.4.1: false means without an active one."""
    with_one, without = (
        otesse(client, f"{CUSTOMERS}?has_subscription={value}") for value in ("true", "false")
    )
    assert all(row["stats"]["active_subscription"] for row in with_one["data"])
    assert not any(row["stats"]["active_subscription"] for row in without["data"])
    total = with_one["pagination"]["total"] + without["pagination"]["total"]
    assert total == otesse(client, CUSTOMERS)["pagination"]["total"]


@pytest.mark.parametrize(
    ("zone", "found"),
    [("zone_01HQ3K5M7N", {"m@x.example"}), ("zone_01HQ3K5M8P", {"ada@example.com"}),
     ("zone_NOWHERE", set())],
)  # fmt: skip
def test_zones_are_those_of_the_zip_codes(people: Client, zone: str, found: set[str]) -> None:
    """A.4.1: an unknown zone is an empty list."""
    assert emails(people, f"zone_id={zone}") == found


def test_names_of_parameters_nobody_knows_are_ignored(people: Client) -> None:
    """A.4.1."""
    assert otesse(people, f"{CUSTOMERS}?colour=green") == otesse(people, CUSTOMERS)


# --- A.4.2, A.4.3 --------------------------------------------------------------------------------


def test_the_smallest_customer_has_names_and_an_email(empty: Client) -> None:
    """A.4.2: phone, address and preferences are optional; active, zeroed, invited."""
    answer = empty.post(CUSTOMERS, headers=OTESSE, json=ADA)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["phone"], made["addresses"], made["status"]) == (None, [], "active")
    assert made["preferences"] == {"preferred_contact": "email", "marketing_opt_in": False}
    assert made["subscription"] is None
    assert answer.headers["Location"] == f"{CUSTOMERS}/{made['id']}"
    assert otesse(empty, answer.headers["Location"]) == made
    assert [mail["to"] for mail in outbox(empty, "invitation")] == ["ada@example.com"]


def test_preferences_and_address_are_accepted_on_create(empty: Client) -> None:
    """A.4.2, Part 5 item 13: `address` in, `addresses` out, the first one the default."""
    wanted = {"preferred_contact": "phone", "marketing_opt_in": True}
    made = register(empty, preferences=wanted, address=HOME | {"is_default": False})
    assert made["preferences"] == wanted
    assert [address["is_default"] for address in made["addresses"]] == [True]


@pytest.mark.parametrize("size", [1, 100])
def test_names_have_1_to_100_characters(empty: Client, size: int) -> None:
    """A.4.2."""
    assert register(empty, first_name="é" * size)["first_name"] == "é" * size


def test_a_refused_customer_is_not_invited(client: Client) -> None:
    """A.4.2: nothing is kept of a 409."""
    before = outbox(client, "invitation")
    answer = client.post(CUSTOMERS, headers=OTESSE, json=ADA | {"email": "john@example.com"})
    assert answer.status_code == 409
    assert outbox(client, "invitation") == before


# --- A.4.4 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"first_name": "Jon"}, {"last_name": "Smythe"}, {"email": "jon@example.com"},
     {"email": "JOHN@example.com"}, {"phone": "+15551112222"}, {"phone": None}],
    ids=str,
)  # fmt: skip
def test_what_is_sent_changes_and_nothing_else(client: Client, change: dict[str, Any]) -> None:
    """A.4.4: other fields untouched; the own e-mail in another case is no conflict."""
    before = otesse(client, JOHN)
    answer = client.patch(JOHN, headers=OTESSE, json=change)
    assert answer.status_code == 200
    assert answer.json() == before | change | {"updated_at": "2026-02-20T15:00:00Z"}


def test_preferences_are_merged_key_by_key(client: Client) -> None:
    """A.4.4."""
    for change, seen in (
        ({"marketing_opt_in": True}, {"preferred_contact": "email", "marketing_opt_in": True}),
        ({"preferred_contact": "sms"}, {"preferred_contact": "sms", "marketing_opt_in": True}),
    ):
        answer = client.patch(JOHN, headers=OTESSE, json={"preferences": change})
        assert answer.json()["preferences"] == seen


@pytest.mark.parametrize(
    "name", ["id", "status", "addresses", "stats", "subscription", "created_at", "updated_at"]
)
def test_what_is_read_only_is_refused_by_name(client: Client, name: str) -> None:
    """A.4.4: 400 `invalid_parameter`, even with the value it has."""
    before = otesse(client, JOHN)
    answer = client.patch(JOHN, headers=OTESSE, json={"first_name": "X", name: before[name]})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["param"]) == ("invalid_parameter", name)
    assert otesse(client, JOHN) == before


def test_members_nobody_knows_are_refused_in_a_and_b(client: Client) -> None:
    """A.4.4: one choice for both."""
    for path in (JOHN, f"{BOOKINGS}/bk_01HQ3K5M7N8P9R"):
        answer = client.patch(path, headers=OTESSE, json={"nickname": "Jo"})
        assert answer.status_code == 400
        assert answer.json()["error"]["param"] == "nickname"


def test_an_empty_change_is_fine(client: Client) -> None:
    """A.4.4: 200, unchanged."""
    before = otesse(client, JOHN)
    answer = client.patch(JOHN, headers=OTESSE, json={})
    assert (answer.status_code, answer.json()) == (200, before)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [(f"{CUSTOMERS}/{NEVER}", {"first_name": "X"}, 404),
     (f"{CUSTOMERS}/{NEVER}/addresses", HOME, 404),
     (JOHN, {"email": "sam.wilson@test.com"}, 409),
     (JOHN, {"email": "nobody"}, 422), (JOHN, {"phone": "1"}, 422),
     (JOHN, {"preferences": {"preferred_contact": "fax"}}, 422)],
)  # fmt: skip
def test_a_change_is_refused(client: Client, path: str, body: Any, status: int) -> None:
    """A.4.4, A.4.5."""
    method = "POST" if path.endswith("addresses") else "PATCH"
    assert client.request(method, path, headers=OTESSE, json=body).status_code == status


# --- A.4.5, A.4.6, A.4.7 -------------------------------------------------------------------------


def test_a_new_default_takes_the_mark_from_the_others(empty: Client) -> None:
    """A.4.5: exactly one is the default."""
    made = register(empty)
    path = f"{CUSTOMERS}/{made['id']}"
    for wanted in (False, True, True):
        body = HOME | {"is_default": wanted}
        empty.post(f"{path}/addresses", headers=OTESSE, json=body)
    marks = [address["is_default"] for address in otesse(empty, path)["addresses"]]
    assert marks == [False, False, False, True]


def test_the_first_address_is_the_default_whatever_is_sent(empty: Client) -> None:
    """A.4.5."""
    made = empty.post(CUSTOMERS, headers=OTESSE, json=ADA).json()
    path = f"{CUSTOMERS}/{made['id']}/addresses"
    answer = empty.post(path, headers=OTESSE, json=HOME | {"is_default": False})
    assert (answer.status_code, answer.json()["is_default"]) == (201, True)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_addresses_have_no_other_operation(client: Client, method: str) -> None:
    """A.4.5: none is documented."""
    answer = client.request(method, f"{JOHN}/addresses", headers=OTESSE)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")


def test_the_path_decides_whose_bookings_are_listed(client: Client) -> None:
    """A.4.6: a differing `customer_id` finds nothing."""
    total = otesse(client, f"{JOHN}/bookings?customer_id=cust_01HQ3K5M7N")["pagination"]["total"]
    assert total == 12
    other = otesse(client, f"{JOHN}/bookings?customer_id=cust_01HQ4A7C2D")
    assert (other["data"], other["pagination"]["total"]) == ([], 0)


@pytest.mark.parametrize(
    ("query", "total"),
    [("status=completed", 11), ("status=cancelled", 0), ("date_from=2026-02-01", 3),
     ("date_to=2025-12-31", 8), ("zone_id=zone_01HQ3K5M7N", 12), ("per_page=5", 12)],
)  # fmt: skip
def test_a_customers_bookings_take_the_filters_of_the_list(
    client: Client, query: str, total: int
) -> None:
    """A.4.6."""
    assert otesse(client, f"{JOHN}/bookings?{query}")["pagination"]["total"] == total


@pytest.mark.parametrize(
    ("query", "total"),
    [("", 12), ("status=paid", 12), ("status=void", 0), ("date_from=2026-01-01", 4),
     ("date_to=2026-02-15", 12), ("date_to=2026-02-14", 10), ("min_amount=16058", 7),
     ("max_amount=13020", 4), ("min_amount=16058&max_amount=16058", 1)],
)  # fmt: skip
def test_a_customers_invoices_take_the_filters_of_the_list(
    client: Client, query: str, total: int
) -> None:
    """A.4.7."""
    assert otesse(client, f"{JOHN}/invoices?{query}")["pagination"]["total"] == total


def test_a_customer_the_merchant_made_is_managed_like_any_other(empty: Client) -> None:
    """A.4.3, A.4.4, C.3.1: nothing is lost by a change in A."""
    body = {"first_name": "Wanda", "last_name": "Inn", "note": "Likes tea"}
    empty.post(MERCHANT_CUSTOMERS, headers=MERCHANT, json=body)
    (row,) = otesse(empty, CUSTOMERS)["data"]
    change = {"email": "wanda@example.com"}
    assert empty.patch(f"{CUSTOMERS}/{row['id']}", headers=OTESSE, json=change).status_code == 200
    shown = merchant(empty, f"/{uuid_of(empty, 'wanda@example.com')}")
    assert (shown["note"], shown["email"]) == ("Likes tea", "wanda@example.com")


def test_unknown_paths_of_invoices_and_webhooks_are_refused_in_the_dialect(client: Client) -> None:
    """Ruling 2, ruling 3, 1.8: webhooks are not served yet."""
    for path in (f"{INVOICES}/inv_01HQ3K5M7N/refund", "/v1/webhooks"):
        answer = client.post(path, headers=OTESSE, json={})
        assert answer.status_code == 404
        assert answer.json()["error"]["type"] == "not_found"
