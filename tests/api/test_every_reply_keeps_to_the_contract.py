"""Each operation answers, in each of its outcomes, what the contract says; the caller checks it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockserver.domain import bookings, invoices, leads, merchant
from mockserver.domain.leads import LeadFields
from mockserver.domain.records import Customer
from mockserver.domain.world import World
from mockserver.errors import NotFound
from tests.api.caller import Caller
from tests.samples import S1_CREATE

JANE = json.loads(S1_CREATE)
CLEANING = {
    "industry": "cleaning",
    "configuration": {
        "bedrooms": 3,
        "bathrooms": 2,
        "frequency": "one-time",
        "extras": ["inside_oven", "inside_fridge"],
    },
    "scheduled_at": "2026-03-01T10:00:00Z",
    "notes": "Please use the back entrance. Gate code: 1234.",
    "coupon_code": "FIRST20",
}


@pytest.fixture
def jane(send: Caller) -> dict[str, Any]:
    made: dict[str, Any] = send("createCustomer", body=JANE).body
    return made


@pytest.fixture
def booking(send: Caller, jane: dict[str, Any]) -> dict[str, Any]:
    whose = {"customer_id": jane["id"], "address_id": jane["addresses"][0]["id"]}
    made: dict[str, Any] = send("createBooking", body={**whose, **CLEANING}).body
    return made


@pytest.fixture
def walk_in(world: World) -> Customer:
    """Somebody of whom nothing is known but that they exist."""
    return merchant.add(world, first_name="", last_name="", is_dummy=True)


def test_a_created_customer_is_answered_in_full_with_its_location(send: Caller) -> None:
    reply = send("createCustomer", body=JANE)
    assert reply.status == 201
    assert reply.headers == {"Location": f"/v1/customers/{reply.body['id']}"}
    assert reply.body["addresses"][0]["is_default"] is True
    assert reply.body["preferences"] == {"preferred_contact": "email", "marketing_opt_in": False}
    assert reply.body["subscription"] is None
    assert reply.body["stats"] == {
        "total_bookings": 0,
        "total_spent": 0,
        "last_booking_at": None,
        "active_subscription": False,
    }


def test_preferences_given_at_creation_are_kept(send: Caller) -> None:
    chosen = {"preferred_contact": "sms", "marketing_opt_in": True}
    reply = send("createCustomer", body={**JANE, "preferences": chosen})
    assert reply.body["preferences"] == chosen


def test_a_customer_reads_back_as_created(send: Caller, jane: dict[str, Any]) -> None:
    assert send("getCustomer", path={"id": jane["id"]}).body == jane


def test_the_documented_change_changes_phone_and_preferences_alone(
    send: Caller, jane: dict[str, Any]
) -> None:
    body = {
        "phone": "+15551112222",
        "preferences": {"preferred_contact": "sms", "marketing_opt_in": False},
    }
    reply = send("updateCustomer", path={"id": jane["id"]}, body=body)
    assert (reply.status, reply.body) == (200, {**jane, **body})


def test_one_preference_can_change_without_the_other(send: Caller, jane: dict[str, Any]) -> None:
    for preference in ({"marketing_opt_in": True}, {"preferred_contact": "phone"}):
        send("updateCustomer", path={"id": jane["id"]}, body={"preferences": preference})
    kept = send("getCustomer", path={"id": jane["id"]}).body["preferences"]
    assert kept == {"preferred_contact": "phone", "marketing_opt_in": True}


def test_a_null_phone_is_cleared(send: Caller, jane: dict[str, Any]) -> None:
    reply = send("updateCustomer", path={"id": jane["id"]}, body={"phone": None})
    assert reply.body["phone"] is None


def test_an_added_address_is_answered_alone(send: Caller, jane: dict[str, Any]) -> None:
    office = {
        "label": "Office",
        "street": "789 Business Blvd, Suite 200",
        "city": "Eugene",
        "state": "OR",
        "zip": "97401",
        "access_notes": "Check in at the front desk. Suite is on the 2nd floor.",
        "is_default": False,
    }
    reply = send("addCustomerAddress", path={"id": jane["id"]}, body=office)
    assert (reply.status, reply.body) == (201, {"id": reply.body["id"], **office})


def test_customers_are_listed_without_what_only_the_full_record_has(
    send: Caller, jane: dict[str, Any], walk_in: Customer
) -> None:
    reply = send("listCustomers")
    assert {listed["id"] for listed in reply.body["data"]} == {jane["id"], walk_in.id}
    assert reply.body["pagination"] == {"page": 1, "per_page": 25, "total": 2, "total_pages": 1}
    for listed in reply.body["data"]:
        assert not listed.keys() & {"updated_at", "preferences", "subscription"}


def test_every_filter_of_the_customer_list_is_passed_on(
    send: Caller, jane: dict[str, Any], walk_in: Customer
) -> None:
    found = {
        "search": "jane",
        "status": "active",
        "created_after": "2026-02-01",
        "has_subscription": "false",
        "zone_id": "zone_01HQ3K5M7N",
        "per_page": "1",
    }
    assert send("listCustomers", query=found).body["pagination"]["total"] == 1
    for name, value in (
        ("search", "nobody"),
        ("status", "inactive"),
        ("created_after", "2026-02-21"),
        ("has_subscription", "true"),
        ("zone_id", "zone_elsewhere"),
    ):
        assert send("listCustomers", query={**found, name: value}).body["data"] == []


def test_a_created_booking_is_answered_in_full_with_its_location(
    send: Caller, jane: dict[str, Any]
) -> None:
    whose = {"customer_id": jane["id"], "address_id": jane["addresses"][0]["id"]}
    reply = send("createBooking", body={**whose, **CLEANING})
    assert reply.status == 201
    assert reply.headers == {"Location": f"/v1/bookings/{reply.body['id']}"}
    assert reply.body["pricing"] == {
        "subtotal": 22000,
        "tax": 1496,
        "discount": 4400,
        "total": 19096,
    }
    assert reply.body["service"] == {
        "industry": "cleaning",
        "configuration": CLEANING["configuration"],
    }
    assert reply.body["status_timeline"] == [
        {"status": "confirmed", "at": "2026-02-20T15:00:00Z", "note": None}
    ]
    assert reply.body["crew"] == [
        {"id": "staff_01HQ3K5M", "name": "Maria Lopez", "role": "Cleaner", "phone": None}
    ]


def test_a_booking_reads_back_as_created(send: Caller, booking: dict[str, Any]) -> None:
    assert send("getBooking", path={"id": booking["id"]}).body == booking


def test_a_moved_booking_keeps_the_instant_in_utc(send: Caller, booking: dict[str, Any]) -> None:
    body = {"scheduled_at": "2026-03-02T10:00:00.75+02:00", "notes": None}
    reply = send("updateBooking", path={"id": booking["id"]}, body=body)
    assert reply.status == 200
    assert reply.body["scheduled_at"] == "2026-03-02T08:00:00Z"
    assert reply.body["notes"] is None


@pytest.mark.parametrize("body", [None, {}, {"reason": "Moved away", "notify_customer": False}])
def test_a_booking_is_cancelled_with_or_without_a_body(
    send: Caller, booking: dict[str, Any], body: Any
) -> None:
    reply = send("cancelBooking", path={"id": booking["id"]}, body=body)
    assert (reply.status, reply.body["status"]) == (200, "cancelled")
    assert reply.body["cancellation"] == {
        "reason": (body or {}).get("reason"),
        "cancelled_at": "2026-02-20T15:00:00Z",
        "customer_notified": (body or {}).get("notify_customer", True),
        "fee": {
            "applies": False,
            "amount": 0,
            "percentage": 0,
            "free_until": "2026-02-28T10:00:00Z",
        },
    }
    assert reply.body["cancellation_fee"] == 0


def test_bookings_are_listed_without_what_only_the_full_booking_has(
    send: Caller, booking: dict[str, Any]
) -> None:
    (listed,) = send("listBookings").body["data"]
    assert listed == {name: booking[name] for name in listed}
    assert set(booking) - set(listed) == {
        "address_id",
        "zone_id",
        "coupon_code",
        "notes",
        "crew",
        "status_timeline",
        "invoices",
        "cancellation",
        "cancellation_fee",
    }


def test_every_filter_of_the_booking_list_is_passed_on(
    send: Caller, booking: dict[str, Any]
) -> None:
    found = {
        "status": "confirmed",
        "customer_id": booking["customer"]["id"],
        "zone_id": "zone_01HQ3K5M7N",
        "date_from": "2026-03-01",
        "date_to": "2026-03-01",
    }
    assert send("listBookings", query=found).body["pagination"]["total"] == 1
    for name, value in (
        ("status", "completed"),
        ("customer_id", "cust_NOBODY"),
        ("zone_id", "zone_elsewhere"),
        ("date_from", "2026-03-01T10:00:01Z"),
        ("date_to", "2026-03-01T09:59:59Z"),
    ):
        one = {**found, name: value}
        assert send("listBookings", query=one).body["data"] == [], name


def test_the_path_decides_whose_bookings_are_listed(send: Caller, booking: dict[str, Any]) -> None:
    path = {"id": booking["customer"]["id"]}
    assert send("listCustomerBookings", path=path).body == send("listBookings").body
    other = send("listCustomerBookings", path=path, query={"customer_id": "cust_OTHER"})
    assert other.body["pagination"]["total"] == 0


def test_an_unknown_customer_has_neither_bookings_nor_invoices(send: Caller) -> None:
    for operation_id in ("listCustomerBookings", "listCustomerInvoices"):
        with pytest.raises(NotFound):
            send(operation_id, path={"id": "cust_NOBODY"})


def test_a_completed_booking_refers_to_its_invoice(
    world: World, send: Caller, booking: dict[str, Any]
) -> None:
    bookings.start(world, booking["id"])
    bookings.complete(world, booking["id"])
    (invoice,) = invoices.of_booking(world, booking["id"])
    assert send("getBooking", path={"id": booking["id"]}).body["invoices"] == [
        {"id": invoice.id, "number": invoice.number, "status": "pending", "total": 19096}
    ]
    read = send("getInvoice", path={"id": invoice.id}).body
    assert read["booking_id"] == booking["id"]
    assert read["customer"] == {"id": booking["customer"]["id"], "name": "Jane Doe"}


def test_an_issued_invoice_is_answered_with_its_location(
    send: Caller, jane: dict[str, Any]
) -> None:
    body = {
        "customer_id": jane["id"],
        "line_items": [{"description": "Window cleaning", "quantity": 4, "unit_price": 2500}],
        "tax_rate": 8.5,
        "due_date": "2026-03-01",
        "send_email": True,
        "auto_charge": True,
    }
    reply = send("createInvoice", body=body)
    assert reply.status == 201
    assert reply.headers == {"Location": f"/v1/invoices/{reply.body['id']}"}
    assert reply.body == {
        "id": reply.body["id"],
        "number": "INV-2026-00001",
        "status": "paid",
        "customer": {"id": jane["id"], "name": "Jane Doe"},
        "booking_id": None,
        "line_items": [
            {
                "description": "Window cleaning",
                "quantity": 4,
                "unit_price": 2500,
                "total": 10000,
            }
        ],
        "subtotal": 10000,
        "discount": 0,
        "discount_description": None,
        "tax": 850,
        "total": 10850,
        "amount_paid": 10850,
        "balance": 0,
        "issued_at": "2026-02-20T15:00:00Z",
        "due_date": "2026-03-01",
        "paid_at": "2026-02-20T15:00:00Z",
        "payment_method": {"type": "card", "brand": "visa", "last4": "4242"},
    }


@pytest.mark.parametrize("body", [None, {}, {"reason": "Duplicate invoice"}])
def test_an_invoice_is_listed_and_voided(send: Caller, jane: dict[str, Any], body: Any) -> None:
    line = {"description": "Window cleaning", "quantity": 1, "unit_price": 2500}
    made = send("createInvoice", body={"customer_id": jane["id"], "line_items": [line]}).body
    filters = {"status": "pending", "min_amount": "1", "max_amount": "9000"}
    dated = {**filters, "date_from": "2026-02-20", "date_to": "2026-02-20"}
    assert send("listInvoices", query=dated).body["data"] == [made]
    listed = send("listCustomerInvoices", path={"id": jane["id"]}, query=dated)
    assert listed.body["data"] == [made]
    voided = send("voidInvoice", path={"id": made["id"]}, body=body)
    assert (voided.status, voided.body) == (200, {**made, "status": "void", "balance": 0})


def test_nobody_known_by_name_is_shown_by_every_family(
    world: World, send: Caller, walk_in: Customer
) -> None:
    path = {"id": walk_in.uuid}
    for operation_id, where in (
        ("getCustomer", {"id": walk_in.id}),
        ("getMerchantCustomer", path),
        ("getMerchantCustomerStats", path),
        ("getLeadsCustomer", {"customerId": walk_in.uuid}),
    ):
        assert send(operation_id, path=where).status == 200
    assert send("listMerchantCustomers").body["data"][0]["id"] == walk_in.uuid
    assert send("listCalendarCustomers").body["data"][0]["last_visited"] is None


def test_a_customer_of_the_leads_family_is_shown_by_the_others(world: World, send: Caller) -> None:
    made = leads.create(
        world,
        LeadFields(first_name="Sam", last_name="Wilson", email="sam@test.com", address1="1 Main St",
                   address2="Suite 100"),
    )  # fmt: skip
    address = send("getCustomer", path={"id": made.id}).body["addresses"][0]
    assert (address["street"], address["city"]) == ("1 Main St, Suite 100", None)
    assert send("getMerchantCustomer", path={"id": made.uuid}).status == 200
