"""Mistakes in searches: by text, by the criteria of the leads API, by address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from contract_tests.mutants.faults.lists import paged, whole
from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.domain.records import Customer
from mockserver.domain.tables import searched
from mockserver.domain.world import World
from mockserver.store import Page, Query

_OLDEST: Query[Customer] = Query(order="oldest")


def kept_by(test: Callable[[str, Customer], bool]) -> Callable[[Verb], Verb]:
    """Of the customers a search finds, only those are kept that also pass the test."""

    def make(original: Verb) -> Verb:
        def search(world: World, wanted: Any) -> Page[Customer]:
            if not wanted.search:
                page: Page[Customer] = original(world, wanted)
                return page
            every = whole(original, world, wanted)
            return paged((row for row in every if test(wanted.search, row)), wanted)

        return search

    return make


def in_its_case(text: str, customer: Customer) -> bool:
    """Whether a member holds the text letter by letter, or its digits."""
    members = (customer.name, customer.email or "", customer.phone or "")
    return any(text in member for member in members) or text[-1:].isdigit()


def outside_the_phone(text: str, customer: Customer) -> bool:
    """Whether a member other than the phone holds the text."""
    return any(text.casefold() in m.casefold() for m in (customer.name, customer.email or ""))


def within_one_member(text: str, customer: Customer) -> bool:
    """Whether the text is in one column, so that a full name is in none."""
    columns = (customer.first_name, customer.last_name, customer.email, customer.phone)
    return any(text.casefold() in (column or "").casefold() for column in columns)


def wildcards(original: Verb) -> Verb:
    """The text goes into `LIKE` as it is, so that `%` stands for anything."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        if wanted.search and "%" in wanted.search:
            wanted = replace(wanted, search=max(wanted.search.split("%"), key=len))
        page: Page[Customer] = original(world, wanted)
        return page

    return search


def old_names_searched() -> tuple[Patch, ...]:
    """Customers that were changed are searched by what they were before."""
    before: Memory[dict[str, Customer]] = Memory(dict)

    def changing(original: Verb) -> Verb:
        def amend(world: World, customer_id: str, **given: Any) -> Customer:
            old = world.customers.get(customer_id)
            changed: Customer = original(world, customer_id, **given)
            if old is not None:
                before.of(world).setdefault(customer_id, old)
            return changed

        return amend

    def known(text: str, customer: Customer) -> bool:
        return text.casefold() in searched(customer).casefold()

    def searching(original: Verb) -> Verb:
        def search(world: World, wanted: Any) -> Page[Customer]:
            old = before.of(world)
            if not wanted.search or not old:
                page: Page[Customer] = original(world, wanted)
                return page
            every = whole(original, world, wanted)
            return paged((c for c in every if known(wanted.search, old.get(c.id, c))), wanted)

        return search

    return (
        Patch("mockserver.domain.customers:amend", changing),
        Patch("mockserver.domain.customer_search:search", searching),
    )


def all_criteria(original: Verb) -> Verb:
    """The criteria of a search for leads are joined by AND."""

    def search(world: World, **criteria: Any) -> tuple[Customer, ...]:
        found = [original(world, **{name: text}) for name, text in criteria.items() if text]
        first = found[0] if found else ()
        return tuple(row for row in first if all(row in rows for rows in found))

    return search


def email_in_its_case(original: Verb) -> Verb:
    """The e-mail address of a lead is searched letter by letter."""

    def search(world: World, *, email: str | None = None, **more: Any) -> tuple[Customer, ...]:
        found: tuple[Customer, ...] = original(world, email=email, **more)
        if not email or any(more.values()):
            return found
        return tuple(row for row in found if email in (row.email or ""))

    return search


def first_name_from_the_start(original: Verb) -> Verb:
    """A first name is only found by how it begins."""

    def search(world: World, **criteria: Any) -> tuple[Customer, ...]:
        found: tuple[Customer, ...] = original(world, **criteria)
        name = (criteria.get("first_name") or "").casefold()
        if not name or criteria.get("email") or criteria.get("phone"):
            return found
        return tuple(row for row in found if (row.first_name or "").casefold().startswith(name))

    return search


def zip_without_suffix(original: Verb) -> Verb:
    """Only the first five digits of a ZIP code are compared."""

    def by_address(world: World, **criteria: Any) -> tuple[Customer, ...]:
        code = criteria.pop("zip", None)
        if not code:
            found: tuple[Customer, ...] = original(world, **criteria)
            return found
        rows: tuple[Customer, ...] = (
            original(world, **criteria)
            if any(criteria.values())
            else world.customers.select(_OLDEST).rows
        )
        return tuple(row for row in rows if _zip(row)[:5] == code[:5])

    return by_address


def city_in_its_case(original: Verb) -> Verb:
    """The city is compared letter by letter."""

    def by_address(world: World, **criteria: Any) -> tuple[Customer, ...]:
        found: tuple[Customer, ...] = original(world, **criteria)
        city = criteria.get("city")
        homes = [(row, row.default_address) for row in found]
        return tuple(row for row, home in homes if not city or (home and home.city == city))

    return by_address


def any_address(original: Verb) -> Verb:
    """Customers are found by any of their addresses, not by the default one alone."""

    def by_address(world: World, **criteria: Any) -> tuple[Customer, ...]:
        found: tuple[Customer, ...] = original(world, **criteria)
        city = (criteria.get("city") or "").casefold()
        if not city or any(v for k, v in criteria.items() if k != "city"):
            return found
        rows = world.customers.select(_OLDEST).rows
        return tuple(
            row for row in rows if city in {(a.city or "").casefold() for a in row.addresses}
        )

    return by_address


def _zip(customer: Customer) -> str:
    home = customer.default_address
    return (home.zip if home else None) or ""
