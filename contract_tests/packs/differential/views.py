"""Views: of two lists on servers that hold other rows besides, what may be compared."""

from __future__ import annotations

import json
from typing import Any

from contract_tests import pointers
from contract_tests.packs.differential.identities import Identities
from contract_tests.packs.differential.sides import Arena
from contract_tests.packs.differential.steps import Origin, Step
from contract_tests.semantics import Collection

Json = Any


class View:
    """What two bodies show of the rows that the run made."""

    def __init__(self, arena: Arena, step: Step, identities: Identities) -> None:
        self._arena = arena
        self._step = step
        self._identities = identities
        self._semantics = arena.bench.semantics

    def comparable(self, mine: Json, other: Json) -> tuple[Json, Json]:
        """Of two bodies, what must be the same whatever else the servers hold."""
        collection = self._semantics.collections.get(self._step.operation)
        place = collection.items if collection else _rows_at(mine)
        rows = pointers.get(mine, place) if place is not None else pointers.MISSING
        theirs = pointers.get(other, place) if place is not None else pointers.MISSING
        if place is None or not isinstance(rows, list) or not isinstance(theirs, list):
            return mine, other
        made, there = self._made_here(), self._made_there()
        if self.is_narrowed(collection):
            ours = self._unexplained(rows, collection, made)
            own = self._unexplained(theirs, collection, there)
            if len(ours) + len(own) == len(rows) + len(theirs):
                return self._whole(mine, other, place, collection)
            if collection is not None and collection.paging is None:
                return pointers.put(mine, place, ours), pointers.put(other, place, own)
            return {}, {}
        if collection is None or (collection.paging is not None):
            return {}, {}
        ids = self._semantics.resources[collection.resource].id
        return (
            {"rows": [row for row in rows if str(pointers.get(row, ids)) in made]},
            {"rows": [row for row in theirs if str(pointers.get(row, ids)) in there]},
        )

    def is_narrowed(self, collection: Collection | None) -> bool:
        """Whether the request leaves only rows that the run made, on every server."""
        if any(self._is_own(value) for value in self._step.path.values()):
            return True
        asked = [
            value
            for name, value in self._step.query.items()
            if collection is None
            or collection.paging is None
            or name not in (collection.paging.page, collection.paging.size)
        ]
        narrow = [self._is_own(value) for value in asked]
        return all(narrow) and bool(narrow) if collection and collection.any_of else any(narrow)

    def is_of_others(self, mine: Json, other: Json) -> bool:
        """Whether all rows of two lists, one of which may be none, are not for us to judge."""
        collection = self._semantics.collections.get(self._step.operation)
        if collection is None or not self.is_narrowed(collection):
            return collection is not None
        sides = (mine, self._made_here()), (other, self._made_there())
        rows = [(pointers.get(body, collection.items), made) for body, made in sides]
        return not any(
            self._unexplained(each, collection, made)
            for each, made in rows
            if isinstance(each, list)
        )

    def _made_here(self) -> set[str]:
        """The ids of what the run made on the reference."""
        return self._arena.reference.own

    def _made_there(self) -> set[str]:
        """What the target calls the same."""
        there = self._identities.there
        return {there[each] for each in self._made_here() if each in there}

    def _unexplained(
        self, rows: list[Json], collection: Collection | None, made: set[str]
    ) -> list[Json]:
        """The rows but for those of others that the declared filters leave.

        A search need not look at all of a text: of one for a phone number only its digits count,
        so that even a text with the run's mark may find anybody.
        """
        query = self._step.query.values()
        if collection is None or any(isinstance(value, Origin) for value in query):
            return rows
        ids = self._semantics.resources[collection.resource].id
        return [
            row
            for row in rows
            if str(pointers.get(row, ids)) in made
            or self._is_marked(json.dumps(row, ensure_ascii=False))
            or not self._is_left(row, collection)
        ]

    def _is_left(self, row: Json, collection: Collection) -> bool:
        """Whether the declared filters of the request leave a row."""
        bench = self._arena.bench
        left = [
            rule.keeps is not None
            and bench.expressions.holds(rule.keeps, bench.scope(item=row, value=value))
            for name, value in self._step.query.items()
            if (rule := collection.filters.get(name)) is not None
        ]
        return any(left) if collection.any_of else bool(left) and all(left)

    def _is_own(self, value: Json) -> bool:
        if isinstance(value, Origin):
            return str(self._arena.reference.value(value)) in self._arena.reference.own
        return isinstance(value, str) and self._is_marked(value)

    def _is_marked(self, text: str) -> bool:
        mark = self._arena.group.casefold()
        return bool(mark) and mark in text.casefold()

    def _whole(
        self, mine: Json, other: Json, place: str, collection: Collection | None
    ) -> tuple[Json, Json]:
        """Both bodies; of a page whose rows may be tied on a running clock, only their number."""
        rows, theirs = pointers.get(mine, place), pointers.get(other, place)
        paging = collection.paging if collection else None
        if self._arena.is_frozen or paging is None or paging.total is None:
            return mine, other
        if pointers.get(mine, paging.total) == len(rows):
            return mine, other
        return (
            pointers.put(mine, place, len(rows)),
            pointers.put(other, place, len(theirs)),
        )


def _rows_at(body: Json) -> str | None:
    """Where a body of an undeclared operation holds rows; None where it is no list of records."""
    if isinstance(body, list):
        return ""
    if isinstance(body, dict):
        for name, member in body.items():
            if (
                isinstance(member, list)
                and member
                and isinstance(member[0], dict)
                and len(body) < 4
            ):
                return pointers.joined([name])
    return None
