"""What is passed along while one value is made: chance, now, the thing described, how far to go."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from mockserver.engine.data.facts import FACTS, Entity, Pools

T = TypeVar("T")
MISSING: Any = object()
"""What stands for a member that is not there, which is not the same as null."""

DEEPEST = 6
_FULL = 2
_BUDGET = 300
_PATIENCE = 2_000


class Scene:
    """One making of one value.

    `lean` leaves out what is not required, `plain` takes the means that fit best instead of those
    that look best, `fills` says whether optional members that a given object lacks are made.
    `left` is how many members may still be made for looks, `patience` how often a part may fail
    before the whole is given up: what cannot be is often tried in many ways.
    """

    __slots__ = (
        "chance", "depth", "entity", "fills", "lean", "left", "now", "patience", "plain", "pools",
        "trail",
    )  # fmt: skip

    def __init__(
        self, chance: random.Random, now: datetime, pools: Pools, *, fills: bool = True
    ) -> None:
        self.chance = chance
        self.now = now
        self.pools = pools
        self.fills = fills
        self.lean = False
        self.plain = False
        self.depth = 0
        self.left = _BUDGET
        self.patience = _PATIENCE
        self.trail: list[Any] = []
        self.entity = self.stranger()

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, by chance."""
        return choices[int(self.chance.random() * len(choices))]

    def start_over(self) -> None:
        """Be as patient and as generous again as at the start."""
        self.left, self.patience = _BUDGET, _PATIENCE

    def stranger(self, main: str = "phrase", kind: tuple[str, ...] = ()) -> Entity:
        """A thing of which nothing is known yet."""
        return Entity(self.chance, self.now, self.pools, FACTS, main, kind)

    def is_short(self) -> bool:
        """Whether only what is required is to be made here."""
        return self.lean or self.depth > DEEPEST or (self.left <= 0 and self.depth > _FULL)

    def most_alike(self) -> int:
        """How many objects of one schema may stand within each other here."""
        return 3 if self.lean else 1 if self.is_short() else 2

    @contextmanager
    def careful(self, *, plain: bool, lean: bool) -> Iterator[None]:
        """Make what is inside plainer or leaner, and go on as before after it."""
        before = self.plain, self.lean
        self.plain, self.lean = self.plain or plain, self.lean or lean
        try:
            yield
        finally:
            self.plain, self.lean = before


class Plan(Protocol):
    """How to make the values of one node."""

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """A value, and what is `given` kept as far as it is allowed.

        Contradiction when no value is found; the scene is then as it was before.
        """

    def affinity(self, value: Any) -> float:
        """How much of a value could be kept; negative when none of it."""
