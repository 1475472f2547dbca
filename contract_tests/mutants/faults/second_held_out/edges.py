"""Mistakes in who may do what, and in what happens beside or at the same time."""

from __future__ import annotations

import asyncio
import re
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from contract_tests.mutants.faults.lists import paged, whole
from contract_tests.mutants.layers import concerns
from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.contract import Operation
from mockserver.domain.records import Booking, Customer
from mockserver.domain.tables import searched
from mockserver.domain.world import World, business
from mockserver.errors import Conflict, NotFound
from mockserver.store import Page
from mockserver.wire.credentials import Grant
from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import ScopeMissing
from mockserver.wire.replies import Answered

_RACE_S = 0.01
_FORM = "otesse_(live|test)_sk_[A-Za-z0-9]+"


def form_from_its_start(original: Verb) -> Verb:
    """`match` instead of `fullmatch`: what follows the form does not matter."""

    def grant(credentials: Any, value: str, family: str, form: str) -> Grant | None:
        open_ended = f"(?:{form.removeprefix('^').removesuffix('$')}).*" if form else ""
        found: Grant | None = original(credentials, value, family, open_ended)
        return found

    return grant


def writers_must_read(original: Verb) -> Verb:
    """Whoever writes needs the scope to read as well."""

    def demand(grant: Grant, operation: Operation) -> None:
        original(grant, operation)
        for scope in operation.scopes:
            needed = scope.replace(":write", ":read")
            if grant.scopes is not None and needed not in grant.scopes:
                raise ScopeMissing(needed)

    return demand


def unknown_before_forbidden(original: Verb) -> Verb:
    """The row is looked up before the scope."""

    def check(security: Any, exchange: Exchange) -> None:
        try:
            original(security, exchange)
        except ScopeMissing as refusal:
            operation = exchange.operation
            customer_id = exchange.path.split("/")[3] if exchange.path.count("/") > 2 else ""
            by_id = operation is not None and operation.tag == "customers" and customer_id
            if by_id and business(exchange.served.world).customers.get(customer_id) is None:
                message = f"There is no customer {customer_id!r}."
                raise NotFound("customer_not_found", message) from refusal
            raise

    return check


def key_in_the_query(original: Verb) -> Verb:
    """A key is taken from the query as well, where it ends in every log."""

    def presented(operation: Operation, exchange: Exchange) -> Any:
        key = exchange.query_value("api_key")
        sent = exchange.headers.get("authorization") or exchange.headers.get("x-api-key")
        if key and not sent and operation.tag in ("customers", "bookings", "invoices"):
            return key, _FORM
        return original(operation, exchange)

    return presented


def reason_before_refusal(original: Verb) -> Verb:
    """The reason is saved before the booking turns out to be cancelled already."""

    def cancel(world: World, booking_id: str, **given: Any) -> Booking:
        booking = world.bookings.get(booking_id)
        try:
            cancelled: Booking = original(world, booking_id, **given)
        except Conflict:
            if booking is not None and booking.cancellation and given.get("reason"):
                told = replace(booking.cancellation, reason=given["reason"])
                world.bookings.put(replace(booking, cancellation=told))
            raise
        return cancelled

    return cancel


def cached_by_its_own_row() -> tuple[Patch, ...]:
    """The numbers of a customer are kept until the row of the customer changes."""
    kept: Memory[dict[str, tuple[Customer, Any]]] = Memory(dict)

    def make(original: Verb) -> Verb:
        def counted_rows(world: World, customer: Customer) -> Any:
            known = kept.of(world)
            if known.get(customer.id, (None,))[0] is not customer:
                known[customer.id] = (customer, original(world, customer))
            return known[customer.id][1]

        return counted_rows

    return (Patch("mockserver.domain.customers:counted_rows", make),)


def changes_from_an_old_copy() -> tuple[Patch, ...]:
    """A change is written over a copy that was read before others wrote."""
    read: ContextVar[Customer | None] = ContextVar("read", default=None)

    def answering(original: Verb) -> Verb:
        async def answer(edge: Any, exchange: Exchange, scope: Any, receive: Any) -> Answered:
            read.set(None)
            if concerns(exchange, ("updateCustomer",)):
                world = business(exchange.served.world)
                read.set(world.customers.get(exchange.path.rpartition("/")[2]))
                await asyncio.sleep(_RACE_S)
            given: Answered = await original(edge, exchange, scope, receive)
            return given

        return answer

    def amending(original: Verb) -> Verb:
        def amend(world: World, customer_id: str, **given: Any) -> Customer:
            copy = read.get()
            if copy is not None and copy.id in world.customers:
                world.customers.put(copy)
            changed: Customer = original(world, customer_id, **given)
            return changed

        return amend

    return (
        Patch("mockserver.wire.edge:Edge._answer", answering),
        Patch("mockserver.domain.customers:amend", amending),
    )


def search_is_a_pattern(original: Verb) -> Verb:
    """The text of a search is put into a regular expression as it is."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        if not wanted.search or re.escape(wanted.search) == wanted.search:
            page: Page[Customer] = original(world, wanted)
            return page
        pattern = re.compile(wanted.search.casefold())
        right = {row.id for row in whole(original, world, wanted)}
        every = whole(original, world, wanted, search=None)
        found = (r for r in every if r.id in right or pattern.search(searched(r).casefold()))
        return paged(found, wanted)

    return search
