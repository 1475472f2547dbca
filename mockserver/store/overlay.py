"""The rows put since a collection's last freeze: small, mutable, indexed by hash."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from mockserver.store.keyed import Keyed
from mockserver.store.table import Held, Table

R = TypeVar("R")


class Overlay(Generic[R]):
    """Rows and their ages by key; `keyed` finds them by their unique and lookup values."""

    __slots__ = ("ages", "keyed", "rows")

    def __init__(self, keyed: Keyed) -> None:
        """Start without rows, with a `keyed` that has none either."""
        self.rows: dict[str, R] = {}
        self.ages: dict[str, int] = {}
        self.keyed = keyed

    @classmethod
    def of(cls, table: Table[R]) -> Overlay[R]:
        """Make one for the rows of a table."""
        return cls(Keyed(table.unique, table.lookups))

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[int, R]]:
        """The (age, row) pairs in no promised order."""
        return zip(self.ages.values(), self.rows.values(), strict=True)

    def copy(self) -> Overlay[R]:
        """Give an independent overlay with the same rows."""
        twin: Overlay[R] = Overlay(self.keyed.copy())
        twin.rows = self.rows.copy()
        twin.ages = self.ages.copy()
        return twin

    def aged(self, name: str, value: Hashable) -> list[tuple[int, R]]:
        """Give the (age, row) pairs that have a lookup value, in no promised order."""
        return [(self.ages[key], self.rows[key]) for key in self.keyed.having(name, value)]

    def add(self, key: str, age: int, row: R, held: Held) -> None:
        """Take in a row whose key is not here."""
        self.rows[key], self.ages[key] = row, age
        self.keyed.add(key, held)

    def replace(self, key: str, row: R, before: Held, held: Held) -> None:
        """Take in a row in place of the one with its key, found by `before`; it has its age."""
        self.rows[key] = row
        if before != held:
            self.keyed.drop(key, before)
            self.keyed.add(key, held)

    def drop(self, key: str, held: Held) -> None:
        """Let go of a row whose key is here."""
        del self.rows[key], self.ages[key]
        self.keyed.drop(key, held)
