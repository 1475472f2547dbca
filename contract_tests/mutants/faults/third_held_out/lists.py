"""Mistakes in lists: another size, ties, days for instants, one of many, parts for wholes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from contract_tests.mutants.faults.lists import paged, whole
from contract_tests.mutants.mutant import Verb
from mockserver.domain.records import Address, Booking, Customer, Invoice
from mockserver.domain.world import World
from mockserver.store import Page

_USUAL_SIZE = 25


def pages_of_the_usual_size(body: dict[str, Any]) -> dict[str, Any]:
    """The pages are counted by a constant."""
    pages = -(-body["pagination"]["total"] // _USUAL_SIZE)
    return {**body, "pagination": {**body["pagination"], "total_pages": pages}}


def ties_reversed(original: Verb) -> Verb:
    """`ORDER BY issued_at DESC, id DESC`."""

    def search(world: World, wanted: Any) -> Page[Invoice]:
        original(world, wanted)
        every = whole(original, world, wanted)
        return paged(sorted(every, key=lambda row: (row.issued_at, row.id), reverse=True), wanted)

    return search


def from_its_day(original: Verb) -> Verb:
    """The clock time of the lower bound is cut off."""

    def search(world: World, wanted: Any) -> Page[Booking]:
        at = wanted.date_from
        day = None if at is None else at.replace(hour=0, minute=0, second=0)
        original(world, wanted)
        page: Page[Booking] = original(world, replace(wanted, date_from=day))
        return page

    return search


def zone_of_the_default_address(original: Verb) -> Verb:
    """The other addresses of a customer are not looked at."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        if wanted.zone_id is None:
            page: Page[Customer] = original(world, wanted)
            return page
        every = whole(original, world, wanted)
        return paged((row for row in every if _lives_in(row, wanted.zone_id)), wanted)

    return search


def _lives_in(customer: Customer, zone_id: str) -> bool:
    home = customer.default_address
    return home is not None and home.zone_id == zone_id


def unit_by_part(original: Verb) -> Verb:
    """The second line of an address is compared like the first."""

    def fits(address: Address, asked: dict[str, str]) -> bool:
        unit = (address.unit or "").casefold()
        like = {**asked, "unit": unit} if asked.get("unit", unit) in unit else asked
        right: bool = original(address, like)
        return right

    return fits
