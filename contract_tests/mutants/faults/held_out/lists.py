"""Mistakes in lists: how conditions, orders and pages work together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from contract_tests.mutants.faults.lists import paged, whole
from contract_tests.mutants.mutant import Verb
from mockserver.domain.booking_search import search as search_bookings
from mockserver.domain.records import Booking, Customer, Invoice
from mockserver.domain.world import World
from mockserver.store import Page

_PACIFIC = timedelta(hours=8)
_DAY_LENGTH = len("2026-02-26")


def sorted_after_paging(original: Verb) -> Verb:
    """The rows of a page are sorted, but the page is cut from rows in the order they were made."""

    def search(world: World, wanted: Any) -> Page[Invoice]:
        page = paged(reversed(whole(original, world, wanted)), wanted)
        return replace(page, rows=page.rows[::-1])

    return search


def everyone_counted(original: Verb) -> Verb:
    """The count is made without the conditions of the list."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        page: Page[Customer] = original(world, wanted)
        everyone = original(world, type(wanted)(per_page=1)).total
        return replace(page, total=everyone)

    return search


def search_goes_alone(original: Verb) -> Verb:
    """A search by text takes a way of its own, on which the status is forgotten."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        status = None if wanted.search else wanted.status
        page: Page[Customer] = original(world, replace(wanted, status=status))
        return page

    return search


def joined_to_addresses(original: Verb) -> Verb:
    """Customers in a zone come once for each of their addresses there: a join without DISTINCT."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        if wanted.zone_id is None:
            page: Page[Customer] = original(world, wanted)
            return page
        every = whole(original, world, wanted)
        return paged(
            (row for row in every for home in row.addresses if home.zone_id == wanted.zone_id),
            wanted,
        )

    return search


def days_of_the_pacific(original: Verb) -> Verb:
    """A plain date begins at midnight where the office is."""

    def read_bound(text: str, field: str, **more: Any) -> datetime:
        bound: datetime = original(text, field, **more)
        here = len(text) == _DAY_LENGTH and 1 < bound.year < 9998
        return bound + _PACIFIC if here else bound

    return read_bound


def latest_service_first(original: Verb) -> Verb:
    """Bookings are ordered by the time of the service, not by when they were made."""

    def search(world: World, wanted: Any) -> Page[Booking]:
        every = whole(original, world, wanted)
        return paged(sorted(every, key=lambda b: (b.scheduled_at, b.id), reverse=True), wanted)

    return search


def overdue_is_pending(original: Verb) -> Verb:
    """Whoever asks for pending invoices gets every unpaid one."""

    def search(world: World, wanted: Any) -> Page[Invoice]:
        if wanted.status != "pending":
            page: Page[Invoice] = original(world, wanted)
            return page
        every = whole(original, world, wanted, status=None)
        return paged((i for i in every if i.status in ("pending", "overdue")), wanted)

    return search


def query_before_path(original: Verb) -> Verb:
    """The customer of the query takes the place of the one in the path."""

    def of_customer(world: World, customer_id: str, wanted: Any) -> Page[Booking]:
        page: Page[Booking] = original(world, customer_id, replace(wanted, customer_id=None))
        return page if wanted.customer_id is None else search_bookings(world, wanted)

    return of_customer
