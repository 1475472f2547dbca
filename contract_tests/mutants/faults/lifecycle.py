"""Mistakes in what becomes of a record: written, read back, changed, deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from contract_tests.mutants.memory import Memory
from contract_tests.mutants.mutant import Patch, Verb
from mockserver.domain.absence import UNSET
from mockserver.domain.merchant import CalendarRow
from mockserver.domain.records import Address, Booking, Customer, Invoice
from mockserver.domain.world import World
from mockserver.errors import Conflict, NotFound

_REMOVE = "mockserver.domain.merchant:remove"


def _burying(graves: Memory[dict[str, Customer]]) -> Patch:
    """Whoever is removed is remembered by UUID."""

    def make(original: Verb) -> Verb:
        def remove(world: World, uuid: str) -> Customer:
            gone: Customer = original(world, uuid)
            graves.of(world)[gone.uuid] = gone
            return gone

        return remove

    return Patch(_REMOVE, make)


def deleted_still_readable() -> tuple[Patch, ...]:
    """One family reads from a copy that deletions do not reach."""
    graves: Memory[dict[str, Customer]] = Memory(dict)

    def make(original: Verb) -> Verb:
        def get(world: World, uuid: str) -> Customer | None:
            found: Customer | None = original(world, uuid)
            return found or graves.of(world).get(uuid.lower())

        return get

    return _burying(graves), Patch("mockserver.domain.lead_search:get", make)


def deleted_still_in_calendar() -> tuple[Patch, ...]:
    """One list forgets to leave out rows that are marked as deleted."""
    graves: Memory[dict[str, Customer]] = Memory(dict)

    def make(original: Verb) -> Verb:
        def calendar(world: World) -> tuple[CalendarRow, ...]:
            ghosts = (CalendarRow(gone, None) for gone in graves.of(world).values())
            return (*original(world), *ghosts)

        return calendar

    return _burying(graves), Patch("mockserver.domain.merchant:calendar", make)


def deleted_email_stays_taken() -> tuple[Patch, ...]:
    """Uniqueness is checked over rows that are marked as deleted, too."""
    graves: Memory[dict[str, Customer]] = Memory(dict)

    def make(original: Verb) -> Verb:
        def refuse(world: World, email: str, owner: Customer | None = None) -> None:
            original(world, email, owner)
            for gone in graves.of(world).values():
                if (gone.email or "").casefold() == email.casefold():
                    message = f"A customer with the email {email!r} already exists."
                    raise Conflict("resource_already_exists", message, "email")

        return refuse

    return _burying(graves), Patch("mockserver.domain.customers:_refuse_taken_email", make)


def second_delete_succeeds(original: Verb) -> Verb:
    """What is not there counts as deleted."""

    def remove(world: World, uuid: str) -> Customer | None:
        try:
            gone: Customer = original(world, uuid)
        except NotFound:
            return None
        return gone

    return remove


def every_third_is_lost(original: Verb) -> Verb:
    """Each third new customer never reaches the store."""

    def register(world: World, **members: Any) -> Customer:
        made: Customer = original(world, **members)
        if world.ids.counts["cust/10"] % 3 == 0:
            world.customers.remove(made.id)
        return made

    return register


def id_given_again() -> tuple[Patch, ...]:
    """Each third booking gets the id of the one before it, and takes its place."""
    last: Memory[list[str]] = Memory(list)

    def make(original: Verb) -> Verb:
        def book(world: World, **members: Any) -> Booking:
            made: Booking = original(world, **members)
            before = last.of(world)
            if before and world.ids.counts["bk/14"] % 3 == 0:
                world.bookings.remove(made.id)
                made = replace(made, id=before[-1])
                world.bookings.put(made)
            before[:] = [made.id]
            return made

        return book

    return (Patch("mockserver.domain.bookings:book", make),)


def stored_in_lower_case(original: Verb) -> Verb:
    """The e-mail address is folded when it is stored, after the answer was made."""

    def register(world: World, **members: Any) -> Customer:
        made: Customer = original(world, **members)
        world.customers.put(replace(made, email=(made.email or "").lower()))
        return made

    return register


def always_given(**missing: Any) -> Callable[[Verb], Verb]:
    """Members the caller left out are written as these."""

    def make(original: Verb) -> Verb:
        def amend(world: World, record_id: str, **given: Any) -> Any:
            return original(world, record_id, **{**missing, **given})

        return amend

    return make


def null_ignored(member: str) -> Callable[[Verb], Verb]:
    """An explicit null counts as absent: `if value is not None` on the way in."""

    def make(original: Verb) -> Verb:
        def amend(world: World, record_id: str, **given: Any) -> Any:
            if given.get(member, UNSET) is None:
                del given[member]
            return original(world, record_id, **given)

        return amend

    return make


def company_blanked(original: Verb) -> Verb:
    """An update of a lead that does not mention the company clears it."""

    def update(world: World, uuid: str, fields: Any, **more: Any) -> Customer:
        if fields.company_name is UNSET:
            fields = replace(fields, company_name=None)
        changed: Customer = original(world, uuid, fields, **more)
        return changed

    return update


def null_company_ignored(original: Verb) -> Verb:
    """Null does not clear the company of a lead."""

    def update(world: World, uuid: str, fields: Any, **more: Any) -> Customer:
        if fields.company_name is None:
            fields = replace(fields, company_name=UNSET)
        changed: Customer = original(world, uuid, fields, **more)
        return changed

    return update


def notes_not_stored(original: Verb) -> Verb:
    """The changed notes of a booking are answered, but not saved."""

    def amend(world: World, booking_id: str, **given: Any) -> Booking:
        before = world.bookings.get(booking_id)
        changed: Booking = original(world, booking_id, **given)
        if before is not None:
            world.bookings.put(replace(changed, notes=before.notes))
        return changed

    return amend


def birthday_not_stored(original: Verb) -> Verb:
    """The birthday is missing among the columns of the update statement."""

    def amend(world: World, uuid: str, **given: Any) -> Customer:
        given.pop("birthday", None)
        changed: Customer = original(world, uuid, **given)
        return changed

    return amend


def void_not_stored(original: Verb) -> Verb:
    """The void invoice is answered, but the old one stays stored."""

    def void(world: World, invoice_id: str, **given: Any) -> Invoice:
        before = world.invoices.get(invoice_id)
        voided: Invoice = original(world, invoice_id, **given)
        if before is not None:
            world.invoices.put(before)
        return voided

    return void


def reason_not_stored(original: Verb) -> Verb:
    """The reason of a cancellation is answered, but not saved."""

    def cancel(world: World, booking_id: str, **given: Any) -> Booking:
        cancelled: Booking = original(world, booking_id, **given)
        if cancelled.cancellation is not None:
            silent = replace(cancelled.cancellation, reason=None)
            world.bookings.put(replace(cancelled, cancellation=silent))
        return cancelled

    return cancel


def booking_updated_at_stands_still(original: Verb) -> Verb:
    """A change of a booking does not move `updated_at`."""

    def amend(world: World, booking_id: str, **given: Any) -> Booking:
        before = world.bookings.get(booking_id)
        changed: Booking = original(world, booking_id, **given)
        if before is not None:
            changed = replace(changed, updated_at=before.updated_at)
            world.bookings.put(changed)
        return changed

    return amend


def address_leaves_updated_at(original: Verb) -> Verb:
    """A new address does not count as a change of its customer."""

    def add(world: World, customer_id: str, address: Any, **more: Any) -> Address:
        before = world.customers.get(customer_id)
        added: Address = original(world, customer_id, address, **more)
        after = world.customers.get(customer_id)
        if before is not None and after is not None:
            world.customers.put(replace(after, updated_at=before.updated_at))
        return added

    return add


def lead_updated_at_stands_still(original: Verb) -> Verb:
    """An update through the leads API answers a new `updatedAt` and keeps the old one."""

    def update(world: World, uuid: str, fields: Any, **more: Any) -> Customer:
        before = world.customers.find("uuid", uuid.lower())
        changed: Customer = original(world, uuid, fields, **more)
        if before is not None:
            world.customers.put(replace(changed, updated_at=before.updated_at))
        return changed

    return update


def created_at_moves(original: Verb) -> Verb:
    """A change writes both instants."""

    def amend(world: World, customer_id: str, **given: Any) -> Customer:
        changed: Customer = original(world, customer_id, **given)
        if given:
            changed = replace(changed, created_at=world.now())
            world.customers.put(changed)
        return changed

    return amend


def empty_change_counts(original: Verb) -> Verb:
    """`updated_at` moves although nothing was sent."""

    def amend(world: World, customer_id: str, **given: Any) -> Customer:
        changed: Customer = original(world, customer_id, **given)
        if not given:
            changed = replace(changed, updated_at=world.now())
            world.customers.put(changed)
        return changed

    return amend


def preferences_replaced(original: Verb) -> Verb:
    """Preferences are written as a whole, with defaults for what was not sent."""

    def amend(world: World, customer_id: str, **given: Any) -> Customer:
        if "preferred_contact" in given:
            given = {"marketing_opt_in": False, **given}
        changed: Customer = original(world, customer_id, **given)
        return changed

    return amend


def configuration_replaced(original: Verb) -> Verb:
    """The configuration sent takes the place of the stored one."""

    def amend(world: World, booking_id: str, **given: Any) -> Booking:
        before = world.bookings.get(booking_id)
        if before is not None and before.status == "confirmed" and "configuration" in given:
            world.bookings.put(replace(before, configuration={}))
        try:
            changed: Booking = original(world, booking_id, **given)
        except Exception:
            if before is not None:
                world.bookings.put(before)
            raise
        return changed

    return amend


def note_encoded_twice(original: Verb) -> Verb:
    """UTF-8 that is read as Latin-1 and written as UTF-8 again."""

    def add(world: World, *, note: str | None = None, **members: Any) -> Customer:
        spoiled = None if note is None else note.encode().decode("latin-1")
        made: Customer = original(world, note=spoiled, **members)
        return made

    return add


def ascii_company(original: Verb) -> Verb:
    """What ASCII does not have becomes a question mark."""

    def create(world: World, fields: Any, **more: Any) -> Customer:
        if isinstance(fields.company_name, str):
            plain = fields.company_name.encode("ascii", "replace").decode()
            fields = replace(fields, company_name=plain)
        made: Customer = original(world, fields, **more)
        return made

    return create


def own_case_only(original: Verb) -> Verb:
    """E-mail addresses are compared letter by letter."""

    def refuse(world: World, email: str, owner: Customer | None = None) -> None:
        if any(other.email == email for other in world.customers.rows("email", email.casefold())):
            original(world, email, owner)

    return refuse


def only_checked_when_new(original: Verb) -> Verb:
    """Nobody asks whether an e-mail address is taken when a customer is changed."""

    def refuse(world: World, email: str, owner: Customer | None = None) -> None:
        if owner is None:
            original(world, email, owner)

    return refuse


def only_two_addresses(original: Verb) -> Verb:
    """There is room for the first address and for the latest one."""

    def together(addresses: tuple[Address, ...], added: Address) -> tuple[Address, ...]:
        return tuple(original(addresses[:1], added))

    return together


def access_notes_dropped(original: Verb) -> Verb:
    """The access notes of an address are not saved."""

    def written(world: World, new: Any, wanted_id: str | None = None) -> Address:
        made: Address = original(world, replace(new, access_notes=None), wanted_id)
        return made

    return written
