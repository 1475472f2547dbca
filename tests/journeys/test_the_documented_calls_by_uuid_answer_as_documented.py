"""S3 and S4: each documented call gives the documented answer, whatever the day.

Part 5 items 19 and 35: the paths of S3, the methods and statuses that S4 lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest

from mockserver.app import Server, build_server
from mockserver.clock import instant_text, parse_instant
from mockserver.settings import Settings
from tests.client import Client
from tests.samples import (
    LEADS_ANSWER,
    LEADS_FURTHER,
    LEADS_JOHN,
    LEADS_SAM,
    LEADS_WRITE,
    MERCHANT_ANSWER,
    MERCHANT_CREATE,
    MERCHANT_HISTORY,
    MERCHANT_JOHN,
    SESSION,
    TOKEN,
)

INSTANTS = (
    "2025-03-01T08:00:00Z",
    "2026-02-20T15:00:00Z",
    "2026-11-21T22:30:00Z",
    "2031-07-01T00:00:00Z",
)
CUSTOMERS = "/api/v1/merchant/customers"
JOHN = f"{CUSTOMERS}/{MERCHANT_JOHN}"
LEADS = "/leads/v1/customers"
ITEM = ["id", "first_name", "last_name", "email", "phone_number", "birthday", "note", "is_dummy",
        "is_blacklisted", "blacklist_reason", "times_booked", "times_cancelled"]  # fmt: skip
CALENDAR = ["id", "first_name", "last_name", "email", "phone_number", "birthday", "is_dummy",
            "last_visited"]  # fmt: skip
NOT_BLACKLISTED = {"is_blacklisted": False, "blacklist_reason": None}


@pytest.fixture(scope="module", params=INSTANTS)
def grown(request: pytest.FixtureRequest) -> Server:
    return build_server(Settings(now=parse_instant(request.param)))


@pytest.fixture
def now(grown: Server) -> datetime:
    return grown.worlds.default.now()


@pytest.fixture
def client(grown: Server) -> Iterator[Client]:
    grown.worlds.reset()
    with Client(grown.asgi) as client:
        yield client


def test_s3_create_customer(client: Client) -> None:
    """S3 Create Customer: 201 and nothing else; C.3.1."""
    before = merchant(client, CUSTOMERS)
    answer = client.post(CUSTOMERS, headers=SESSION, json=MERCHANT_CREATE)
    assert (answer.status_code, answer.content) == (201, b"")
    uuid = answer.headers["Location"].rpartition("/")[2]
    made = MERCHANT_CREATE | {"id": uuid, "is_dummy": False}
    assert merchant(client, f"{CUSTOMERS}/{uuid}") == made
    listed = made | NOT_BLACKLISTED | {"times_booked": 0, "times_cancelled": 0}
    after = merchant(client, CUSTOMERS)
    assert [row for row in after if row not in before] == [listed]
    assert len(after) == len(before) + 1


def test_s3_update_customer(client: Client) -> None:
    """S3 Update Customer: the id again, and what changes; C.3.2."""
    note = "Prefers morning appointments. Allergic to lavender."
    body = MERCHANT_CREATE | {"id": MERCHANT_JOHN, "note": note}
    answer = client.put(JOHN, headers=SESSION, json=body)
    assert (answer.status_code, answer.content) == (200, b"")
    assert merchant(client, JOHN) == MERCHANT_ANSWER | {"note": note}


def test_s3_delete_customer(client: Client) -> None:
    """S3 Delete Customer; afterwards it is gone (C.3.3)."""
    answer = client.delete(JOHN, headers=SESSION)
    assert (answer.status_code, answer.content) == (200, b"")
    gone = client.get(JOHN, headers=SESSION)
    assert gone.status_code == 404
    assert set(gone.json()["error"]) == {"message"}


def test_s3_get_customer(client: Client) -> None:
    """S3 Get Customer: exactly eight members, in `data`; C.3.4."""
    answer = client.get(JOHN, headers=SESSION)
    assert answer.status_code == 200
    assert answer.json() == {"data": MERCHANT_ANSWER}


def test_s3_get_customer_statistics(client: Client, now: datetime) -> None:
    """S3 Get Customer Statistics with the booking sample as a whole; C.3.5."""
    upcoming = int(now <= parse_instant("2026-03-15T14:00:00Z"))
    answer = client.get(f"{JOHN}/stats", headers=SESSION)
    assert answer.status_code == 200
    assert answer.json() == {
        "data": MERCHANT_ANSWER
        | NOT_BLACKLISTED
        | {
            "times_booked": 1,
            "times_cancelled_by_user": 0,
            "times_upcoming": upcoming,
            "bookings": MERCHANT_HISTORY,
        }
    }


def test_s3_get_all_customers(client: Client) -> None:
    """S3 Get All Customers: twelve members each, in order of creation; C.3.6."""
    rows = merchant(client, CUSTOMERS)
    assert len(rows) == client.get("/__admin/worlds/default").json()["collections"]["customers"]
    assert {tuple(row) for row in rows} == {tuple(ITEM)}
    (john,) = [row for row in rows if row["id"] == MERCHANT_JOHN]
    assert john == MERCHANT_ANSWER | NOT_BLACKLISTED | {"times_booked": 1, "times_cancelled": 0}
    created = [leads(client, f"{LEADS}/id/{row['id']}")["data"]["createdAt"] for row in rows]
    assert created == sorted(created)


def test_s3_blacklist_customer(client: Client) -> None:
    """S3 Blacklist Customer: the id again, and the reason; C.3.7."""
    body = {"id": MERCHANT_JOHN, "blacklist_reason": "Missed three appointments"}
    answer = client.put(f"{JOHN}/blacklist", headers=SESSION, json=body)
    assert (answer.status_code, answer.content) == (200, b"")
    stats = merchant(client, f"{JOHN}/stats")
    assert stats["is_blacklisted"] is True
    assert stats["blacklist_reason"] == "Missed three appointments"


def test_s3_remove_from_blacklist(client: Client) -> None:
    """S3 Remove from Blacklist: flag and reason are cleared; C.3.8."""
    body = {"id": MERCHANT_JOHN, "blacklist_reason": "Missed three appointments"}
    client.put(f"{JOHN}/blacklist", headers=SESSION, json=body)
    answer = client.delete(f"{JOHN}/blacklist", headers=SESSION)
    assert (answer.status_code, answer.content) == (200, b"")
    stats = merchant(client, f"{JOHN}/stats")
    assert {name: stats[name] for name in NOT_BLACKLISTED} == NOT_BLACKLISTED


def test_s3_get_blacklisted_customers(client: Client) -> None:
    """S3 Get Blacklisted Customers: those of the whole list, in the same shape; C.3.9."""
    client.put(f"{JOHN}/blacklist", headers=SESSION, json={"id": MERCHANT_JOHN})
    rows = merchant(client, f"{CUSTOMERS}/blacklist")
    assert rows == [row for row in merchant(client, CUSTOMERS) if row["is_blacklisted"]]
    assert MERCHANT_JOHN in [row["id"] for row in rows]


def test_s3_transfer_bookings(client: Client) -> None:
    """S3 Transfer Bookings: from one customer to another; C.3.10."""
    body = {"from_customer_id": MERCHANT_JOHN, "to_customer_id": LEADS_SAM}
    before = merchant(client, f"{CUSTOMERS}/{LEADS_SAM}/stats")
    answer = client.put(f"{CUSTOMERS}/transfer", headers=SESSION, json=body)
    assert (answer.status_code, answer.content) == (200, b"")
    source = merchant(client, f"{JOHN}/stats")
    assert (source["times_booked"], source["bookings"]) == (0, [])
    after = merchant(client, f"{CUSTOMERS}/{LEADS_SAM}/stats")
    assert after["times_booked"] == before["times_booked"] + 1
    assert [row for row in after["bookings"] if row not in before["bookings"]] == MERCHANT_HISTORY


def test_s3_calendar_customers(client: Client) -> None:
    """S3 Calendar Customers: a simplified list; C.3.11."""
    rows = merchant(client, "/api/v1/merchant/calendar/customers")
    assert {tuple(row) for row in rows} == {tuple(CALENDAR)}
    assert [row["id"] for row in rows] == [row["id"] for row in merchant(client, CUSTOMERS)]
    (john,) = [row for row in rows if row["id"] == MERCHANT_JOHN]
    shared = {name: MERCHANT_ANSWER[name] for name in CALENDAR if name in MERCHANT_ANSWER}
    assert john == shared | {"last_visited": None}


def test_s3_dummy_customers(client: Client) -> None:
    """S3 Dummy Customers: one is there, incomplete, and complete details convert it; C.4."""
    dummies = [row for row in merchant(client, CUSTOMERS) if row["is_dummy"]]
    assert dummies
    dummy = dummies[0]
    details = {"first_name": "Wanda", "last_name": "Inn", "email": "wanda@example.com"}
    path = f"{CUSTOMERS}/{dummy['id']}"
    assert client.put(path, headers=SESSION, json={"id": dummy["id"], **details}).status_code == 200
    assert merchant(client, path)["is_dummy"] is False


def test_s4_create_customer(client: Client, now: datetime) -> None:
    """S4 Create Customer: 201 with a new customerId and createdAt alone; D.4.1."""
    answer = client.post(LEADS, headers=TOKEN, json=LEADS_WRITE)
    assert answer.status_code == 201
    uuid = answer.json()["data"]["customerId"]
    assert answer.json() == {"data": {"customerId": uuid, "createdAt": instant_text(now)}}
    read = leads(client, f"{LEADS}/id/{uuid}")["data"]
    assert read["displayName"] == "Sam Wilson - Stark Industries"
    assert (read["primaryPhone"], read["primaryEmail"]) == ("+14155552671", "sam.wilson@test.com")
    same = ("firstName", "lastName", "companyName", "address1", "address2", "city", "state", "zip",
            "marketingEmailOptIn", "marketingSmsOptIn")  # fmt: skip
    assert {name: read[name] for name in same} == {name: LEADS_WRITE[name] for name in same}
    chosen = [read[name] for name in ("contactOnEmail", "contactOnPhone", "contactOnSms")]
    assert chosen == [True, True, False]


def test_s4_update_customer(client: Client, now: datetime) -> None:
    """S4 Update Customer: 200 with customerId and updatedAt alone; D.4.2."""
    answer = client.put(f"{LEADS}/{LEADS_JOHN}", headers=TOKEN, json=LEADS_WRITE)
    assert answer.status_code == 200
    updated = {"customerId": LEADS_JOHN, "updatedAt": instant_text(now)}
    assert answer.json() == {"data": updated}
    read = leads(client, f"{LEADS}/id/{LEADS_JOHN}")["data"]
    assert read["displayName"] == "Sam Wilson - Stark Industries"
    assert read["updatedAt"] == instant_text(now)


@pytest.mark.parametrize(
    "query",
    ["phone=%2B1-214-555-0198", "phone=2145550198", "email=acmeheating", "phone=&email=JOHN.DOE@A"],
)
def test_s4_search_customers(client: Client, query: str) -> None:
    """S4 Search Customers by phone, email, or first name; D.4.3."""
    answer = client.get(f"{LEADS}/search?{query}", headers=TOKEN)
    assert answer.status_code == 200
    assert list(answer.json()) == ["customers"]
    (found,) = answer.json()["customers"]
    assert_is_sample(found)


@pytest.mark.parametrize("query", ["?phone&email&firstName", "", "?firstName=Zebulon"])
def test_s4_search_without_results(client: Client, query: str) -> None:
    """S4: "No results: 204 No Content"; the sample call of the page has empty values; D.4.3."""
    assert_nothing(client.get(f"{LEADS}/search{query}", headers=TOKEN))


def test_s4_search_customers_by_address(client: Client) -> None:
    """S4 Search Customers by address; D.4.4."""
    query = "address1=123%20Main%20St&address2=Suite%20200&city=Dallas&state=TX&zip=75201"
    answer = client.get(f"{LEADS}/by-address?{query}", headers=TOKEN)
    assert answer.status_code == 200
    (found,) = answer.json()["customers"]
    assert_is_sample(found)
    assert_nothing(client.get(f"{LEADS}/by-address?city=Atlantis", headers=TOKEN))


def test_s4_get_customer_by_id(client: Client) -> None:
    """S4 Get Customer by ID with the read sample as a whole; D.3, D.4.5."""
    answer = client.get(f"{LEADS}/id/{LEADS_JOHN}", headers=TOKEN)
    assert answer.status_code == 200
    assert list(answer.json()) == ["data"]
    assert_is_sample(answer.json()["data"])
    unknown = LEADS_JOHN.replace("c9a1", "0000")
    assert_nothing(client.get(f"{LEADS}/id/{unknown}", headers=TOKEN))


def test_s4_the_customer_of_the_write_sample_is_known(client: Client) -> None:
    """Part 6: Sam Wilson, under the id the create sample answers."""
    read = leads(client, f"{LEADS}/id/{LEADS_SAM}")["data"]
    assert read["displayName"] == "Sam Wilson - Stark Industries"
    assert read["createdAt"] == "2026-02-09T10:15:30Z"


def test_s4_errors(client: Client) -> None:
    """S4 Error handling: a code, a message, a list of field errors and a requestId."""
    body = {"firstName": "J", "lastName": "D0e", "marketingSmsOptIn": True}
    answer = client.post(LEADS, headers=TOKEN, json=body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "errors", "requestId"}
    problems = {(problem["field"], problem["code"]) for problem in answer.json()["errors"]}
    assert problems == {
        ("firstName", "INVALID_LENGTH"),
        ("lastName", "INVALID_FORMAT"),
        ("email", "REQUIRED"),
        ("phoneNumber", "REQUIRED"),
    }
    assert client.post(LEADS, json=LEADS_WRITE).status_code == 401


def merchant(client: Client, path: str) -> Any:
    answer = client.get(path, headers=SESSION)
    assert answer.status_code == 200
    assert list(answer.json()) == ["data"]
    return answer.json()["data"]


def leads(client: Client, path: str) -> Any:
    answer = client.get(path, headers=TOKEN)
    assert answer.status_code == 200
    return answer.json()


def assert_is_sample(found: dict[str, Any]) -> None:
    """The documented members as printed, and those domain D.3 adds."""
    assert {name: found[name] for name in LEADS_ANSWER} == LEADS_ANSWER
    assert set(found) - set(LEADS_ANSWER) == LEADS_FURTHER


def assert_nothing(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.content) == (204, b"")
