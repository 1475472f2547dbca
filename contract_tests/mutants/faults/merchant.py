"""Mistakes of the merchant's API: blacklist, transfer, statistics, dummies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from contract_tests.mutants.layers import answered
from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.api.bookings import _full
from mockserver.contract import Violation
from mockserver.domain.merchant import CalendarRow, CustomerRow, MerchantStats
from mockserver.domain.records import Booking, Customer
from mockserver.domain.world import World
from mockserver.errors import BadRequest
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered


def reason_kept(original: Verb) -> Verb:
    """The reason stays when a customer is taken off the blacklist."""

    def unblacklist(world: World, uuid: str) -> Customer:
        before = world.customers.find("uuid", uuid.lower())
        freed: Customer = original(world, uuid)
        if before is not None and before.is_blacklisted:
            freed = replace(freed, blacklist_reason=before.blacklist_reason)
            world.customers.put(freed)
        return freed

    return unblacklist


def first_reason_kept(original: Verb) -> Verb:
    """A second blacklisting does not replace the reason."""

    def blacklist(world: World, uuid: str, *, body_id: str, reason: str | None) -> Customer:
        known = world.customers.find("uuid", uuid.lower())
        if known is not None and known.is_blacklisted:
            reason = known.blacklist_reason
        listed: Customer = original(world, uuid, body_id=body_id, reason=reason)
        return listed

    return blacklist


def body_id_not_compared(original: Verb) -> Verb:
    """The path decides whatever the body says."""

    def blacklist(world: World, uuid: str, *, body_id: str, reason: str | None) -> Customer:
        listed: Customer = original(world, uuid, body_id=uuid, reason=reason)
        del body_id
        return listed

    return blacklist


def update_of_the_path(original: Verb) -> Verb:
    """The id in the body of an update is read and not looked at."""

    def amend(world: World, uuid: str, *, body_id: str, **given: Any) -> Customer:
        changed: Customer = original(world, uuid, body_id=uuid, **given)
        del body_id
        return changed

    return amend


def bookings_left() -> tuple[Patch, ...]:
    """The bookings of a deleted customer can still be read."""
    left: Memory[dict[str, bytes]] = Memory(dict)

    def removing(original: Verb) -> Verb:
        def remove(world: World, uuid: str) -> Customer:
            known = world.customers.find("uuid", uuid.lower())
            for booking in world.bookings.rows("customer_id", known.id) if known else ():
                left.of(world)[booking.id] = orjson.dumps(_full(world, booking))
            gone: Customer = original(world, uuid)
            return gone

        return remove

    def edit(exchange: Exchange, given: Answered) -> Answered:
        body = left.of(exchange.served.world).get(exchange.path.rstrip("/").rpartition("/")[2])
        if given.status != 404 or body is None:
            return given
        return given._replace(status=200, body=body)

    removed = Patch("mockserver.domain.merchant:remove", removing)
    return removed, *answered(edit, "getBooking")()


def _transfer(
    change: Callable[[World, tuple[Booking, ...], Customer], None],
) -> Callable[[Verb], Verb]:
    """A transfer, and what goes wrong with the bookings moved and the source."""

    def make(original: Verb) -> Verb:
        def transfer(world: World, *, from_customer_id: str, to_customer_id: str) -> int:
            source = world.customers.find("uuid", from_customer_id.lower())
            before = world.bookings.rows("customer_id", source.id) if source else ()
            moved: int = original(
                world, from_customer_id=from_customer_id, to_customer_id=to_customer_id
            )
            if source is not None and before:
                change(world, before, source)
            return moved

        return transfer

    return make


def _lost(world: World, before: tuple[Booking, ...], _source: Customer) -> None:
    gone = world.bookings.remove(before[-1].id)
    for invoice in world.invoices.rows("booking_id", gone.id):
        world.invoices.remove(invoice.id)


def _copied(world: World, before: tuple[Booking, ...], _source: Customer) -> None:
    twin = world.claim(world.bookings.__contains__, "bk", 14)
    world.bookings.put(replace(before[0], id=twin))


def _left_behind(world: World, before: tuple[Booking, ...], source: Customer) -> None:
    for booking in before:
        for invoice in world.invoices.rows("booking_id", booking.id):
            world.invoices.put(replace(invoice, customer_id=source.id))


def _cancelled_left(world: World, before: tuple[Booking, ...], _source: Customer) -> None:
    for booking in before:
        if booking.status == "cancelled":
            world.bookings.put(booking)


transfer_loses_one = _transfer(_lost)
"""The last booking is lost."""

transfer_copies_one = _transfer(_copied)
"""The first booking also stays where it was, under a new id."""

transfer_leaves_invoices = _transfer(_left_behind)
"""The invoices of the bookings stay with the source."""

transfer_leaves_cancelled = _transfer(_cancelled_left)
"""Cancelled bookings stay with the source."""


def ghosts() -> tuple[Patch, ...]:
    """The counts of the source are stored and not taken down by a transfer."""
    kept: Memory[dict[str, int]] = Memory(dict)

    def moving(original: Verb) -> Verb:
        def transfer(world: World, *, from_customer_id: str, to_customer_id: str) -> int:
            moved: int = original(
                world, from_customer_id=from_customer_id, to_customer_id=to_customer_id
            )
            counts = kept.of(world)
            counts[from_customer_id.lower()] = counts.get(from_customer_id.lower(), 0) + moved
            return moved

        return transfer

    def counting(original: Verb) -> Verb:
        def statistics(world: World, uuid: str) -> MerchantStats:
            stats: MerchantStats = original(world, uuid)
            ghosts = kept.of(world).get(uuid.lower(), 0)
            return replace(stats, times_booked=stats.times_booked + ghosts)

        return statistics

    return (
        Patch("mockserver.domain.merchant:transfer", moving),
        Patch("mockserver.domain.merchant:statistics", counting),
    )


def own_cancellations_not_counted(original: Verb) -> Verb:
    """The count of own cancellations is never taken up."""

    def statistics(world: World, uuid: str) -> MerchantStats:
        stats: MerchantStats = original(world, uuid)
        return replace(stats, times_cancelled_by_user=0)

    return statistics


def cancelled_not_listed(original: Verb) -> Verb:
    """The list counts cancelled bookings as not made."""

    def everyone(world: World) -> tuple[CustomerRow, ...]:
        rows = original(world)
        return tuple(replace(r, times_booked=r.times_booked - r.times_cancelled) for r in rows)

    return everyone


def upcoming_whatever_became(original: Verb) -> Verb:
    """Whatever starts later is upcoming, cancelled or not."""

    def is_upcoming(booking: Booking, now: datetime) -> bool:
        return booking.scheduled_at >= now

    del original
    return is_upcoming


def last_booked(original: Verb) -> Verb:
    """The last visit is the latest booking in the past, whatever became of it."""

    def calendar(world: World) -> tuple[CalendarRow, ...]:
        rows: tuple[CalendarRow, ...] = original(world)
        now = world.now()

        def latest(customer: Customer) -> datetime | None:
            bookings = world.bookings.rows("customer_id", customer.id)
            return max((b.scheduled_at for b in bookings if b.scheduled_at <= now), default=None)

        return tuple(replace(row, last_visited=latest(row.customer)) for row in rows)

    return calendar


def dummy_for_ever(original: Verb) -> Verb:
    """A dummy stays one, however much is known about it."""

    def amend(world: World, uuid: str, **given: Any) -> Customer:
        before = world.customers.find("uuid", uuid.lower())
        changed: Customer = original(world, uuid, **given)
        if before is not None and before.is_dummy:
            changed = replace(changed, is_dummy=True)
            world.customers.put(changed)
        return changed

    return amend


def is_blank(violation: Violation) -> bool:
    """Whether a name of spaces only is at fault."""
    value = violation.value
    named = violation.name in ("first_name", "last_name")
    return named and isinstance(value, str) and value != "" and not value.strip(" ")


def blank_names(original: Verb) -> Verb:
    """A name of spaces only passes."""

    def refuse(field: str, name: str) -> None:
        if not name:
            original(field, name)

    return refuse


def same_customer_transferred(original: Verb) -> Verb:
    """A transfer to oneself is no error."""

    def transfer(world: World, *, from_customer_id: str, to_customer_id: str) -> int:
        try:
            moved: int = original(
                world, from_customer_id=from_customer_id, to_customer_id=to_customer_id
            )
        except BadRequest:
            return 0
        return moved

    return transfer


def note_cut(original: Verb) -> Verb:
    """The column of the note holds 255 characters; what is longer is cut."""

    def add(world: World, *, note: str | None = None, **members: Any) -> Customer:
        made: Customer = original(world, note=note and note[:255], **members)
        return made

    return add
