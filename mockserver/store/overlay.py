"""The rows put since a collection's last freeze: small, mutable, indexed by hash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from mockserver.store.keyed import Keyed
from mockserver.store.table import Entry, Held

R = TypeVar("R")


class Overlay(Generic[R]):
    """Rows and their ages by key; `keyed` finds them by their unique and lookup values."""

    __slots__ = ("_held", "ages", "keyed", "rows")

    def __init__(self) -> None:
        """Start without rows."""
        self.rows: dict[str, R] = {}
        self.ages: dict[str, int] = {}
        self._held: dict[str, Held] = {}
        self.keyed = Keyed()

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[int, R]]:
        """The (age, row) pairs in no promised order."""
        return zip(self.ages.values(), self.rows.values(), strict=True)

    def copy(self) -> Overlay[R]:
        """Give an independent overlay with the same rows."""
        twin: Overlay[R] = Overlay()
        twin.rows = self.rows.copy()
        twin.ages = self.ages.copy()
        twin._held = self._held.copy()
        twin.keyed = self.keyed.copy()
        return twin

    def held(self, key: str) -> Held:
        """Give the values by which the row with a key is found; the key must be here."""
        return self._held[key]

    def aged(self, entry: Entry) -> list[tuple[int, R]]:
        """Give the (age, row) pairs that have a lookup value, in no promised order."""
        return [(self.ages[key], self.rows[key]) for key in self.keyed.lookups.get(entry, ())]

    def add(self, key: str, age: int, row: R, held: Held) -> None:
        """Take in a row whose key is not here."""
        self.rows[key], self.ages[key], self._held[key] = row, age, held
        self.keyed.add(key, held)

    def replace(self, key: str, row: R, held: Held) -> None:
        """Take in a row in place of the one with its key, which is here; it has its age."""
        self.rows[key] = row
        before = self._held[key]
        if before != held:
            self.keyed.drop(key, before)
            self.keyed.add(key, held)
            self._held[key] = held

    def drop(self, key: str) -> None:
        """Let go of a row whose key is here."""
        del self.rows[key], self.ages[key]
        self.keyed.drop(key, self._held.pop(key))
