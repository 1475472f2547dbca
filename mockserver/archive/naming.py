"""Which rows of the business name another one: what has to go before it can be taken out.

They are found through the indexes of the store, but for the crews of bookings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from mockserver.archive.findings import shown
from mockserver.archive.rows import stored
from mockserver.domain.world import World
from mockserver.errors import Conflict
from mockserver.store import Query

_SHOWN = 5


class Naming(NamedTuple):
    """The rows of one collection that name a row: the first of their ids, and how many."""

    collection: str
    ids: tuple[str, ...]
    total: int

    def __str__(self) -> str:
        """A clause such as ``2 of bookings ('bk_1', 'bk_2')``."""
        more = ", …" if self.total > len(self.ids) else ""
        return f"{self.total} of {self.collection} ({', '.join(map(shown, self.ids))}{more})"


def named_by(world: World, collection: str, row_id: str) -> list[Naming]:
    """The rows that name a row, by collection; a customer's mail may outlive the customer."""
    found = []
    for other, asked in _NAMED_BY.get(collection, {}).items():
        page = world.collections[other].select(asked(row_id))
        if page.total:
            found.append(Naming(other, tuple(row.id for row in page.rows), page.total))
    return found


def without_row(world: World, collection: str, row_id: str) -> World:
    """A world in which the row is gone; the world given stays as it is.

    Raises NotFound for an unknown collection or id, and Conflict ``row_in_use`` while other rows
    name it, which the message lists.
    """
    stored(world, collection, row_id)
    naming = named_by(world, collection, row_id)
    if naming:
        message = (
            f"The row {shown(row_id)} of {collection} is named by {' and '.join(map(str, naming))}"
        )
        raise Conflict("row_in_use", f"{message}: delete or change those first.", "id")
    left = world.fork(world.name)
    left.collections[collection].remove(row_id)
    return left


def _by(index: str) -> Callable[[str], Query[Any]]:
    return lambda row_id: Query(equals={index: row_id}, per_page=_SHOWN)


def _by_crew(staff_id: str) -> Query[Any]:
    return Query(where=(lambda booking: staff_id in booking.crew,), per_page=_SHOWN)


_NAMED_BY: Mapping[str, Mapping[str, Callable[[str], Query[Any]]]] = MappingProxyType(
    {
        "customers": {"bookings": _by("customer_id"), "invoices": _by("customer_id")},
        "bookings": {"invoices": _by("booking_id")},
        "staff": {"bookings": _by_crew},
        "zones": {"customers": _by("zone_id"), "bookings": _by("zone_id"), "staff": _by("zone_id")},
    }
)
