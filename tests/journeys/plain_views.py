"""What each family shows of the model's rows: the JSON a client must get."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.journeys.plain_model import Model, street_of
from tests.journeys.plain_prices import Row, text


def name_of(customer: Row) -> str:
    """First and last name as far as they are known."""
    return " ".join(part for part in (customer["first_name"], customer["last_name"]) if part)


def listed(model: Model, customer: Row) -> Row:
    """A customer in A's list (A.1)."""
    full = whole(model, customer)
    addresses = [
        {name: value for name, value in address.items() if name != "access_notes"}
        for address in full["addresses"]
    ]
    only_in_full = ("preferences", "subscription", "updated_at")
    item = {name: value for name, value in full.items() if name not in only_in_full}
    return item | {"addresses": addresses}


def whole(model: Model, customer: Row) -> Row:
    """A customer's full record in A (A.1)."""
    methods = customer["contact_methods"]
    return {
        **{name: customer[name] for name in ("id", "first_name", "last_name", "email", "phone")},
        "status": "active",
        "addresses": [place(address) for address in customer["addresses"]],
        "preferences": {
            "preferred_contact": methods[0] if methods else "email",
            "marketing_opt_in": customer["marketing_email"],
        },
        "subscription": None,
        "stats": statistics(model, customer),
        "created_at": text(customer["created_at"]),
        "updated_at": text(customer["updated_at"]),
    }


def place(address: Row) -> Row:
    """An address in A (A.2)."""
    names = ("id", "label", "city", "state", "zip", "access_notes", "is_default")
    return {**{name: address[name] for name in names}, "street": street_of(address)}


def statistics(model: Model, customer: Row) -> Row:
    """A's summary (A.1): cancelled bookings do not count, only what was paid is spent."""
    bookings = bookings_of(model, customer)
    visits = [row["scheduled_at"] for row in bookings if row["status"] == "completed"]
    paid = [row["amount_paid"] for row in invoices_of(model, customer)]
    return {
        "total_bookings": sum(row["status"] != "cancelled" for row in bookings),
        "total_spent": sum(paid),
        "last_booking_at": last(visits),
        "active_subscription": False,
    }


def merchant(customer: Row) -> Row:
    """C's eight members (C.3.4)."""
    birthday = customer["birthday"]
    return {
        "id": customer["uuid"],
        **{name: customer[name] for name in ("first_name", "last_name", "email", "note")},
        "phone_number": customer["phone"],
        "birthday": birthday and f"{birthday}T00:00:00Z",
        "is_dummy": False,
    }


def merchant_listed(model: Model, customer: Row) -> Row:
    """C's list item (C.3.6)."""
    bookings = bookings_of(model, customer)
    return {
        **merchant(customer),
        "is_blacklisted": customer["is_blacklisted"],
        "blacklist_reason": customer["reason"],
        "times_booked": len(bookings),
        "times_cancelled": sum(row["status"] == "cancelled" for row in bookings),
    }


def merchant_statistics(model: Model, customer: Row) -> Row:
    """C's statistics (C.3.5); what A and B cancel, the customer cancelled."""
    bookings = bookings_of(model, customer)
    counted = merchant_listed(model, customer)
    cancelled = counted.pop("times_cancelled")
    upcoming = [
        row
        for row in bookings
        if row["status"] in ("confirmed", "in_progress") and row["scheduled_at"] >= model.now
    ]
    return {
        **counted,
        "times_cancelled_by_user": cancelled,
        "times_upcoming": len(upcoming),
        "bookings": [visit(model, row) for row in bookings],
    }


def visit(model: Model, booking: Row) -> Row:
    """A booking in C's history (C.3.5); names of service and merchant are not modelled."""
    cents = booking["pricing"]["total"]
    address = booking["address"]
    return {
        "from_date": text(booking["scheduled_at"]),
        "to_date": text(model.end_of(booking)),
        "cancel_deadline": 24,
        "formatted_location": "{street}, {city}, {state} {zip}".format(**address),
        "price": {
            "amount": cents,
            "currency": "USD",
            "formatted": f"${cents / 100:,.2f}",
        },
        "price_type": "per_booking",
        "is_cancelled": booking["status"] == "cancelled",
    }


def calendar(model: Model, customer: Row) -> Row:
    """C's calendar item (C.3.11)."""
    shown = merchant(customer)
    del shown["note"]
    completed = [row for row in bookings_of(model, customer) if row["status"] == "completed"]
    return {**shown, "last_visited": last([row["scheduled_at"] for row in completed])}


def lead(customer: Row) -> Row:
    """D's read model (D.3)."""
    blank = dict.fromkeys(("street", "unit", "city", "state", "zip"))
    home = next((row for row in customer["addresses"] if row["is_default"]), blank)
    company = customer["company"]
    lines = {
        "Address1": home["street"],
        "Address2": home["unit"],
        "City": home["city"],
        "State": home["state"],
        "Zip": home["zip"],
    }
    return {
        "id": customer["uuid"],
        "firstName": customer["first_name"],
        "lastName": customer["last_name"],
        "companyName": company,
        "displayName": name_of(customer) + (f" - {company}" if company else ""),
        **{f"{name[0].lower()}{name[1:]}": value for name, value in lines.items()},
        **{f"billing{name}": value for name, value in lines.items()},
        "primaryPhone": customer["phone"],
        "primaryEmail": customer["email"],
        "contactOnPhone": "phone" in customer["contact_methods"],
        "contactOnSms": "sms" in customer["contact_methods"],
        "contactOnEmail": "email" in customer["contact_methods"],
        "marketingEmailOptIn": customer["marketing_email"],
        "marketingSmsOptIn": customer["marketing_sms"],
        "createdAt": text(customer["created_at"]),
        "updatedAt": text(customer["updated_at"]),
    }


def booking_listed(model: Model, booking: Row) -> Row:
    """A booking in B's lists (B.1)."""
    customer = model.customers[booking["customer_id"]]
    return {
        "id": booking["id"],
        "status": booking["status"],
        "customer": {
            "id": customer["id"],
            "name": name_of(customer),
            "email": customer["email"],
        },
        "service": {name: booking[name] for name in ("industry", "configuration")},
        "scheduled_at": text(booking["scheduled_at"]),
        "estimated_duration": booking["minutes"],
        "address": booking["address"],
        "pricing": booking["pricing"],
        "assigned_crew": booking["crew"],
        "created_at": text(booking["created_at"]),
        "updated_at": text(booking["updated_at"]),
    }


def booking_whole(model: Model, booking: Row) -> Row:
    """A full booking in B (B.1); people of the crew and notes of the timeline are not modelled."""
    cancellation = booking["cancellation"]
    return {
        **booking_listed(model, booking),
        **{name: booking[name] for name in ("address_id", "zone_id", "coupon_code", "notes")},
        "status_timeline": [
            {"status": status, "at": text(at)} for status, at in booking["timeline"]
        ],
        "invoices": [
            {name: row[name] for name in ("id", "number", "status", "total")}
            for row in model.invoices.values()
            if row["booking_id"] == booking["id"]
        ],
        "cancellation": cancellation,
        "cancellation_fee": cancellation["fee"]["amount"] if cancellation else 0,
    }


def invoice(model: Model, row: Row) -> Row:
    """An invoice (A.4.7); lines of a booking's invoice are not modelled."""
    customer = model.customers[row["customer_id"]]
    same = ("id", "number", "status", "booking_id", "line_items", "subtotal", "discount", "tax",
            "total", "amount_paid", "due_date")  # fmt: skip
    card = {"type": "card", "brand": "visa", "last4": "4242"}
    return {
        **{name: row[name] for name in same},
        "customer": {"id": customer["id"], "name": name_of(customer)},
        "balance": 0 if row["status"] == "void" else row["total"] - row["amount_paid"],
        "issued_at": text(row["issued_at"]),
        "paid_at": row["paid_at"] and text(row["paid_at"]),
        "payment_method": card if row["status"] == "paid" else None,
    }


def bookings_of(model: Model, customer: Row) -> list[Row]:
    """The bookings a customer has now."""
    return [row for row in model.bookings.values() if row["customer_id"] == customer["id"]]


def invoices_of(model: Model, customer: Row) -> list[Row]:
    """The invoices addressed to a customer now."""
    return [row for row in model.invoices.values() if row["customer_id"] == customer["id"]]


def last(instants: list[datetime]) -> Any:
    """The latest of some instants as text, or null."""
    return text(max(instants)) if instants else None
