"""Mistakes in what is stored: numbers for texts, rows made by the way, minutes, orders, keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.domain.absence import UNSET, Unset
from mockserver.domain.leads import LeadFields, create
from mockserver.domain.records import Customer, Identity, Invoice
from mockserver.domain.world import World
from mockserver.errors import Conflict


def zip_is_a_number(body: dict[str, Any]) -> dict[str, Any]:
    """The column of the ZIP code is a number."""
    code = body.get("zip")
    if isinstance(code, str) and code.isascii() and code.isdigit():
        return {**body, "zip": str(int(code))}
    return body


def update_or_insert(original: Verb) -> Verb:
    """`INSERT … ON CONFLICT UPDATE`: whom nobody knows is made."""

    def update(world: World, uuid: str, fields: LeadFields, **more: Any) -> Customer:
        if world.customers.find("uuid", uuid.lower()) is None:
            return create(world, fields, identity=Identity(uuid=uuid))
        updated: Customer = original(world, uuid, fields, **more)
        return updated

    return update


def to_the_minute(original: Verb) -> Verb:
    """The calendar knows hours and minutes."""

    def keep(*given: Any, scheduled_at: datetime | Unset = UNSET, **more: Any) -> Any:
        if isinstance(scheduled_at, datetime):
            scheduled_at = scheduled_at.replace(second=0)
        return original(*given, scheduled_at=scheduled_at, **more)

    return keep


def lines_by_description(original: Verb) -> Verb:
    """The lines are rows without a position, which an index gives back in its own order."""

    def issue(world: World, **members: Any) -> Invoice:
        issued: Invoice = original(world, **members)
        lines = tuple(sorted(issued.line_items, key=lambda line: line.description))
        world.invoices.put(replace(issued, line_items=lines))
        return issued

    return issue


def old_addresses_stay_taken() -> tuple[Patch, ...]:
    """The index of unique e-mail addresses gets the new one and keeps the old one."""
    left: Memory[set[str]] = Memory(set)

    def amending(original: Verb) -> Verb:
        def amend(world: World, customer_id: str, **given: Any) -> Customer:
            before = world.customers.get(customer_id)
            changed: Customer = original(world, customer_id, **given)
            if before is not None and before.email and before.email != changed.email:
                left.of(world).add(before.email.casefold())
            return changed

        return amend

    def refusing(original: Verb) -> Verb:
        def refuse(world: World, email: str, *owner: Any) -> None:
            original(world, email, *owner)
            if email.casefold() in left.of(world):
                message = f"A customer with the email {email!r} already exists."
                raise Conflict("resource_already_exists", message, "email")

        return refuse

    return (
        Patch("mockserver.domain.customers:amend", amending),
        Patch("mockserver.domain.customers:_refuse_taken_email", refusing),
    )
