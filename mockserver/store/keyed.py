"""Which rows have a unique or lookup value: by their keys, so that it holds wherever they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TypeVar

from mockserver.store.table import Held, Table

R = TypeVar("R")
Keys = str | tuple[str, ...] | dict[str, None]
"""One key, or several: most values have one, which needs nothing around it.

Where rows are put, several are the keys of a dictionary: some values have nearly all rows.
"""


class Keyed:
    """The keys of the rows that have a value, for each name of an index.

    `uniques` has the key of the one row with a unique value, `lookups` those with a lookup value.
    """

    __slots__ = ("lookups", "uniques")

    def __init__(self, unique: Iterable[str], lookups: Iterable[str]) -> None:
        """Start without rows, with the names of the indexes."""
        self.uniques: dict[str, dict[Hashable, str]] = {name: {} for name in unique}
        self.lookups: dict[str, dict[Hashable, Keys]] = {name: {} for name in lookups}

    @classmethod
    def read(cls, table: Table[R], rows: Iterable[R]) -> Keyed:
        """Read rows, each with a key of its own."""
        keyed = cls(table.unique, ())
        read = [(table.key(row), table.held(row)) for row in rows]
        for index, owned in enumerate(keyed.uniques.values()):
            owned.update((held[0][index], key) for key, held in read if held[0][index] is not None)
        for index, name in enumerate(table.lookups):
            lists: defaultdict[Hashable, list[str]] = defaultdict(list)
            for key, held in read:
                for value in held[1][index]:
                    lists[value].append(key)
            keyed.lookups[name] = {value: _keys(keys) for value, keys in lists.items()}
        return keyed

    @classmethod
    def united(cls, parts: Sequence[Keyed]) -> Keyed:
        """Join those of sets of rows, at least one, that have no row in common."""
        joined = cls((), ())
        for name in parts[0].uniques:
            owned = joined.uniques[name] = parts[0].uniques[name].copy()
            for part in parts[1:]:
                owned.update(part.uniques[name])
        for name in parts[0].lookups:
            joined.lookups[name] = _together([part.lookups[name] for part in parts])
        return joined

    def copy(self) -> Keyed:
        """Give an independent one that holds the same."""
        twin = Keyed((), ())
        twin.uniques = {name: owned.copy() for name, owned in self.uniques.items()}
        for name, found in self.lookups.items():
            twin.lookups[name] = {
                value: keys.copy() if isinstance(keys, dict) else keys
                for value, keys in found.items()
            }
        return twin

    def having(self, name: str, value: Hashable) -> Collection[str]:
        """Give the keys of the rows that have a value of a lookup."""
        return _each(self.lookups[name].get(value, ()))

    def add(self, key: str, held: Held) -> None:
        """Take in a row whose key is not here yet."""
        uniques, lookups = held
        for owned, value in zip(self.uniques.values(), uniques, strict=True):
            if value is not None:
                owned[value] = key
        for found, values in zip(self.lookups.values(), lookups, strict=True):
            for value in values:
                others = found.get(value)
                if others is None:
                    found[value] = key
                elif isinstance(others, dict):
                    others[key] = None
                else:
                    found[value] = dict.fromkeys((*_each(others), key))

    def drop(self, key: str, held: Held) -> None:
        """Let go of a row that is here."""
        uniques, lookups = held
        for owned, value in zip(self.uniques.values(), uniques, strict=True):
            if value is not None:
                del owned[value]
        for found, values in zip(self.lookups.values(), lookups, strict=True):
            for value in values:
                others = found[value]
                if isinstance(others, dict) and len(others) > 1:
                    del others[key]
                else:
                    del found[value]


def _each(keys: Keys) -> Collection[str]:
    return (keys,) if isinstance(keys, str) else keys


def _keys(keys: Sequence[str]) -> Keys:
    return keys[0] if len(keys) == 1 else tuple(keys)


def _together(parts: Sequence[dict[Hashable, Keys]]) -> dict[Hashable, Keys]:
    """The keys of each value in all of the parts, some of which may share a value."""
    joined = parts[0].copy()
    for part in parts[1:]:
        before, length = joined, len(joined) + len(part)
        joined = before | part
        if len(joined) < length:
            for value in before.keys() & part.keys():
                joined[value] = (*_each(before[value]), *_each(part[value]))
    return joined
