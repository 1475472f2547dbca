"""Records built by hand after the documented samples come out as the samples, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import orjson

from mockserver.api.shapes.bookings import booking_body, booking_item
from mockserver.api.shapes.customers import customer_body, customer_item
from mockserver.api.shapes.invoices import invoice_body
from mockserver.api.shapes.leads import leads_customer_body
from mockserver.api.shapes.merchant import merchant_statistics_body
from mockserver.api.shapes.pages import page_body
from mockserver.contract import Derived, plain
from mockserver.domain.customers import CustomerStats
from mockserver.domain.merchant import MerchantStats
from mockserver.domain.records import (
    Address,
    Booking,
    BookingAddress,
    Cancellation,
    Customer,
    Invoice,
    LineItem,
    PaymentMethod,
    Pricing,
    Staff,
    Subscription,
    TimelineEntry,
)
from mockserver.store import Page
from tests.samples import INVOICE_ANSWER, LEADS_ANSWER

CUSTOMER_SAMPLE = b"""{"data":[{"id":"cust_01HQ3K5M7N","first_name":"John","last_name":"Smith",\
"email":"john@example.com","phone":"+15551234567","status":"active","addresses":[\
{"id":"addr_01HQ3K5M7N","label":"Home","street":"123 Main St","city":"Eugene","state":"OR",\
"zip":"97401","is_default":true}],"stats":{"total_bookings":12,"total_spent":195000,\
"last_booking_at":"2026-02-15T10:00:00Z","active_subscription":true},\
"created_at":"2025-06-15T09:00:00Z"}],\
"pagination":{"page":1,"per_page":25,"total":1,"total_pages":1}}"""
"""S1, the answer to `search=john&status=active`, without blanks."""

BOOKING_SAMPLE = b"""{"data":[{"id":"bk_01HQ3K5M7N8P9R","status":"confirmed",\
"customer":{"id":"cust_01HQ3K5M7N","name":"John Smith","email":"john@example.com"},\
"service":{"industry":"cleaning","configuration":{"bedrooms":3,"bathrooms":2,\
"frequency":"bi-weekly"}},"scheduled_at":"2026-02-26T10:00:00Z","estimated_duration":120,\
"address":{"street":"123 Main St","city":"Eugene","state":"OR","zip":"97401"},\
"pricing":{"subtotal":15000,"tax":1275,"discount":0,"total":16275},\
"assigned_crew":["staff_01HQ3K5M"],"created_at":"2026-02-20T14:30:00Z",\
"updated_at":"2026-02-20T14:30:00Z"}],\
"pagination":{"page":1,"per_page":25,"total":142,"total_pages":6}}"""
"""S2, the answer to `status=confirmed&date_from=2026-02-01`, without blanks."""


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


JOHN = Customer(
    id="cust_01HQ3K5M7N",
    uuid="0197701c-8a80-7000-8000-000000000000",
    created_at=_at("2025-06-15T09:00:00"),
    updated_at=_at("2025-06-20T09:00:00"),
    first_name="John",
    last_name="Smith",
    email="john@example.com",
    phone="+15551234567",
    addresses=(
        Address(
            id="addr_01HQ3K5M7N",
            label="Home",
            street="123 Main St",
            city="Eugene",
            state="OR",
            zip="97401",
            access_notes="Ring twice.",
            is_default=True,
        ),
    ),
    contact_methods=("sms", "email"),
    subscription=Subscription("sub_01HQ3K5M7N", "active", "bi-weekly", _at("2025-06-20T09:00:00")),
)
STATS = CustomerStats(12, 195000, _at("2026-02-15T10:00:00"), True)
BOOKING = Booking(
    id="bk_01HQ3K5M7N8P9R",
    customer_id="cust_01HQ3K5M7N",
    status="confirmed",
    industry="cleaning",
    configuration={"bedrooms": 3, "bathrooms": 2, "frequency": "bi-weekly"},
    scheduled_at=_at("2026-02-26T10:00:00"),
    duration_minutes=120,
    address=BookingAddress("123 Main St", "Eugene", "OR", "97401"),
    pricing=Pricing(subtotal=15000, discount=0, tax=1275, total=16275),
    timeline=(TimelineEntry("confirmed", _at("2026-02-20T14:30:00")),),
    service_name="Residential Cleaning — 3BR/2BA",
    location="123 Main St, Eugene, OR 97401",
    merchant_name="Willamette Home Services",
    created_at=_at("2026-02-20T14:30:00"),
    updated_at=_at("2026-02-20T14:30:00"),
    address_id="addr_01HQ3K5M7N",
    crew=("staff_01HQ3K5M",),
)
INVOICE = Invoice(
    id="inv_01HQ3K5M7N",
    number="INV-2026-00142",
    status="paid",
    customer_id="cust_01HQ3K5M7N",
    line_items=(
        LineItem("Residential Cleaning — 3BR/2BA", 1, 15000, 15000),
        LineItem("Inside Oven Cleaning", 1, 3500, 3500),
    ),
    subtotal=18500,
    discount=3700,
    tax=1258,
    total=16058,
    issued_at=_at("2026-02-15T18:00:00"),
    created_at=_at("2026-02-15T18:00:00"),
    updated_at=_at("2026-02-15T18:05:00"),
    amount_paid=16058,
    booking_id="bk_01HQ3K5M7N8P9R",
    discount_description="Bi-weekly subscriber discount (20%)",
    paid_at=_at("2026-02-15T18:05:00"),
    payment_method=PaymentMethod("card", "visa", "4242"),
)


def test_a_listed_customer_is_the_sample_of_the_customers_api() -> None:
    body = page_body(Page((JOHN,), 1, 1, 25), lambda john: Derived(customer_item, (john, STATS)))
    assert orjson.dumps(plain(body)) == CUSTOMER_SAMPLE


def test_a_full_customer_adds_what_the_list_leaves_out() -> None:
    body = customer_body(JOHN, STATS)
    listed = customer_item(JOHN, STATS)
    assert body == {
        **listed,
        "addresses": [{**listed["addresses"][0], "access_notes": "Ring twice."}],
        "preferences": {"preferred_contact": "sms", "marketing_opt_in": False},
        "subscription": {
            "id": "sub_01HQ3K5M7N",
            "status": "active",
            "frequency": "bi-weekly",
            "started_at": "2025-06-20T09:00:00Z",
        },
        "updated_at": "2025-06-20T09:00:00Z",
    }


def test_a_listed_booking_is_the_sample_of_the_bookings_api() -> None:
    body = page_body(Page((BOOKING,), 142, 1, 25), lambda one: Derived(booking_item, (one, JOHN)))
    assert orjson.dumps(plain(body)) == BOOKING_SAMPLE


def test_a_full_booking_adds_what_the_list_leaves_out() -> None:
    crew = [Staff("staff_01HQ3K5M", "Maria Lopez", "Cleaner")]
    cancelled = replace(
        BOOKING,
        notes="Ring twice.",
        cancellation=Cancellation(
            reason="Customer requested cancellation",
            cancelled_at=_at("2026-02-25T12:00:00"),
            by="customer",
            customer_notified=True,
            fee_cents=8138,
            fee_percent=50,
            free_until=_at("2026-02-25T10:00:00"),
        ),
    )
    assert booking_body(cancelled, JOHN, crew, [INVOICE]) == {
        **booking_item(BOOKING, JOHN),
        "address_id": "addr_01HQ3K5M7N",
        "zone_id": None,
        "coupon_code": None,
        "notes": "Ring twice.",
        "crew": [{"id": "staff_01HQ3K5M", "name": "Maria Lopez", "role": "Cleaner", "phone": None}],
        "status_timeline": [{"status": "confirmed", "at": "2026-02-20T14:30:00Z", "note": None}],
        "invoices": [
            {"id": "inv_01HQ3K5M7N", "number": "INV-2026-00142", "status": "paid", "total": 16058}
        ],
        "cancellation": {
            "reason": "Customer requested cancellation",
            "cancelled_at": "2026-02-25T12:00:00Z",
            "customer_notified": True,
            "fee": {
                "applies": True,
                "amount": 8138,
                "percentage": 50,
                "free_until": "2026-02-25T10:00:00Z",
            },
        },
        "cancellation_fee": 8138,
    }


def test_an_invoice_is_the_sample_of_the_invoices_api_with_its_due_date() -> None:
    assert invoice_body(INVOICE, JOHN) == {**INVOICE_ANSWER, "due_date": None}


def test_a_merchant_booking_is_the_sample_of_its_history() -> None:
    massage = replace(
        BOOKING,
        industry="wellness",
        scheduled_at=_at("2026-03-15T14:00:00"),
        duration_minutes=60,
        pricing=Pricing(8500, 0, 0, 8500),
        service_name="Deep Tissue Massage",
        location="123 Wellness St, Suite 200, San Francisco, CA 94102",
        merchant_name="Spa Retreat",
        price_type="per_person",
    )
    body = merchant_statistics_body(MerchantStats(JOHN, 1, 0, 1, (massage,)))
    assert body["bookings"] == [
        {
            "from_date": "2026-03-15T14:00:00Z",
            "to_date": "2026-03-15T15:00:00Z",
            "service_name": "Deep Tissue Massage",
            "cancel_deadline": 24,
            "formatted_location": "123 Wellness St, Suite 200, San Francisco, CA 94102",
            "price": {"amount": 8500, "currency": "USD", "formatted": "$85.00"},
            "price_type": "per_person",
            "merchant_name": "Spa Retreat",
            "is_cancelled": False,
        }
    ]


def test_a_leads_customer_is_the_sample_of_the_search() -> None:
    doe = Customer(
        id="cust_01HQ3K5M7P",
        uuid="c9a1f6c2-8c2b-4c91-9f7b-2e5b8b0d3a01",
        created_at=_at("2026-01-15T09:30:00"),
        updated_at=_at("2026-01-15T09:30:00"),
        first_name="John",
        last_name="Doe",
        company="Acme Heating Services",
        email="john.doe@acmeheating.com",
        phone="+1-214-555-0198",
        contact_methods=("phone", "sms"),
        addresses=(
            Address(
                id="addr_01HQ3K5M7P",
                label="Home",
                street="123 Main St",
                unit="Suite 200",
                city="Dallas",
                state="TX",
                zip="75201",
                is_default=True,
            ),
        ),
    )
    body = leads_customer_body(doe)
    assert {name: body[name] for name in LEADS_ANSWER} == LEADS_ANSWER
    assert list(body)[: len(LEADS_ANSWER)] == list(LEADS_ANSWER)
