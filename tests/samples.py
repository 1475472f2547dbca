"""The samples of the public documentation, as printed, dots in the key included.

S1 to S4 are the four documented pages: Customers API, Bookings API, merchant customers, Customer
APIs; a section such as A.4.7 belongs to the facts collected from them.
"""

from __future__ import annotations

import json
from typing import Any

KEY = {"Authorization": "Bearer otesse_live_sk_..."}
SESSION = {"Cookie": "session_token=0a1b2c3d4e5f"}
TOKEN = {"Authorization": "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZW1iZXIifQ.c2lnbmVk"}
JSON_TYPE = {"Content-Type": "application/json"}

JOHN_SMITH = "cust_01HQ3K5M7N"
BOOKING = "bk_01HQ3K5M7N8P9R"
INVOICE = "inv_01HQ3K5M7N"
MERCHANT_JOHN = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
LEADS_JOHN = "c9a1f6c2-8c2b-4c91-9f7b-2e5b8b0d3a01"
LEADS_SAM = "9f1a6b1c-3a3e-4b91-9a2f-2c6a9fbb1234"

S1_LIST_ANSWER = """
{
"data": [
{
"id": "cust_01HQ3K5M7N",
"first_name": "John",
"last_name": "Smith",
"email": "john@example.com",
"phone": "+15551234567",
"status": "active",
"addresses": [
{
"id": "addr_01HQ3K5M7N",
"label": "Home",
"street": "123 Main St",
"city": "Eugene",
"state": "OR",
"zip": "97401",
"is_default": true
}
],
"stats": {
"total_bookings": 12,
"total_spent": 195000,
"last_booking_at": "2026-02-15T10:00:00Z",
"active_subscription": true
},
"created_at": "2025-06-15T09:00:00Z"
}
],
"pagination": {
"page": 1,
"per_page": 25,
"total": 1,
"total_pages": 1
}
}
"""

S1_CREATE = """
{
"first_name": "Jane",
"last_name": "Doe",
"email": "jane@example.com",
"phone": "+15559876543",
"address": {
"label": "Home",
"street": "456 Oak Ave",
"city": "Springfield",
"state": "OR",
"zip": "97477"
}
}
"""

S1_UPDATE = """
{
"phone": "+15551112222",
"preferences": {
"preferred_contact": "sms",
"marketing_opt_in": false
}
}
"""

S1_ADDRESS = """
{
"label": "Office",
"street": "789 Business Blvd, Suite 200",
"city": "Eugene",
"state": "OR",
"zip": "97401",
"access_notes": "Check in at the front desk. Suite is on the 2nd floor.",
"is_default": false
}
"""

S2_LIST_ANSWER = """
{
  "data": [
    {
      "id": "bk_01HQ3K5M7N8P9R",
      "status": "confirmed",
      "customer": {
        "id": "cust_01HQ3K5M7N",
        "name": "John Smith",
        "email": "john@example.com"
      },
      "service": {
        "industry": "cleaning",
        "configuration": {
          "bedrooms": 3,
          "bathrooms": 2,
          "frequency": "bi-weekly"
        }
      },
      "scheduled_at": "2026-02-26T10:00:00Z",
      "estimated_duration": 120,
      "address": {
        "street": "123 Main St",
        "city": "Eugene",
        "state": "OR",
        "zip": "97401"
      },
      "pricing": {
        "subtotal": 15000,
        "tax": 1275,
        "discount": 0,
        "total": 16275
      },
      "assigned_crew": ["staff_01HQ3K5M"],
      "created_at": "2026-02-20T14:30:00Z",
      "updated_at": "2026-02-20T14:30:00Z"
    }
  ],
  "pagination": {
    "page": 1,
    "per_page": 25,
    "total": 142,
    "total_pages": 6
  }
}
"""

S2_CREATE = """
{
  "customer_id": "cust_01HQ3K5M7N",
  "industry": "cleaning",
  "configuration": {
    "bedrooms": 3,
    "bathrooms": 2,
    "frequency": "one-time",
    "extras": ["inside_oven", "inside_fridge"]
  },
  "scheduled_at": "2026-03-01T10:00:00Z",
  "address_id": "addr_01HQ3K5M7N",
  "notes": "Please use the back entrance. Gate code: 1234.",
  "coupon_code": "FIRST20"
}
"""

S2_CANCEL = """
{
  "reason": "Customer requested cancellation",
  "notify_customer": true
}
"""

INVOICE_ANSWER: dict[str, Any] = {
    "id": INVOICE,
    "number": "INV-2026-00142",
    "status": "paid",
    "customer": {"id": JOHN_SMITH, "name": "John Smith"},
    "booking_id": BOOKING,
    "line_items": [
        {
            "description": "Residential Cleaning — 3BR/2BA",
            "quantity": 1,
            "unit_price": 15000,
            "total": 15000,
        },
        {
            "description": "Inside Oven Cleaning",
            "quantity": 1,
            "unit_price": 3500,
            "total": 3500,
        },
    ],
    "subtotal": 18500,
    "discount": 3700,
    "discount_description": "Bi-weekly subscriber discount (20%)",
    "tax": 1258,
    "total": 16058,
    "amount_paid": 16058,
    "balance": 0,
    "issued_at": "2026-02-15T18:00:00Z",
    "paid_at": "2026-02-15T18:05:00Z",
    "payment_method": {"type": "card", "brand": "visa", "last4": "4242"},
}
"""ot/invoices (domain A.4.7)."""

MERCHANT_CREATE: dict[str, Any] = {
    "first_name": "John",
    "last_name": "Doe",
    "email": "john.doe@example.com",
    "phone_number": "+1234567890",
    "birthday": "1990-05-15T00:00:00Z",
    "note": "Prefers morning appointments",
}
"""mk/customers (domain C.3.1); the page masks the e-mail address."""

MERCHANT_ANSWER: dict[str, Any] = {
    **MERCHANT_CREATE,
    "id": MERCHANT_JOHN,
    "is_dummy": False,
}
"""mk/customers (domain C.3.4)."""

MERCHANT_HISTORY: list[dict[str, Any]] = [
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
"""mk/bk-manage (domain C.3.5)."""

LEADS_WRITE: dict[str, Any] = {
    "firstName": "Sam",
    "lastName": "Wilson",
    "companyName": "Stark Industries",
    "email": "sam.wilson@test.com",
    "phoneNumber": "+14155552671",
    "preferredContactMethods": ["Email", "Phone"],
    "address1": "123 Main St",
    "address2": "Suite 100",
    "city": "Dallas",
    "state": "TX",
    "zip": "75001",
    "marketingEmailOptIn": True,
    "marketingSmsOptIn": False,
}
"""fe/create and fe/update (domain D.2)."""

LEADS_ANSWER: dict[str, Any] = {
    "id": LEADS_JOHN,
    "firstName": "John",
    "lastName": "Doe",
    "companyName": "Acme Heating Services",
    "displayName": "John Doe - Acme Heating Services",
    "address1": "123 Main St",
    "address2": "Suite 200",
    "city": "Dallas",
    "state": "TX",
    "zip": "75201",
    "billingAddress1": "123 Main St",
    "billingAddress2": "Suite 200",
    "billingCity": "Dallas",
    "billingState": "TX",
    "billingZip": "75201",
    "primaryPhone": "+1-214-555-0198",
    "primaryEmail": "john.doe@acmeheating.com",
    "contactOnPhone": True,
    "contactOnSms": True,
}
"""fe/search (domain D.3)."""

LEADS_FURTHER = {
    "contactOnEmail",
    "marketingEmailOptIn",
    "marketingSmsOptIn",
    "createdAt",
    "updatedAt",
}
"""What domain D.3 adds to the sample."""


def printed(text: str) -> Any:
    """The JSON value of a sample."""
    return json.loads(text)
