"""The rows put since a collection's last freeze: small, mutable, indexed by hash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from mockserver.store.keyed import Held, Keyed
from mockserver.store.table import Entry

R = TypeVar("R")


class Overlay(Generic[R]):
    """Rows by key with their ages; `keyed` finds them by their unique and lookup values."""

    __slots__ = ("_entries", "_held", "keyed")

    def __init__(self) -> None:
        """Start without rows."""
        self._entries: dict[str, tuple[int, R]] = {}
        self._held: dict[str, Held] = {}
        self.keyed = Keyed()

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._entries)

    def __iter__(self) -> Iterator[tuple[int, R]]:
        """The (age, row) pairs in no promised order."""
        return iter(self._entries.values())

    def copy(self) -> Overlay[R]:
        """Give an independent overlay with the same rows."""
        twin: Overlay[R] = Overlay()
        twin._entries = self._entries.copy()
        twin._held = self._held.copy()
        twin.keyed = self.keyed.copy()
        return twin

    def get(self, key: str) -> tuple[int, R] | None:
        """Give the (age, row) pair of a key."""
        return self._entries.get(key)

    def held(self, key: str) -> Held:
        """Give the values by which the row with a key is found; the key must be here."""
        return self._held[key]

    def aged(self, entry: Entry) -> list[tuple[int, R]]:
        """Give the (age, row) pairs that have a lookup value, in no promised order."""
        keys = self.keyed.lookups.get(entry)
        return [self._entries[key] for key in keys] if keys else []

    def put(self, key: str, age: int, row: R, held: Held) -> None:
        """Take in a row, in place of the one that has its key."""
        before = self._held.get(key)
        self._entries[key] = (age, row)
        if before != held:
            if before is not None:
                self.keyed.drop(key, before)
            self.keyed.add(key, held)
            self._held[key] = held

    def drop(self, key: str) -> None:
        """Let go of a row whose key is here."""
        del self._entries[key]
        self.keyed.drop(key, self._held.pop(key))
