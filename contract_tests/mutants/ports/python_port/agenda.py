"""What time brings by itself: services begin and end, invoices become overdue."""

from __future__ import annotations

from contract_tests.mutants.ports.python_port import invoicing
from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.moments import later

_NEXT = (
    "SELECT 'bookings' AS kind, seq, wakes_at FROM bookings WHERE wakes_at <= ? UNION ALL"
    " SELECT 'invoices', seq, wakes_at FROM invoices WHERE wakes_at <= ?"
    " ORDER BY wakes_at, kind, seq LIMIT 1"
)


def catch_up(database: Database, now: str) -> None:
    """Let everything happen that has become due, in its order and each at its own moment."""
    while (due := database.row(_NEXT, now, now)) is not None:
        if due["kind"] == "bookings":
            booking = database.row("SELECT * FROM bookings WHERE seq = ?", due["seq"])
            assert booking is not None
            _go_on(database, booking)
        else:
            changes = {"status": "overdue", "wakes_at": None}
            database.update("invoices", due["seq"], changes)


def _go_on(database: Database, booking: Row) -> None:
    at = booking["wakes_at"]
    is_starting = booking["status"] == "confirmed"
    ends_at = later(booking["scheduled_at"], minutes=booking["minutes"])
    status = "in_progress" if is_starting else "completed"
    changes = {
        "status": status,
        "updated_at": at,
        "wakes_at": max(ends_at, at) if is_starting else None,
    }
    database.update("bookings", booking["seq"], changes)
    database.insert("steps", {"booking": booking["seq"], "status": status, "at": at})
    if not is_starting:
        invoicing.issue_for(database, booking, at)
