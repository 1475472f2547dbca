"""A table's rows: read, written, queried, and forked without being copied."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import count
from operator import itemgetter
from typing import Generic, TypeVar

from mockserver.store.difference import unshared
from mockserver.store.errors import DuplicateKey, MissingKey
from mockserver.store.overlay import Overlay
from mockserver.store.parts import Part, settled
from mockserver.store.query import Page, Query
from mockserver.store.runs import Run, SegmentRun, SortedRun, merged
from mockserver.store.segment import Segment
from mockserver.store.selection import accepting, chosen
from mockserver.store.table import Held, Table

R = TypeVar("R")

_OVERLAY_LIMIT = 256
_MOST_PARTS = 16  # so many stand side by side until something is selected
_MOST_FOUND = 2048

_latest: list[object] = [object()]


def latest_change() -> object:
    """Another object after every change of any collection, in whatever world."""
    return _latest[0]


class Collection(Generic[R]):
    """Rows of one table, each under its key.

    Rows lie in frozen segments, shared by all forks, and in an overlay of what was put since the
    last freeze. Before a fork or a query an overlay with many rows becomes a segment, in no time,
    since a segment is put in order when somebody asks for it; before a query segments merge so
    that each is several times as large as the next; a write has them merge where forks alone left
    too many. So a write hardly ever waits, a fork never copies many rows, and a query meets few
    segments and few rows outside.
    """

    __slots__ = ("_found", "_is_settled", "_limit", "_next_age", "_overlay", "_owns_overlay",
                 "_parts", "_size", "table", "version")  # fmt: skip

    def __init__(
        self, table: Table[R], rows: Iterable[R] = (), *, overlay_limit: int = _OVERLAY_LIMIT
    ) -> None:
        """Load the rows; DuplicateKey when two share their key or a unique value.

        `overlay_limit` is the number of rows, at least 1, with which the overlay is frozen before
        a fork or a query.
        """
        self.table = table
        self._limit = overlay_limit
        self._overlay: Overlay[R] = Overlay.of(table)
        self._owns_overlay = True
        self._parts = _loaded(table, list(rows))
        self._is_settled = True
        self._size = sum(part.size for part in self._parts)
        self._next_age = self._size
        self.version: object = object()
        """Another object after every change; forks have the same one until they change."""
        # What `rows` found, forgotten as soon as a row with the value is put or taken out.
        self._found: dict[str, dict[Hashable, tuple[R, ...]]] = {}

    def __len__(self) -> int:
        """The number of rows."""
        return self._size

    def __contains__(self, key: object) -> bool:
        """Tell whether a row has the key."""
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[R]:
        """The rows of this moment in insertion order; writes meanwhile do not disturb it."""
        pairs = [pair for part in self._parts for pair in part.segment.pairs(part.live)]
        return _by_age([*pairs, *self._overlay])

    def get(self, key: str) -> R | None:
        """Give the row with the key, or None."""
        row = self._overlay.rows.get(key)
        if row is not None:
            return row
        for part in self._parts:
            if key in part.segment.by_key:
                row = part.get(key)
                if row is not None:
                    return row
        return None

    def find(self, unique_name: str, value: Hashable) -> R | None:
        """Give the row that has a unique value, or None; UnknownIndex for an unknown name."""
        self.table.unique_value(unique_name)
        return self._owner(unique_name, value)

    def rows(self, lookup_name: str, value: Hashable) -> tuple[R, ...]:
        """Give the rows that have a lookup value, in insertion order; UnknownIndex if unknown.

        The same object is given as long as these rows are the same.
        """
        known = self._found.get(lookup_name)
        if known is None:
            self.table.lookup_values(lookup_name)
            known = self._found[lookup_name] = {}
        found = known.get(value)
        if found is not None:
            return found
        pairs: list[tuple[int, R]] = []
        if value in self._overlay.keyed.lookups[lookup_name]:
            pairs += self._overlay.aged(lookup_name, value)
        for part in self._parts:
            if value in part.segment.keyed.lookups[lookup_name]:
                pairs += part.aged(lookup_name, value)
        if not pairs:
            return ()
        found = tuple(_by_age(pairs))
        if len(known) >= _MOST_FOUND:
            known.clear()
        known[value] = found
        return found

    def put(self, record: R) -> None:
        """Insert a record or replace the one with its key, which keeps its insertion position.

        DuplicateKey, and no change, when a unique value belongs to another row.
        """
        table, overlay = self.table, self._overlay
        key, held = table.key(record), table.held(record)
        if key in overlay.rows:
            self._put_again(key, record, held)
            return
        self._refuse_taken(key, held)
        self._change(held)
        age = self._take_out(key)
        if age is None:
            age = self._next_age
            self._next_age += 1
            self._size += 1
        (overlay if self._owns_overlay else self._writable()).add(key, age, record, held)

    def remove(self, key: str) -> R:
        """Take the row with the key out and give it; MissingKey, and no change, without one."""
        row = self.get(key)
        if row is None:
            raise MissingKey(self.table.name, key)
        held = self.table.held(row)
        self._change(held)
        if key in self._overlay.rows:
            self._writable().drop(key, held)
        else:
            self._take_out(key)
        self._size -= 1
        return row

    def select(self, query: Query[R]) -> Page[R]:
        """Filter, then sort, then page; UnknownIndex for a name the table does not declare."""
        sort_key = self.table.order_key(query.order)
        self._settle()
        runs = [run for run in self._runs(query) if len(run)]
        total = sum(map(len, runs))
        low, high = query.window(total)
        rows = merged(runs, low, high, sort_key) if low < high else []
        if query.reverse:
            rows.reverse()
        return Page(tuple(rows), total, query.page, query.per_page)

    def fork(self) -> Collection[R]:
        """Give an independent collection with the same rows, whatever their number in no time."""
        if len(self._overlay) >= self._limit:
            self._freeze()
        twin: Collection[R] = Collection.__new__(Collection)
        twin.table = self.table
        twin._limit = self._limit
        twin._overlay = self._overlay
        twin._owns_overlay = self._owns_overlay = False
        twin._parts = self._parts
        twin._is_settled = self._is_settled
        twin._size = self._size
        twin._next_age = self._next_age
        twin.version = self.version
        twin._found = {}
        return twin

    def changes_since(self, before: Collection[R]) -> list[tuple[R | None, R | None]]:
        """Give (row before, row now) for each key whose row is not one and the same object in both.

        None stands where a key has no row. Rows that were replaced or removed come first, then
        those that are new, each in insertion order. Between forks the time it takes goes with
        the number of changes, else with the number of rows.
        """
        past = unshared(before._parts, before._overlay, self._parts, self._overlay)
        present = unshared(self._parts, self._overlay, before._parts, before._overlay)
        key_of = self.table.key
        now: dict[str, R | None] = {key_of(row): row for row in present}
        pairs = [(row, now.pop(key_of(row), None)) for row in past]
        added: list[tuple[R | None, R | None]] = [(None, row) for row in now.values()]
        return [*(pair for pair in pairs if pair[0] is not pair[1]), *added]

    def prepare(self) -> None:
        """Freeze what was put and build every index now; call it once many rows were put."""
        if len(self._overlay):
            self._freeze()
        self._settle()
        for part in self._parts:
            part.segment.prepare()

    def _put_again(self, key: str, record: R, held: Held) -> None:
        """Replace a row of the overlay."""
        before = self.table.held(self._overlay.rows[key])
        if before != held:
            self._refuse_taken(key, held)
            self._forget(before)
        self._change(held)
        self._writable().replace(key, record, before, held)

    def _runs(self, query: Query[R]) -> Iterator[Run[R]]:
        accepts = accepting(self.table, query)
        for part in self._parts:
            yield SegmentRun(part.segment, chosen(part.segment, query, part.live), query.order)
        fresh = [row for _, row in self._overlay if accepts(row)]
        yield SortedRun(fresh, self.table.order_key(query.order))

    def _owner(self, name: str, value: Hashable) -> R | None:
        """The row that has a unique value."""
        key = self._overlay.keyed.uniques[name].get(value)
        if key is not None:
            return self.get(key)
        for part in self._parts:
            key = part.segment.keyed.uniques[name].get(value)
            row = None if key is None else part.get(key)
            if row is not None:
                return row
        return None

    def _change(self, held: Held) -> None:
        """Become another version, in which other rows are found by these values."""
        self.version = _latest[0] = object()
        if self._found:
            self._forget(held)

    def _forget(self, held: Held) -> None:
        """Let lookups look again for the rows with these values."""
        for name, values in zip(self.table.lookups, held[1], strict=True):
            known = self._found.get(name)
            if known:
                for value in values:
                    known.pop(value, None)

    def _refuse_taken(self, key: str, held: Held) -> None:
        for name, value in zip(self.table.unique, held[0], strict=True):
            owner = None if value is None else self._owner(name, value)
            if owner is not None and self.table.key(owner) != key:
                raise DuplicateKey(self.table.name, name, value)

    def _take_out(self, key: str) -> int | None:
        """Let the row with the key count no longer in its part; give its age, None without one."""
        for index, part in enumerate(self._parts):
            position = part.position(key) if key in part.segment.by_key else None
            if position is not None:
                if self._found:
                    self._forget(self.table.held(part.segment.rows[position]))
                self._replace_part(index, part.without(position))
                return part.segment.ages[position]
        return None

    def _replace_part(self, index: int, part: Part[R]) -> None:
        parts = (*self._parts[:index], part, *self._parts[index + 1 :])
        self._parts = settled(self.table, parts) if part.crowded else parts

    def _writable(self) -> Overlay[R]:
        if not self._owns_overlay:
            self._overlay = self._overlay.copy()
            self._owns_overlay = True
            if len(self._parts) > _MOST_PARTS:
                self._settle()
        return self._overlay

    def _freeze(self) -> None:
        loose = self._overlay
        frozen = Part(Segment(self.table, loose.rows, loose.ages, loose.keyed))
        self._parts = (*self._parts, frozen)
        self._overlay = Overlay.of(self.table)
        self._owns_overlay = True
        self._is_settled = False

    def _settle(self) -> None:
        """Have few parts, and few rows outside them."""
        if len(self._overlay) >= self._limit:
            self._freeze()
        if not self._is_settled:
            self._parts = settled(self.table, self._parts)
            self._is_settled = True


def _loaded(table: Table[R], rows: list[R]) -> tuple[Part[R], ...]:
    if not rows:
        return ()
    _refuse_shared(table, "key", [table.key(row) for row in rows])
    for name, value_of in table.unique.items():
        values = [value for value in map(value_of, rows) if value is not None]
        _refuse_shared(table, name, values)
    by_key = dict(zip(map(table.key, rows), rows, strict=True))
    return (Part(Segment(table, by_key, dict(zip(by_key, count(), strict=False)))),)


def _refuse_shared(table: Table[R], name: str, values: list[Hashable]) -> None:
    if len(values) == len(set(values)):
        return
    seen: set[Hashable] = set()
    for value in values:
        if value in seen:
            raise DuplicateKey(table.name, name, value)
        seen.add(value)


def _by_age(pairs: list[tuple[int, R]]) -> Iterator[R]:
    pairs.sort(key=itemgetter(0))
    return iter([row for _, row in pairs])
