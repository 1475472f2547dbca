"""Issuing invoices: numbers, lines, and when they become overdue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.moments import later
from contract_tests.mutants.ports.python_port.pricing import coupon_percent, quoted, zone_of

Line = tuple[str, int, int]
_DAYS_TO_PAY = 14


def issue(
    database: Database,
    customer: int,
    lines: Iterable[Line],
    amounts: Mapping[str, int],
    now: str,
    more: Mapping[str, Any],
) -> int:
    """A new invoice with the next number, pending unless `more` says otherwise; its row number."""
    due = more.get("due_date") or later(now, days=_DAYS_TO_PAY)[:10]
    overdue_at = later(f"{due}T00:00:00Z", days=1)
    members = {
        "id": database.new_id("inv"),
        "number": f"INV-{now[:4]}-{database.count_up('invoice number'):05}",
        "status": "pending",
        "customer": customer,
        "issued_at": now,
        **amounts,
        **more,
        "due_date": due,
    }
    is_owed = members["status"] == "pending" and members["total"] > 0
    members["wakes_at"] = overdue_at if is_owed and overdue_at > now else None
    seq = database.insert("invoices", members)
    for rank, (description, quantity, unit_price) in enumerate(lines):
        line = {"description": description, "quantity": quantity, "unit_price": unit_price}
        database.insert("invoice_lines", {"invoice": seq, "rank": rank, **line})
    return seq


def issue_for(database: Database, booking: Row, now: str) -> int:
    """The invoice of a service that is done, over the price of its booking."""
    configuration = json.loads(booking["configuration"])
    zone, coupon = zone_of(database, booking["zip"]), booking["coupon_code"]
    quote = quoted(booking["industry"], configuration, zone, coupon)
    amounts = {name: booking[name] for name in ("subtotal", "discount", "tax", "total")}
    lines = [(name, 1, cents) for name, cents in quote.lines]
    note = f"Coupon {coupon}: {coupon_percent(coupon)} % off" if booking["discount"] else None
    more = {"booking": booking["seq"], "discount_note": note}
    return issue(database, booking["customer"], lines, amounts, now, more)
