"""Enumerations, bounds, patterns and formats of two versions of a schema."""

from __future__ import annotations

from typing import Any

from contract_tests.packs.diff.changes import Direction, Weight
from contract_tests.packs.diff.flat import LOWER, UPPER, Flat
from contract_tests.packs.diff.walk import Walk

Json = Any
_APPLIES = {
    "minimum": "integer", "maximum": "integer", "minLength": "string", "maxLength": "string",
    "minItems": "array", "maxItems": "array", "minProperties": "object", "maxProperties": "object",
}  # fmt: skip
# Each format and those whose values it holds.
_WIDER = {"int64": {"int32"}, "double": {"float", "int32"}}


def compare_values(old: Flat, new: Flat, walk: Walk) -> None:
    """Note what changed in which values are allowed, besides types and members."""
    _compare_enum(old, new, walk)
    if old.enum is None or new.enum is None:
        # Where both list their values, the lists say it all.
        kinds = old.types & new.types
        for name in (*LOWER, *UPPER):
            if _APPLIES[name] in kinds or ("number" in kinds and "imum" in name):
                _compare_bound(name, old, new, walk)
        if "string" in kinds:
            _compare_patterns(old, new, walk)
        _compare_formats(old, new, walk)
        _compare_multiples(old, new, walk)
    if old.is_unique != new.is_unique and "array" in old.types & new.types:
        if new.is_unique:
            walk.stricter("unique", "items must be unique now", (old, new), (False, True))
        else:
            walk.looser("not-unique", "items may repeat now", (old, new), (True, False))
    if old.default != new.default and walk.direction is Direction.REQUEST:
        values = (old.default[0] if old.default else None, new.default[0] if new.default else None)
        walk.note("default", Weight.MAYBE, f"the default changes from {values[0]!r} to "
                  f"{values[1]!r}", (old, new), values)  # fmt: skip
    if new.flags.get("deprecated") and not old.flags.get("deprecated"):
        walk.note("deprecated", Weight.COMPATIBLE, "is deprecated now", (old, new), (False, True))


def _compare_enum(old: Flat, new: Flat, walk: Walk) -> None:
    before, after = _listed(old), _listed(new)
    if before is None and after is not None:
        walk.stricter(
            "enum-set", f"only {_shown(after)} are allowed now", (old, new), (None, after)
        )
    elif before is not None and after is None:
        walk.looser("enum-dropped", "any value is allowed now, not only those that were listed",
                    (old, new), (before, None))  # fmt: skip
    elif before is not None and after is not None:
        removed = [value for value in before if not _holds(after, value)]
        added = [value for value in after if not _holds(before, value)]
        if removed:
            walk.stricter("enum-removed", f"{_shown(removed)} no longer allowed", (old, new),
                          (before, after))  # fmt: skip
        if added:
            walk.looser("enum-added", f"{_shown(added)} allowed now", (old, new), (before, after))


def _listed(schema: Flat) -> list[Json] | None:
    if schema.enum is None:
        return None
    return [value for value in schema.enum if value is not None]


def _holds(values: list[Json], value: Json) -> bool:
    return any(
        value == each and isinstance(value, bool) is isinstance(each, bool) for each in values
    )


def _shown(values: list[Json]) -> str:
    texts = [str(value) for value in values[:8]]
    return ", ".join(texts) + (", …" if len(values) > 8 else "")


def _compare_bound(name: str, old: Flat, new: Flat, walk: Walk) -> None:
    before, after = old.bounds.get(name), new.bounds.get(name)
    if before == after:
        return
    values = (before[0] if before else None, after[0] if after else None)
    sign = 1 if name in LOWER else -1
    is_stricter = before is None or (
        after is not None and (sign * after[0], after[1]) > (sign * before[0], before[1])
    )
    sentence = f"{name} changes from {_bound(before)} to {_bound(after)}"
    if is_stricter:
        walk.stricter("bound-narrowed", sentence, (old, new), values)
    else:
        walk.looser("bound-widened", sentence, (old, new), values)


def _bound(bound: tuple[float, bool] | None) -> str:
    if bound is None:
        return "none"
    return f"{bound[0]}, exclusive" if bound[1] else str(bound[0])


def _compare_patterns(old: Flat, new: Flat, walk: Walk) -> None:
    if old.patterns == new.patterns:
        return
    values = (_joined(old.patterns), _joined(new.patterns))
    if old.patterns < new.patterns:
        walk.stricter("pattern-set", f"must match {values[1]} now", (old, new), values)
    elif new.patterns < old.patterns:
        walk.looser("pattern-dropped", f"need no longer match {values[0]}", (old, new), values)
    else:
        sentence = f"the pattern changes from {values[0]} to {values[1]}: may be stricter"
        walk.note("pattern-changed", Weight.MAYBE, sentence, (old, new), values)


def _compare_formats(old: Flat, new: Flat, walk: Walk) -> None:
    if old.formats == new.formats:
        return
    values = (_joined(old.formats), _joined(new.formats))
    sentence = f"the format changes from {values[0] or 'none'} to {values[1] or 'none'}"
    if old.formats and new.formats and all(new_ in _narrower(values[0]) for new_ in new.formats):
        walk.stricter("format-narrowed", sentence, (old, new), values)
    elif old.formats and new.formats and all(each in _narrower(values[1]) for each in old.formats):
        walk.looser("format-widened", sentence, (old, new), values)
    elif not new.formats and walk.direction is Direction.REQUEST:
        walk.looser("format-dropped", sentence, (old, new), values)
    elif not old.formats and walk.direction is Direction.RESPONSE:
        walk.stricter("format-set", sentence, (old, new), values)
    else:
        # Whether a format is checked at all, a document does not say.
        may = "stricter" if walk.direction is Direction.REQUEST else "looser"
        walk.note("format-changed", Weight.MAYBE, f"{sentence}: may be {may}", (old, new), values)


def _narrower(name: str | None) -> set[str]:
    return _WIDER.get(name or "", set())


def _joined(texts: frozenset[str]) -> str | None:
    return " and ".join(sorted(texts)) or None


def _compare_multiples(old: Flat, new: Flat, walk: Walk) -> None:
    if old.multiples == new.multiples:
        return
    values = (sorted(old.multiples) or None, sorted(new.multiples) or None)
    sentence = f"multipleOf changes from {values[0]} to {values[1]}"
    if all(any(_divides(b, a) for a in new.multiples) for b in old.multiples):
        walk.stricter("multiple-narrowed", sentence, (old, new), values)
    elif all(any(_divides(a, b) for b in old.multiples) for a in new.multiples):
        walk.looser("multiple-widened", sentence, (old, new), values)
    else:
        walk.note(
            "multiple-changed", Weight.MAYBE, f"{sentence}: may be stricter", (old, new), values
        )


def _divides(part: float, whole: float) -> bool:
    quotient = whole / part if part else 0.5
    return abs(quotient - round(quotient)) < 1e-9
