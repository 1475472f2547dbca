"""The addresses of a customer: exactly one is the default as soon as there is any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mockserver.domain.records import Address
from mockserver.domain.world import World
from mockserver.frozen import quick, replace


@quick
@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address as a caller gives it (S1); ``label`` is ``Home`` unless told."""

    street: str | None
    city: str | None
    state: str | None
    zip: str | None
    label: str = "Home"
    unit: str | None = None
    access_notes: str | None = None
    is_default: bool = False


def written(world: World, new: NewAddress, wanted_id: str | None = None) -> Address:
    """The record of a new address, in the service zone that holds its ZIP code.

    Raises ``Conflict`` when a wanted id is taken.
    """
    return Address(
        id=world.claim(_taken_in(world), "addr", 10, wanted_id),
        label=new.label,
        street=new.street,
        unit=new.unit,
        city=new.city,
        state=new.state,
        zip=new.zip,
        access_notes=new.access_notes,
        is_default=new.is_default,
        zone_id=world.zone_id_of(new.zip),
    )


def _taken_in(world: World) -> Callable[[str], object]:
    return lambda address_id: world.customers.rows("address_id", address_id)


def joined(addresses: tuple[Address, ...], added: Address) -> tuple[Address, ...]:
    """The addresses with one more at the end (domain A.4.5).

    The first one is always the default; a later default takes the mark from the others.
    """
    if not addresses:
        return (replace(added, is_default=True),)
    if not added.is_default:
        return (*addresses, added)
    return (*(replace(address, is_default=False) for address in addresses), added)
