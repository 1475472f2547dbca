"""The world: one simulated business with its rows, clock, ids and rules, apart from every other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mockserver.clock import Clock
from mockserver.domain import tables
from mockserver.domain.records import Booking, Customer, Invoice, Mail, Staff, Zone
from mockserver.domain.rules import Rules
from mockserver.errors import Conflict
from mockserver.ids import Ids
from mockserver.store import Collection, StoredWorld


@dataclass(slots=True)
class World:
    """One business. Verbs take it as first argument; nothing else holds state.

    ``started_at`` is when it began to live, ``caught_up_to`` the instant up to which what became
    due has happened (see ``agenda``), ``invoices_numbered`` the last running number given out.
    """

    name: str
    seed: int
    scenario: str
    clock: Clock
    ids: Ids
    rules: Rules
    started_at: datetime
    caught_up_to: datetime
    invoices_numbered: int = 0
    customers: Collection[Customer] = field(default_factory=lambda: Collection(tables.CUSTOMERS))
    bookings: Collection[Booking] = field(default_factory=lambda: Collection(tables.BOOKINGS))
    invoices: Collection[Invoice] = field(default_factory=lambda: Collection(tables.INVOICES))
    staff: Collection[Staff] = field(default_factory=lambda: Collection(tables.STAFF))
    zones: Collection[Zone] = field(default_factory=lambda: Collection(tables.ZONES))
    outbox: Collection[Mail] = field(default_factory=lambda: Collection(tables.OUTBOX))

    @classmethod
    def empty(
        cls,
        name: str = "default",
        *,
        seed: int = 0,
        scenario: str = "empty",
        clock: Clock | None = None,
        rules: Rules | None = None,
    ) -> World:
        """A world without rows; its clock is the wall's unless one is given."""
        ticking = clock or Clock.wall()
        now = ticking.now()
        return cls(name, seed, scenario, ticking, Ids(seed), rules or Rules(), now, now)

    def now(self) -> datetime:
        """The present instant of this world."""
        return self.clock.now()

    @property
    def collections(self) -> dict[str, Collection[Any]]:
        """The collections by name, in the order in which people think of them."""
        return {
            "customers": self.customers,
            "bookings": self.bookings,
            "invoices": self.invoices,
            "staff": self.staff,
            "zones": self.zones,
            "outbox": self.outbox,
        }

    @property
    def versions(self) -> tuple[object, ...]:
        """What changes with every change of a row, and with what time has made due."""
        return (
            self.caught_up_to,
            self.customers.version,
            self.bookings.version,
            self.invoices.version,
            self.staff.version,
            self.zones.version,
            self.outbox.version,
        )

    def fork(self, name: str) -> World:
        """An independent world called ``name`` that starts out equal to this one."""
        return World(
            name,
            self.seed,
            self.scenario,
            self.clock.fork(),
            self.ids.fork(),
            self.rules,
            self.started_at,
            self.caught_up_to,
            self.invoices_numbered,
            self.customers.fork(),
            self.bookings.fork(),
            self.invoices.fork(),
            self.staff.fork(),
            self.zones.fork(),
            self.outbox.fork(),
        )

    def zone_id_of(self, zip_code: str | None) -> str | None:
        """The service zone that holds a ZIP code (its first five digits), if any."""
        if zip_code is None:
            return None
        zones = self.zones.rows("postal_code", zip_code[:5])
        return zones[0].id if zones else None

    def zone(self, zone_id: str | None) -> Zone | None:
        """The service zone with an id, if there is one."""
        return None if zone_id is None else self.zones.get(zone_id)

    def claim(
        self, taken: Callable[[str], object], prefix: str, length: int, wanted: str | None = None
    ) -> str:
        """``wanted``, or a fresh id such as ``cust_01HQ3K5M7N``, that ``taken`` answers no to.

        Raises ``Conflict`` when ``wanted`` is taken.
        """
        if wanted is not None:
            if taken(wanted):
                raise Conflict(
                    "resource_already_exists",
                    f"{wanted!r} already exists: choose another id.",
                    "id",
                )
            return wanted
        fresh = self.ids.prefixed(prefix, length)
        while taken(fresh):
            fresh = self.ids.prefixed(prefix, length)
        return fresh


def business(world: StoredWorld) -> World:
    """The world, known to be one of the business; TypeError for one of another kind."""
    if not isinstance(world, World):
        raise TypeError(f"The world {world.name!r} is no business: it holds other collections.")
    return world
