"""A booking as family B shows it."""

from __future__ import annotations

import json
from typing import Any

from contract_tests.mutants.ports.python_port import customers
from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.moments import later


def summary(database: Database, booking: Row) -> dict[str, Any]:
    """A booking as listed."""
    customer = customers.row_of(database, booking["customer"])
    names = ("id", "status", "scheduled_at", "created_at", "updated_at")
    return {
        **{name: booking[name] for name in names},
        "customer": {
            "id": customer["id"],
            "name": customers.name_of(customer),
            "email": customer["email"],
        },
        "service": {
            "industry": booking["industry"],
            "configuration": json.loads(booking["configuration"]),
        },
        "estimated_duration": booking["minutes"],
        "address": {name: booking[name] for name in ("street", "city", "state", "zip")},
        "pricing": {name: booking[name] for name in ("subtotal", "discount", "tax", "total")},
        "assigned_crew": [member["id"] for member in _crew(database, booking)],
    }


def view(database: Database, booking: Row) -> dict[str, Any]:
    """The full booking."""
    seq = booking["seq"]
    steps = database.rows("SELECT status, at, note FROM steps WHERE booking = ? ORDER BY seq", seq)
    invoices = database.rows(
        "SELECT id, number, status, total FROM invoices WHERE booking = ? ORDER BY seq", seq
    )
    names = ("address_id", "zone_id", "coupon_code", "notes")
    return {
        **summary(database, booking),
        **{name: booking[name] for name in names},
        "crew": _crew(database, booking),
        "status_timeline": [dict(row) for row in steps],
        "invoices": [dict(row) for row in invoices],
        "cancellation": _cancellation(booking),
        "cancellation_fee": booking["fee"],
    }


def _crew(database: Database, booking: Row) -> list[dict[str, Any]]:
    sql = "SELECT staff.* FROM crews JOIN staff ON id = staff WHERE booking = ? ORDER BY id"
    return [dict(row) for row in database.rows(sql, booking["seq"])]


def _cancellation(booking: Row) -> dict[str, Any] | None:
    if booking["status"] != "cancelled":
        return None
    return {
        "reason": booking["cancel_reason"],
        "cancelled_at": booking["cancelled_at"],
        "customer_notified": bool(booking["is_notified"]),
        "fee": {
            "applies": booking["fee_percent"] > 0,
            "amount": booking["fee"],
            "percentage": booking["fee_percent"],
            "free_until": later(booking["scheduled_at"], hours=-24),
        },
    }
