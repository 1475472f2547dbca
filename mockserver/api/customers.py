"""Handlers of the tag ``customers``: the Otesse Customers API (S1)."""

from __future__ import annotations

from typing import Any

from mockserver.api.bookings import bookings_page
from mockserver.api.filters import booking_filter, customer_filter, invoice_filter
from mockserver.api.invoices import invoices_page
from mockserver.api.shapes.customers import address_body, customer_body, customer_item
from mockserver.api.shapes.pages import page_body
from mockserver.contract import Arguments, Derived, Listed, Reply
from mockserver.domain import bookings, customers, invoices
from mockserver.domain.customers import CustomerFilter, NewAddress
from mockserver.domain.records import Booking, Customer, Invoice
from mockserver.domain.world import World

_Bookings = tuple[Booking, ...]
_Invoices = tuple[Invoice, ...]


def list_customers(world: World, call: Arguments) -> Reply:
    """One page of the customers that meet the filters (domain A.4.1)."""
    wanted = customer_filter(call)
    versions = (world.customers.version, world.bookings.version, world.invoices.version)
    page = Derived(list_customers, versions, (wanted,), lambda: _page(world, wanted))
    return Reply(200, page)


def _page(world: World, wanted: CustomerFilter) -> Listed:
    def item(customer: Customer) -> Derived:
        return Derived(_item, (customer, *customers.counted_rows(world, customer)))

    return page_body(customers.search(world, wanted), item)


def create_customer(world: World, call: Arguments) -> Reply:
    """Register a customer, with an address and preferences if they are given (domain A.4.2)."""
    members = {**call.body}
    preferences = members.pop("preferences", {})
    if "address" in members:
        members["address"] = NewAddress(**members["address"])
    customer = customers.register(world, **members, **preferences)
    return Reply(201, _full(world, customer), {"Location": f"/v1/customers/{customer.id}"})


def get_customer(world: World, call: Arguments) -> Reply:
    """The full record of a customer (domain A.4.3)."""
    return Reply(200, _full(world, customers.get(world, call.path["id"])))


def update_customer(world: World, call: Arguments) -> Reply:
    """Change the members that are given; preferences one by one (domain A.4.4)."""
    members = {**call.body}
    preferences = members.pop("preferences", {})
    customer = customers.amend(world, call.path["id"], **members, **preferences)
    return Reply(200, _full(world, customer))


def add_customer_address(world: World, call: Arguments) -> Reply:
    """Add an address to a customer and answer it alone (domain A.4.5)."""
    address = customers.add_address(world, call.path["id"], NewAddress(**call.body))
    return Reply(201, address_body(address))


def list_customer_bookings(world: World, call: Arguments) -> Reply:
    """One page of a customer's bookings, with the filters of the bookings list (domain A.4.6)."""
    found = bookings.of_customer(world, call.path["id"], booking_filter(call))
    return Reply(200, bookings_page(world, found))


def list_customer_invoices(world: World, call: Arguments) -> Reply:
    """One page of a customer's invoices, latest first (domain A.4.7)."""
    found = invoices.of_customer(world, call.path["id"], invoice_filter(call))
    return Reply(200, invoices_page(world, found))


def _full(world: World, customer: Customer) -> Derived:
    return Derived(_body, (customer, *customers.counted_rows(world, customer)))


def _item(customer: Customer, bookings: _Bookings, invoices: _Invoices) -> dict[str, Any]:
    return customer_item(customer, customers.counted(customer, bookings, invoices))


def _body(customer: Customer, bookings: _Bookings, invoices: _Invoices) -> dict[str, Any]:
    return customer_body(customer, customers.counted(customer, bookings, invoices))
