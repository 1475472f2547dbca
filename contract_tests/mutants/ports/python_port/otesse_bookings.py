"""Family B: bookings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from contract_tests.mutants.ports.python_port import booking_views, customers, otesse_customers
from contract_tests.mutants.ports.python_port.calls import Call, Handler
from contract_tests.mutants.ports.python_port.conditions import hold_to_version, tag_of
from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.moments import later, read_moment
from contract_tests.mutants.ports.python_port.paging import Filters
from contract_tests.mutants.ports.python_port.pricing import percent_of, quoted, zone_of
from contract_tests.mutants.ports.python_port.refusing import Refused, Reply

_FREE_HOURS, _FEE_PERCENT = 24, 50
_CUSTOMER = "(SELECT id FROM customers WHERE customers.seq = bookings.customer)"


def place(address: Row) -> dict[str, Any]:
    """What a booking keeps of the address it takes place at."""
    return {
        "address_id": address["id"],
        "street": customers.street_of(address),
        **{name: address[name] for name in ("city", "state", "zip")},
    }


def priced(
    database: Database,
    industry: str,
    configuration: Mapping[str, Any],
    at: Mapping[str, Any],
    coupon: str | None,
) -> dict[str, Any]:
    """What a booking costs and how long it takes at a place."""
    zone = zone_of(database, at["zip"])
    quote = quoted(industry, configuration, zone, coupon)
    return {**quote.amounts, "minutes": quote.minutes, "zone_id": zone["id"] if zone else None}


def add(database: Database, now: str, members: Mapping[str, Any]) -> int:
    """A new booking, confirmed and with somebody to do it; its row number."""
    awaited = members["scheduled_at"] if members["scheduled_at"] > now else None
    whole = {
        "id": members.get("id") or database.new_id("bk"),
        "status": "confirmed",
        "created_at": now,
        "updated_at": now,
        "wakes_at": awaited,
        **members,
        "configuration": json.dumps(members["configuration"]),
    }
    seq = database.insert("bookings", whole)
    database.insert("steps", {"booking": seq, "status": "confirmed", "at": whole["created_at"]})
    least_busy = database.value(
        "SELECT id FROM staff ORDER BY (SELECT count(*) FROM crews WHERE staff = staff.id), id"
    )
    database.insert("crews", {"booking": seq, "staff": least_busy})
    return seq


def _list(call: Call) -> Reply:
    return _page(call, Filters())


def _list_of_customer(call: Call) -> Reply:
    filters = Filters()
    filters.add("customer = ?", otesse_customers.found(call)["seq"])
    return _page(call, filters)


def _page(call: Call, filters: Filters) -> Reply:
    filters.add_given(
        call.values, status="status = ?", zone_id="zone_id = ?", customer_id=f"{_CUSTOMER} = ?"
    )
    filters.add_range(call.values, "scheduled_at")
    return filters.page(
        call.database,
        "bookings",
        "created_at DESC, id",
        call.values,
        lambda row: booking_views.summary(call.database, row),
    )


def _create(call: Call) -> Reply:
    body, database = call.body, call.database
    scheduled_at = _moment(body["scheduled_at"])
    customer = _bookable(database, body["customer_id"])
    coupon = body.get("coupon_code")
    at = place(_address(database, customer, body["address_id"]))
    _hold_to_calendar(scheduled_at)
    members = {
        "customer": customer["seq"],
        "industry": body["industry"],
        "configuration": body["configuration"],
        "scheduled_at": scheduled_at,
        "coupon_code": coupon,
        "notes": body.get("notes"),
        **at,
        **priced(database, body["industry"], body["configuration"], at, coupon),
    }
    made = booking_views.view(database, _row(database, add(database, call.now, members)))
    return Reply(201, made, {"Location": f"/v1/bookings/{made['id']}"})


def _get(call: Call) -> Reply:
    body = booking_views.view(call.database, _found(call))
    return Reply(200, body, {"ETag": tag_of(body)})


def _update(call: Call) -> Reply:
    booking, body, database = _found(call), call.body, call.database
    hold_to_version(call.values.get("If-Match"), booking_views.view(database, booking))
    at = _moment(body["scheduled_at"]) if "scheduled_at" in body else None
    if booking["status"] != "confirmed":
        text = f"A booking that is {booking['status']} stays as it is."
        raise Refused(409, "booking_not_updatable", text)
    changes = {name: body[name] for name in ("notes",) if name in body}
    if at is not None:
        _hold_to_calendar(at)
        changes |= {"scheduled_at": at, "wakes_at": at if at > call.now else None}
    changes |= _changed_service(call, booking)
    if body:
        database.update("bookings", booking["seq"], {**changes, "updated_at": call.now})
    changed = booking_views.view(database, _row(database, booking["seq"]))
    return Reply(200, changed, {"ETag": tag_of(changed)})


def _changed_service(call: Call, booking: Row) -> dict[str, Any]:
    """Another configuration or another address, and the price that follows from it."""
    body, database = call.body, call.database
    before = json.loads(booking["configuration"])
    wanted = before | body.get("configuration", {})
    changes: dict[str, Any] = {}
    at: dict[str, Any] = {"zip": booking["zip"]}
    if "address_id" in body:
        owner = customers.row_of(database, booking["customer"])
        at = place(_address(database, owner, body["address_id"]))
        changes |= at
    if wanted != before:
        _hold_to_industry(call, booking["industry"], wanted)
        changes["configuration"] = json.dumps(wanted)
    if changes:
        coupon = booking["coupon_code"]
        changes |= priced(database, booking["industry"], wanted, at, coupon)
    return changes


def _hold_to_industry(call: Call, industry: str, configuration: dict[str, Any]) -> None:
    name = "CleaningConfiguration" if industry == "cleaning" else "ServiceConfiguration"
    schema = call.contract.schema(name)
    for fault in call.checker.faults(schema, configuration, ("configuration",)):
        text = f"The {industry} would be ill described: {fault.place} {fault.text}."
        member = ".".join(map(str, fault.path[:2]))
        raise Refused(422, "invalid_configuration", text, member)


def _cancel(call: Call) -> Reply:
    booking, database = _found(call), call.database
    if booking["status"] == "cancelled":
        raise Refused(409, "booking_already_cancelled", "Nobody can cancel a booking twice.")
    if booking["status"] != "confirmed":
        text = f"A booking that is {booking['status']} can no longer be cancelled."
        raise Refused(409, "booking_not_cancellable", text)
    body = call.body or {}
    customer = customers.row_of(database, booking["customer"])
    is_notified = body.get("notify_customer", True) and customers.send(
        database, "cancellation", customer["email"] or customer["phone"], call.now
    )
    cancel(database, booking, call.now, reason=body.get("reason"), is_notified=is_notified)
    return Reply(200, booking_views.view(database, _row(database, booking["seq"])))


def cancel(
    database: Database,
    booking: Row,
    now: str,
    *,
    reason: str | None = None,
    is_notified: bool = False,
    by: str = "customer",
) -> None:
    """Cancel a booking, at half its price when it is too late to be free."""
    is_late = now > free_until(booking)
    percent = _FEE_PERCENT if is_late else 0
    changes = {
        "status": "cancelled",
        "cancelled_at": now,
        "cancelled_by": by,
        "cancel_reason": reason,
        "is_notified": is_notified,
        "fee_percent": percent,
        "fee": percent_of(booking["total"], percent),
        "updated_at": now,
        "wakes_at": None,
    }
    database.update("bookings", booking["seq"], changes)
    step = {"booking": booking["seq"], "status": "cancelled", "at": now, "note": reason}
    database.insert("steps", step)


def free_until(booking: Row) -> str:
    """Until when cancelling costs nothing."""
    return later(booking["scheduled_at"], hours=-_FREE_HOURS)


def _found(call: Call) -> Row:
    row = call.database.row("SELECT * FROM bookings WHERE id = ?", call.path_id)
    if row is None:
        text = f"'{call.path_id}' is not the id of any booking."
        raise Refused(404, "booking_not_found", text)
    return row


def _row(database: Database, seq: int) -> Row:
    row = database.row("SELECT * FROM bookings WHERE seq = ?", seq)
    assert row is not None
    return row


def _bookable(database: Database, customer_id: str) -> Row:
    customer = customers.by_id(database, customer_id)
    if customer is None:
        text = f"'{customer_id}' is not the id of any customer."
        raise Refused(422, "resource_not_found", text, "customer_id")
    if customer["is_blacklisted"]:
        text = "No bookings are taken for this customer."
        raise Refused(409, "customer_blacklisted", text, "customer_id")
    if customer["status"] != "active":
        text = f"No bookings are taken for a customer who is {customer['status']}."
        raise Refused(422, "customer_not_active", text, "customer_id")
    return customer


def _address(database: Database, customer: Row, address_id: str) -> Row:
    address = database.row("SELECT * FROM addresses WHERE id = ?", address_id)
    if address is None:
        text = f"'{address_id}' is not the id of any address."
        raise Refused(422, "resource_not_found", text, "address_id")
    if address["customer"] != customer["seq"]:
        text = f"'{address_id}' is the address of somebody else."
        raise Refused(422, "invalid_address", text, "address_id")
    if not all(address[name] for name in ("street", "city", "state", "zip")):
        text = f"Nobody could find the place: '{address_id}' is incomplete."
        raise Refused(422, "invalid_address", text, "address_id")
    return address


def _moment(text: str) -> str:
    at = read_moment(text)
    if at is None:
        raise _off_the_calendar(text)
    return at


def _hold_to_calendar(at: str) -> None:
    if at >= "9999":
        raise _off_the_calendar(at)


def _off_the_calendar(at: str) -> Refused:
    text = f"'{at}' is not within the years 1 to 9998."
    return Refused(422, "invalid_value", text, "scheduled_at")


HANDLERS: Mapping[str, Handler] = {
    "listBookings": _list,
    "listCustomerBookings": _list_of_customer,
    "createBooking": _create,
    "getBooking": _get,
    "updateBooking": _update,
    "cancelBooking": _cancel,
}
