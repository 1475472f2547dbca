"""The rows put since a collection's last freeze: small, mutable, indexed by hash."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from mockserver.store.table import Table

R = TypeVar("R")


class Overlay(Generic[R]):
    """Rows by key with their ages, and the keys of each unique and lookup value."""

    __slots__ = ("_entries", "_lookups", "_table", "_uniques")

    def __init__(self, table: Table[R]) -> None:
        """Start without rows."""
        self._table = table
        self._entries: dict[str, tuple[int, R]] = {}
        self._uniques: dict[tuple[str, Hashable], str] = {}
        self._lookups: dict[tuple[str, Hashable], tuple[str, ...]] = {}

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._entries)

    def __iter__(self) -> Iterator[tuple[int, R]]:
        """The (age, row) pairs in no promised order."""
        return iter(self._entries.values())

    def copy(self) -> Overlay[R]:
        """Give an independent overlay with the same rows."""
        twin = Overlay(self._table)
        twin._entries = self._entries.copy()
        twin._uniques = self._uniques.copy()
        twin._lookups = self._lookups.copy()
        return twin

    def get(self, key: str) -> tuple[int, R] | None:
        """Give the (age, row) pair of a key."""
        return self._entries.get(key)

    def owner(self, name: str, value: Hashable) -> str | None:
        """Give the key of the row that has a unique value."""
        return self._uniques.get((name, value))

    def aged(self, name: str, value: Hashable) -> list[tuple[int, R]]:
        """Give the (age, row) pairs that have a lookup value, in no promised order."""
        return [self._entries[key] for key in self._lookups.get((name, value), ())]

    def add(self, key: str, age: int, row: R) -> None:
        """Take in a row whose key is not here yet."""
        self._entries[key] = (age, row)
        for name, value_of in self._table.unique.items():
            value = value_of(row)
            if value is not None:
                self._uniques[name, value] = key
        for entry in self._table.lookup_entries(row):
            self._lookups[entry] = (*self._lookups.get(entry, ()), key)

    def swap(self, key: str, row: R) -> None:
        """Take in a row in place of the one whose key it has; the age stays."""
        age, before = self._entries[key]
        if self._is_found_alike(before, row):
            self._entries[key] = (age, row)
        else:
            self.drop(key)
            self.add(key, age, row)

    def _is_found_alike(self, one: R, other: R) -> bool:
        uniques = self._table.unique.values()
        entries_of = self._table.lookup_entries
        return entries_of(one) == entries_of(other) and all(
            value_of(one) == value_of(other) for value_of in uniques
        )

    def drop(self, key: str) -> None:
        """Let go of a row whose key is here."""
        _, row = self._entries.pop(key)
        for name, value_of in self._table.unique.items():
            self._uniques.pop((name, value_of(row)), None)
        for entry in self._table.lookup_entries(row):
            left = tuple(other for other in self._lookups[entry] if other != key)
            if left:
                self._lookups[entry] = left
            else:
                del self._lookups[entry]
