"""Family D: customers as the leads platform writes and finds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contract_tests.mutants.ports.python_port import customers
from contract_tests.mutants.ports.python_port.calls import Call, Handler
from contract_tests.mutants.ports.python_port.database import Database, Row, digits
from contract_tests.mutants.ports.python_port.leads_rules import broken_rules, refuse
from contract_tests.mutants.ports.python_port.refusing import Problem, Reply

_WRITABLE = {"firstName": "first_name", "lastName": "last_name", "companyName": "company",
             "email": "email", "phoneNumber": "phone"}  # fmt: skip
_OPT_INS = {"marketingEmailOptIn": "email_ads", "marketingSmsOptIn": "sms_ads"}
_PLACE = {"address1": "street", "address2": "unit", "city": "city", "state": "state", "zip": "zip"}
_NOBODY = Reply(204)


def _view(database: Database, customer: Row) -> dict[str, Any]:
    home = customers.default_address(database, customer["seq"])
    place = {theirs: home[ours] if home else None for theirs, ours in _PLACE.items()}
    methods = customers.choices_of(database, customer["seq"])
    shown = filter(None, (customers.name_of(customer), customer["company"]))
    return {
        "id": customer["uuid"],
        "firstName": customer["first_name"],
        "lastName": customer["last_name"],
        "companyName": customer["company"],
        "displayName": " - ".join(shown),
        **place,
        **{f"billing{name[0].upper()}{name[1:]}": value for name, value in place.items()},
        "primaryPhone": customer["phone"],
        "primaryEmail": customer["email"],
        **{f"contactOn{name.capitalize()}": name in methods for name in ("email", "phone", "sms")},
        **{theirs: bool(customer[ours]) for theirs, ours in _OPT_INS.items()},
        "createdAt": customer["created_at"],
        "updatedAt": customer["updated_at"],
    }


def _create(call: Call) -> Reply:
    database, changes = call.database, _changes(call.body)
    seq = customers.add(database, call.now, changes)
    _write_more(database, seq, call.body)
    made = customers.row_of(database, seq)
    body = {"customerId": made["uuid"], "createdAt": made["created_at"]}
    return Reply(201, {"data": body})


def _update(call: Call) -> Reply:
    database, body = call.database, call.body
    uuid = call.values.get("customerId")
    customer = customers.by_uuid(database, uuid) if uuid else None
    problems = [*call.problems, *(_problems_besides(call, uuid, customer) if uuid else ())]
    refuse(problems)
    assert customer is not None
    changes = _changes(body)
    if set(body) - {"customerId"}:
        database.update("customers", customer["seq"], {**changes, "updated_at": call.now})
        _write_more(database, customer["seq"], body)
    changed = customers.row_of(database, customer["seq"])
    told = {"customerId": changed["uuid"], "updatedAt": changed["updated_at"]}
    return Reply(200, {"data": told})


def _problems_besides(call: Call, uuid: str, customer: Row | None) -> list[Problem]:
    """What an update cannot be done for, apart from what is wrong with the request itself."""
    if customer is None:
        return [Problem("customerId", "NOT_FOUND", f"Nobody has the id {uuid}.")]
    if not isinstance(call.body, dict):
        return []
    wrong = {each.field.split(".")[0] for each in call.problems if each.code != "REQUIRED"}
    right = {name: value for name, value in call.body.items() if name not in wrong}
    problems = broken_rules({**dict(customer), **_changes(right)}, wrong)
    if right.get("customerId", uuid).lower() != uuid.lower():
        told = "The path names somebody else."
        problems.append(Problem("customerId", "INVALID_VALUE", told))
    return problems


def _changes(body: Mapping[str, Any]) -> dict[str, Any]:
    """The members of the record itself that are written."""
    changes = {ours: body[theirs] for theirs, ours in _WRITABLE.items() if theirs in body}
    opted = {ours: bool(body[theirs]) for theirs, ours in _OPT_INS.items() if theirs in body}
    return changes | opted


def _write_more(database: Database, seq: int, body: Mapping[str, Any]) -> None:
    """Contact methods and the default address, which have tables of their own."""
    if "preferredContactMethods" in body:
        methods = body["preferredContactMethods"] or []
        customers.choose(database, seq, [method.lower() for method in methods])
    parts = {ours: body[theirs] for theirs, ours in _PLACE.items() if theirs in body}
    home = customers.default_address(database, seq)
    if home is None and any(part is not None for part in parts.values()):
        customers.add_address(database, seq, parts)
    elif home is not None and parts:
        database.update("addresses", home["seq"], parts)


def _search(call: Call) -> Reply:
    tests: list[str] = []
    values: list[str] = []
    for name, column in (("email", "email"), ("firstName", "first_name")):
        if call.values.get(name):
            tests.append(f"instr(fold({column}), ?)")
            values.append(call.values[name].casefold())
    if number := digits(call.values.get("phone")):
        tests.append("instr(digits(phone), ?)")
        values.append(number)
    return _found(call, " OR ".join(tests) or "FALSE", values)


def _find_by_address(call: Call) -> Reply:
    given = {name: call.values[name] for name in _PLACE if call.values.get(name)}
    if not given:
        text = "Name a part of the address that is looked for."
        refuse([Problem("address1", "REQUIRED", text)])
    tests = [
        f"instr(fold(a.{_PLACE[name]}), ?)" if name == "address1" else f"fold(a.{_PLACE[name]}) = ?"
        for name in given
    ]
    lives_there = (
        "EXISTS (SELECT 1 FROM addresses a WHERE a.customer = customers.seq AND a.is_default AND "
        + " AND ".join(tests)
        + ")"
    )
    return _found(call, lives_there, [value.casefold() for value in given.values()])


def _found(call: Call, condition: str, values: list[str]) -> Reply:
    sql = f"SELECT * FROM customers WHERE {condition} ORDER BY seq"
    rows = call.database.rows(sql, *values)
    if not rows:
        return _NOBODY
    return Reply(200, {"customers": [_view(call.database, row) for row in rows]})


def _get(call: Call) -> Reply:
    customer = customers.by_uuid(call.database, call.values["customerId"])
    return Reply(200, {"data": _view(call.database, customer)}) if customer else _NOBODY


HANDLERS: Mapping[str, Handler] = {
    "createLeadsCustomer": _create,
    "searchLeadsCustomers": _search,
    "findLeadsCustomersByAddress": _find_by_address,
    "getLeadsCustomer": _get,
    "updateLeadsCustomer": _update,
}
