"""Mistakes in lists: bounds, zones, words, letters, and what is filtered when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from contract_tests.mutants.faults.lists import paged, whole
from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.domain.records import Booking, Customer, Invoice
from mockserver.domain.tables import searched
from mockserver.domain.world import World
from mockserver.store import Page

_OFFSET = re.compile(r"[+-]\d\d:\d\d$")
_ASCII = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def one_page_at_least(body: dict[str, Any]) -> dict[str, Any]:
    """`max(1, …)`."""
    pages = max(body["pagination"]["total_pages"], 1)
    return {**body, "pagination": {**body["pagination"], "total_pages": pages}}


def from_exclusive(original: Verb) -> Verb:
    """`>` instead of `>=`."""

    def search(world: World, wanted: Any) -> Page[Booking]:
        every = whole(original, world, wanted)
        return paged((b for b in every if b.scheduled_at != wanted.date_from), wanted)

    return search


def offset_dropped(original: Verb) -> Verb:
    """The clock time of a bound is taken, and its offset forgotten."""

    def read_bound(text: str, field: str, **more: Any) -> datetime:
        bound: datetime = original(_OFFSET.sub("Z", text) if "T" in text else text, field, **more)
        return bound

    return read_bound


def any_word(original: Verb) -> Verb:
    """The words of a search are looked for one by one, and one of them will do."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        words = (wanted.search or "").split()
        if len(words) < 2:
            page: Page[Customer] = original(world, wanted)
            return page
        found = {row.id for word in words for row in whole(original, world, wanted, search=word)}
        every = whole(original, world, wanted, search=None)
        return paged((row for row in every if row.id in found), wanted)

    return search


def ascii_case(original: Verb) -> Verb:
    """`LIKE` of a small database: only A to Z have two cases."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        if not wanted.search or wanted.search.isascii():
            page: Page[Customer] = original(world, wanted)
            return page
        needle = wanted.search.translate(_ASCII)
        every = whole(original, world, wanted)
        return paged((row for row in every if needle in searched(row).translate(_ASCII)), wanted)

    return search


def number_as_written(original: Verb) -> Verb:
    """Phones are compared as they were written."""

    def search(world: World, **criteria: Any) -> tuple[Customer, ...]:
        found: tuple[Customer, ...] = original(world, **criteria)
        number = criteria.get("phone")
        if not number or len(criteria) > 1:
            return found
        return tuple(row for row in found if number in (row.phone or ""))

    return search


def filtered_after_paging(original: Verb) -> Verb:
    """The page is cut first, then the rows without a subscription are taken out of it."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        page: Page[Customer] = original(world, wanted)
        asked = wanted.has_subscription
        if asked is None:
            return page
        cut = original(world, replace(wanted, has_subscription=None)).rows
        kept = tuple(row for row in cut if row.has_active_subscription is asked)
        return replace(page, rows=kept)

    return search


def zone_or_days(original: Verb) -> Verb:
    """The query by days is another one, which does not know zones."""

    def search(world: World, wanted: Any) -> Page[Booking]:
        dated = wanted.date_from is not None or wanted.date_to is not None
        zone_id = None if dated else wanted.zone_id
        page: Page[Booking] = original(world, replace(wanted, zone_id=zone_id))
        return page

    return search


def without_the_blacklisted(original: Verb) -> Verb:
    """Who cannot be booked is left out."""

    def calendar(world: World) -> Any:
        return tuple(row for row in original(world) if not row.customer.is_blacklisted)

    return calendar


def dated_by_due_date(original: Verb) -> Verb:
    """The bounds are held against the wrong date."""

    def search(world: World, wanted: Any) -> Page[Invoice]:
        bounds = (wanted.date_from, wanted.date_to)
        if bounds == (None, None):
            page: Page[Invoice] = original(world, wanted)
            return page
        original(world, wanted)
        every = whole(original, world, wanted, date_from=None, date_to=None)
        return paged((row for row in every if _is_due_within(row, *bounds)), wanted)

    return search


def _is_due_within(invoice: Invoice, low: datetime | None, high: datetime | None) -> bool:
    if invoice.due_date is None:
        return False
    at = datetime.combine(invoice.due_date, time(), UTC)
    return (low is None or at >= low) and (high is None or at <= high)


def changed_rows_last() -> tuple[Patch, ...]:
    """A list without an order of its own: a row that is written again moves to the end."""
    moved: Memory[dict[str, int]] = Memory(dict)

    def amending(original: Verb) -> Verb:
        def amend(world: World, uuid: str, **given: Any) -> Customer:
            changed: Customer = original(world, uuid, **given)
            order = moved.of(world)
            order.pop(changed.id, None)
            order[changed.id] = max(order.values(), default=0) + 1
            return changed

        return amend

    def listing(original: Verb) -> Verb:
        def everyone(world: World) -> Any:
            order = moved.of(world)
            return tuple(sorted(original(world), key=lambda row: order.get(row.customer.id, 0)))

        return everyone

    return (
        Patch("mockserver.domain.merchant:amend", amending),
        Patch("mockserver.domain.merchant:everyone", listing),
    )
