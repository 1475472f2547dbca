"""Invoices as the Otesse Invoices API shows them (ot/invoices; domain A.4.7)."""

from __future__ import annotations

from typing import Any

from mockserver.api.shapes.moments import when, when_known
from mockserver.domain.records import Customer, Invoice, LineItem, PaymentMethod


def invoice_body(invoice: Invoice, customer: Customer) -> dict[str, Any]:
    """An invoice, in lists and alone: the documented members and ``due_date``; cents throughout."""
    return {
        "id": invoice.id,
        "number": invoice.number,
        "status": invoice.status,
        "customer": {"id": customer.id, "name": customer.name},
        "booking_id": invoice.booking_id,
        "line_items": [_line(line) for line in invoice.line_items],
        "subtotal": invoice.subtotal,
        "discount": invoice.discount,
        "discount_description": invoice.discount_description,
        "tax": invoice.tax,
        "total": invoice.total,
        "amount_paid": invoice.amount_paid,
        "balance": invoice.balance,
        "issued_at": when(invoice.issued_at),
        "due_date": invoice.due_date.isoformat() if invoice.due_date else None,
        "paid_at": when_known(invoice.paid_at),
        "payment_method": _payment_method(invoice.payment_method),
    }


def _line(line: LineItem) -> dict[str, Any]:
    return {
        "description": line.description,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "total": line.total,
    }


def _payment_method(method: PaymentMethod | None) -> dict[str, str] | None:
    if method is None:
        return None
    return {"type": method.type, "brand": method.brand, "last4": method.last4}
