"""Finding invoices by what the Otesse Invoices API can filter on (ot/invoices; domain A.4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mockserver.domain.booking_search import refuse_backwards
from mockserver.domain.customers import get as get_customer
from mockserver.domain.records import Invoice, InvoiceStatus
from mockserver.domain.world import World
from mockserver.errors import BadRequest, NotFound
from mockserver.frozen import quick, replace
from mockserver.store import Page, Query


@quick
@dataclass(frozen=True, slots=True)
class InvoiceFilter:
    """Conditions that must all hold; ``None`` asks nothing. Pages count from 1.

    The dates bound ``issued_at``, the amounts ``total`` in cents; all ends inclusive.
    """

    status: InvoiceStatus | None = None
    customer_id: str | None = None
    date_from: datetime | None = None
    date_to: datetime | None = None
    min_amount: int | None = None
    max_amount: int | None = None
    page: int = 1
    per_page: int | None = 25


def get(world: World, invoice_id: str) -> Invoice:
    """The invoice with an id ``inv_…``, else ``NotFound`` ``invoice_not_found``."""
    invoice = world.invoices.get(invoice_id)
    if invoice is None:
        raise NotFound("invoice_not_found", f"There is no invoice {invoice_id!r}.")
    return invoice


def search(world: World, wanted: InvoiceFilter) -> Page[Invoice]:
    """The invoices that meet a filter, newest issued first (S1), ties by id.

    Raises ``BadRequest`` on ``date_from`` when it lies after ``date_to``, and on ``min_amount``
    when it is above ``max_amount``.
    """
    refuse_backwards(wanted.date_from, wanted.date_to)
    _refuse_reversed_amounts(wanted.min_amount, wanted.max_amount)
    asked = {"status": wanted.status, "customer_id": wanted.customer_id}
    bounds: dict[str, tuple[Any, Any]] = {
        "issued_at": (wanted.date_from, wanted.date_to),
        "total": (wanted.min_amount, wanted.max_amount),
    }
    return world.invoices.select(
        Query(
            equals={name: value for name, value in asked.items() if value is not None},
            between={name: ends for name, ends in bounds.items() if ends != (None, None)},
            page=wanted.page,
            per_page=wanted.per_page,
        )
    )


def of_customer(world: World, customer_id: str, wanted: InvoiceFilter) -> Page[Invoice]:
    """A customer's invoices that meet a filter (S1; domain A.4.7), else ``NotFound``."""
    get_customer(world, customer_id)
    return search(world, replace(wanted, customer_id=customer_id))


def of_booking(world: World, booking_id: str) -> tuple[Invoice, ...]:
    """The invoices that refer to a booking, in the order they were issued."""
    return world.invoices.rows("booking_id", booking_id)


def _refuse_reversed_amounts(least: int | None, most: int | None) -> None:
    if least is not None and most is not None and least > most:
        raise BadRequest(
            "invalid_parameter",
            f"'min_amount' {least} is above 'max_amount' {most}: exchange them.",
            "min_amount",
        )
