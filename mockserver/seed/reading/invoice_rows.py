"""One invoice written out in full, alone or with its booking."""

from __future__ import annotations

from datetime import timedelta

from mockserver.domain import services
from mockserver.domain.pricing import quote
from mockserver.domain.records import Booking, Invoice, InvoiceStatus, LineItem, PaymentMethod
from mockserver.seed.reading.customer_rows import CUSTOMER_ID, updated_at
from mockserver.seed.reading.entry import Entry
from mockserver.seed.reading.register import Register

INVOICE_ID = "inv_[0-9A-Z]{1,58}"
NUMBER = "[A-Z0-9]+-[0-9]{4}-[0-9]{5,}"

_STATUSES: tuple[InvoiceStatus, ...] = ("draft", "pending", "paid", "overdue", "void")


def invoice_row(entry: Entry, register: Register) -> Invoice:
    """A member of ``rows.invoices``; one that names a booking takes from it what is left out."""
    booking_id = entry.text("booking")
    booking = register.booking(entry, booking_id) if booking_id else None
    customer_id = entry.text("customer", pattern=CUSTOMER_ID) or (booking and booking.customer_id)
    customer = register.customer(entry, customer_id or "")
    return _invoice(entry, register, customer.id, booking)


def invoice_of_booking(entry: Entry, register: Register, booking: Booking) -> Invoice:
    """The member ``invoice`` of a booking row: by default paid five minutes after the service."""
    return _invoice(entry, register, booking.customer_id, booking)


def _invoice(
    entry: Entry, register: Register, customer_id: str, booking: Booking | None
) -> Invoice:
    status = entry.choice("status", _STATUSES, "paid")
    issued_at = entry.instant("issued_at") or (booking.ends_at if booking else None)
    if issued_at is None:
        raise entry.misfit("is missing: an invoice without a booking needs it", "issued_at")
    lines = _lines(entry, register, booking)
    subtotal = sum(line.total for line in lines)
    discount = entry.whole("discount", booking.pricing.discount if booking else 0, most=subtotal)
    tax = entry.whole("tax", booking.pricing.tax if booking else 0)
    total = subtotal - discount + tax
    paid = status == "paid"
    paid_at = entry.instant("paid_at") or (issued_at + timedelta(minutes=5) if paid else None)
    voided_at = entry.instant("voided_at") or (issued_at if status == "void" else None)
    latest = max(filter(None, (issued_at, paid_at, voided_at)))
    invoice = Invoice(
        id=register.claim(entry, entry.text("id", pattern=INVOICE_ID)),
        number=entry.text("number", most=40, pattern=NUMBER) or "",
        status=status,
        customer_id=customer_id,
        line_items=lines,
        subtotal=subtotal,
        discount=discount,
        tax=tax,
        total=total,
        issued_at=issued_at,
        created_at=issued_at,
        updated_at=updated_at(entry, issued_at, latest),
        amount_paid=entry.whole("amount_paid", total if paid else 0, most=total),
        booking_id=booking.id if booking else None,
        discount_description=entry.text("discount_description"),
        paid_at=paid_at,
        payment_method=_method(entry.child("payment_method")) if paid else None,
        due_date=entry.day("due_date"),
        void_reason=entry.text("void_reason", most=500, lines=True),
        voided_at=voided_at,
    )
    entry.close()
    return invoice


def _lines(entry: Entry, register: Register, booking: Booking | None) -> tuple[LineItem, ...]:
    told = tuple(_line(child) for child in entry.children("line_items"))
    if told or booking is None:
        return told
    if services.is_offered(booking.industry):
        zone = register.zone_of(booking.address.zip)
        price = quote(register.rules, booking.industry, booking.configuration, zone=zone)
        if price.pricing.subtotal == booking.pricing.subtotal:
            return price.lines
    subtotal = booking.pricing.subtotal
    return (LineItem(booking.service_name, 1, subtotal, subtotal),)


def _line(entry: Entry) -> LineItem:
    quantity = entry.whole("quantity", 1, least=1, most=1000)
    unit_price = entry.required_whole("unit_price")
    description = entry.required_text("description")
    entry.close()
    return LineItem(description, quantity, unit_price, quantity * unit_price)


def _method(entry: Entry) -> PaymentMethod:
    method = PaymentMethod(
        entry.choice("type", ("card",), "card"),
        entry.text("brand", most=30) or "visa",
        entry.text("last4", pattern="[0-9]{4}") or "4242",
    )
    entry.close()
    return method
