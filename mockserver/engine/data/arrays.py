"""Plans for lists: as many items as look right, as many as must be, distinct where asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mockserver.engine.data.merging import Contradiction, canonical_text
from mockserver.engine.data.scalars import copied
from mockserver.engine.data.scene import MISSING, Plan, Scene

_LONGEST = 200_000
_MANY = 50
_TRIES = 30
_REPEATS = 3
_PATIENCE = 15


@dataclass(frozen=True, slots=True)
class ArrayPlan:
    """A list: `first` are the plans of its first items by place, `item` that of all the others.

    `item` is None where there may be no others. `demanded` are plans of items that must be among
    them, `longest` is None without a limit.
    """

    first: Sequence[Plan]
    item: Plan | None
    demanded: Sequence[Plan]
    shortest: int
    longest: int | None
    is_unique: bool
    listed: Sequence[Any]

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """The given items that fit, and new ones; Contradiction when there are not enough."""
        if self.shortest > _LONGEST:
            raise Contradiction
        outer = scene.entity
        scene.depth += 1
        try:
            items = self._kept(scene, given) if isinstance(given, list) else None
            if items is None:
                return self._filled(scene, [], self._length(scene))
            return self._filled(scene, items, self.shortest)
        finally:
            scene.depth -= 1
            scene.entity = outer

    def affinity(self, value: Any) -> float:
        """More for a list whose items could be kept."""
        if not isinstance(value, list):
            return -1
        if self.item is None or not value:
            return 1
        return 1 + min(self.item.affinity(item) for item in value[:3])

    def _length(self, scene: Scene) -> int:
        likely = 2 if scene.depth <= 2 else 1
        wanted = 0 if scene.is_short() else likely + (scene.chance.random() < 0.3)
        if self.first and not scene.is_short():
            wanted = max(wanted, len(self.first))
        wanted = max(self.shortest, len(self.demanded), wanted)
        return wanted if self.longest is None else min(wanted, self.longest)

    def _kept(self, scene: Scene, given: list[Any]) -> list[Any]:
        items: list[Any] = []
        for number, value in enumerate(given[: self.longest]):
            plan = self._plan(number)
            if plan is None:
                break
            try:
                items.append(plan.make(scene, value))
            except Contradiction:
                continue
        if not self.is_unique:
            return items
        return list({canonical_text(item): item for item in items}.values())

    def _plan(self, number: int) -> Plan | None:
        return self.first[number] if number < len(self.first) else self.item

    def _filled(self, scene: Scene, items: list[Any], length: int) -> list[Any]:
        seen = {canonical_text(item) for item in items} if self.is_unique else set()
        if length - len(items) > _MANY:
            with scene.careful(plain=False, lean=True):
                self._extend(scene, items, length, seen)
        else:
            self._extend(scene, items, length, seen)
        if len(items) < self.shortest:
            raise Contradiction
        return items

    def _extend(self, scene: Scene, items: list[Any], length: int, seen: set[str]) -> None:
        misses = 0
        plans = self._plans(len(items))
        most_misses = _TRIES + len(self.listed)
        while len(items) < length and misses < most_misses and scene.patience > 0:
            plan = next(plans)
            if plan is None:
                return
            item = self._made(scene, plan, misses)
            text = canonical_text(item) if self.is_unique and item is not MISSING else ""
            is_repeated = isinstance(item, str) and item in items and misses < _REPEATS
            if item is MISSING or is_repeated or (self.is_unique and text in seen):
                misses += 1
                if len(items) >= self.shortest and item is MISSING and misses > 1:
                    return
                plans = self._plans(len(items))
                continue
            misses = 0 if misses <= _PATIENCE else max(_PATIENCE + 1, misses - 1)
            seen.add(text)
            items.append(item)

    def _plans(self, start: int) -> Iterator[Plan | None]:
        number = start
        while True:
            at = number - len(self.first)
            is_demanded = 0 <= at < len(self.demanded)
            yield self.demanded[at] if is_demanded else self._plan(number)
            number += 1

    def _made(self, scene: Scene, plan: Plan, misses: int) -> Any:
        """An item or MISSING; after some misses the listed values are gone through."""
        scene.entity = scene.stranger(kind=scene.entity.kind)
        if misses >= _TRIES and self.listed:
            return copied(self.listed[(misses - _TRIES) % len(self.listed)])
        try:
            if misses <= _PATIENCE:
                return plan.make(scene)
            with scene.careful(plain=True, lean=False):
                return plan.make(scene)
        except Contradiction:
            scene.patience -= 1
            return MISSING
