"""Plans where there are several ways to keep to a node, or rules that only a check can tell."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mockserver.engine.data.arrays import ArrayPlan
from mockserver.engine.data.merging import Contradiction
from mockserver.engine.data.objects import ObjectPlan
from mockserver.engine.data.scalars import copied
from mockserver.engine.data.scene import MISSING, Plan, Scene

# What the rounds after the first are: (plain, lean).
_FURTHER_ROUNDS = ((False, False), (True, False), (True, True), (True, True))

# How deep, and among how many pairs and values, options that are alike are told apart.
_DEEPEST, _MOST_PAIRS, _MOST_APART = 5, 40, 300

# Values of every type: one that a described member does not take is among them.
_WRONG: tuple[Any, ...] = (False, "none", 0, None, [], {})


def _apart_within(scene: Scene, one: Plan, other: Plan, given: Any, depth: int) -> Iterator[Any]:
    """Values of one plan with a member, at the depth or above, that only the other describes."""
    one, other = getattr(one, "plan", one), getattr(other, "plan", other)
    if one is other or not depth:
        return
    if isinstance(one, ArrayPlan) and isinstance(other, ArrayPlan) and one.item and other.item:
        first = given[0] if isinstance(given, list) and given else MISSING
        rest = given[1:] if isinstance(given, list) else []
        for item in _apart_within(scene, one.item, other.item, first, depth - 1):
            yield [item, *rest]
    if not isinstance(one, ObjectPlan) or not isinstance(other, ObjectPlan):
        return
    try:
        value = one.make(scene, given)
    except Contradiction:
        return
    for name, member in other.by_name.items():
        if name not in one.by_name:
            yield from ({**value, name: wrong} for wrong in _WRONG)
            continue
        plan, part = one.by_name[name].plan, value.get(name, MISSING)
        for inner in _apart_within(scene, plan, member.plan, part, depth - 1):
            yield {**value, name: inner}


def _members_of(plan: Plan) -> Mapping[str, Any]:
    """The members of an object's plan by name; none for other plans."""
    return plan.by_name if isinstance(plan, ObjectPlan) else {}


class UnionPlan:
    """One of several plans, by chance; checked where keeping to one is not enough.

    `null_share` is how often null is taken where it is allowed, from 0 to 1, None where it is not.
    """

    __slots__ = ("_is_valid", "_null_share", "_options")

    def __init__(
        self,
        options: Sequence[Plan],
        null_share: float | None,
        is_valid: Callable[[Any], bool] | None,
    ) -> None:
        self._options = options
        self._null_share = null_share
        self._is_valid = is_valid

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """A value of the first plan that gives a valid one; null before Contradiction."""
        if given is not MISSING:
            return self._kept(scene, given)
        can_be_null = self._null_share is not None
        if can_be_null and scene.depth and scene.chance.random() < (self._null_share or 0):
            return None
        for value in self._made(scene):
            return value
        if can_be_null:
            return None
        raise Contradiction

    def affinity(self, value: Any) -> float:
        """That of the plan which could keep most."""
        if value is None and self._null_share is not None:
            return 2
        return max((option.affinity(value) for option in self._options), default=-1)

    def _kept(self, scene: Scene, given: Any) -> Any:
        if given is None and self._null_share is not None:
            return None
        ranked = sorted(self._options, key=lambda option: -option.affinity(given))
        for option in ranked[:4]:
            if option.affinity(given) < 0:
                break
            for value in self._valid(scene, option, given):
                return value
        fitting = [option for option in ranked[:4] if option.affinity(given) >= 0]
        for value in self._told_apart(scene, fitting, given):
            return value
        return self.make(scene)

    def _made(self, scene: Scene) -> Iterator[Any]:
        start = scene.chance.randrange(len(self._options)) if len(self._options) > 1 else 0
        ordered = [*self._options[start:], *self._options[:start]]
        for option in ordered:
            yield from self._valid(scene, option, MISSING)
        for plain, lean in _FURTHER_ROUNDS if self._is_valid else ():
            for option in ordered:
                with scene.careful(plain=plain, lean=lean):
                    yield from self._valid(scene, option, MISSING)
        if self._is_valid is not None:
            for option in ordered:
                yield from self._set_apart(scene, option)
            yield from self._told_apart(scene, ordered, MISSING)

    def _set_apart(self, scene: Scene, option: Plan) -> Iterator[Any]:
        """A value of one of several open objects, with members that none of the others takes."""
        members = _members_of(option)
        others = [n for other in self._options for n in _members_of(other) if n not in members]
        with scene.careful(plain=True, lean=True):
            try:
                value = option.make(scene)
            except Contradiction:
                return
        for name in dict.fromkeys(others) if isinstance(value, dict) else ():
            for wrong in _WRONG:
                if self._is_valid is not None and self._is_valid({**value, name: wrong}):
                    yield {**value, name: wrong}
            value[name] = _WRONG[0]

    def _told_apart(self, scene: Scene, options: Sequence[Plan], given: Any) -> Iterator[Any]:
        """Values of the options with a part deep within that the others do not take."""
        if self._is_valid is None:
            return
        pairs = [(one, other) for one in options for other in self._options if one is not other]
        found = (
            value
            for one, other in pairs[:_MOST_PAIRS]
            for value in _apart_within(scene, one, other, given, _DEEPEST)
        )
        for value in itertools.islice(found, min(_MOST_APART, max(0, scene.patience))):
            if self._is_valid(value):
                yield value
            scene.patience -= 1

    def _valid(self, scene: Scene, option: Plan, given: Any) -> Iterator[Any]:
        if scene.patience <= 0:
            return
        try:
            value = option.make(scene, given)
        except Contradiction:
            scene.patience -= 1
            return
        if self._is_valid is None or self._is_valid(value):
            yield value
        else:
            scene.patience -= 1


class DocumentedPlan:
    """One of the values that the document gives for a node, and a plan for where these are not."""

    __slots__ = ("_plan", "_values")

    def __init__(self, values: Sequence[Any], plan: Plan) -> None:
        self._values = values
        self._plan = plan

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """The given value made to fit, else a documented one as it stands."""
        return (
            self._plan.make(scene, given)
            if given is not MISSING
            else copied(scene.pick(self._values))
        )

    def affinity(self, value: Any) -> float:
        """That of the plan."""
        return self._plan.affinity(value)
