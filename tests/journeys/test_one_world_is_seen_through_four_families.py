"""Ruling 1: one record per customer, one set of bookings, seen through four families."""

from __future__ import annotations

import pytest

from mockserver.app import Server
from tests.client import LEADS, MERCHANT, OTESSE, Client
from tests.journeys.steps import (
    BOOKINGS,
    CUSTOMERS,
    INVOICES,
    LEADS_CUSTOMERS,
    MERCHANT_CUSTOMERS,
    add,
    at,
    book,
    by_uuid,
    issue,
    lead,
    lead_of,
    merchant,
    otesse,
    outbox,
    register,
    uuid_of,
)


def test_who_registers_with_the_customers_api_is_known_to_all(empty: Client) -> None:
    """Ruling 1, ruling 2."""
    made = register(empty, phone="+15559876543")
    uuid = uuid_of(empty, "ada@example.com")
    shown = merchant(empty, f"/{uuid}")
    assert (shown["first_name"], shown["phone_number"]) == ("Ada", "+15559876543")
    read = lead_of(empty, uuid)
    assert (read["displayName"], read["address1"]) == ("Ada Byron", "456 Oak Ave")
    assert read["createdAt"] == made["created_at"]


def test_whom_the_merchant_adds_is_known_to_all(empty: Client) -> None:
    """Ruling 1, ruling 2."""
    uuid = add(empty, email="wanda@example.com", note="Likes tea")
    shown = by_uuid(empty, uuid)
    assert (shown["last_name"], shown["status"]) == ("Inn", "active")
    assert shown["preferences"] == {"preferred_contact": "email", "marketing_opt_in": False}
    assert lead_of(empty, uuid)["primaryEmail"] == "wanda@example.com"


def test_who_comes_as_a_lead_is_known_to_all(empty: Client) -> None:
    """Ruling 1, ruling 2."""
    place = {"address1": "123 Main St", "address2": "Suite 100", "city": "Eugene", "zip": "97401"}
    uuid = lead(empty, state="OR", marketingEmailOptIn=True, **place)
    assert merchant(empty, f"/{uuid}")["email"] == "sam@example.com"
    shown = by_uuid(empty, uuid)
    assert shown["preferences"]["marketing_opt_in"] is True
    (address,) = shown["addresses"]
    assert (address["street"], address["zip"]) == ("123 Main St, Suite 100", "97401")
    assert address["is_default"] is True


def test_a_customer_has_two_identities_for_life(empty: Client) -> None:
    """Ruling 1: both unique, and both lead to the record whatever happens to it."""
    ids = [register(empty, email=f"ada{n}@example.com", first_name=f"Ada{n}") for n in range(3)]
    uuids = [uuid_of(empty, f"ada{n}@example.com") for n in range(3)]
    assert len({made["id"] for made in ids}) == len(set(uuids)) == 3
    body = {"id": uuids[1], "first_name": "Augusta", "email": "augusta@example.com"}
    empty.put(f"{MERCHANT_CUSTOMERS}/{uuids[1]}", headers=MERCHANT, json=body)
    change = {"lastName": "King"}
    empty.put(f"{LEADS_CUSTOMERS}/{uuids[1]}", headers=LEADS, json=change)
    shown = otesse(empty, f"{CUSTOMERS}/{ids[1]['id']}")
    assert (shown["first_name"], shown["last_name"]) == ("Augusta", "King")
    assert lead_of(empty, uuids[1])["displayName"] == "Augusta King"
    assert by_uuid(empty, uuids[1])["id"] == ids[1]["id"]


def test_a_change_in_one_family_shows_in_the_others(empty: Client) -> None:
    """Ruling 1: preferences and contact choices are the same thing in A and D."""
    made = register(empty, phone="+15559876543")
    uuid = uuid_of(empty, "ada@example.com")
    wanted = {"preferences": {"preferred_contact": "sms", "marketing_opt_in": True}}
    empty.patch(f"{CUSTOMERS}/{made['id']}", headers=OTESSE, json=wanted)
    read = lead_of(empty, uuid)
    assert (read["contactOnSms"], read["marketingEmailOptIn"]) == (True, True)
    body = {"preferredContactMethods": ["Phone"], "marketingEmailOptIn": False}
    empty.put(f"{LEADS_CUSTOMERS}/{uuid}", headers=LEADS, json=body)
    shown = otesse(empty, f"{CUSTOMERS}/{made['id']}")
    assert shown["preferences"] == {"preferred_contact": "phone", "marketing_opt_in": False}


def test_views_tolerate_what_other_families_left_out(empty: Client) -> None:
    """Ruling 4: a merchant customer without e-mail is `email: null` in A, B and D."""
    uuid = add(empty)
    shown = by_uuid(empty, uuid)
    assert (shown["email"], shown["phone"], shown["addresses"]) == (None, None, [])
    read = lead_of(empty, uuid)
    assert (read["primaryEmail"], read["primaryPhone"], read["address1"]) == (None, None, None)
    path = f"{CUSTOMERS}/{shown['id']}/addresses"
    home = {"street": "1 A St", "city": "Eugene", "state": "OR", "zip": "97401"}
    address = empty.post(path, headers=OTESSE, json=home).json()
    booked = book(empty, shown | {"addresses": [address]})
    assert booked["customer"] == {"id": shown["id"], "name": "Wanda Inn", "email": None}


def test_a_walk_in_without_a_last_name_is_shown_by_all(client: Client) -> None:
    """Ruling 4, C.4: the documented world has a dummy with half a name."""
    dummy = next(row for row in merchant(client, "") if row["is_dummy"] and not row["last_name"])
    assert lead_of(client, dummy["id"])["displayName"] == (dummy["first_name"] or "")
    rows = [
        row
        for page in range(1, 4)
        for row in otesse(client, f"{CUSTOMERS}?per_page=100&page={page}")["data"]
    ]
    assert dummy["first_name"] in [row["first_name"] for row in rows if row["last_name"] is None]


def test_views_tolerate_a_phone_and_an_email_of_any_form(empty: Client) -> None:
    """Ruling 4, C.2: C checks the form of neither."""
    uuid = add(empty, email="ask at the desk", phone_number="ext. 12")
    shown = by_uuid(empty, uuid)
    assert (shown["email"], shown["phone"]) == ("ask at the desk", "ext. 12")
    assert lead_of(empty, uuid)["primaryPhone"] == "ext. 12"


def test_an_email_known_through_any_family_is_taken_in_the_customers_api(empty: Client) -> None:
    """Ruling 1, A.4.2, C.3.1, D.4.1: only A asks for uniqueness, and it asks everybody."""
    add(empty, email="Ada@Example.com")
    lead(empty, email="ada@example.com")
    body = {"first_name": "Ada", "last_name": "Byron", "email": "ADA@example.com"}
    answer = empty.post(CUSTOMERS, headers=OTESSE, json=body)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "resource_already_exists"


def test_a_customer_the_merchant_blacklists_cannot_be_booked(empty: Client) -> None:
    """Ruling 1, C.3.7, C.3.8."""
    made = register(empty)
    uuid = uuid_of(empty, "ada@example.com")
    body = {"id": uuid, "blacklist_reason": "No-shows"}
    empty.put(f"{MERCHANT_CUSTOMERS}/{uuid}/blacklist", headers=MERCHANT, json=body)
    wanted = {
        "customer_id": made["id"],
        "industry": "cleaning",
        "configuration": {"bedrooms": 1, "bathrooms": 1},
        "scheduled_at": "2026-03-01T10:00:00Z",
        "address_id": made["addresses"][0]["id"],
    }
    answer = empty.post(BOOKINGS, headers=OTESSE, json=wanted)
    assert answer.status_code == 409
    assert answer.json()["error"]["type"] == "conflict"
    assert "No-shows" not in answer.text
    assert merchant(empty, f"/{uuid}/stats")["times_booked"] == 0
    empty.delete(f"{MERCHANT_CUSTOMERS}/{uuid}/blacklist", headers=MERCHANT)
    assert empty.post(BOOKINGS, headers=OTESSE, json=wanted).status_code == 201


def test_a_booking_shows_in_the_merchants_statistics(empty_server: Server, empty: Client) -> None:
    """Ruling 1, ruling 5, C.3.5, C.3.6, C.3.11: upcoming, then visited, never stored."""
    made = register(empty)
    uuid = uuid_of(empty, "ada@example.com")
    booked = book(empty, made)
    stats = merchant(empty, f"/{uuid}/stats")
    assert [stats[n] for n in ("times_booked", "times_upcoming", "times_cancelled_by_user")] == [
        1,
        1,
        0,
    ]
    (visit,) = stats["bookings"]
    assert (visit["from_date"], visit["to_date"]) == (
        booked["scheduled_at"],
        "2026-02-26T17:00:00Z",
    )
    assert visit["price"]["amount"] == booked["pricing"]["total"]
    at(empty_server, days=6, hours=3)
    stats = merchant(empty, f"/{uuid}/stats")
    assert (stats["times_booked"], stats["times_upcoming"]) == (1, 0)
    path = "/api/v1/merchant/calendar/customers"
    (row,) = empty.get(path, headers=MERCHANT).json()["data"]
    assert row["last_visited"] == booked["scheduled_at"]
    assert otesse(empty, f"{CUSTOMERS}/{made['id']}")["stats"] == {
        "total_bookings": 1,
        "total_spent": 0,
        "last_booking_at": booked["scheduled_at"],
        "active_subscription": False,
    }


def test_a_cancellation_shows_in_every_count(empty: Client) -> None:
    """Ruling 5, A.1, C.3.5, C.3.6."""
    made = register(empty)
    uuid = uuid_of(empty, "ada@example.com")
    booked = book(empty, made)
    empty.post(f"{BOOKINGS}/{booked['id']}/cancel", headers=OTESSE)
    assert otesse(empty, f"{CUSTOMERS}/{made['id']}")["stats"]["total_bookings"] == 0
    stats = merchant(empty, f"/{uuid}/stats")
    assert (stats["times_booked"], stats["times_cancelled_by_user"]) == (1, 1)
    assert [visit["is_cancelled"] for visit in stats["bookings"]] == [True]
    (row,) = merchant(empty, "")
    assert (row["times_booked"], row["times_cancelled"]) == (1, 1)


def test_what_is_paid_is_what_was_spent(empty: Client) -> None:
    """Ruling 5, A.1: paid invoices count, pending and void ones do not."""
    made = register(empty)
    issue(empty, made)
    issue(empty, made, auto_charge=True)
    voided = issue(empty, made)
    empty.post(f"{INVOICES}/{voided['id']}/void", headers=OTESSE)
    assert otesse(empty, f"{CUSTOMERS}/{made['id']}")["stats"]["total_spent"] == 10850


def test_a_transfer_moves_the_rows_of_the_bookings_api(empty_server: Server, empty: Client) -> None:
    """Ruling 1, C.3.10: bookings and their invoices; counts and history follow."""
    source, destination = register(empty), register(empty, email="b@x.example", first_name="Bea")
    booked = book(empty, source)
    by_hand = issue(empty, source)
    at(empty_server, days=7)
    ids = [uuid_of(empty, "ada@example.com"), uuid_of(empty, "b@x.example")]
    body = {"from_customer_id": ids[0], "to_customer_id": ids[1]}
    empty.put(f"{MERCHANT_CUSTOMERS}/transfer", headers=MERCHANT, json=body)
    moved = otesse(empty, f"{BOOKINGS}/{booked['id']}")
    assert moved["customer"] == {"id": destination["id"], "name": "Bea Byron",
                                 "email": "b@x.example"}  # fmt: skip
    (invoice,) = moved["invoices"]
    theirs = otesse(empty, f"{CUSTOMERS}/{destination['id']}/invoices")["data"]
    assert [row["id"] for row in theirs] == [invoice["id"]]
    mine = otesse(empty, f"{CUSTOMERS}/{source['id']}/invoices")["data"]
    assert [row["id"] for row in mine] == [by_hand["id"]]
    assert otesse(empty, f"{CUSTOMERS}/{source['id']}/bookings")["pagination"]["total"] == 0
    assert merchant(empty, f"/{ids[0]}/stats")["times_booked"] == 0
    assert merchant(empty, f"/{ids[1]}/stats")["times_booked"] == 1


def test_a_deleted_customer_is_gone_from_every_family(empty_server: Server, empty: Client) -> None:
    """Ruling 1, C.3.3: bookings and invoices go too."""
    made = register(empty)
    uuid = uuid_of(empty, "ada@example.com")
    booked, invoice = book(empty, made), issue(empty, made)
    at(empty_server, days=7)
    otesse(empty, BOOKINGS)
    assert empty.delete(f"{MERCHANT_CUSTOMERS}/{uuid}", headers=MERCHANT).status_code == 200
    gone = [f"{CUSTOMERS}/{made['id']}", f"{BOOKINGS}/{booked['id']}",
            f"{INVOICES}/{invoice['id']}"]  # fmt: skip
    assert {empty.get(path, headers=OTESSE).status_code for path in gone} == {404}
    assert empty.get(f"{LEADS_CUSTOMERS}/id/{uuid}", headers=LEADS).status_code == 204
    for path in (CUSTOMERS, BOOKINGS, INVOICES):
        assert otesse(empty, path)["data"] == []
    collections = empty.get("/__admin/worlds/default").json()["collections"]
    assert [collections[name] for name in ("customers", "bookings", "invoices")] == [0, 0, 0]
    assert empty.post(CUSTOMERS, headers=OTESSE, json={
        "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"
    }).status_code == 201  # fmt: skip


def test_mail_is_a_row_in_the_outbox(empty: Client) -> None:
    """Ruling 9, A.4.2, B.4.5: an invitation on create in A alone, a notice when wanted."""
    made = register(empty)
    add(empty, email="wanda@example.com")
    lead(empty)
    assert [mail["to"] for mail in outbox(empty, "invitation")] == ["ada@example.com"]
    quiet, loud = book(empty, made), book(empty, made)
    for booked, wanted in ((quiet, False), (loud, True)):
        path = f"{BOOKINGS}/{booked['id']}/cancel"
        empty.post(path, headers=OTESSE, json={"notify_customer": wanted})
    (notice,) = outbox(empty, "cancellation_notice")
    assert loud["id"] in notice["text"]
    assert notice["customer_id"] == made["id"]


def test_time_moves_only_what_becomes_due_after_the_start(server: Server, client: Client) -> None:
    """Ruling 6: a documented row keeps its documented state at the start of the world."""
    past = otesse(client, f"{CUSTOMERS}/cust_01HQ3K5M7N/bookings?status=completed")
    assert past["pagination"]["total"] == 11
    before = otesse(client, f"{BOOKINGS}/bk_01HQ3K5M7N8P9R")
    at(server, days=5, hours=19)
    assert otesse(client, f"{BOOKINGS}/bk_01HQ3K5M7N8P9R")["status"] == "in_progress"
    at(server, hours=2)
    after = otesse(client, f"{BOOKINGS}/bk_01HQ3K5M7N8P9R")
    assert [entry["status"] for entry in after["status_timeline"]] == [
        "confirmed",
        "in_progress",
        "completed",
    ]
    assert [entry["at"] for entry in after["status_timeline"][1:]] == [
        "2026-02-26T10:00:00Z",
        "2026-02-26T12:00:00Z",
    ]
    assert len(after["invoices"]) == len(before["invoices"]) + 1


@pytest.mark.parametrize("now", [0, 400])
def test_a_reset_brings_the_world_back(server: Server, client: Client, now: int) -> None:
    """Ruling 1: what a client did is undone, the clock included."""
    before = otesse(client, CUSTOMERS)
    at(server, days=now)
    register(client)
    assert otesse(client, CUSTOMERS) != before
    assert client.post("/__admin/reset").status_code == 204
    assert otesse(client, CUSTOMERS) == before
