"""Handlers of the tag ``invoices``: the Otesse Invoices API (ot/invoices)."""

from __future__ import annotations

from mockserver.api.filters import invoice_filter
from mockserver.api.instants import read_day
from mockserver.api.shapes.invoices import invoice_body
from mockserver.api.shapes.pages import page_body
from mockserver.contract import Arguments, Derived, Listed, Reply
from mockserver.domain import customers, invoices
from mockserver.domain.invoices import NewLine
from mockserver.domain.records import Invoice
from mockserver.domain.world import World
from mockserver.store import Page


def list_invoices(world: World, call: Arguments) -> Reply:
    """One page of the invoices that meet the filters (domain A.4.7)."""
    wanted = invoice_filter(call)
    versions = (world.invoices.version, world.customers.version)

    def page() -> Listed:
        return invoices_page(world, invoices.search(world, wanted))

    return Reply(200, Derived(list_invoices, versions, (wanted,), page))


def create_invoice(world: World, call: Arguments) -> Reply:
    """Issue an invoice by hand; ``tax_rate`` is in percent (ot/invoices)."""
    members = {**call.body}
    members["line_items"] = [NewLine(**line) for line in members["line_items"]]
    members["tax_percent"] = members.pop("tax_rate", None)
    if "due_date" in members:
        members["due_date"] = read_day(members["due_date"], "due_date")
    invoice = invoices.issue(world, **members)
    return Reply(201, _full(world, invoice), {"Location": f"/v1/invoices/{invoice.id}"})


def get_invoice(world: World, call: Arguments) -> Reply:
    """One invoice (ot/invoices)."""
    return Reply(200, _full(world, invoices.get(world, call.path["id"])))


def void_invoice(world: World, call: Arguments) -> Reply:
    """Void an unpaid invoice; the body may be absent (ot/invoices)."""
    return Reply(200, _full(world, invoices.void(world, call.path["id"], **(call.body or {}))))


def invoices_page(world: World, found: Page[Invoice]) -> Listed:
    """A page of invoices, each with the customer it is addressed to."""
    return page_body(found, lambda invoice: _full(world, invoice))


def _full(world: World, invoice: Invoice) -> Derived:
    return Derived(invoice_body, (invoice, customers.get(world, invoice.customer_id)))
