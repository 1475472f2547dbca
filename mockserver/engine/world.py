"""A world grown from a document: rows of JSON, each in its collection, under its place and id.

A row is `{"key", "place", "id", "under", "value"}`: `value` is the record as it is known, `place`
names the records around it (`""`, or `acme` for what lies below `/orgs/acme`), `key` is the place
with the id, `under` the views in which the record was made (`/projects/7`). Rows never change in
place. The collection `_places` notes what has been looked at: `next` numbers the records to come,
`gone` are ids that were deleted where every other id exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from mockserver.clock import Clock
from mockserver.ids import Ids
from mockserver.store import Collection, Table

Json = Any
Row = dict[str, Any]
_UNRESERVED = re.compile(r"[A-Za-z0-9_.~-]*", re.ASCII)
PLACES = "_places"
ALONE = "-"
"""The id, within a key, of a record that is alone in its place."""


@dataclass(slots=True)
class World:
    """One world of a document: what `store.StoredWorld` asks for, with rows of JSON."""

    name: str
    seed: int
    scenario: str
    clock: Clock
    ids: Ids
    started_at: datetime
    collections: dict[str, Collection[Row]]

    @classmethod
    def empty(
        cls,
        names: Iterable[str],
        *,
        name: str = "default",
        seed: int = 0,
        clock: Clock | None = None,
    ) -> World:
        """A world without rows that has a collection of each name."""
        ticking = clock or Clock.wall()
        rows = {each: Collection(table(each)) for each in (*names, PLACES)}
        return cls(name, seed, "document", ticking, Ids(seed), ticking.now(), rows)

    def now(self) -> datetime:
        """The present instant of this world."""
        return self.clock.now()

    @property
    def versions(self) -> tuple[object, ...]:
        """What changes with every change of a row."""
        return tuple([rows.version for rows in self.collections.values()])

    def fork(self, name: str) -> World:
        """An independent world called ``name`` that starts out equal to this one."""
        rows = {each: collection.fork() for each, collection in self.collections.items()}
        return World(
            name,
            self.seed,
            self.scenario,
            self.clock.fork(),
            self.ids.fork(),
            self.started_at,
            rows,
        )


def table(name: str) -> Table[Row]:
    """The table of a collection of a name: rows found by place and by view."""
    if name == PLACES:
        return Table(name, key=_key)
    return Table(name, key=_key, lookups={"place": _place, "under": _under})


def place_of(values: Iterable[Json]) -> str:
    """The text of a place: the path values that name it."""
    return "/".join([_quoted(value) for value in values])


def key_of(place: str, value: Json) -> str:
    """The key of the record with an id in a place."""
    own = _quoted(value) or ALONE
    return f"{place}/{own}" if place else own


def text_of(value: Json) -> str:
    """A value as it stands in a path."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _quoted(value: Json) -> str:
    text = text_of(value)
    return text if _UNRESERVED.fullmatch(text) else quote(text, safe="")


def _key(row: Mapping[str, Any]) -> str:
    return str(row["key"])


def _place(row: Mapping[str, Any]) -> tuple[str]:
    return (row["place"],)


def _under(row: Mapping[str, Any]) -> Iterable[str]:
    return tuple(row["under"])
