"""Which rows have a unique or lookup value: by their keys, so that it holds wherever they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from mockserver.store.table import Entry, Held, Table

R = TypeVar("R")


class Keyed:
    """The keys of the rows that have a value, by index name and value.

    `uniques` has the key of the one row with a unique value, `lookups` those with a lookup value.
    """

    __slots__ = ("lookups", "uniques")

    def __init__(self) -> None:
        """Start without rows."""
        self.uniques: dict[Entry, str] = {}
        self.lookups: dict[Entry, tuple[str, ...]] = {}

    @classmethod
    def read(cls, table: Table[R], rows: Iterable[R]) -> Keyed:
        """Read rows, each with a key of its own."""
        keyed = cls()
        lists: defaultdict[Entry, list[str]] = defaultdict(list)
        for row in rows:
            key, (uniques, lookups) = table.key(row), table.held(row)
            for entry in uniques:
                keyed.uniques[entry] = key
            for entry in lookups:
                lists[entry].append(key)
        keyed.lookups = {entry: tuple(keys) for entry, keys in lists.items()}
        return keyed

    @classmethod
    def united(cls, parts: Sequence[Keyed]) -> Keyed:
        """Join those of sets of rows, at least one, that have no row in common."""
        joined, apart = parts[0].copy(), 0
        for part in parts[1:]:
            joined.uniques.update(part.uniques)
        for part in parts:
            joined.lookups.update(part.lookups)
            apart += len(part.lookups)
        if len(joined.lookups) < apart:
            joined.lookups = _together([part.lookups for part in parts])
        return joined

    def copy(self) -> Keyed:
        """Give an independent one that holds the same."""
        twin = Keyed()
        twin.uniques = self.uniques.copy()
        twin.lookups = self.lookups.copy()
        return twin

    def add(self, key: str, held: Held) -> None:
        """Take in a row whose key is not here yet."""
        uniques, lookups = held
        for entry in uniques:
            self.uniques[entry] = key
        keys = self.lookups
        for entry in lookups:
            others = keys.get(entry)
            keys[entry] = (*others, key) if others else (key,)

    def drop(self, key: str, held: Held) -> None:
        """Let go of a row that is here."""
        uniques, lookups = held
        for entry in uniques:
            del self.uniques[entry]
        for entry in lookups:
            left = tuple(other for other in self.lookups[entry] if other != key)
            if left:
                self.lookups[entry] = left
            else:
                del self.lookups[entry]


def _together(parts: Iterable[dict[Entry, tuple[str, ...]]]) -> dict[Entry, tuple[str, ...]]:
    """The keys of each value in all of the parts, some of which share a value."""
    joined: dict[Entry, tuple[str, ...]] = {}
    for part in parts:
        shared = joined.keys() & part.keys()
        longer = {entry: joined[entry] + part[entry] for entry in shared}
        joined.update(part)
        joined.update(longer)
    return joined
