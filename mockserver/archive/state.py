"""The state of a world as JSON, and back.

::

    {"meta": {…}, "customers": [{…}, …], "bookings": […], "invoices": […],
     "staff": […], "zones": […], "outbox": […]}

Rows stand in the order in which they were put, with a member per field of their record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from types import MappingProxyType
from typing import Any

import orjson

from mockserver.archive.codec import kind_of, write
from mockserver.archive.findings import (
    Found,
    placed,
    raise_any,
    refuse,
    refuse_unknown_collection,
    shown,
)
from mockserver.archive.kinds import Kind, listing
from mockserver.archive.meta import META, Meta, members_from, meta_of
from mockserver.archive.references import check
from mockserver.domain import tables
from mockserver.domain.records import Booking, Customer, Invoice, Mail, Staff, Zone
from mockserver.domain.world import World, business
from mockserver.store import Collection, StoredWorld, Table

MOST_ROWS = 1_000_000
ROW_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "customers": kind_of(Customer),
        "bookings": kind_of(Booking),
        "invoices": kind_of(Invoice),
        "staff": kind_of(Staff),
        "zones": kind_of(Zone),
        "outbox": kind_of(Mail),
    }
)
_TABLES: Mapping[str, Table[Any]] = MappingProxyType(
    {
        "customers": tables.CUSTOMERS,
        "bookings": tables.BOOKINGS,
        "invoices": tables.INVOICES,
        "staff": tables.STAFF,
        "zones": tables.ZONES,
        "outbox": tables.OUTBOX,
    }
)
_READERS = MappingProxyType(
    {name: listing(kind, MOST_ROWS).read for name, kind in ROW_KINDS.items()}
)


def dump_bytes(world: StoredWorld, now: datetime | None = None) -> bytes:
    """The whole state as JSON text; equal worlds give the same bytes.

    ``now`` stands in ``meta`` instead of what the clock shows, for a world kept since then.
    """
    rows = {name: list(collection) for name, collection in world.collections.items()}
    return write({"meta": meta_of(business(world), now), **rows})


def dump(world: StoredWorld, now: datetime | None = None) -> dict[str, Any]:
    """The whole state as JSON values; see :func:`dump_bytes`."""
    state: dict[str, Any] = orjson.loads(dump_bytes(world, now))
    return state


def dump_collection(world: StoredWorld, name: str) -> list[dict[str, Any]]:
    """The rows of one collection, in the order in which they were put; NotFound for no such."""
    refuse_unknown_collection(world, name)
    rows: list[dict[str, Any]] = orjson.loads(write(list(world.collections[name])))
    return rows


def load(world: World, state: Any, collection: str | None = None) -> None:
    """Replace the whole state of a world, or the rows of one collection, by what is given.

    ``state`` is what :func:`dump` gives, or a list of rows for one collection. A collection left
    out of a whole state becomes empty; what ``meta`` leaves out stays; a member of a row may be
    left out when its record has a default for it. Raises NotFound for an unknown collection and
    RuleBroken ``invalid_state`` with up to 50 problems, and then nothing has changed.
    """
    adopt(world, loaded(world, state, collection))


def loaded(world: World, state: Any, collection: str | None = None) -> World:
    """The world that :func:`load` would make of this one, which stays as it is."""
    found: Found = []
    if collection is not None:
        refuse_unknown_collection(world, collection)
        given = {collection: state}
        rows = {name: list(rows) for name, rows in world.collections.items()}
    else:
        given = _closed(state, found)
        rows = {name: [] for name in ROW_KINDS}
    members = _meta(given, world, found)
    for name in [name for name in ROW_KINDS if name in given]:
        noted = len(found)
        rows[name] = _READERS[name](given[name], found)
        placed(found, noted, name)
    raise_any(found)
    check(rows, _TABLES, members.get("rules", world.rules), found)
    raise_any(found)
    replaced = (collection,) if collection is not None else tuple(ROW_KINDS)
    return _replaced(world, {**members, **{n: Collection(_TABLES[n], rows[n]) for n in replaced}})


def adopt(world: World, other: World) -> None:
    """Let a world become what another one is, but for its name; the other must not be used on."""
    for field in fields(World):
        if field.name != "name":
            setattr(world, field.name, getattr(other, field.name))


def _closed(state: Any, found: Found) -> dict[str, Any]:
    if type(state) is not dict:
        refuse(found, "type", f"is {shown(state)}: it must be an object")
        return {}
    for name in state:
        if name != "meta" and name not in ROW_KINDS:
            known = ", ".join(("meta", *ROW_KINDS))
            refuse(found, "unknown", f"is not known: use {known}", name)
    return state


def _meta(given: Mapping[str, Any], world: World, found: Found) -> dict[str, Any]:
    if "meta" not in given:
        return {}
    noted = len(found)
    meta = META.read(given["meta"], found)
    members = members_from(meta, world, found) if isinstance(meta, Meta) else {}
    placed(found, noted, "meta")
    return members


def _replaced(world: World, members: Mapping[str, Any]) -> World:
    fork = world.fork(world.name)
    for name, value in members.items():
        setattr(fork, name, value)
    return fork
