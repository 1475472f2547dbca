"""What the lists of each family find in the model's rows, by the documented meaning of filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from tests.journeys import plain_views as views
from tests.journeys.plain_model import ZONES, Model
from tests.journeys.plain_prices import Row, text

PHONE_CHARACTERS = set("0123456789 +-().")


def customers(model: Model, query: dict[str, str]) -> list[Row]:
    """A.4.1: newest first, ties by id; filters combine with AND."""
    found = [row for row in model.customers.values() if _is_customer(row, query)]
    return newest_first(found, "created_at")


def bookings(model: Model, query: dict[str, str]) -> list[Row]:
    """B.4.1: the range bounds `scheduled_at`, both ends included."""
    found = [
        row
        for row in model.bookings.values()
        if query.get("status", row["status"]) == row["status"]
        and query.get("customer_id", row["customer_id"]) == row["customer_id"]
        and query.get("zone_id", row["zone_id"]) == row["zone_id"]
        and _is_within(row["scheduled_at"], query)
    ]
    return newest_first(found, "created_at")


def invoices(model: Model, query: dict[str, str]) -> list[Row]:
    """A.4.7: the range bounds `issued_at`, amounts bound `total`, ends included."""
    found = [
        row
        for row in model.invoices.values()
        if query.get("status", row["status"]) == row["status"]
        and query.get("customer_id", row["customer_id"]) == row["customer_id"]
        and int(query.get("min_amount") or 0) <= row["total"]
        and int(query.get("max_amount") or row["total"]) >= row["total"]
        and _is_within(row["issued_at"], query)
    ]
    return newest_first(found, "issued_at")


def leads(model: Model, query: dict[str, str]) -> list[Row]:
    """D.4.3: one criterion met is enough; an empty one counts as absent."""
    phone, email, first = (query.get(name) or "" for name in ("phone", "email", "firstName"))
    return [
        row
        for row in model.customers.values()
        if (digits(phone) and digits(phone) in digits(row["phone"]))
        or (email and holds(row["email"], email))
        or (first and holds(row["first_name"], first))
    ]


def leads_by_address(model: Model, query: dict[str, str]) -> list[Row]:
    """D.4.4: all criteria must be met; `address1` by part, the rest as a whole."""

    def lives_there(customer: Row) -> bool:
        shown = views.lead(customer)
        return all(
            holds(shown[name], value)
            if name == "address1"
            else (shown[name] or "").casefold() == value.casefold()
            for name, value in query.items()
        )

    return [row for row in model.customers.values() if lives_there(row)]


def page(rows: list[Row], query: dict[str, str], show: Callable[[Row], Row]) -> dict[str, Any]:
    """The envelope of A's and B's lists (1.6)."""
    number, size = int(query.get("page", 1)), int(query.get("per_page", 25))
    return {
        "data": [show(row) for row in rows[(number - 1) * size : number * size]],
        "pagination": {
            "page": number,
            "per_page": size,
            "total": len(rows),
            "total_pages": -(-len(rows) // size),
        },
    }


def newest_first(rows: Iterable[Row], member: str) -> list[Row]:
    """By an instant backwards, ties by id (1.6)."""
    by_id = sorted(rows, key=lambda row: str(row["id"]))
    return sorted(by_id, key=lambda row: text(row[member]), reverse=True)


def digits(value: str | None) -> str:
    """The digits of a text."""
    return "".join(character for character in value or "" if character in "0123456789")


def holds(value: str | None, part: str) -> bool:
    """Whether a text contains another, whatever the case."""
    return part.casefold() in (value or "").casefold()


def _is_customer(customer: Row, query: dict[str, str]) -> bool:
    zones = {ZONES.get((address["zip"] or "")[:5]) for address in customer["addresses"]}
    return (
        _is_searched(customer, query.get("search", ""))
        and query.get("status", "active") == "active"
        and query.get("has_subscription", "false") == "false"
        and ("zone_id" not in query or query["zone_id"] in zones)
        and text(customer["created_at"]) > _bound(query.get("created_after", ""))
    )


def _is_searched(customer: Row, term: str) -> bool:
    members = (customer["first_name"], customer["last_name"], views.name_of(customer),
               customer["email"], customer["phone"])  # fmt: skip
    is_number = bool(digits(term)) and PHONE_CHARACTERS.issuperset(term)
    return any(holds(member, term) for member in members) or (
        is_number and digits(term) in digits(customer["phone"])
    )


def _is_within(at: datetime, query: dict[str, str]) -> bool:
    until = query.get("date_to", "9999-12-31")
    end = f"{until}T23:59:59Z" if len(until) == 10 else until
    return _bound(query.get("date_from", "")) <= text(at) <= end


def _bound(value: str) -> str:
    return f"{value}T00:00:00Z" if len(value) == 10 else value
