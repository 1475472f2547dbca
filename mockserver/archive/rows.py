"""Single rows of a world as JSON: found by text, followed to what they name, and replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from mockserver.archive.codec import write
from mockserver.archive.findings import Found, raise_any, refuse_unknown_collection, shown
from mockserver.archive.references import check
from mockserver.archive.state import ROW_KINDS
from mockserver.domain.world import World
from mockserver.errors import NotFound, RuleBroken
from mockserver.store import StoredWorld

Row = dict[str, Any]

ROWS_AT_ONCE = 50
"""So many rows are searched before everything else gets its turn: some milliseconds' worth."""


class RowPage(NamedTuple):
    """One page of rows, and how many there are on all pages."""

    rows: list[Row]
    total: int


class Reference(NamedTuple):
    """A text in a row that is the id of another row; `pointer` leads to it (RFC 6901)."""

    pointer: str
    collection: str
    id: str


async def find_rows(
    world: StoredWorld,
    collection: str,
    *,
    text: str = "",
    newest_first: bool = False,
    page: int = 1,
    per_page: int = 100,
) -> RowPage:
    """One page of the rows that hold a text in any member, in any case; pages count from 1.

    They come in the order in which they were put, or the other way round. A search among many rows
    lets others work meanwhile; it finds what was there when it began. NotFound for an unknown
    collection.
    """
    refuse_unknown_collection(world, collection)
    rows = list(world.collections[collection])
    if text:
        rows = await _holding(rows, text.casefold())
    if newest_first:
        rows.reverse()
    start = (page - 1) * per_page
    return RowPage([_json(row) for row in rows[start : start + per_page]], len(rows))


def row_json(world: StoredWorld, collection: str, row_id: str) -> Row:
    """One row; NotFound for an unknown collection or id."""
    return _json(stored(world, collection, row_id))


def stored(world: StoredWorld, collection: str, row_id: str) -> Any:
    """The record itself; NotFound for an unknown collection or id."""
    refuse_unknown_collection(world, collection)
    record = world.collections[collection].get(row_id)
    if record is None:
        message = f"There is no row {shown(row_id)} among the {collection}."
        raise NotFound("row_not_found", message, "id")
    return record


def references(world: StoredWorld, row: Row) -> list[Reference]:
    """Every text below the top of a row, its own id apart, that is the id of a row."""
    own = {row.get("id"), row.get("key")} - {None}
    return [
        Reference(pointer, name, text)
        for pointer, text in _texts(row, "")
        if text not in own
        for name, collection in world.collections.items()
        if collection.get(text) is not None
    ]


def with_row(world: World, collection: str, row_id: str, value: Any) -> World:
    """A world in which the row with an id is this one, put at the end when there was none.

    The row is checked as in a whole state: RuleBroken ``invalid_state`` with up to 50 problems,
    their fields relative to the row, and ``id_mismatch`` for a row of another id. The world given
    stays as it is.
    """
    refuse_unknown_collection(world, collection)
    found: Found = []
    record = ROW_KINDS[collection].read(value, found)
    raise_any(found)
    table = world.collections[collection].table
    if table.key(record) != row_id:
        message = f"The row has the id {shown(table.key(record))}, the path {shown(row_id)}."
        raise RuleBroken("id_mismatch", f"{message} An id cannot be changed.", "id")
    rows = {name: list(rows) for name, rows in world.collections.items()}
    place = _place(rows[collection], row_id, table.key)
    rows[collection][place : place + 1] = [record]
    tables = {name: each.table for name, each in world.collections.items()}
    check(rows, tables, world.rules, found)
    for finding in found:
        if finding.path[-2:] == [place, collection]:
            del finding.path[-2:]
    raise_any(found)
    changed = world.fork(world.name)
    changed.collections[collection].put(record)
    return changed


def _place(rows: list[Any], row_id: str, key_of: Any) -> int:
    return next((i for i, row in enumerate(rows) if key_of(row) == row_id), len(rows))


def _json(row: Any) -> Row:
    value: Row = orjson.loads(write(row))
    return value


async def _holding(rows: Sequence[Any], needle: str) -> list[Any]:
    """The rows that hold a casefolded text, found some at a time."""
    quoted = orjson.dumps(needle)[1:-1].decode()
    found: list[Any] = []
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        found += [row for row in some if _may_hold(row, quoted) and _holds(_json(row), needle)]
        await asyncio.sleep(0)
    return found


def _may_hold(row: Any, quoted: str) -> bool:
    """Whether the text stands anywhere in the JSON of a row, the names of members included."""
    return quoted in write(row).decode().casefold()


def _holds(value: Any, needle: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(below, needle) for below in value.values())
    if isinstance(value, list):
        return any(_holds(below, needle) for below in value)
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return needle in text.casefold()


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with its pointer."""
    if isinstance(value, str):
        yield pointer, value
    below = enumerate(value) if isinstance(value, list) else ()
    for name, inner in value.items() if isinstance(value, dict) else below:
        part = str(name).replace("~", "~0").replace("/", "~1")
        yield from _texts(inner, f"{pointer}/{part}")
