"""Filling the store with the small business this server starts with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from contract_tests.mutants.ports.python_port import customers, invoicing, otesse_bookings
from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.moments import later, stamp
from contract_tests.mutants.ports.python_port.seed_rows import (
    BOOKINGS,
    PEOPLE,
    STAFF,
    ZONES,
    SeedBooking,
    SeedPerson,
)

_CARD = {"card_brand": "visa", "card_digits": "4242"}
_DAYS_OPEN = 14


def seeded(now: datetime) -> Database:
    """A store with the rows of `seed_rows`, around this moment."""
    database = Database()
    with database.transaction():
        _add_places(database)
        for person in sorted(PEOPLE, key=lambda each: _moment(now, each.created)):
            _add_person(database, now, person)
        database.insert("counters", {"name": "invoice number", "last": 142})
        for booking in BOOKINGS:
            _add_booking(database, now, booking)
        _add_invoice_by_hand(database, now)
    return database


def _add_places(database: Database) -> None:
    for zone, percent, surcharge, codes in ZONES:
        members = {"id": zone, "multiplier_percent": percent, "surcharge": surcharge}
        database.insert("zones", members)
        for code in codes:
            database.insert("zone_codes", {"code": code, "zone": zone})
    for staff_id, name, role, phone in STAFF:
        members = {"id": staff_id, "name": name, "role": role, "phone": phone}
        database.insert("staff", members)


def _add_person(database: Database, now: datetime, person: SeedPerson) -> None:
    created = _moment(now, person.created)
    seq = customers.add(database, created, person.members)
    customers.choose(database, seq, person.methods)
    for address in person.addresses:
        customers.add_address(database, seq, address)
    if person.subscription:
        status, frequency = person.subscription
        members = {"id": database.new_id("sub"), "customer": seq, "started_at": created}
        database.insert("subscriptions", {**members, "status": status, "frequency": frequency})


def _add_booking(database: Database, now: datetime, wanted: SeedBooking) -> None:
    customer = database.row("SELECT * FROM customers WHERE email = ?", wanted.email)
    assert customer is not None
    address = customers.default_address(database, customer["seq"])
    assert address is not None
    at = _moment(now, wanted.at)
    made_at = min(max(later(at, days=-6, minutes=30), customer["created_at"]), at, stamp(now))
    configuration, place = dict(wanted.configuration), otesse_bookings.place(address)
    members = {
        "customer": customer["seq"],
        "industry": wanted.industry,
        "configuration": configuration,
        "coupon_code": wanted.coupon,
        "notes": wanted.notes,
        "scheduled_at": at,
        "wakes_at": at if at > stamp(now) else None,
        **place,
        **otesse_bookings.priced(database, wanted.industry, configuration, place, wanted.coupon),
    }
    if wanted.booking_id:
        members["id"] = wanted.booking_id
    seq = otesse_bookings.add(database, made_at, members)
    _bring_to_status(database, _booking(database, seq), wanted, stamp(now))


def _bring_to_status(database: Database, booking: Row, wanted: SeedBooking, now: str) -> None:
    seq, at = booking["seq"], booking["scheduled_at"]
    if wanted.status == "cancelled":
        asked = max(later(at, hours=-wanted.notice_hours), booking["created_at"])
        otesse_bookings.cancel(database, booking, min(asked, now), by=wanted.cancelled_by)
    elif wanted.status != "confirmed":
        ends_at = later(at, minutes=booking["minutes"])
        is_over = wanted.status == "completed"
        changes = {"status": wanted.status, "updated_at": ends_at if is_over else at}
        database.update("bookings", seq, {**changes, "wakes_at": None if is_over else ends_at})
        database.insert("steps", {"booking": seq, "status": "in_progress", "at": at})
        if is_over:
            database.insert("steps", {"booking": seq, "status": "completed", "at": ends_at})
            invoice = invoicing.issue_for(database, _booking(database, seq), ends_at)
            _settle(database, invoice, wanted.invoice, ends_at, now)
    if wanted.invoice == "documented":
        _add_documented_invoice(database, booking)


def _settle(database: Database, seq: int, status: str, issued_at: str, now: str) -> None:
    """Bring an invoice to a status; it waits for its last day only while that lies ahead."""
    changes: dict[str, Any] = {"status": status}
    overdue_at = later(issued_at, days=_DAYS_OPEN + 1)[:10] + "T00:00:00Z"
    is_waiting = status == "pending" and overdue_at > now
    changes["wakes_at"] = overdue_at if is_waiting else None
    if status == "paid":
        total = database.value("SELECT total FROM invoices WHERE seq = ?", seq)
        changes |= {"paid": total, "paid_at": later(issued_at, minutes=5), **_CARD}
    database.update("invoices", seq, changes)


def _add_documented_invoice(database: Database, booking: Row) -> None:
    """The invoice the documentation prints, whose amounts are not those of its booking."""
    members = {
        "id": "inv_01HQ3K5M7N",
        "number": "INV-2026-00142",
        "customer": booking["customer"],
        "booking": booking["seq"],
        "status": "paid",
        "subtotal": 18500,
        "discount": 3700,
        "discount_note": "Bi-weekly subscriber discount (20%)",
        "tax": 1258,
        "total": 16058,
        "paid": 16058,
        "issued_at": "2026-02-15T18:00:00Z",
        "paid_at": "2026-02-15T18:05:00Z",
        **_CARD,
    }
    seq = database.insert("invoices", members)
    lines = (("Residential Cleaning — 3BR/2BA", 15000), ("Inside Oven Cleaning", 3500))
    for rank, (description, cents) in enumerate(lines):
        line = {"description": description, "quantity": 1, "unit_price": cents}
        database.insert("invoice_lines", {"invoice": seq, "rank": rank, **line})


def _add_invoice_by_hand(database: Database, now: datetime) -> None:
    seq = database.value("SELECT seq FROM customers WHERE email = 'tadeo@quiroga.example'")
    price = {"subtotal": 5000, "discount": 0, "tax": 425, "total": 5425}
    lines = [("Gutters", 2, 2500)]
    invoicing.issue(database, seq, lines, price, _moment(now, -1), {"status": "draft"})


def _booking(database: Database, seq: int) -> Row:
    row = database.row("SELECT * FROM bookings WHERE seq = ?", seq)
    assert row is not None
    return row


def _moment(now: datetime, at: float | str) -> str:
    return at if isinstance(at, str) else stamp(now + timedelta(days=at))
