"""Mistakes in what is stored: types, case, empty values, columns and rows that are hit as well."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from contract_tests.mutants.mutant import Verb
from mockserver.domain.absence import UNSET
from mockserver.domain.leads import LeadFields
from mockserver.domain.records import Booking, Customer
from mockserver.domain.world import World

_PACIFIC = timedelta(hours=8)


def numbers_become_texts(body: dict[str, Any]) -> dict[str, Any]:
    """The configuration is kept in a table of names and texts."""
    service = body["service"]
    texts = {
        name: str(value) if type(value) in (int, float) else value
        for name, value in service["configuration"].items()
    }
    return {**body, "service": {**service, "configuration": texts}}


def title_case(original: Verb) -> Verb:
    """Names are made to look like names."""

    def register(world: World, **members: Any) -> Customer:
        names = {name: str(members[name]).title() for name in ("first_name", "last_name")}
        made: Customer = original(world, **{**members, **names})
        return made

    return register


def empty_notes_are_none(original: Verb) -> Verb:
    """`notes or None`."""

    def amend(world: World, booking_id: str, **given: Any) -> Booking:
        if given.get("notes") == "":
            given["notes"] = None
        changed: Booking = original(world, booking_id, **given)
        return changed

    return amend


def first_member_only(original: Verb) -> Verb:
    """A chain of `elif`: of several members of a change the first is written."""

    def amend(world: World, booking_id: str, **given: Any) -> Booking:
        order = ("scheduled_at", "configuration", "address_id", "notes")
        named = [name for name in order if name in given][:1]
        changed: Booking = original(world, booking_id, **{name: given[name] for name in named})
        return changed

    return amend


def namesakes_hit(original: Verb) -> Verb:
    """`UPDATE … WHERE email = …`, though an e-mail address may be shared."""

    def amend(world: World, uuid: str, **given: Any) -> Customer:
        changed: Customer = original(world, uuid, **given)
        if changed.email and given.get("note") is not None:
            for other in world.customers.rows("email", changed.email.casefold()):
                world.customers.put(replace(other, note=given["note"]))
        return changed

    return amend


def local_time(original: Verb) -> Verb:
    """The time of the office is written as if it were UTC."""

    def create(world: World, *more: Any, **named: Any) -> Customer:
        made: Customer = original(world, *more, **named)
        at = made.created_at - _PACIFIC
        late = replace(made, created_at=at, updated_at=at)
        world.customers.put(late)
        return late

    return create


def false_is_no_change(original: Verb) -> Verb:
    """`if marketing_opt_in:`."""

    def amend(world: World, customer_id: str, **given: Any) -> Customer:
        if given.get("marketing_opt_in") is False:
            del given["marketing_opt_in"]
        changed: Customer = original(world, customer_id, **given)
        return changed

    return amend


def empty_list_is_no_change(original: Verb) -> Verb:
    """`if preferred_contact_methods:`."""

    def update(world: World, uuid: str, fields: LeadFields, **more: Any) -> Customer:
        if fields.preferred_contact_methods == ():
            fields = replace(fields, preferred_contact_methods=UNSET)
        changed: Customer = original(world, uuid, fields, **more)
        return changed

    return update


def timeline_of_one(original: Verb) -> Verb:
    """The history of a booking is one row that is overwritten."""

    def in_status(booking: Booking, *more: Any) -> Booking:
        moved: Booking = original(booking, *more)
        return replace(moved, timeline=moved.timeline[-1:])

    return in_status
