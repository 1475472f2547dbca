"""Handlers of the tag `state`: the rows of a world, kept, put back, and compared."""

from __future__ import annotations

from typing import Any

import orjson

from mockserver.admin.control import Control
from mockserver.archive import (
    Snapshot,
    SnapshotFiles,
    diff,
    find_rows,
    references,
    row_json,
)
from mockserver.clock import instant_text
from mockserver.contract import Arguments, Reply
from mockserver.errors import Conflict
from mockserver.store import StoredWorld
from mockserver.worlds import ServedWorld


def get_state(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Everything, or the rows of one collection."""
    collection = call.query.get("collection")
    if collection is None:
        return Reply(200, _dumped(control, served.world))
    return Reply(200, {collection: control.keeper.dump_collection(served.world, collection)})


def put_state(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Replace everything, or the rows of one collection; a bad state is refused whole."""
    collection = call.query.get("collection")
    state = call.body
    if collection is not None:
        state = state.get(collection, [])
    served.world = control.keeper.loaded(served.world, state, collection)
    return Reply(204)


async def list_rows(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """One page of a collection, or of its rows that hold a text."""
    query = call.query
    found = await find_rows(
        served.world,
        call.path["collection"],
        text=query.get("q", ""),
        newest_first=query["order"] == "newest",
        page=query["page"],
        per_page=query["per_page"],
    )
    return Reply(200, {"data": found.rows, "total": found.total})


def get_row(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """One row with the rows it names."""
    return Reply(200, _row(served.world, call))


def put_row(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Put one row in place of another, or add it; one that is not sound is refused."""
    collection, row_id = call.path["collection"], call.path["id"]
    served.world = control.keeper.with_row(served.world, collection, row_id, call.body)
    return Reply(200, _row(served.world, call))


def delete_row(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Take one row out, unless others name it."""
    collection, row_id = call.path["collection"], call.path["id"]
    served.world = control.keeper.without_row(served.world, collection, row_id)
    return Reply(204)


def list_snapshots(_control: Control, served: ServedWorld, _call: Arguments) -> Reply:
    """The snapshots of the world, in the order in which they were taken."""
    return Reply(200, {"data": [_summary(snapshot) for snapshot in served.snapshots]})


def take_snapshot(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Keep the world as it is now under a name."""
    return Reply(201, _summary(served.snapshots.take(call.path["name"], served.world)))


def get_snapshot(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """The state that a snapshot holds."""
    return Reply(200, _dumped(control, served.snapshots.get(call.path["name"]).kept))


def delete_snapshot(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Forget a snapshot."""
    served.snapshots.delete(call.path["name"])
    return Reply(204)


def restore_snapshot(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Put the world back to a snapshot, which stays."""
    served.world = served.snapshots.restore(call.path["name"])
    return Reply(204)


def save_snapshot(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Write a snapshot into its file."""
    snapshot = served.snapshots.get(call.path["name"])
    _files(control).write(snapshot)
    return Reply(200, _summary(snapshot))


def read_snapshot(control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """Read a snapshot from its file, to be restored or compared."""
    snapshot = _files(control).read(call.path["name"], like=served.world)
    return Reply(200, _summary(served.snapshots.keep(snapshot)))


def get_diff(_control: Control, served: ServedWorld, call: Arguments) -> Reply:
    """What changed between two snapshots, or between a snapshot and now, as JSON Patch."""
    before = served.snapshots.get(call.query["from"]).kept
    after = call.query.get("to")
    return Reply(200, diff(before, _at(served, after)))


def _row(world: StoredWorld, call: Arguments) -> dict[str, Any]:
    row = row_json(world, call.path["collection"], call.path["id"])
    return {"row": row, "references": [each._asdict() for each in references(world, row)]}


def _at(served: ServedWorld, name: str | None) -> StoredWorld:
    return served.world if name is None else served.snapshots.get(name).kept


def _dumped(control: Control, world: StoredWorld) -> Any:
    return orjson.loads(control.keeper.dump_bytes(world))


def _summary(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "name": snapshot.name,
        "taken_at": instant_text(snapshot.taken_at),
        "counts": dict(snapshot.counts),
    }


def _files(control: Control) -> SnapshotFiles:
    if control.snapshot_files is None:
        raise Conflict(
            "no_snapshot_directory",
            "Snapshots are kept in memory alone: start the server with --snapshots DIRECTORY.",
        )
    return control.snapshot_files
