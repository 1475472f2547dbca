"""The state of a world kept aside: as JSON, as snapshots in memory and on disk, as diffs.

Nothing that changes what the business is may enter, nor HTTP: rows come from `domain/`, and go back
there only once every one of them was found to be sound.
"""

from __future__ import annotations

from mockserver.archive.difference import diff, rows_by_id
from mockserver.archive.files import SnapshotFiles
from mockserver.archive.keeper import BusinessKeeper, Keeper
from mockserver.archive.rows import Reference, RowPage, find_rows, references, row_json
from mockserver.archive.schemas import component_schemas
from mockserver.archive.snapshots import Snapshot, Snapshots
from mockserver.archive.state import adopt, dump, dump_bytes, dump_collection, load, loaded

__all__ = [
    "BusinessKeeper",
    "Keeper",
    "Reference",
    "RowPage",
    "Snapshot",
    "SnapshotFiles",
    "Snapshots",
    "adopt",
    "component_schemas",
    "diff",
    "dump",
    "dump_bytes",
    "dump_collection",
    "find_rows",
    "load",
    "loaded",
    "references",
    "row_json",
    "rows_by_id",
]
