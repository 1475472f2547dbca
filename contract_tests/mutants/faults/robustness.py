"""Mistakes under stress: reads that write, half writes, races, caches, large input."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

import orjson

from contract_tests.mutants.faults.lists import paged, whole
from contract_tests.mutants.layers import answered, concerns
from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.domain.records import Booking, Customer
from mockserver.domain.world import World, business
from mockserver.errors import Conflict, RuleBroken
from mockserver.store import Page
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered

_WINDOW = 10_000
_RACE_S = 0.01


def reading_writes(exchange: Exchange, given: Answered) -> Answered:
    """Reading a booking touches it."""
    world = business(exchange.served.world)
    booking = world.bookings.get(exchange.path.rstrip("/").rpartition("/")[2])
    if booking is not None and given.status == 200:
        world.bookings.put(replace(booking, updated_at=world.now()))
    return given


def phone_written_before_refusal(original: Verb) -> Verb:
    """The phone is saved before the e-mail address turns out to be taken."""

    def amend(world: World, customer_id: str, **given: Any) -> Customer:
        try:
            changed: Customer = original(world, customer_id, **given)
        except Conflict:
            customer = world.customers.get(customer_id)
            if customer is not None and "phone" in given:
                world.customers.put(replace(customer, phone=given["phone"]))
            raise
        return changed

    return amend


def notes_written_before_refusal(original: Verb) -> Verb:
    """The notes are saved before the address turns out to be unknown."""

    def amend(world: World, booking_id: str, **given: Any) -> Booking:
        try:
            changed: Booking = original(world, booking_id, **given)
        except RuleBroken:
            booking = world.bookings.get(booking_id)
            if booking is not None and "notes" in given:
                world.bookings.put(replace(booking, notes=given["notes"]))
            raise
        return changed

    return amend


def blacklisted_before_refusal(original: Verb) -> Verb:
    """The customer is blacklisted before the ids turn out to differ."""

    def blacklist(world: World, uuid: str, **given: Any) -> Customer:
        customer = world.customers.find("uuid", uuid.lower())
        if customer is not None and given["body_id"].lower() != uuid.lower():
            world.customers.put(replace(customer, is_blacklisted=True))
        listed: Customer = original(world, uuid, **given)
        return listed

    return blacklist


def ties_in_any_order() -> tuple[Patch, ...]:
    """Customers of the same second come in another order with each second request."""
    asked: Memory[list[None]] = Memory(list)

    def make(original: Verb) -> Verb:
        def search(world: World, wanted: Any) -> Page[Customer]:
            calls = asked.of(world)
            calls.append(None)
            if len(calls) % 2:
                page: Page[Customer] = original(world, wanted)
                return page
            every = whole(original, world, wanted)
            tied = groupby(every, key=lambda customer: customer.created_at)
            return paged((row for _, rows in tied for row in reversed(list(rows))), wanted)

        return search

    return (Patch("mockserver.domain.customer_search:search", make),)


def cached_for_a_second() -> tuple[Patch, ...]:
    """The list of the merchant is kept until the clock shows another second."""
    cache: Memory[dict[datetime, bytes]] = Memory(dict)

    def edit(exchange: Exchange, given: Answered) -> Answered:
        if given.status != 200 or exchange.steered.reply is not None:
            return given
        kept, now = cache.of(exchange.served.world), exchange.served.now()
        if now not in kept:
            kept.clear()
            kept[now] = given.body
        return given._replace(body=kept[now])

    return answered(edit, "listMerchantCustomers")()


def window_exceeded(original: Verb) -> Verb:
    """The search engine gives no rows beyond the ten-thousandth, and fails."""

    def search(world: World, wanted: Any) -> Page[Any]:
        if wanted.per_page and wanted.page * wanted.per_page > _WINDOW:
            raise RuntimeError(f"result window is too large: {wanted.page * wanted.per_page}")
        page: Page[Any] = original(world, wanted)
        return page

    return search


def limit_lifted(original: Verb) -> Verb:
    """Bodies of 64 MiB are read."""

    async def read(receive: Any, limit: int) -> Any:
        return await original(receive, limit * 64)

    return read


def versions_not_compared(original: Verb) -> Verb:
    """`If-Match` is ignored: whoever writes last wins."""

    def demand(*_given: Any) -> None:
        return None

    del original
    return demand


def never_replayed(original: Verb) -> Verb:
    """Idempotency keys are ignored."""

    def find(*_given: Any) -> None:
        return None

    del original
    return find


def same_for_any_body(original: Verb) -> Verb:
    """An idempotency key is not compared with what it was first used for."""

    def fingerprint(_content: bytes) -> bytes:
        return b""

    del original
    return fingerprint


def check_then_act() -> tuple[Patch, ...]:
    """Between the look whether an e-mail address is taken and the write, others may write."""
    creating: ContextVar[Exchange | None] = ContextVar("creating", default=None)
    free: ContextVar[bool] = ContextVar("seen_free", default=False)

    def answering(original: Verb) -> Verb:
        async def answer(edge: Any, exchange: Exchange, scope: Any, receive: Any) -> Any:
            creating.set(exchange if concerns(exchange, ("createCustomer",)) else None)
            free.set(False)
            return await original(edge, exchange, scope, receive)

        return answer

    def reading(original: Verb) -> Verb:
        async def read(receive: Any, limit: int) -> bytes:
            text: bytes = await original(receive, limit)
            exchange = creating.get()
            if exchange is not None and (email := _email_in(text)):
                free.set(not business(exchange.served.world).customers.rows("email", email))
                await asyncio.sleep(_RACE_S)
            return text

        return read

    def refusing(original: Verb) -> Verb:
        def refuse(world: World, email: str, owner: Customer | None = None) -> None:
            if not free.get():
                original(world, email, owner)

        return refuse

    return (
        Patch("mockserver.wire.edge:Edge._answer", answering),
        Patch("mockserver.wire.framework:_read", reading),
        Patch("mockserver.domain.customers:_refuse_taken_email", refusing),
    )


def _email_in(text: bytes) -> str:
    """The e-mail address in the text of a body; empty when it has none."""
    try:
        body = orjson.loads(text)
    except ValueError:
        return ""
    return str(body.get("email", "")).casefold() if isinstance(body, dict) else ""
