"""Invoices (ot/invoices, ot/inv-flow): issued by hand or by a completed booking, paid, voided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from mockserver.domain import outbox
from mockserver.domain.billing import bill
from mockserver.domain.customers import refuse_unknown
from mockserver.domain.invoice_search import (
    InvoiceFilter,
    get,
    of_booking,
    of_customer,
    search,
)
from mockserver.domain.pricing import priced
from mockserver.domain.records import (
    Booking,
    Identity,
    Invoice,
    LineItem,
    PaymentMethod,
    Pricing,
)
from mockserver.domain.world import World
from mockserver.errors import Conflict, RuleBroken
from mockserver.frozen import quick, replace

__all__ = [
    "InvoiceFilter",
    "NewLine",
    "get",
    "issue",
    "issue_for_booking",
    "mark_overdue",
    "of_booking",
    "of_customer",
    "pay",
    "search",
    "void",
]

CARD = PaymentMethod("card", "visa", "4242")
"""The card every charge goes to (ot/invoices sample)."""

_LAST_DUE_DATE = date(9998, 12, 31)
_UNPAID = ("draft", "pending", "overdue")


@quick
@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as a caller gives it: ``unit_price`` in cents."""

    description: str
    quantity: int
    unit_price: int


def issue(
    world: World,
    *,
    customer_id: str,
    line_items: Sequence[NewLine],
    tax_percent: Decimal | float | None = None,
    due_date: date | None = None,
    send_email: bool = False,
    auto_charge: bool = False,
    identity: Identity | None = None,
) -> Invoice:
    """Issue a pending invoice by hand (ot/invoices); with ``auto_charge`` it is paid at once.

    ``tax_percent`` (8.5 is 8.5 %) is the rules' rate unless given, and a due date missing is the
    rules' number of days after today. ``send_email`` puts it into the outbox. Raises
    ``RuleBroken`` for an unknown customer or a due date after the year 9998.
    """
    customer = refuse_unknown(world, customer_id)
    _refuse_due_date(due_date)
    lines = tuple(
        LineItem(line.description, line.quantity, line.unit_price, line.quantity * line.unit_price)
        for line in line_items
    )
    rate = world.rules.tax_rate if tax_percent is None else Decimal(str(tax_percent)) / 100
    pricing = priced(sum(line.total for line in lines), 0, rate)
    made = _made(world, customer_id, lines, pricing, world.now(), due_date, identity)
    invoice = _paid(made, world.now()) if auto_charge else made
    world.invoices.put(invoice)
    if send_email:
        outbox.send_invoice(world, customer, invoice)
    return invoice


def issue_for_booking(
    world: World,
    booking: Booking,
    *,
    at: datetime | None = None,
    identity: Identity | None = None,
) -> Invoice:
    """Issue the pending invoice of a completed booking, now or at ``at`` (ot/inv-flow).

    It repeats the booking's price; its lines are the service and its extras when they add up to
    the booked subtotal, else the service alone.
    """
    issued, billed = at or world.now(), bill(world, booking)
    made = _made(world, booking.customer_id, billed.lines, booking.pricing, issued, None, identity)
    invoice = replace(made, booking_id=booking.id, discount_description=billed.discount_description)
    world.invoices.put(invoice)
    return invoice


def pay(
    world: World,
    invoice_id: str,
    *,
    at: datetime | None = None,
    method: PaymentMethod = CARD,
) -> Invoice:
    """Pay an invoice in full, now or at ``at``.

    Raises ``NotFound``, or ``Conflict`` ``invalid_state`` when it is paid or void.
    """
    invoice = get(world, invoice_id)
    if invoice.status not in _UNPAID:
        raise Conflict(
            "invalid_state", f"Invoice {invoice_id!r} is {invoice.status} and cannot be paid."
        )
    paid = _paid(invoice, at or world.now(), method)
    world.invoices.put(paid)
    return paid


def void(world: World, invoice_id: str, *, reason: str | None = None) -> Invoice:
    """Void an unpaid invoice, which keeps its number (ot/invoices, ot/inv-flow).

    Raises ``NotFound``, or ``Conflict`` ``invoice_not_voidable`` when it is paid or void.
    """
    invoice = get(world, invoice_id)
    if invoice.status == "void":
        raise Conflict("invoice_not_voidable", f"Invoice {invoice_id!r} has been voided already.")
    if invoice.status == "paid":
        raise Conflict(
            "invoice_not_voidable", f"Invoice {invoice_id!r} is paid and cannot be voided."
        )
    now = world.now()
    voided = replace(invoice, status="void", void_reason=reason, voided_at=now, updated_at=now)
    world.invoices.put(voided)
    return voided


def mark_overdue(world: World, invoice_id: str, *, at: datetime | None = None) -> Invoice:
    """A pending invoice has passed its due date, now or at ``at``; any other status stays."""
    invoice = get(world, invoice_id)
    if invoice.status != "pending":
        return invoice
    overdue = replace(invoice, status="overdue", updated_at=at or world.now())
    world.invoices.put(overdue)
    return overdue


def _made(
    world: World,
    customer_id: str,
    lines: tuple[LineItem, ...],
    pricing: Pricing,
    at: datetime,
    due_date: date | None,
    identity: Identity | None,
) -> Invoice:
    wanted = identity or Identity()
    return Invoice(
        id=world.claim(world.invoices.__contains__, "inv", 10, wanted.id),
        number=_number(world, at, wanted.number),
        status="pending",
        customer_id=customer_id,
        line_items=lines,
        subtotal=pricing.subtotal,
        discount=pricing.discount,
        tax=pricing.tax,
        total=pricing.total,
        issued_at=at,
        due_date=due_date or at.date() + timedelta(days=world.rules.payment_due_days),
        created_at=at,
        updated_at=at,
    )


def _number(world: World, at: datetime, wanted: str | None) -> str:
    """The next running number, which never starts over (ot/inv-flow), under the year of issue."""
    number = wanted or _next_number(world, at)
    while world.invoices.find("number", number) is not None:
        if wanted is not None:
            message = f"Invoice number {wanted!r} is given out: choose another."
            raise Conflict("resource_already_exists", message, "number")
        number = _next_number(world, at)
    return number


def _next_number(world: World, at: datetime) -> str:
    world.invoices_numbered += 1
    return f"{world.rules.invoice_prefix}-{at.year:04}-{world.invoices_numbered:05}"


def _paid(invoice: Invoice, at: datetime, method: PaymentMethod = CARD) -> Invoice:
    return replace(
        invoice,
        status="paid",
        amount_paid=invoice.total,
        paid_at=at,
        payment_method=method,
        updated_at=at,
    )


def _refuse_due_date(due_date: date | None) -> None:
    if due_date is not None and due_date > _LAST_DUE_DATE:
        raise RuleBroken(
            "invalid_value",
            f"{due_date.isoformat()} is too late: choose a due date before the year 9999.",
            "due_date",
        )
