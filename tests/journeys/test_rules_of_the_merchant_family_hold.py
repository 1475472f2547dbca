"""Part 4: the merchant customers API. Each test names the rule it holds the server to."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.app import Server
from tests.client import MERCHANT, OTESSE, Client
from tests.journeys.steps import (
    BOOKINGS,
    CUSTOMERS,
    MERCHANT_CUSTOMERS,
    NOBODY,
    add,
    at,
    book,
    merchant,
    otesse,
    register,
    uuid_of,
)

NAMES = {"first_name": "Wanda", "last_name": "Inn"}
TRANSFER = f"{MERCHANT_CUSTOMERS}/transfer"


def refused(client: Client, method: str, path: str, body: Any = None) -> int:
    """The status of a refusal; its envelope is checked here (C.1)."""
    more = {} if body is None else {"json": body}
    answer = client.request(method, path, headers=MERCHANT, **more)
    assert list(answer.json()) == ["error"]
    assert list(answer.json()["error"]) == ["message"]
    assert answer.json()["error"]["message"]
    return answer.status_code


def put(client: Client, uuid: str, **members: Any) -> None:
    path = f"{MERCHANT_CUSTOMERS}/{uuid}"
    answer = client.put(path, headers=MERCHANT, json={"id": uuid, **members})
    assert (answer.status_code, answer.content) == (200, b"")


# --- C.1, C.2 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_another_media_type_is_a_415_without_content(client: Client, kind: str | None) -> None:
    """C.1."""
    headers = MERCHANT | ({"Content-Type": kind} if kind else {})
    answer = client.post(MERCHANT_CUSTOMERS, headers=headers, content=b"{}")
    assert (answer.status_code, answer.content) == (415, b"")


def test_unknown_members_are_ignored(empty: Client) -> None:
    """C.1: in every request of the family."""
    uuid = add(empty, is_dummy=True, nickname="W", id="x")
    assert merchant(empty, f"/{uuid}")["is_dummy"] is False
    put(empty, uuid, status="gone", note="n")
    body = {"id": uuid, "blacklist_reason": None, "until": "tomorrow"}
    path = f"{MERCHANT_CUSTOMERS}/{uuid}/blacklist"
    assert empty.put(path, headers=MERCHANT, json=body).status_code == 200


def test_fixed_paths_win_over_ids(client: Client) -> None:
    """C.1: `/customers/blacklist` and `/customers/transfer`."""
    assert isinstance(merchant(client, "/blacklist"), list)
    assert refused(client, "GET", TRANSFER) in (404, 405)
    assert refused(client, "PUT", TRANSFER, {}) == 400


def test_nothing_is_paginated(client: Client) -> None:
    """C.1, C.3.6: one list, whatever the query says."""
    assert merchant(client, "?page=2&per_page=1") == merchant(client, "")


def test_what_is_not_known_is_null_and_there(empty: Client) -> None:
    """C.2."""
    uuid = add(empty)
    assert merchant(empty, f"/{uuid}") == NAMES | {
        "id": uuid,
        "email": None,
        "phone_number": None,
        "birthday": None,
        "note": None,
        "is_dummy": False,
    }


@pytest.mark.parametrize(
    "birthday", ["1990-05-15", "1990-05-15T00:00:00Z", "1990-05-15T23:30:00-08:00"]
)
def test_a_birthday_is_a_day_and_leaves_as_its_midnight(empty: Client, birthday: str) -> None:
    """C.2, Part 5 item 34."""
    uuid = add(empty, birthday=birthday)
    assert merchant(empty, f"/{uuid}")["birthday"] == "1990-05-15T00:00:00Z"


def test_neither_email_nor_phone_is_checked_for_its_form(empty: Client) -> None:
    """C.2: nor for being the only one (C.3.1)."""
    members = {"email": "at the desk", "phone_number": "ext. 12 (mornings)"}
    for uuid in (add(empty, **members), add(empty, **members)):
        shown = merchant(empty, f"/{uuid}")
        assert {name: shown[name] for name in members} == members


# --- C.3.1, C.3.2, C.3.3, C.3.4 ------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"first_name": "Wanda"},
        {"last_name": "Inn"},
        NAMES | {"first_name": None},
        NAMES | {"first_name": ""},
        NAMES | {"last_name": "   "},
        NAMES | {"first_name": "x" * 31},
        NAMES | {"email": 1},
        NAMES | {"email": "x" * 321},
        NAMES | {"phone_number": "1" * 31},
        NAMES | {"birthday": "15.05.1990"},
        [],
    ],
    ids=str,
)
def test_a_create_that_breaks_a_rule_is_a_400(empty: Client, body: Any) -> None:
    """C.3.1: names missing, null, empty; wrong type; too long; no rule about contacts."""
    assert refused(empty, "POST", MERCHANT_CUSTOMERS, body) == 400
    assert merchant(empty, "") == []


def test_the_message_names_the_member(empty: Client) -> None:
    """C.1: as in `email is required`."""
    answer = empty.post(MERCHANT_CUSTOMERS, headers=MERCHANT, json={"last_name": "Inn"})
    assert "first_name" in answer.json()["error"]["message"]
    headers = MERCHANT | {"Content-Type": "application/json"}
    answer = empty.post(MERCHANT_CUSTOMERS, headers=headers, content=b"{")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith("unexpected error during json parsing")
    answer = empty.get(f"{MERCHANT_CUSTOMERS}/42", headers=MERCHANT)
    assert answer.json()["error"]["message"].startswith("invalid customer id")


def test_an_update_writes_what_is_not_null(empty: Client) -> None:
    """C.3.2, Part 5 item 28: partial; null cannot clear."""
    uuid = add(empty, email="w@x.example", note="Tea", birthday="1990-05-15")
    before = merchant(empty, f"/{uuid}")
    put(empty, uuid)
    put(empty, uuid, email=None, note=None, birthday=None, first_name=None)
    assert merchant(empty, f"/{uuid}") == before
    put(empty, uuid, last_name="Outt", note="")
    assert merchant(empty, f"/{uuid}") == before | {"last_name": "Outt", "note": ""}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("{0}", {"first_name": "W"}, 400),
        ("{0}", {"id": NOBODY, "first_name": "W"}, 400),
        ("{0}", {"id": "42"}, 400),
        ("{0}", {"id": None}, 400),
        ("42", {"id": "42"}, 400),
        (NOBODY, {"id": NOBODY}, 404),
        ("{0}", {"id": "{0}", "first_name": ""}, 400),
        ("{0}/blacklist", {"blacklist_reason": "x"}, 400),
        ("{0}/blacklist", {"id": NOBODY}, 400),
        ("42/blacklist", {"id": "42"}, 400),
        (f"{NOBODY}/blacklist", {"id": NOBODY}, 404),
    ],
)
def test_the_id_in_the_body_must_be_that_of_the_path(
    empty: Client, path: str, body: dict[str, Any], status: int
) -> None:
    """C.3.2, C.3.7, Part 5 item 21: 400 for a mismatch, 404 for nobody."""
    uuid = add(empty)
    before = merchant(empty, f"/{uuid}/stats")
    body = {name: value and value.format(uuid) for name, value in body.items()}
    url = f"{MERCHANT_CUSTOMERS}/{path.format(uuid)}"
    assert refused(empty, "PUT", url, body) == status
    assert merchant(empty, f"/{uuid}/stats") == before


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "{}"), ("GET", "{}/stats"), ("DELETE", "{}"), ("DELETE", "{}/blacklist")],
)
def test_an_unknown_uuid_is_a_404_and_a_bad_one_a_400(
    client: Client, method: str, path: str
) -> None:
    """C.3.3, C.3.4, C.3.5, C.3.8, Part 5 item 21."""
    assert refused(client, method, f"{MERCHANT_CUSTOMERS}/{path.format(NOBODY)}") == 404
    assert refused(client, method, f"{MERCHANT_CUSTOMERS}/{path.format('42')}") == 400


@pytest.mark.parametrize("uuid", ["A1B2C3D4-E5F6-7890-ABCD-EF1234567890", NOBODY.upper()])
def test_a_uuid_is_one_in_either_case_and_of_any_version(client: Client, uuid: str) -> None:
    """Part 6: checked by form only."""
    answer = client.get(f"{MERCHANT_CUSTOMERS}/{uuid}", headers=MERCHANT)
    assert answer.status_code == (404 if uuid == NOBODY.upper() else 200)


def test_who_is_deleted_once_cannot_be_deleted_again(empty: Client) -> None:
    """C.3.3: history is no obstacle; afterwards GET is a 404."""
    made = register(empty)
    book(empty, made)
    path = f"{MERCHANT_CUSTOMERS}/{uuid_of(empty, 'ada@example.com')}"
    answer = empty.delete(path, headers=MERCHANT)
    assert (answer.status_code, answer.content) == (200, b"")
    assert refused(empty, "GET", path) == refused(empty, "DELETE", path) == 404


# --- C.3.5, C.3.6, C.3.11 ------------------------------------------------------------------------


def test_the_history_is_latest_first_and_complete(empty_server: Server, empty: Client) -> None:
    """C.3.5: own cancellations are in it; upcoming are those neither over nor past."""
    made = register(empty)
    uuid = uuid_of(empty, "ada@example.com")
    assert merchant(empty, f"/{uuid}/stats")["bookings"] == []
    days = ["2026-02-21", "2026-03-05", "2026-02-25", "2020-01-01", "2026-03-01"]
    booked = [book(empty, made, scheduled_at=f"{day}T10:00:00Z") for day in days]
    empty.post(f"{BOOKINGS}/{booked[-1]['id']}/cancel", headers=OTESSE)
    at(empty_server, days=2)
    stats = merchant(empty, f"/{uuid}/stats")
    assert [visit["from_date"][:10] for visit in stats["bookings"]] == sorted(days, reverse=True)
    assert [visit["is_cancelled"] for visit in stats["bookings"]] == [False, True, *[False] * 3]
    counts = [stats[name] for name in ("times_booked", "times_cancelled_by_user", "times_upcoming")]
    assert counts == [5, 1, 2]


def test_what_the_merchant_cancelled_is_counted_but_not_in_the_history(client: Client) -> None:
    """C.3.5, Part 5 item 30: the generated business has such bookings; true counts."""
    differing = 0
    for row in merchant(client, ""):
        if row["times_cancelled"]:
            stats = merchant(client, f"/{row['id']}/stats")
            by_merchant = row["times_cancelled"] - stats["times_cancelled_by_user"]
            assert len(stats["bookings"]) == stats["times_booked"] - by_merchant
            differing += by_merchant
    assert differing > 0


def test_a_visit_is_shown_as_documented(client: Client) -> None:
    """C.3.5, Part 5 items 23 to 25, 33: price an object, hours to cancel, no `status`."""
    (row,) = otesse(client, f"{CUSTOMERS}?search=john@example.com")["data"]
    stats = merchant(client, f"/{uuid_of(client, row['email'])}/stats")
    assert "times_completed" not in stats
    visit = next(v for v in stats["bookings"] if v["from_date"] == "2026-02-26T10:00:00Z")
    assert visit == {
        "from_date": "2026-02-26T10:00:00Z",
        "to_date": "2026-02-26T12:00:00Z",
        "service_name": visit["service_name"],
        "cancel_deadline": 24,
        "formatted_location": "123 Main St, Eugene, OR 97401",
        "price": {"amount": 16275, "currency": "USD", "formatted": "$162.75"},
        "price_type": "per_booking",
        "merchant_name": visit["merchant_name"],
        "is_cancelled": False,
    }
    assert {v["price_type"] for v in stats["bookings"]} <= {"per_person", "per_booking", "free"}


def test_everybody_is_listed_in_the_order_of_creation(empty_server: Server, empty: Client) -> None:
    """C.3.6, C.3.11, Part 5 items 26 and 32: blacklisted ones too; nobody is `[]`."""
    calendar = "/api/v1/merchant/calendar/customers"
    assert merchant(empty, "") == merchant(empty, "/blacklist") == []
    assert empty.get(calendar, headers=MERCHANT).json() == {"data": []}
    uuids = [add(empty)]
    at(empty_server, hours=1)
    uuids += [add(empty), add(empty)]
    for uuid in uuids[:2]:
        path = f"{MERCHANT_CUSTOMERS}/{uuid}/blacklist"
        empty.put(path, headers=MERCHANT, json={"id": uuid})
    assert [row["id"] for row in merchant(empty, "")] == uuids
    assert [row["id"] for row in merchant(empty, "/blacklist")] == uuids[:2]
    rows = empty.get(calendar, headers=MERCHANT).json()["data"]
    assert [row["id"] for row in rows] == uuids


def test_the_last_visit_is_the_latest_completed_one(empty_server: Server, empty: Client) -> None:
    """C.3.11."""
    made = register(empty)
    for day in ("2026-02-22", "2026-02-21", "2026-03-21"):
        book(empty, made, scheduled_at=f"{day}T10:00:00Z")
    at(empty_server, days=5)
    answer = empty.get("/api/v1/merchant/calendar/customers", headers=MERCHANT)
    assert [row["last_visited"] for row in answer.json()["data"]] == ["2026-02-22T10:00:00Z"]


# --- C.3.7, C.3.8, C.3.9 -------------------------------------------------------------------------


def test_a_second_blacklisting_replaces_the_reason(empty: Client) -> None:
    """C.3.7, Part 5 item 31: `blacklist_reason`, which may be null or absent."""
    uuid = add(empty)
    path = f"{MERCHANT_CUSTOMERS}/{uuid}/blacklist"
    bodies: list[dict[str, Any]] = [{"blacklist_reason": "Late"}, {"blacklist_reason": "Rude"},
                                    {"blacklist_reason": None}, {}]  # fmt: skip
    for body in bodies:
        answer = empty.put(path, headers=MERCHANT, json={"id": uuid, **body})
        assert (answer.status_code, answer.content) == (200, b"")
        (row,) = merchant(empty, "/blacklist")
        assert row["blacklist_reason"] == body.get("blacklist_reason")


def test_leaving_a_blacklist_one_is_not_on_is_fine(empty: Client) -> None:
    """C.3.8: 200, and again."""
    path = f"{MERCHANT_CUSTOMERS}/{add(empty)}/blacklist"
    assert [empty.delete(path, headers=MERCHANT).status_code for _ in range(2)] == [200, 200]


# --- C.3.10, C.4 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"from_customer_id": "{0}"}, 400),
        ({"from_customer_id": "42", "to_customer_id": "{0}"}, 400),
        ({"from_customer_id": "{0}", "to_customer_id": "{0}"}, 400),
        ({"from_customer_id": "{0}", "to_customer_id": NOBODY}, 404),
        ({"from_customer_id": NOBODY, "to_customer_id": "{0}"}, 404),
    ],
    ids=str,
)
def test_a_transfer_needs_two_customers(empty: Client, body: dict[str, str], status: int) -> None:
    """C.3.10: nothing moves otherwise."""
    made = register(empty)
    book(empty, made)
    uuid = uuid_of(empty, "ada@example.com")
    sent = {name: value.format(uuid) for name, value in body.items()}
    assert refused(empty, "PUT", TRANSFER, sent) == status
    assert merchant(empty, f"/{uuid}/stats")["times_booked"] == 1


def test_a_transfer_moves_past_and_future_and_keeps_the_source(empty: Client) -> None:
    """C.3.10, Part 5 item 29: whether dummies or not; none to move is no error."""
    made = register(empty)
    giver, taker = uuid_of(empty, "ada@example.com"), add(empty)
    book(empty, made, scheduled_at="2020-01-01T10:00:00Z")
    book(empty, made)
    for ids in ((giver, taker), (giver, taker), (taker, giver), (giver, taker)):
        body = dict(zip(("from_customer_id", "to_customer_id"), ids, strict=True))
        answer = empty.put(TRANSFER, headers=MERCHANT, json=body)
        assert (answer.status_code, answer.content) == (200, b"")
    assert merchant(empty, f"/{giver}/stats")["times_booked"] == 0
    assert len(merchant(empty, f"/{taker}/stats")["bookings"]) == 2


@pytest.mark.parametrize(
    ("change", "is_dummy"),
    [
        ({"note": "Came again"}, True),
        ({"last_name": "Inn"}, False),
        ({"last_name": "Inn", "phone_number": ""}, True),
        ({"last_name": "Inn", "phone_number": "", "email": "w@x.example"}, False),
    ],
    ids=str,
)
def test_complete_details_make_a_dummy_a_customer(
    client: Client, change: dict[str, str], is_dummy: bool
) -> None:
    """C.4, Part 5 item 27: the documented walk-in has a first name and a phone."""
    dummies = [row for row in merchant(client, "") if row["is_dummy"]]
    walk_in = next(row for row in dummies if row["phone_number"] == "+15415550142")
    put(client, walk_in["id"], **change)
    assert merchant(client, f"/{walk_in['id']}")["is_dummy"] is is_dummy
