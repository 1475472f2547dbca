"""Family A: invoices."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from contract_tests.mutants.ports.python_port import customers, invoicing, otesse_customers
from contract_tests.mutants.ports.python_port.calls import Call, Handler
from contract_tests.mutants.ports.python_port.conditions import tag_of
from contract_tests.mutants.ports.python_port.database import Database, Row
from contract_tests.mutants.ports.python_port.paging import Filters, reversed_range
from contract_tests.mutants.ports.python_port.pricing import amounts
from contract_tests.mutants.ports.python_port.refusing import Refused, Reply

_USUAL_TAX_PERCENT = 8.5
_CUSTOMER = "(SELECT id FROM customers WHERE customers.seq = invoices.customer)"


def view(database: Database, invoice: Row) -> dict[str, Any]:
    """An invoice with its lines and payment."""
    customer = customers.row_of(database, invoice["customer"])
    names = ("id", "number", "status", "subtotal", "discount", "tax", "total", "issued_at",
             "due_date", "paid_at")  # fmt: skip
    is_void = invoice["status"] == "void"
    booking = database.value("SELECT id FROM bookings WHERE seq = ?", invoice["booking"])
    return {
        **{name: invoice[name] for name in names},
        "customer": {"id": customer["id"], "name": customers.name_of(customer)},
        "booking_id": booking,
        "line_items": _lines(database, invoice),
        "discount_description": invoice["discount_note"],
        "amount_paid": invoice["paid"],
        "balance": 0 if is_void else invoice["total"] - invoice["paid"],
        "payment_method": _payment(invoice),
    }


def _lines(database: Database, invoice: Row) -> list[dict[str, Any]]:
    sql = (
        "SELECT description, quantity, unit_price, quantity * unit_price AS total"
        " FROM invoice_lines WHERE invoice = ? ORDER BY rank"
    )
    return [dict(row) for row in database.rows(sql, invoice["seq"])]


def _payment(invoice: Row) -> dict[str, Any] | None:
    if invoice["card_brand"] is None:
        return None
    return {"type": "card", "brand": invoice["card_brand"], "last4": invoice["card_digits"]}


def _list(call: Call) -> Reply:
    return _page(call, Filters())


def _list_of_customer(call: Call) -> Reply:
    filters = Filters()
    filters.add("customer = ?", otesse_customers.found(call)["seq"])
    return _page(call, filters)


def _page(call: Call, filters: Filters) -> Reply:
    values = call.values
    if values.get("min_amount", 0) > values.get("max_amount", values.get("min_amount", 0)):
        raise reversed_range("min_amount", "max_amount")
    filters.add_given(
        values,
        status="status = ?",
        customer_id=f"{_CUSTOMER} = ?",
        min_amount="total >= ?",
        max_amount="total <= ?",
    )
    filters.add_range(values, "issued_at")
    return filters.page(
        call.database,
        "invoices",
        "issued_at DESC, id",
        values,
        lambda row: view(call.database, row),
    )


def _create(call: Call) -> Reply:
    body, database = call.body, call.database
    if body.get("due_date", "0001") < "0001":
        raise Refused(422, "invalid_value", "There was no year 0.", "due_date")
    customer = customers.by_id(database, body["customer_id"])
    if customer is None:
        text = f"'{body['customer_id']}' is not the id of any customer."
        raise Refused(422, "resource_not_found", text, "customer_id")
    names = ("description", "quantity", "unit_price")
    lines = [(line[names[0]], line[names[1]], line[names[2]]) for line in body["line_items"]]
    subtotal = sum(quantity * price for _, quantity, price in lines)
    rate = Decimal(str(body.get("tax_rate", _USUAL_TAX_PERCENT)))
    price = amounts(subtotal, 0, rate)
    more: dict[str, Any] = {"due_date": body.get("due_date")}
    if body.get("auto_charge"):
        card = {"card_brand": "visa", "card_digits": "4242"}
        more |= {"status": "paid", "paid": price["total"], "paid_at": call.now, **card}
    seq = invoicing.issue(database, customer["seq"], lines, price, call.now, more)
    if body.get("send_email"):
        customers.send(database, "invoice", customer["email"], call.now)
    made = view(database, _row(database, seq))
    return Reply(201, made, {"Location": f"/v1/invoices/{made['id']}"})


def _get(call: Call) -> Reply:
    body = view(call.database, _found(call))
    return Reply(200, body, {"ETag": tag_of(body)})


def _void(call: Call) -> Reply:
    invoice = _found(call)
    if invoice["status"] in ("paid", "void"):
        text = f"An invoice that is {invoice['status']} cannot be made void."
        raise Refused(409, "invoice_not_voidable", text)
    call.database.update("invoices", invoice["seq"], {"status": "void", "wakes_at": None})
    return Reply(200, view(call.database, _row(call.database, invoice["seq"])))


def _found(call: Call) -> Row:
    row = call.database.row("SELECT * FROM invoices WHERE id = ?", call.path_id)
    if row is None:
        text = f"'{call.path_id}' is not the id of any invoice."
        raise Refused(404, "invoice_not_found", text)
    return row


def _row(database: Database, seq: int) -> Row:
    row = database.row("SELECT * FROM invoices WHERE seq = ?", seq)
    assert row is not None
    return row


HANDLERS: Mapping[str, Handler] = {
    "listInvoices": _list,
    "listCustomerInvoices": _list_of_customer,
    "createInvoice": _create,
    "getInvoice": _get,
    "voidInvoice": _void,
}
