"""`oneOf` and `anyOf` of two versions: branches are matched for certain, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from contract_tests.packs.diff.canonical import canonical
from contract_tests.packs.diff.changes import Log, Spot, Weight
from contract_tests.packs.diff.flat import Flat, Union, flat
from contract_tests.packs.diff.walk import Walk

Compare = Callable[[Spot, Spot, Walk], None]
_Pairs = list[tuple[Spot, Spot]]


def compare_unions(old: Flat, new: Flat, walk: Walk, compare: Compare) -> bool:
    """Note the differences of unions; True when nothing beside them can be compared.

    `compare` notes the differences of two schemas.
    """
    if _texts(old) == _texts(new):
        return False
    if len(old.unions) == len(new.unions) == 1:
        _compare(old, new, walk, compare)
        return False
    if _is_one_of(old, new, walk, compare):
        walk.looser("branch-added", "may be of other kinds now", (old, new))
        return True
    if _is_one_of(new, old, walk, compare):
        walk.stricter("branch-removed", "is of one kind alone now", (old, new))
        return True
    return _compare_beside(old, new, walk)


def _compare_beside(old: Flat, new: Flat, walk: Walk) -> bool:
    if not old.unions and _only_requires(new):
        sentence = "one of several sets of members is required now"
        walk.stricter("alternatives-set", sentence, (old, new))
        return False
    if not new.unions and _only_requires(old):
        sentence = "no set of members is required any more"
        walk.looser("alternatives-dropped", sentence, (old, new))
        return False
    sentence = "the alternatives (oneOf, anyOf) changed, could not be classified"
    walk.note("unclassified", Weight.MAYBE, sentence, (old, new))
    return _is_bare(old) or _is_bare(new)


def _is_one_of(single: Flat, union: Flat, walk: Walk, compare: Compare) -> bool:
    """Whether a schema without alternatives is, word for word, one of those of the other."""
    if single.unions or len(union.unions) != 1 or not _is_bare(union):
        return False
    return any(
        not _differ(single.spot, branch, walk, compare) for branch in union.unions[0].branches
    )


def _only_requires(schema: Flat) -> bool:
    """Whether its one union asks for members that are described beside it, and for nothing else."""
    return len(schema.unions) == 1 and all(
        isinstance(branch.value, dict) and set(branch.value) <= {"required", "title", "description"}
        for branch in schema.unions[0].branches
    )


def _is_bare(schema: Flat) -> bool:
    """Whether a schema is a union and nothing else."""
    return not (schema.properties or schema.required or schema.enum or schema.bounds
                or schema.items or schema.is_closed or schema.patterns)  # fmt: skip


def _texts(schema: Flat) -> list[tuple[str, list[str]]]:
    return sorted(
        (union.kind, sorted(canonical(each.document, each.value) for each in union.branches))
        for union in schema.unions
    )


def _differ(old: Spot, new: Spot, walk: Walk, compare: Compare) -> bool:
    trial = replace(walk, log=Log(walk.log.operation))
    compare(old, new, trial)
    return bool(trial.log.changes)


def _compare(old: Flat, new: Flat, walk: Walk, compare: Compare) -> None:
    before, after = old.unions[0], new.unions[0]
    pairs, lost, gained = _matched(before, after, walk, compare)
    if before.kind != after.kind:
        sentence = f"{before.kind} became {after.kind}: what fits several is judged otherwise"
        walk.note("union-kind", Weight.MAYBE, sentence, (old, new), (before.kind, after.kind))
    for one, other in pairs:
        compare(one, other, replace(walk, path=f"{walk.path}({_name(other)})"))
    if lost and gained:
        names = ", ".join(map(_name, lost)), ", ".join(map(_name, gained))
        sentence = f"{before.kind}: {names[0]} became {names[1]}; changed, could not be classified"
        walk.note("unclassified", Weight.MAYBE, sentence, (lost[0], gained[0]), names)
        return
    for spot in lost:
        sentence = f"{_name(spot)} is no longer one of {before.kind}"
        walk.stricter("branch-removed", sentence, (spot, new), (_name(spot), None))
    for spot in gained:
        sentence = f"{_name(spot)} is one of {after.kind} now"
        walk.looser("branch-added", sentence, (old, spot), (None, _name(spot)))


def _matched(
    before: Union, after: Union, walk: Walk, compare: Compare
) -> tuple[_Pairs, list[Spot], list[Spot]]:
    """Branches that are the same one in both versions, and those that are in one alone."""
    pairs: _Pairs = []
    lost, gained = list(before.branches), list(after.branches)
    for one in list(lost):
        same = next((each for each in gained if not _differ(one, each, walk, compare)), None)
        if same is not None:
            pairs.append((one, same))
            lost.remove(one)
            gained.remove(same)
    for names in (_by_discriminator, _by_pointer, _by_title, _by_tag, _by_type):
        old_names, new_names = names(before, lost), names(after, gained)
        for name in old_names.keys() & new_names.keys():
            pairs.append((old_names[name], new_names[name]))
            lost.remove(old_names[name])
            gained.remove(new_names[name])
    return pairs, lost, gained


def _unique(named: list[tuple[str, Spot]]) -> dict[str, Spot]:
    names = [name for name, _ in named]
    return {name: spot for name, spot in named if name and names.count(name) == 1}


def _by_discriminator(union: Union, spots: list[Spot]) -> dict[str, Spot]:
    return _unique([(union.names.get(spot.pointer, ""), spot) for spot in spots])


def _by_pointer(_: Union, spots: list[Spot]) -> dict[str, Spot]:
    inside = "/components/schemas/"
    return _unique([(s.pointer if s.pointer.startswith(f"#{inside}") and s.pointer.count("/") == 3
                     else "", s) for s in spots])  # fmt: skip


def _by_title(_: Union, spots: list[Spot]) -> dict[str, Spot]:
    return _unique(
        [(str(s.value.get("title", "")) if isinstance(s.value, dict) else "", s) for s in spots]
    )


def _by_tag(_: Union, spots: list[Spot]) -> dict[str, Spot]:
    """By a member that has one value alone, such as `kind: cat`."""
    return _unique([(_tag(spot), spot) for spot in spots])


def _tag(spot: Spot) -> str:
    schema = flat(spot)
    for name in sorted(schema.required):
        member = schema.properties.get(name)
        values = flat(member).enum if member else None
        if values and len(values) == 1:
            return f"{name}={values[0]}"
    return ""


def _by_type(union: Union, spots: list[Spot]) -> dict[str, Spot]:
    """By types that no other branch of the union has."""
    kinds = [flat(branch).types - {"null"} for branch in union.branches]
    found = {}
    for spot in spots:
        types = flat(spot).types - {"null"}
        if sum(bool(types & other) for other in kinds) == 1:
            found["|".join(sorted(types))] = spot
    return found


def _name(spot: Spot) -> str:
    if spot.pointer.startswith("#/components/schemas/") and spot.pointer.count("/") == 3:
        return spot.pointer.rsplit("/", 1)[-1]
    title = spot.value.get("title") if isinstance(spot.value, dict) else None
    kinds = sorted(flat(spot).types)
    return str(title or (_tag(spot) or "|".join(kinds) if len(kinds) < 5 else "a branch"))
