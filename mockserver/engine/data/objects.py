"""Plans for objects: every member that there may be, all of one thing, and no more than allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mockserver.engine.data.canonical import matches
from mockserver.engine.data.merging import Contradiction
from mockserver.engine.data.scene import MISSING, Plan, Scene
from mockserver.engine.data.settling import Settlement

_MOST_ADDED = 10_000


@dataclass(frozen=True, slots=True)
class Member:
    """A property. `rest` is what stands for it when nobody gives it: its default, or MISSING.

    `share` is how often an optional one is there, from 0 to 1; `fact` what it tells of the thing.
    """

    name: str
    plan: Plan
    is_required: bool
    is_read_only: bool
    share: float
    fact: str | None
    rest: Any
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Extras:
    """What an object may hold besides its members.

    `patterns` are the plans of names that a pattern finds, `rest` that of all others: None where
    there may be none. `names` makes names. `typical` is how many entries a map has.
    """

    patterns: Sequence[tuple[str, Plan, Plan]]
    rest: Plan | None
    names: Plan
    takes_name: Callable[[str], bool]
    typical: int

    def plan_for(self, name: str) -> Plan | None:
        """The plan of an entry of this name, None where it is forbidden."""
        if not self.takes_name(name):
            return None
        found = next((plan for pattern, _, plan in self.patterns if matches(pattern, name)), None)
        return found or self.rest


@dataclass(frozen=True, slots=True)
class Limits:
    """How many entries an object has, and which entries ask for others."""

    fewest: int
    most: int | None
    needs: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, eq=False)
class ObjectPlan:
    """An object. `main` and `kind` say what thing it is; `is_part` that it is its holder's.

    `shape` is what objects of the same schema share, by which one within another is noticed.
    """

    members: Sequence[Member]
    by_name: Mapping[str, Member]
    extras: Extras
    limits: Limits
    settlements: Sequence[Settlement]
    main: str
    kind: tuple[str, ...]
    is_part: bool
    shape: Any

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """The given members that are allowed, and those that are missing."""
        if scene.trail.count(self.shape) >= scene.most_alike():
            raise Contradiction
        if given is not MISSING and not isinstance(given, dict):
            given = MISSING
        outer = scene.entity
        if not self.is_part:
            scene.entity = scene.stranger(self.main, self.kind)
        scene.trail.append(self.shape)
        scene.depth += 1
        scene.left -= len(self.members)
        try:
            return self._made(scene, given)
        finally:
            scene.depth -= 1
            scene.trail.pop()
            scene.entity = outer

    def affinity(self, value: Any) -> float:
        """More for an object whose members have plans that could keep them."""
        if not isinstance(value, dict):
            return -1
        score = 1.0
        for member in self.members:
            if member.name in value:
                fitting = not member.values or value[member.name] in member.values
                score += 1 if fitting else -20
            elif member.is_required:
                score -= 0.5
        strangers = [name for name in value if name not in self.by_name]
        return score - (len(strangers) if self.extras.rest is None else 0) * 0.9

    def _made(self, scene: Scene, given: Any) -> dict[str, Any]:
        present: Mapping[str, Any] = {} if given is MISSING else given
        if present:
            self._learn(scene, present)
        short = scene.is_short()
        result: dict[str, Any] = {}
        for member in self.members:
            value = present.get(member.name, MISSING)
            if value is MISSING and not member.is_required:
                if short or self._is_left_out(scene, member, given):
                    continue
                if given is not MISSING:
                    value = member.rest
            try:
                result[member.name] = member.plan.make(scene, value)
            except Contradiction:
                if member.is_required:
                    raise
        self._keep_extras(scene, present, result)
        self._complete(scene, result, present)
        for settle in self.settlements:
            settle(scene, result, present)
        return result

    def _is_left_out(self, scene: Scene, member: Member, given: Any) -> bool:
        if given is not MISSING and not scene.fills:
            return member.rest is MISSING and not member.is_read_only
        return member.share < 1 and scene.chance.random() >= member.share

    def _learn(self, scene: Scene, present: Mapping[str, Any]) -> None:
        """What the given members tell of the thing."""
        for name, value in present.items():
            member = self.by_name.get(name)
            if member is not None and member.fact is not None and isinstance(value, str) and value:
                scene.entity.facts[member.fact] = value

    def _keep_extras(
        self, scene: Scene, present: Mapping[str, Any], result: dict[str, Any]
    ) -> None:
        for name, value in present.items():
            plan = None if name in self.by_name else self.extras.plan_for(name)
            if plan is not None:
                try:
                    result[name] = plan.make(scene, value)
                except Contradiction:
                    continue

    def _complete(self, scene: Scene, result: dict[str, Any], present: Mapping[str, Any]) -> None:
        """Bring the number of entries, and those that others need, in order."""
        fewest = self.limits.fewest
        if not result and not present and not scene.is_short():
            fewest = max(fewest, self.extras.typical)
        if len(result) < fewest:
            self._add(scene, result, min(fewest, _MOST_ADDED))
        if self.limits.needs:
            self._add_needed(scene, result)
        most = self.limits.most
        if most is not None and len(result) > most:
            self._trim(result, most, present)
        if len(result) < self.limits.fewest:
            raise Contradiction

    def _add(self, scene: Scene, result: dict[str, Any], fewest: int) -> None:
        for member in self.members:
            if len(result) >= fewest:
                return
            if member.name not in result:
                self._try(scene, result, member.name, member.plan)
        for number in range(2 * fewest + 20 if fewest == self.limits.fewest else fewest):
            if len(result) >= fewest:
                return
            self._add_entry(scene, result, number)

    def _add_entry(self, scene: Scene, result: dict[str, Any], number: int) -> None:
        """One entry that no member names, if there may be one."""
        outer, scene.entity = scene.entity, scene.stranger()
        try:
            name, plan = self._new_entry(scene, number)
            if plan is not None and name not in result and name not in self.by_name:
                result[name] = plan.make(scene)
        except Contradiction:
            return
        finally:
            scene.entity = outer

    def _new_entry(self, scene: Scene, number: int) -> tuple[str, Plan | None]:
        extras = self.extras
        if extras.patterns and (extras.rest is None or number % 2 == 0):
            _, names, plan = extras.patterns[number // 2 % len(extras.patterns)]
            return str(names.make(scene)), plan
        name = str(extras.names.make(scene))
        name = name if number < 12 else f"{name}{number}"
        return name, extras.plan_for(name)

    def _try(self, scene: Scene, result: dict[str, Any], name: str, plan: Plan) -> None:
        try:
            result[name] = plan.make(scene)
        except Contradiction:
            return

    def _add_needed(self, scene: Scene, result: dict[str, Any]) -> None:
        for name in list(result):
            for needed in self.limits.needs.get(name, ()):
                if needed not in result:
                    member = self.by_name.get(needed)
                    plan = member.plan if member else self.extras.plan_for(needed)
                    if plan is not None:
                        self._try(scene, result, needed, plan)
            if any(n not in result for n in self.limits.needs.get(name, ())):
                if self._is_required(name):
                    raise Contradiction
                del result[name]

    def _trim(self, result: dict[str, Any], most: int, present: Mapping[str, Any]) -> None:
        held = {n for name in result for n in self.limits.needs.get(name, ())}
        for keeps_given in (True, False):
            for name in list(reversed(result)):
                if len(result) <= most:
                    return
                is_free = not self._is_required(name) and name not in held
                if is_free and not (keeps_given and name in present):
                    del result[name]
        if len(result) > most:
            raise Contradiction

    def _is_required(self, name: str) -> bool:
        member = self.by_name.get(name)
        return member is not None and member.is_required
