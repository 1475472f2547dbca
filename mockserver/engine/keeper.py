"""The state of worlds that were grown from documents: as JSON, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from mockserver.archive.codec import data_of, kind_of, write
from mockserver.archive.findings import (
    MOST,
    Found,
    placed,
    raise_any,
    refuse,
    refuse_unknown_collection,
    shown,
)
from mockserver.archive.kinds import Kind, instant, listing, text, whole
from mockserver.archive.meta import MOST_AHEAD_S, ahead_s, clock_from
from mockserver.archive.rows import stored
from mockserver.clock import LATEST
from mockserver.engine.answering import Engine
from mockserver.engine.estate import Estate
from mockserver.engine.world import PLACES, World, table
from mockserver.errors import RuleBroken
from mockserver.store import Collection, StoredWorld

MOST_ROWS = 1_000_000
_LARGEST = 9_223_372_036_854_775_807


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """Everything but the rows; what is ``None`` stays as it is in the world that is loaded."""

    seed: int | None = None
    now: datetime | None = None
    clock: Literal["frozen", "running"] | None = None
    ahead_s: int | None = None


META: Kind = kind_of(
    DocumentMeta,
    {
        "seed": whole(-_LARGEST, _LARGEST),
        "now": instant(LATEST),
        "ahead_s": whole(-MOST_AHEAD_S, MOST_AHEAD_S),
    },
)


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    place: str
    id: Any
    under: tuple[str, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class _Place:
    key: str
    next: int
    made: int
    gone: tuple[str, ...]


_TEXT = text(4096)
_ANYTHING = Kind(lambda value, _: value, {})
_ROW = kind_of(_Row, {"key": _TEXT, "place": text(4096), "id": _ANYTHING, "under": _TEXT,
                            "value": _ANYTHING})  # fmt: skip
_COUNT = whole(0, _LARGEST)
_PLACE = kind_of(_Place, {"key": _TEXT, "next": _COUNT, "made": _COUNT, "gone": _TEXT})
_ROWS = listing(_ROW, MOST_ROWS)
_PLACES = listing(_PLACE, MOST_ROWS)


class DocumentKeeper:
    """Keeps the worlds of one document, or estates of several, by the names of their parts.

    A row is ``{"key", "place", "id", "under", "value"}``, see :mod:`mockserver.engine.world`; its
    value must be one that the document takes for a record of its collection.
    """

    def __init__(self, engines: Mapping[str, Engine]) -> None:
        """Take the engine of every part; a single one has no name."""
        self._engines = engines

    def catch_up(self, _world: StoredWorld) -> int:
        """A document names nothing that time alone would bring about."""
        return 0

    def take_in(self, world: StoredWorld, grown: StoredWorld) -> None:
        """Give a world the collections, and the documents, that another one has besides."""
        if isinstance(world, Estate) and isinstance(grown, Estate):
            for name, part in grown.fork(world.name).parts.items():
                self.take_in(world.parts.setdefault(name, part), part)
            world.share_clock()
        elif isinstance(world, World) and isinstance(grown, World):
            fresh = grown.fork(world.name).collections
            world.collections = {**fresh, **world.collections}

    def dump_bytes(self, world: StoredWorld, now: datetime | None = None) -> bytes:
        """The whole state as JSON text; every collection is grown by then."""
        self._grow(world)
        meta = DocumentMeta(
            world.seed,
            now or world.now(),
            "frozen" if world.clock.is_frozen else "running",
            ahead_s(world.clock),
        )
        rows = {name: list(each) for name, each in world.collections.items()}
        return write({"meta": meta, **rows})

    def dump_collection(self, world: StoredWorld, name: str) -> list[dict[str, Any]]:
        """The rows of one collection; NotFound ``collection_not_found`` for no such."""
        refuse_unknown_collection(world, name)
        self._grow(world)
        return list(world.collections[name])

    def loaded(self, world: StoredWorld, given: Any, collection: str | None = None) -> StoredWorld:
        """The world with a state, or the rows of one collection, in place of its own."""
        if collection is not None:
            refuse_unknown_collection(world, collection)
            given = {collection: given}
        found: Found = []
        state = _closed(given, world, found)
        twin = world.fork(world.name)
        if "meta" in state:
            _take_meta(state["meta"], twin, found)
        for name, part, engine in self._parts(twin):
            kept = part.collections if collection is not None else {}
            part.collections = {
                own: kept[own]
                if own in kept and name + own not in state
                else Collection(table(own), _rows(name + own, own, state, engine, found))
                for own in part.collections
            }
        raise_any(found)
        return twin

    def with_row(self, world: StoredWorld, collection: str, row_id: str, value: Any) -> StoredWorld:
        """A world in which the row with a key is this one, put at the end when there was none."""
        refuse_unknown_collection(world, collection)
        found: Found = []
        twin = world.fork(world.name)
        part, engine, own = self._home(twin, collection)
        row = (_PLACE if own == PLACES else _ROW).read(value, found)
        raise_any(found)
        if row.key != row_id:
            message = f"The row has the key {shown(row.key)}, the path {shown(row_id)}."
            raise RuleBroken("id_mismatch", f"{message} A key cannot be changed.", "key")
        for problem in engine.problems(own, row.value) if own != PLACES else ():
            refuse(found, problem.keyword, problem.message, "value", *problem.pointer)
        raise_any(found)
        part.collections[own].put(data_of(row))
        return twin

    def without_row(self, world: StoredWorld, collection: str, row_id: str) -> StoredWorld:
        """A world in which the row with a key is gone, and all that lies below it."""
        stored(world, collection, row_id)
        twin = world.fork(world.name)
        part, engine, own = self._home(twin, collection)
        engine.remove(part, own, row_id)
        return twin

    def schemas(self) -> Mapping[str, Any]:
        """Schemas by name (OpenAPI 3.0) of a state and all that it refers to."""
        rows = {"type": "array", "maxItems": MOST_ROWS, "items": {"type": "object"}}
        return {
            "WorldState": {
                "type": "object",
                "properties": {"meta": {"$ref": "#/components/schemas/StateMeta"}},
                "additionalProperties": rows,
            },
            "StateMeta": META.schema,
        }

    def _grow(self, world: StoredWorld) -> None:
        for _, part, engine in self._parts(world):
            engine.grow(part)

    def _home(self, world: StoredWorld, collection: str) -> tuple[World, Engine, str]:
        """The part that has a collection, its engine, and what the part calls the collection."""
        return next(
            (part, engine, collection.removeprefix(name))
            for name, part, engine in self._parts(world)
            if collection.startswith(name) and collection.removeprefix(name) in part.collections
        )

    def _parts(self, world: StoredWorld) -> Iterator[tuple[str, World, Engine]]:
        """Every part of a world: what its collections are called by, its world, its engine."""
        if isinstance(world, Estate):
            for name, engine in self._engines.items():
                yield f"{name}.", world.parts[name], engine
        else:
            assert isinstance(world, World)
            for engine in self._engines.values():
                yield "", world, engine


def _take_meta(given: Any, world: StoredWorld, found: Found) -> None:
    noted = len(found)
    meta = META.read(given, found)
    if isinstance(meta, DocumentMeta):
        clock = clock_from(meta, world.clock, found)
        for each in (world, *(world.parts.values() if isinstance(world, Estate) else ())):
            each.clock = clock
            each.seed = each.seed if meta.seed is None else meta.seed
    placed(found, noted, "meta")


def _rows(
    name: str, own: str, state: Mapping[str, Any], engine: Engine, found: Found
) -> list[dict[str, Any]]:
    """The rows of a collection; none where the state has no such, or where one is not sound."""
    noted = len(found)
    kind = _PLACES if own == PLACES else _ROWS
    rows = kind.read(state.get(name, []), found)
    if len(found) == noted:
        _refuse_repeated(rows, found)
    if len(found) == noted and own != PLACES:
        _judge(engine, own, rows, found)
    is_sound = len(found) == noted
    placed(found, noted, name)
    return [data_of(row) for row in rows] if is_sound else []


def _refuse_repeated(rows: Sequence[_Row | _Place], found: Found) -> None:
    keys: set[str] = set()
    for number, row in enumerate(rows):
        if row.key in keys:
            refuse(found, "duplicate", f"is {shown(row.key)}, like another row's", number, "key")
        keys.add(row.key)


def _judge(engine: Engine, name: str, rows: Sequence[_Row], found: Found) -> None:
    """Note what the document does not take for a record of the collection."""
    for number, row in enumerate(rows):
        for problem in engine.problems(name, row.value):
            place = (number, "value", *problem.pointer)
            refuse(found, problem.keyword, problem.message, *place)
        if len(found) >= MOST:
            return


def _closed(given: Any, world: StoredWorld, found: Found) -> dict[str, Any]:
    if type(given) is not dict:
        refuse(found, "type", f"is {shown(given)}: it must be an object")
        return {}
    for name in given:
        if name != "meta" and name not in world.collections:
            refuse(found, "unknown", f"is not known: use {', '.join(world.collections)}", name)
    return given
