"""Two versions of a schema: what each difference means for a value that goes one way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from contract_tests.packs.diff.canonical import canonical
from contract_tests.packs.diff.changes import Direction, Spot, Weight
from contract_tests.packs.diff.flat import TYPES, Flat, flat, together
from contract_tests.packs.diff.unions import compare_unions
from contract_tests.packs.diff.values import compare_values
from contract_tests.packs.diff.walk import Walk

Json = Any


def compare_schemas(old: Spot, new: Spot, walk: Walk) -> None:
    """Note every difference of two schemas; a recursive one is entered once."""
    old, new = old.followed(), new.followed()
    key = (old.pointer, new.pointer)
    if key in walk.under_way:
        return
    walk.under_way.add(key)
    try:
        _compare(flat(old), flat(new), walk)
    finally:
        walk.under_way.discard(key)


def _compare(old: Flat, new: Flat, walk: Walk) -> None:
    if old.is_unclear or new.is_unclear:
        _compare_whole(old, new, walk)
        return
    # What a union says and what stands beside it hang together: first the union.
    if compare_unions(old, new, walk, compare_schemas):
        return
    if not _compare_types(old, new, walk):
        return
    compare_values(old, new, walk)
    if "object" in old.types & new.types:
        _compare_objects(old, new, walk)
    if "array" in old.types & new.types and (old.items or new.items):
        before, after = together(old.items), together(new.items)
        compare_schemas(before or _anything(old), after or _anything(new), _deeper(walk, "[]"))
    _compare_opaque(old, new, walk)


def _compare_whole(old: Flat, new: Flat, walk: Walk) -> None:
    before, after = old.spot, new.spot
    if canonical(before.document, before.value) != canonical(after.document, after.value):
        sentence = "changed, could not be classified (closed parts of an allOf)"
        walk.note("unclassified", Weight.MAYBE, sentence, (old, new))


def _anything(beside: Flat) -> Spot:
    return Spot(beside.spot.document, beside.spot.pointer, {})


def _deeper(walk: Walk, name: str) -> Walk:
    return replace(walk, path=walk.path + name)


def _compare_types(old: Flat, new: Flat, walk: Walk) -> bool:
    """Whether the two have a type in common, so that looking on makes sense."""
    before, after = _meant(old.types, walk), _meant(new.types, walk)
    values = (_named(old.types), _named(new.types))
    lost, gained = before - after, after - before
    if "null" in lost and before != TYPES:
        lost -= {"null"}
        walk.stricter("null-removed", "null is no longer allowed", (old, new), (True, False))
    if "null" in gained and after != TYPES:
        gained -= {"null"}
        walk.looser("null-added", "may be null now", (old, new), (False, True))
    if lost and gained:
        sentence = f"the type changes from {values[0]} to {values[1]}"
        walk.note("type-changed", Weight.BREAKING, sentence, (old, new), values)
    elif lost:
        walk.stricter("type-narrowed", f"the type narrows from {values[0]} to {values[1]}",
                      (old, new), values)  # fmt: skip
    elif gained:
        walk.looser("type-widened", f"the type widens from {values[0]} to {values[1]}",
                    (old, new), values)  # fmt: skip
    return bool((old.types & new.types) - {"null"})


def _meant(types: frozenset[str], walk: Walk) -> frozenset[str]:
    if walk.is_text and "string" in types:
        return types | {"number", "integer", "boolean"}
    return types


def _named(types: frozenset[str]) -> str:
    if types >= TYPES - {"null"}:
        return "any"
    shown = types - {"integer"} if "number" in types else types
    return "|".join(sorted(shown, key=lambda name: (name == "null", name))) or "nothing"


def _sent(schema: Flat, direction: Direction) -> dict[str, Spot]:
    """The members that go this way."""
    return {
        name: spot
        for name, spot in schema.properties.items()
        if not flat(spot).flags.get(direction.absent)
    }


def _compare_objects(old: Flat, new: Flat, walk: Walk) -> None:
    before, after = _sent(old, walk.direction), _sent(new, walk.direction)
    for name in sorted(before.keys() - after.keys()):
        _removed(name, before[name], old, new, walk)
    for name in sorted(after.keys() - before.keys()):
        _added(name, after[name], old, new, walk)
    for name in sorted(before.keys() & after.keys()):
        _compare_required(name, old, new, walk)
    for name in before:
        if name in after:
            compare_schemas(before[name], after[name], _deeper(walk, f"/{name}"))
    # Members that are required and nowhere described.
    hidden = old.properties.keys() | new.properties.keys()
    for name in sorted((old.required ^ new.required) - hidden):
        _compare_required(name, old, new, walk)
    _compare_additional(old, new, walk)


def _compare_required(name: str, old: Flat, new: Flat, walk: Walk) -> None:
    if name in new.required and name not in old.required:
        walk.stricter("member-required", f"{name} is required now", (old, new), (False, True))
    elif name in old.required and name not in new.required:
        walk.looser("member-optional", f"{name} is no longer required", (old, new), (True, False))


def _removed(name: str, spot: Spot, old: Flat, new: Flat, walk: Walk) -> None:
    is_hidden = name in new.properties
    how = f"is {walk.direction.absent} now" if is_hidden else "is gone"
    if walk.direction is Direction.REQUEST:
        is_sure = new.is_closed and not is_hidden
        end = "a request with it is refused" if is_sure else "it may be ignored or refused"
    else:
        is_sure = name in old.required
        end = "it was always there" if is_sure else "it was there at times"
    weight = Weight.BREAKING if is_sure else Weight.MAYBE
    walk.note("member-removed", weight, f"{name} {how}, {end}", (spot, new), (spot.value, None))


def _added(name: str, spot: Spot, old: Flat, new: Flat, walk: Walk) -> None:
    if walk.direction is Direction.REQUEST and name in new.required and name not in old.required:
        walk.note("member-required", Weight.BREAKING, f"{name} is new and required",
                  (old, spot), (None, spot.value))  # fmt: skip
    else:
        walk.note("member-added", Weight.COMPATIBLE, f"{name} is new", (old, spot),
                  (None, spot.value))  # fmt: skip


def _compare_additional(old: Flat, new: Flat, walk: Walk) -> None:
    if old.is_closed != new.is_closed:
        if new.is_closed:
            walk.stricter("closed", "members that are not described are refused now", (old, new),
                          (True, False))  # fmt: skip
        else:
            walk.looser("opened", "members that are not described are allowed now", (old, new),
                        (False, True))  # fmt: skip
        return
    before, after = together(old.additional), together(new.additional)
    if not old.is_closed and (before or after):
        compare_schemas(before or _anything(old), after or _anything(new), _deeper(walk, "/*"))


def _compare_opaque(old: Flat, new: Flat, walk: Walk) -> None:
    before = {(name, canonical(spot.document, {name: spot.value})) for name, spot in old.opaque}
    after = {(name, canonical(spot.document, {name: spot.value})) for name, spot in new.opaque}
    if "null" in {name for name, _ in before ^ after}:
        is_new = "null" in dict(new.opaque)
        (walk.looser if is_new else walk.stricter)(
            "null-added" if is_new else "null-removed",
            "may be null now" if is_new else "null is no longer allowed", (old, new),
        )  # fmt: skip
    for name in sorted({name for name, _ in before ^ after} - {"null"}):
        one, other = (dict(each.opaque).get(name) for each in (old, new))
        values = (one.value if one else None, other.value if other else None)
        sentence = f"{name} changed, could not be classified"
        walk.note("unclassified", Weight.MAYBE, sentence, (one, other), values)
