"""The state of worlds that were grown from documents: as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from mockserver.archive import codec, meta
from mockserver.archive.findings import Found, placed, raise_any, refuse, shown
from mockserver.archive.kinds import Kind, listing, text, whole
from mockserver.clock import LATEST
from mockserver.engine.answering import Engine
from mockserver.engine.estate import Estate
from mockserver.engine.world import PLACES, World, table
from mockserver.errors import NotFound
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


META: Kind = codec.kind_of(
    DocumentMeta,
    {
        "seed": whole(-_LARGEST, _LARGEST),
        "now": meta.instant(LATEST),
        "ahead_s": whole(-meta.MOST_AHEAD_S, meta.MOST_AHEAD_S),
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
    gone: tuple[str, ...]


_TEXT = text(4096)
_ANYTHING = Kind(lambda value, _: value, {})
_ROW = codec.kind_of(_Row, {"key": _TEXT, "place": text(4096), "id": _ANYTHING, "under": _TEXT,
                            "value": _ANYTHING})  # fmt: skip
_PLACE = codec.kind_of(_Place, {"key": _TEXT, "next": whole(0, _LARGEST), "gone": _TEXT})
_ROWS = listing(_ROW, MOST_ROWS)
_PLACES = listing(_PLACE, MOST_ROWS)


class DocumentKeeper:
    """Keeps the worlds of one document, or estates of several, by the names of their parts.

    A row is ``{"key", "place", "id", "under", "value"}``, see :mod:`mockserver.engine.world`; its
    value must be one that the document takes for a record of its collection.
    """

    def __init__(self, engines: Mapping[str, Engine]) -> None:
        self._engines = engines

    def catch_up(self, _world: StoredWorld) -> int:
        """A document names nothing that time alone would bring about."""
        return 0

    def dump_bytes(self, world: StoredWorld, now: datetime | None = None) -> bytes:
        """The whole state as JSON text; every collection is grown by then."""
        self._grow(world)
        ahead = world.clock.ahead
        told = DocumentMeta(
            world.seed,
            now or world.now(),
            "frozen" if ahead is None else "running",
            meta.seconds(ahead),
        )
        rows = {name: list(each) for name, each in world.collections.items()}
        return codec.write({"meta": told, **rows})

    def dump_collection(self, world: StoredWorld, name: str) -> list[dict[str, Any]]:
        """The rows of one collection; NotFound ``collection_not_found`` for no such."""
        _refuse_unknown(name, world)
        self._grow(world)
        return list(world.collections[name])

    def loaded(self, world: StoredWorld, given: Any, collection: str | None = None) -> StoredWorld:
        """The world with a state, or the rows of one collection, in place of its own."""
        if collection is not None:
            _refuse_unknown(collection, world)
            given = {collection: given}
        found: Found = []
        state = _closed(given, world, found)
        told = META.read(state.get("meta", {}), found)
        kept = world.collections if collection is not None else {}
        fresh = {
            name: kept[name] if name in kept and name not in state
            else Collection(table(name.rpartition(".")[2]), self._read(name, state, found))
            for name in world.collections
        }  # fmt: skip
        raise_any(found)
        twin = world.fork(world.name)
        if isinstance(told, DocumentMeta) and "meta" in state:
            twin.seed = twin.seed if told.seed is None else told.seed
            meta.set_clock(twin, told, found)
            raise_any(found)
        _put(twin, fresh)
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
        for part, engine in self._parts(world):
            engine.grow(part)

    def _parts(self, world: StoredWorld) -> list[tuple[World, Engine]]:
        if isinstance(world, Estate):
            return [(world.parts[name], engine) for name, engine in self._engines.items()]
        assert isinstance(world, World)
        return [(world, engine) for engine in self._engines.values()]

    def _read(self, name: str, state: Mapping[str, Any], found: Found) -> list[dict[str, Any]]:
        """The rows of a collection, each of them sound; none where the state has no such."""
        noted = len(found)
        part, _, own = name.rpartition(".")
        rows = (_PLACES if own == PLACES else _ROWS).read(state.get(name, []), found)
        if len(found) == noted and own != PLACES:
            self._judge(self._engines[part], own, rows, found)
        placed(found, noted, name)
        return [codec.plain(row) for row in rows] if len(found) == noted else []

    def _judge(self, engine: Engine, name: str, rows: tuple[_Row, ...], found: Found) -> None:
        keys: set[str] = set()
        for number, row in enumerate(rows):
            noted = len(found)
            if row.key in keys:
                refuse(found, "duplicate", f"is {shown(row.key)}, like another row's", "key")
            keys.add(row.key)
            for violation in engine.problems(name, row.value):
                refuse(found, violation.keyword, violation.message, "value", *violation.pointer)
            placed(found, noted, number)


def _refuse_unknown(name: str, world: StoredWorld) -> None:
    if name not in world.collections:
        known = ", ".join(each for each in world.collections if not each.endswith(PLACES))
        message = f"There is no collection {shown(name)}: choose one of {known}."
        raise NotFound("collection_not_found", message, "collection")


def _closed(given: Any, world: StoredWorld, found: Found) -> dict[str, Any]:
    if type(given) is not dict:
        refuse(found, "type", f"is {shown(given)}: it must be an object")
        return {}
    for name in given:
        if name != "meta" and name not in world.collections:
            refuse(found, "unknown", f"is not known: use {', '.join(world.collections)}", name)
    return given


def _put(world: StoredWorld, rows: Mapping[str, Collection[Any]]) -> None:
    if isinstance(world, Estate):
        for name, part in world.parts.items():
            part.seed = world.seed
            part.collections = {
                each: rows[f"{name}.{each}"] for each in part.collections
            }
    else:
        assert isinstance(world, World)
        world.collections = dict(rows)
