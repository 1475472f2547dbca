"""Order: two lists of the same rows may differ where neither says which of two comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from contract_tests import pointers
from contract_tests.contract.schemas import leaves
from contract_tests.packs.differential.times import moment

Json = Any
_MOST = 60


def same_but_for_ties(
    mine: list[Json], other: list[Json], are_same: Callable[[Json, Json], bool]
) -> bool:
    """Whether two lists hold the same rows, both in order of one member that has ties."""
    if len(mine) > _MOST or not _are_matched(mine, other, are_same):
        return False
    return any(_explains(place, mine, other) for place in _places(mine[0]))


def _are_matched(
    mine: list[Json], other: list[Json], are_same: Callable[[Json, Json], bool]
) -> bool:
    left = list(other)
    for row in mine:
        found = next((each for each in left if are_same(row, each)), pointers.MISSING)
        if found is pointers.MISSING:
            return False
        left.remove(found)
    return True


def _places(row: Json) -> Iterator[str]:
    yield from (place for place, value in leaves(row) if moment(value) is not None)


def _explains(place: str, mine: list[Json], other: list[Json]) -> bool:
    """Whether both lists are in the same order of a member that does not decide it alone."""
    keys = [[moment(pointers.get(row, place)) for row in rows] for rows in (mine, other)]
    if any(None in key for key in keys) or all(len(set(key)) == len(key) for key in keys):
        return False
    known = [[each for each in key if each is not None] for key in keys]
    rising = all(key == sorted(key) for key in known)
    falling = all(key == sorted(key, reverse=True) for key in known)
    return rising or falling
