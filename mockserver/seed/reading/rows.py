"""Rows written out in full: the section ``rows``."""

from __future__ import annotations

from mockserver.domain.records import Mail, MailKind, Staff, Zone
from mockserver.domain.rules import Rules
from mockserver.seed.reading.booking_rows import booking_rows
from mockserver.seed.reading.customer_rows import CUSTOMER_ID, customer_row
from mockserver.seed.reading.entry import Entry
from mockserver.seed.reading.invoice_rows import invoice_row
from mockserver.seed.reading.register import Register
from mockserver.seed.scenario import Rows

_MAIL_KINDS: tuple[MailKind, ...] = ("invitation", "cancellation_notice", "invoice")


def rows(entry: Entry, rules: Rules, zones: tuple[Zone, ...], staff: tuple[Staff, ...]) -> Rows:
    """The section ``rows``; what a row refers to must be a row before it or of the company."""
    register = Register(rules, zones, tuple(member.id for member in staff))
    customers = tuple(customer_row(child, register) for child in entry.children("customers"))
    bookings = tuple(
        row for child in entry.children("bookings") for row in booking_rows(child, register)
    )
    found = Rows(
        customers=customers,
        bookings=bookings,
        invoices=tuple(invoice_row(child, register) for child in entry.children("invoices")),
        outbox=tuple(_mail(child, register) for child in entry.children("outbox")),
    )
    entry.close()
    _refuse_number_twice(entry, found)
    return found


def _mail(entry: Entry, register: Register) -> Mail:
    customer = register.customer(entry, entry.required_text("customer", pattern=CUSTOMER_ID))
    mail = Mail(
        id=entry.text("id", pattern="mail_[0-9A-Z]{1,50}") or "",
        kind=entry.choice("kind", _MAIL_KINDS),
        to=entry.required_text("to", most=320),
        subject=entry.required_text("subject"),
        text=entry.text("text", most=2000, lines=True) or "",
        customer_id=customer.id,
        at=entry.required_instant("at"),
    )
    entry.close()
    return mail


def _refuse_number_twice(entry: Entry, found: Rows) -> None:
    nested = [row.invoice for row in found.bookings if row.invoice]
    seen: set[str] = set()
    for invoice in (*nested, *found.invoices):
        if invoice.number and invoice.number in seen:
            raise entry.misfit(f"give the number {invoice.number!r} to two invoices", "invoices")
        seen.add(invoice.number)
