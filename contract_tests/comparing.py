"""Comparing what was sent, what was answered and what is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.semantics import ExpressionError
from contract_tests.semantics.expressions import instant

Json = Any
Difference = tuple[str, Json, Json]


def alike(one: Json, other: Json) -> bool:
    """Whether two values say the same; moments in different forms do."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if one == other:
        return True
    if not (isinstance(one, str) and isinstance(other, str) and one[:1].isdigit()):
        return False
    try:
        return "-" in one and "-" in other and instant(one) == instant(other)
    except ExpressionError:
        return False


def unlike(one: Json, other: Json, pointer: str = "") -> Iterator[Difference]:
    """Each place where two values differ, with both."""
    for place, left, right in pointers.differences(one, other, pointer):
        if not alike(left, right):
            yield place, left, right


def unlike_in_common(one: Json, other: Json, pointer: str = "") -> Iterator[Difference]:
    """Each place where two values differ in the members that both have."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one:
            if name in other:
                place = pointer + pointers.joined([name])
                yield from unlike_in_common(one[name], other[name], place)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from unlike_in_common(left, right, f"{pointer}/{index}")
    elif not alike(one, other):
        yield pointer, one, other


def is_allowed(pointer: str, patterns: Iterable[str]) -> bool:
    """Whether a pointer fits one of the patterns, or lies below one."""
    return any(pointers.matches(pointer, pattern) for pattern in patterns)


class Echo:
    """Where what was sent is found in the record."""

    def __init__(self, bench: Bench, places: Mapping[str, str | None]) -> None:
        self._bench = bench
        self._places = places

    def declared(self, pointer: str) -> tuple[str, str | None]:
        """The longest declared pointer above a pointer, and its place; its own when none is."""
        parts = pointers.parts_of(pointer)
        for length in range(len(parts), 0, -1):
            above = pointers.joined(parts[:length])
            if above in self._places:
                return above, self._places[above]
        return "", ""

    def place(self, pointer: str) -> str | None:
        """The pointer into the record; None when it is found nowhere, or by an expression."""
        above, place = self.declared(pointer)
        if place is None or (place and not place.startswith("/")):
            return None
        return place + pointer.removeprefix(above)

    def faults(self, sent: Json, record: Json, names: Mapping[str, Json]) -> Iterator[Difference]:
        """What was sent and is not found, by its pointer in the request."""
        asked: set[str] = set()
        for pointer, value in _nodes(sent):
            above, place = self.declared(pointer)
            if place and not place.startswith("/"):
                if above not in asked and not self._holds(place, sent, record, names):
                    yield above, pointers.get(sent, above), f"not so: {place}"
                asked.add(above)
                continue
            found = self.place(pointer)
            if found is not None:
                got = pointers.get(record, found)
                if not _echoes(value, got):
                    yield pointer, value, got

    def _holds(self, place: str, sent: Json, record: Json, names: Mapping[str, Json]) -> bool:
        scope = self._bench.scope(**{**names, "sent": sent, "record": record})
        return self._bench.expressions.holds(place, scope)


def _echoes(value: Json, got: Json) -> bool:
    if isinstance(value, list):
        return isinstance(got, list) and len(got) == len(value)
    return got == {} if value == {} else alike(value, got)


def _nodes(value: Json, pointer: str = "") -> Iterator[tuple[str, Json]]:
    """Every value that holds no members, and every list before its items."""
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from _nodes(member, pointer + pointers.joined([name]))
        return
    if pointer:
        yield pointer, value
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nodes(item, f"{pointer}/{index}")
