"""Rows that two collections do not share, found by what they do share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from mockserver.store.overlay import Overlay
from mockserver.store.parts import Part

R = TypeVar("R")


def unshared(
    parts: Sequence[Part[R]],
    overlay: Overlay[R],
    other_parts: Iterable[Part[R]],
    other_overlay: Overlay[R],
) -> list[R]:
    """Give the rows of the first parts and overlay, in insertion order, that may not be in others.

    Rows that count in both on account of one segment, or lie in one overlay, are left out unseen.
    """
    twins = {id(part.segment): part for part in other_parts}
    pairs: list[tuple[int, R]] = []
    for part in parts:
        twin = twins.get(id(part.segment))
        chosen = part.live if twin is None else part.live & twin.dead
        if chosen:
            pairs += part.segment.pairs(chosen)
    if overlay is not other_overlay:
        pairs += overlay
    pairs.sort(key=itemgetter(0))
    return [row for _, row in pairs]
