"""The description of a collection: how to read a record's key, indexes, orders and text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from mockserver.store.errors import UnknownIndex

R = TypeVar("R")
Reader = TypeVar("Reader")
Held = tuple[tuple[Hashable | None, ...], tuple[tuple[Hashable, ...], ...]]
"""The unique value and the lookup values by which one row is found, for each name in order."""


# Not slotted: on Python 3.11 `Table[R](...)` fails for a frozen, slotted, generic dataclass.
@dataclass(frozen=True)
class Table(Generic[R]):
    """A frozen description of one kind of record, built once per record type.

    Every function reads a record and nothing else; records never change in place.

    - `key` gives the primary key.
    - `unique` values belong to at most one row; None is not indexed.
    - `lookups` have many distinct values with few rows each.
    - `facets` have few distinct values with many rows each.
    - `ranges` give comparable values; a row whose value is None is in no range.
    - `orders` give sort keys. The first is the default; without any, rows sort by key. A sort
      key must be total: no two rows share one, so let it end with the key.
    - `text` is what `Query.contains` searches, casefolded.
    """

    name: str
    key: Callable[[R], str]
    unique: Mapping[str, Callable[[R], Hashable | None]] = field(default_factory=dict)
    lookups: Mapping[str, Callable[[R], Iterable[Hashable]]] = field(default_factory=dict)
    facets: Mapping[str, Callable[[R], Iterable[Hashable]]] = field(default_factory=dict)
    ranges: Mapping[str, Callable[[R], Any | None]] = field(default_factory=dict)
    orders: Mapping[str, Callable[[R], Any]] = field(default_factory=dict)
    text: Callable[[R], str] | None = None

    def unique_value(self, name: str) -> Callable[[R], Hashable | None]:
        """Give the reader of a unique value, or raise UnknownIndex."""
        return self._named("unique value", name, self.unique)

    def lookup_values(self, name: str) -> Callable[[R], Iterable[Hashable]]:
        """Give the reader of a lookup's values, or raise UnknownIndex."""
        return self._named("lookup", name, self.lookups)

    def equal_values(self, name: str) -> Callable[[R], Iterable[Hashable]]:
        """Give the reader of a facet's or lookup's values, or raise UnknownIndex."""
        return self._named("facet or lookup", name, {**self.lookups, **self.facets})

    def range_value(self, name: str) -> Callable[[R], Any | None]:
        """Give the reader of a range's value, or raise UnknownIndex."""
        return self._named("range", name, self.ranges)

    def order_key(self, name: str | None) -> Callable[[R], Any]:
        """Give the sort key of an order, None for the default, or raise UnknownIndex."""
        if name is None:
            return next(iter(self.orders.values()), self.key)
        return self._named("order", name, self.orders)

    def is_default_order(self, name: str | None) -> bool:
        """Tell whether the name means the order in which rows are kept."""
        return name is None or name == next(iter(self.orders), None)

    def searched_text(self) -> Callable[[R], str]:
        """Give the reader of a row's casefolded text, or raise UnknownIndex without a text."""
        text = self.text
        if text is None:
            raise UnknownIndex(self.name, "text", "contains", ())
        return lambda row: text(row).casefold()

    def held(self, row: R) -> Held:
        """Give the unique and the lookup values by which a row is found."""
        uniques = tuple([value_of(row) for value_of in self.unique.values()])
        return uniques, tuple([_distinct(values_of(row)) for values_of in self.lookups.values()])

    def _named(self, kind: str, name: str, readers: Mapping[str, Reader]) -> Reader:
        reader = readers.get(name)
        if reader is None:
            raise UnknownIndex(self.name, kind, name, readers)
        return reader


def _distinct(values: Iterable[Hashable]) -> tuple[Hashable, ...]:
    several = tuple(values)
    return several if len(several) < 2 else tuple(dict.fromkeys(several))
