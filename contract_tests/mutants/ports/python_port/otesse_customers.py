"""Family A: customers and their addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from contract_tests.mutants.ports.python_port import customers
from contract_tests.mutants.ports.python_port.calls import Call, Handler
from contract_tests.mutants.ports.python_port.conditions import hold_to_version, tag_of
from contract_tests.mutants.ports.python_port.database import Database, Row, digits
from contract_tests.mutants.ports.python_port.moments import read_bound
from contract_tests.mutants.ports.python_port.paging import Filters
from contract_tests.mutants.ports.python_port.refusing import Refused, Reply

_MOST_ADDRESSES = 1000
_NUMBER = re.compile(r"[0-9 +().-]*")
_WHOLE_NAME = "first_name || ' ' || last_name"
_HAS_SUBSCRIPTION = (
    "EXISTS (SELECT 1 FROM subscriptions s WHERE s.customer = customers.seq AND s.status='active')"
)


def found(call: Call) -> Row:
    """The customer the path names."""
    row = customers.by_id(call.database, call.path_id)
    if row is None:
        text = f"'{call.path_id}' is not the id of any customer."
        raise Refused(404, "customer_not_found", text)
    return row


def view(database: Database, customer: Row) -> dict[str, Any]:
    """The full record."""
    seq = customer["seq"]
    methods = customers.choices_of(database, seq)
    return {
        **summary(database, customer),
        "addresses": [address_view(row) for row in customers.addresses_of(database, seq)],
        "preferences": {
            "marketing_opt_in": bool(customer["email_ads"]),
            "preferred_contact": methods[0] if methods else "email",
        },
        "subscription": _subscription(database, seq),
        "updated_at": customer["updated_at"],
    }


def summary(database: Database, customer: Row) -> dict[str, Any]:
    """The record as listed."""
    rows = [address_view(row) for row in customers.addresses_of(database, customer["seq"])]
    for address in rows:
        del address["access_notes"]
    names = ("id", "first_name", "last_name", "email", "phone", "status", "created_at")
    return {
        **{name: customer[name] for name in names},
        "addresses": rows,
        "stats": _statistics(database, customer["seq"]),
    }


def address_view(address: Row) -> dict[str, Any]:
    """An address with its access notes."""
    names = ("id", "label", "city", "state", "zip", "access_notes")
    return {
        **{name: address[name] for name in names},
        "street": customers.street_of(address),
        "is_default": bool(address["is_default"]),
    }


def _statistics(database: Database, seq: int) -> dict[str, Any]:
    counted = database.row(
        "SELECT sum(status <> 'cancelled') AS booked,"
        " max(CASE WHEN status = 'completed' THEN scheduled_at END) AS latest"
        " FROM bookings WHERE customer = ?",
        seq,
    )
    assert counted is not None
    spent = database.value("SELECT sum(paid) FROM invoices WHERE customer = ?", seq)
    subscription = _subscription(database, seq)
    return {
        "total_bookings": counted["booked"] or 0,
        "total_spent": spent or 0,
        "last_booking_at": counted["latest"],
        "active_subscription": bool(subscription and subscription["status"] == "active"),
    }


def _subscription(database: Database, seq: int) -> dict[str, Any] | None:
    row = database.row("SELECT * FROM subscriptions WHERE customer = ?", seq)
    names = ("id", "status", "frequency", "started_at")
    return {name: row[name] for name in names} if row else None


def _list(call: Call) -> Reply:
    filters, values = Filters(), call.values
    _add_search(filters, values.get("search", ""))
    filters.add_given(values, status="status = ?", zone_id=_lives_in_zone())
    if "created_after" in values:
        filters.add("created_at > ?", read_bound(values["created_after"]))
    if "has_subscription" in values:
        filters.add(_HAS_SUBSCRIPTION if values["has_subscription"] else f"NOT {_HAS_SUBSCRIPTION}")
    return filters.page(
        call.database,
        "customers",
        "created_at DESC, id",
        values,
        lambda row: summary(call.database, row),
    )


def _lives_in_zone() -> str:
    return (
        "EXISTS (SELECT 1 FROM addresses a JOIN zone_codes z ON z.code = substr(a.zip, 1, 5)"
        " WHERE a.customer = customers.seq AND z.zone = ?)"
    )


def _add_search(filters: Filters, term: str) -> None:
    """A part of a name, the whole name, the e-mail or the phone, whatever the case."""
    if not term:
        return
    members = ("first_name", "last_name", _WHOLE_NAME, "email", "phone")
    tests = [f"instr(fold({member}), ?)" for member in members]
    values = [term.casefold()] * len(tests)
    if digits(term) and _NUMBER.fullmatch(term):
        tests.append("instr(digits(phone), ?)")
        values.append(digits(term))
    filters.add("(" + " OR ".join(tests) + ")", *values)


def _create(call: Call) -> Reply:
    body, database = call.body, call.database
    _hold_email_unique(call, body["email"], None)
    wanted = body.get("preferences", {})
    members = {name: body.get(name) for name in ("first_name", "last_name", "email", "phone")}
    members["email_ads"] = wanted.get("marketing_opt_in", False)
    seq = customers.add(database, call.now, members)
    customers.choose(database, seq, [wanted.get("preferred_contact", "email")])
    if "address" in body:
        customers.add_address(database, seq, body["address"])
    customers.send(database, "invitation", body["email"], call.now)
    made = view(database, customers.row_of(database, seq))
    return Reply(201, made, {"Location": f"/v1/customers/{made['id']}"})


def _get(call: Call) -> Reply:
    body = view(call.database, found(call))
    return Reply(200, body, {"ETag": tag_of(body)})


def _update(call: Call) -> Reply:
    customer, body, database = found(call), call.body, call.database
    seq = customer["seq"]
    hold_to_version(call.values.get("If-Match"), view(database, customer))
    if "email" in body:
        _hold_email_unique(call, body["email"], seq)
    wanted = body.get("preferences", {})
    changes = {name: value for name, value in body.items() if name != "preferences"}
    if "marketing_opt_in" in wanted:
        changes["email_ads"] = wanted["marketing_opt_in"]
    if "preferred_contact" in wanted:
        first = wanted["preferred_contact"]
        customers.choose(database, seq, [first, *customers.choices_of(database, seq)])
    if changes or wanted:
        database.update("customers", seq, {**changes, "updated_at": call.now})
    changed = view(database, customers.row_of(database, seq))
    return Reply(200, changed, {"ETag": tag_of(changed)})


def _add_address(call: Call) -> Reply:
    customer, database = found(call), call.database
    if len(customers.addresses_of(database, customer["seq"])) >= _MOST_ADDRESSES:
        text = f"No customer has more than {_MOST_ADDRESSES} addresses."
        raise Refused(409, "address_limit_reached", text)
    added = customers.add_address(database, customer["seq"], call.body)
    database.update("customers", customer["seq"], {"updated_at": call.now})
    return Reply(201, address_view(added))


def _hold_email_unique(call: Call, email: str, owner: int | None) -> None:
    sql = "SELECT 1 FROM customers WHERE fold(email) = ? AND seq IS NOT ?"
    if call.database.row(sql, email.casefold(), owner):
        text = f"Somebody else is registered with {email}."
        raise Refused(409, "resource_already_exists", text, "email")


HANDLERS: Mapping[str, Handler] = {
    "listCustomers": _list,
    "createCustomer": _create,
    "getCustomer": _get,
    "updateCustomer": _update,
    "addCustomerAddress": _add_address,
}
