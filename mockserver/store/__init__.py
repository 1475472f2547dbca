"""Where state lives: collections of immutable records, queries over them, copy-on-write forks.

Nothing that knows a customer, a contract or HTTP may enter: a record's meaning comes in as the
functions of a `Table`.
"""

from __future__ import annotations

from mockserver.store.collection import Collection, latest_change
from mockserver.store.errors import DuplicateKey, MissingKey, UnknownIndex
from mockserver.store.query import Page, Query
from mockserver.store.table import Table
from mockserver.store.world import StoredWorld

__all__ = [
    "Collection",
    "DuplicateKey",
    "MissingKey",
    "Page",
    "Query",
    "StoredWorld",
    "Table",
    "UnknownIndex",
    "latest_change",
]
