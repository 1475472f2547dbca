"""Family C: the customers of the merchant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contract_tests.mutants.ports.python_port import customers
from contract_tests.mutants.ports.python_port.calls import Call, Handler
from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.moments import later
from contract_tests.mutants.ports.python_port.refusing import Refused, Reply

_COMPANY = "Hearth & Broom"
_HOURS_TO_CANCEL = 24
_WRITABLE = {"first_name": "first_name", "last_name": "last_name", "email": "email",
             "phone_number": "phone", "note": "note"}  # fmt: skip
_DONE = Reply(200)


def _record(customer: Row) -> dict[str, Any]:
    birthday = customer["birthday"]
    return {
        "id": customer["uuid"],
        **{theirs: customer[ours] for theirs, ours in _WRITABLE.items()},
        "birthday": f"{birthday}T00:00:00Z" if birthday else None,
        "is_dummy": bool(customer["is_dummy"]),
    }


def _with_blacklist(customer: Row) -> dict[str, Any]:
    return {
        **_record(customer),
        "is_blacklisted": bool(customer["is_blacklisted"]),
        "blacklist_reason": customer["blacklist_reason"],
    }


def _listed(database: Database, condition: str) -> Reply:
    rows = database.rows(
        "SELECT customers.*, count(b.seq) AS booked,"
        " count(CASE WHEN b.status = 'cancelled' THEN 1 END) AS cancelled"
        " FROM customers LEFT JOIN bookings b ON b.customer = customers.seq"
        f" WHERE {condition} GROUP BY customers.seq ORDER BY customers.seq"
    )
    items = [
        {**_with_blacklist(row), "times_booked": row["booked"], "times_cancelled": row["cancelled"]}
        for row in rows
    ]
    return Reply(200, {"data": items})


def _list(call: Call) -> Reply:
    return _listed(call.database, "TRUE")


def _list_blacklisted(call: Call) -> Reply:
    return _listed(call.database, "is_blacklisted")


def _list_for_calendar(call: Call) -> Reply:
    rows = call.database.rows(
        "SELECT customers.*, (SELECT max(scheduled_at) FROM bookings b WHERE status = 'completed'"
        " AND b.customer = customers.seq AND scheduled_at <= ?) AS last_visited"
        " FROM customers ORDER BY customers.seq",
        call.now,
    )
    items = [{**_record(row), "last_visited": row["last_visited"]} for row in rows]
    for item in items:
        del item["note"]
    return Reply(200, {"data": items})


def _create(call: Call) -> Reply:
    members = {ours: call.body.get(theirs) for theirs, ours in _WRITABLE.items()}
    members["birthday"] = _birthday(call.body)
    seq = customers.add(call.database, call.now, members)
    uuid = customers.row_of(call.database, seq)["uuid"]
    return Reply(201, None, {"Location": f"/api/v1/merchant/customers/{uuid}"})


def _get(call: Call) -> Reply:
    return Reply(200, {"data": _record(_found(call))})


def _statistics(call: Call) -> Reply:
    customer, now = _found(call), call.now
    sql = "SELECT * FROM bookings WHERE customer = ? ORDER BY scheduled_at DESC, id DESC"
    bookings = call.database.rows(sql, customer["seq"])
    coming = ("confirmed", "in_progress")
    body = {
        **_with_blacklist(customer),
        "times_booked": len(bookings),
        "times_cancelled_by_user": sum(row["cancelled_by"] == "customer" for row in bookings),
        "times_upcoming": sum(
            row["status"] in coming and row["scheduled_at"] >= now for row in bookings
        ),
        "bookings": [_visit(row) for row in bookings if row["cancelled_by"] != "merchant"],
    }
    return Reply(200, {"data": body})


def _visit(booking: Row) -> dict[str, Any]:
    cents = booking["total"]
    where = [booking["street"], booking["city"]]
    where.append(" ".join(filter(None, (booking["state"], booking["zip"]))))
    return {
        "from_date": booking["scheduled_at"],
        "to_date": later(booking["scheduled_at"], minutes=booking["minutes"]),
        "service_name": booking["industry"].replace("-", " ").capitalize(),
        "merchant_name": _COMPANY,
        "cancel_deadline": _HOURS_TO_CANCEL,
        "formatted_location": ", ".join(filter(None, where)),
        "price": {
            "amount": cents,
            "currency": "USD",
            "formatted": f"${cents // 100:,}.{cents % 100:02}",
        },
        "price_type": "per_booking" if cents else "free",
        "is_cancelled": booking["status"] == "cancelled",
    }


def _update(call: Call) -> Reply:
    _hold_to_path(call, "invalid customer id provided")
    customer, body, database = _found(call), call.body, call.database
    wanted = {ours: body.get(theirs) for theirs, ours in _WRITABLE.items()}
    wanted["birthday"] = _birthday(body)
    changes: dict[str, Any] = {
        name: value
        for name, value in wanted.items()
        if value is not None and value != customer[name]
    }
    after = {name: changes.get(name, customer[name]) for name in wanted}
    is_full = after["first_name"] and after["last_name"] and (after["email"] or after["phone"])
    if customer["is_dummy"] and is_full:
        changes["is_dummy"] = False
    if changes:
        database.update("customers", customer["seq"], {**changes, "updated_at": call.now})
    return _DONE


def _delete(call: Call) -> Reply:
    call.database.run("DELETE FROM customers WHERE seq = ?", _found(call)["seq"])
    return _DONE


def _blacklist(call: Call) -> Reply:
    _hold_to_path(call, "invalid customer id")
    customer, reason = _found(call), call.body.get("blacklist_reason")
    _set_blacklisted(call, customer, True, reason)
    return _DONE


def _unblacklist(call: Call) -> Reply:
    customer = _found(call)
    if customer["is_blacklisted"]:
        _set_blacklisted(call, customer, False, None)
    return _DONE


def _set_blacklisted(call: Call, customer: Row, is_so: bool, reason: str | None) -> None:
    changes = {"is_blacklisted": is_so, "blacklist_reason": reason, "updated_at": call.now}
    call.database.update("customers", customer["seq"], changes)


def _transfer(call: Call) -> Reply:
    database, source_id = call.database, call.body["from_customer_id"]
    target_id = call.body["to_customer_id"]
    if source_id.lower() == target_id.lower():
        raise Refused(400, "", "from_customer_id and to_customer_id name the same customer")
    source, target = (_known(database, uuid)["seq"] for uuid in (source_id, target_id))
    database.run(
        "UPDATE invoices SET customer = ?"
        " WHERE booking IN (SELECT seq FROM bookings WHERE customer = ?)",
        target,
        source,
    )
    sql = "UPDATE bookings SET customer = ?, updated_at = ? WHERE customer = ?"
    database.run(sql, target, call.now, source)
    return _DONE


def _found(call: Call) -> Row:
    return _known(call.database, call.path_id)


def _known(database: Database, uuid: str) -> Row:
    row = customers.by_uuid(database, uuid)
    if row is None:
        raise Refused(404, "", f"no customer has the id {uuid}")
    return row


def _hold_to_path(call: Call, text: str) -> None:
    if call.body["id"].lower() != call.path_id.lower():
        raise Refused(400, "", text)


def _birthday(body: Mapping[str, Any]) -> str | None:
    """The day as it is written, whatever hour and offset stand beside it."""
    day = (body.get("birthday") or "")[:10] or None
    if day is not None and day < "0001":
        raise Refused(400, "", "birthday lies before the year 1")
    return day


HANDLERS: Mapping[str, Handler] = {
    "listMerchantCustomers": _list,
    "createMerchantCustomer": _create,
    "listBlacklistedCustomers": _list_blacklisted,
    "transferBookings": _transfer,
    "listCalendarCustomers": _list_for_calendar,
    "getMerchantCustomerStats": _statistics,
    "blacklistMerchantCustomer": _blacklist,
    "unblacklistMerchantCustomer": _unblacklist,
    "getMerchantCustomer": _get,
    "updateMerchantCustomer": _update,
    "deleteMerchantCustomer": _delete,
}
