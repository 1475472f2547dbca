"""Everything an export is written from: what a server answered about one world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.contract import Contract
from mockserver.export.lists import TABLES, Keys, Table
from mockserver.export.recipe import Recipe
from mockserver.export.recorder import Recorded, Recorder
from mockserver.export.records import Collection, collected
from mockserver.export.refusals import Refusals, refusals
from mockserver.export.walk import booking_flow, examples, reads
from mockserver.store import Query


@dataclass(frozen=True, slots=True)
class Dataset:
    """One recorded world.

    `collections` by name; `keys` by table, a row's keys at the row's place in its collection;
    `examples` by operationId, one exchange each, each on a world of its own; `reads` a walk that
    changes nothing; `flow` a booking from its making to its end.
    """

    recipe: Recipe
    contract: Contract
    collections: Mapping[str, Collection]
    keys: Mapping[str, list[Keys]]
    refusals: Refusals
    examples: Mapping[str, Recorded]
    reads: tuple[Recorded, ...]
    flow: tuple[Recorded, ...]


def record(recipe: Recipe) -> Dataset:
    """Grow the world of a recipe and ask a server all about it; SetupError for a bad recipe."""
    with Recorder(recipe.settings) as recorder:
        contract = recorder.server.contract
        collections = collected(recorder)
        keys = {table.name: _keys(recorder, table, collections) for table in TABLES}
        return Dataset(
            recipe,
            contract,
            collections,
            keys,
            refusals(recorder, contract, collections),
            examples(recorder, contract),
            reads(recorder, contract, collections),
            booking_flow(recorder),
        )


def _keys(
    recorder: Recorder, table: Table, collections: Mapping[str, Collection]
) -> list[dict[str, Any]]:
    rows = recorder.world.collections[table.collection].select(Query(order=table.order)).rows
    assert len(rows) == len(collections[table.shows].rows)
    return [table.keys(row) for row in rows]
