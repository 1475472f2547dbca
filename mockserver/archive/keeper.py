"""How worlds of one kind are brought up to date and kept as JSON: the business, or another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from mockserver.archive import naming, rows, state
from mockserver.archive.schemas import component_schemas
from mockserver.domain import agenda
from mockserver.domain.world import World, business
from mockserver.store import StoredWorld


class Keeper(Protocol):
    """What a server does with worlds of its kind, whose rows have a JSON form."""

    def catch_up(self, world: StoredWorld) -> int:
        """Let everything happen that time has made due since the last call; count it."""
        ...

    def take_in(self, world: StoredWorld, grown: StoredWorld) -> None:
        """Give a world the collections that another one has besides, which are new since then."""
        ...

    def dump_bytes(self, world: StoredWorld, now: datetime | None = None) -> bytes:
        """The whole state as JSON text; ``now`` stands in it instead of what the clock shows."""
        ...

    def dump_collection(self, world: StoredWorld, name: str) -> list[dict[str, Any]]:
        """The rows of one collection; NotFound ``collection_not_found`` for no such."""
        ...

    def loaded(self, world: StoredWorld, given: Any, collection: str | None = None) -> StoredWorld:
        """The world with a state, or the rows of one collection, in place of its own.

        The world itself stays as it is. Raises NotFound for an unknown collection and RuleBroken
        ``invalid_state`` with up to 50 problems.
        """
        ...

    def with_row(self, world: StoredWorld, collection: str, row_id: str, value: Any) -> StoredWorld:
        """A world in which a row is this one; the world itself stays as it is.

        Raises NotFound for an unknown collection, and RuleBroken ``invalid_state`` or
        ``id_mismatch``.
        """
        ...

    def without_row(self, world: StoredWorld, collection: str, row_id: str) -> StoredWorld:
        """A world in which a row is gone; the world itself stays as it is.

        Raises NotFound for an unknown collection or row, and Conflict ``row_in_use`` where other
        rows must not outlive it.
        """
        ...

    def schemas(self) -> Mapping[str, Any]:
        """Schemas by name (OpenAPI 3.0) of a state (``WorldState``) and all that it refers to."""
        ...


class BusinessKeeper:
    """The keeper of the business."""

    def catch_up(self, world: StoredWorld) -> int:
        """What became due: services start and end, invoices fall overdue."""
        return agenda.catch_up(business(world))

    def take_in(self, world: StoredWorld, grown: StoredWorld) -> None:
        """The business has the same collections for ever."""

    def dump_bytes(self, world: StoredWorld, now: datetime | None = None) -> bytes:
        """See :func:`state.dump_bytes`."""
        return state.dump_bytes(world, now)

    def dump_collection(self, world: StoredWorld, name: str) -> list[dict[str, Any]]:
        """See :func:`state.dump_collection`."""
        return state.dump_collection(world, name)

    def loaded(self, world: StoredWorld, given: Any, collection: str | None = None) -> World:
        """See :func:`state.loaded`."""
        return state.loaded(business(world), given, collection)

    def with_row(self, world: StoredWorld, collection: str, row_id: str, value: Any) -> World:
        """See :func:`rows.with_row`."""
        return rows.with_row(business(world), collection, row_id, value)

    def without_row(self, world: StoredWorld, collection: str, row_id: str) -> World:
        """See :func:`naming.without_row`."""
        return naming.without_row(business(world), collection, row_id)

    def schemas(self) -> Mapping[str, Any]:
        """See :func:`schemas.component_schemas`."""
        return component_schemas()
