"""Schemas that must hold together, folded into one; those of which one must hold, one by one.

A *flat* node is canonical without `$ref`, `allOf`, `oneOf`, `anyOf`, `if`: a mapping of keywords,
where `pattern`, `not` and `contains` are lists, and `choices` lists groups of nodes of which one
each must be chosen; `exclusive` says that choosing one is not enough, others must not hold.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from mockserver.contract.schemas import Direction
from mockserver.engine.data.canonical import HINTS, Dialect, Node, canonical, matches
from mockserver.engine.data.judging import Judge

Flat = dict[str, Any]
_MOST_CHOICES = 40
_DEEPEST = 12
_COMBINED = ("$ref", "allOf", "oneOf", "anyOf", "if", "then", "else", "dependentSchemas")
_OBJECT_PARTS = ("properties", "patternProperties", "additionalProperties")
_HINTS = frozenset(HINTS)
_OF_THE_WHOLE = ("example", "examples", "default", "x-faker", "title")


class Contradiction(Exception):
    """No value can keep to these keywords together."""


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: `1` is `1.0`, but not `true`."""
    return canonical_text(one) == canonical_text(other)


def canonical_text(value: Any) -> str:
    """A text that equal JSON values share."""
    if isinstance(value, str):
        return f'"{value}"'
    return json.dumps(_levelled(value), sort_keys=True, default=str)


def _levelled(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_levelled(item) for item in value]
    if isinstance(value, dict):
        return {key: _levelled(item) for key, item in value.items()}
    return value


class Flattener:
    """Flattens the nodes of one document for one direction."""

    def __init__(self, judge: Judge, dialect: Dialect, direction: Direction) -> None:
        self._judge = judge
        self._dialect = dialect
        self._direction = direction

    def alternatives(self, node: Node) -> Iterator[Flat]:
        """Each way to keep to the node, flat and without `choices`; none when there is no way."""
        try:
            flat = self.flat(node)
        except Contradiction:
            return
        yield from self.chosen(flat)

    def chosen(self, flat: Flat) -> Iterator[Flat]:
        """Each way to choose from the `choices` of a flat node."""
        yield from self._chosen(flat, 0)

    def flat(self, node: Node, trail: tuple[str, ...] = ()) -> Flat:
        """The node with all that must hold besides it; Contradiction when that cannot be."""
        own = canonical(node, self._dialect, self._direction)
        may_be_null = own.pop("nullable", False) and "type" not in own
        flat = _listed({key: value for key, value in own.items() if key not in _COMBINED})
        flat["choices"] = list(_choices(own))
        if len(own.get("oneOf", ())) > 1 or "if" in own or "dependentSchemas" in own:
            flat["exclusive"] = True
        parts = [(part, trail) for part in own.get("allOf", [])]
        reference = own.get("$ref")
        if reference is not None and reference not in trail and len(trail) < _DEEPEST:
            parts.insert(0, (self._judge.resolve(reference), (*trail, reference)))
        is_wrapper = len(parts) == 1
        for part, below in parts:
            flattened = self._part(part, below, keeps_hints=is_wrapper)
            _learn_tags(part, flattened)
            flat = merged(flat, flattened)
        if reference is not None:
            flat["name"] = reference.rsplit("/", 1)[-1]
            _learn_tags({"$ref": reference}, flat)
        if may_be_null:
            flat["nullable"] = True
        return flat

    def _part(self, part: Node, trail: tuple[str, ...], *, keeps_hints: bool) -> Flat:
        flat = self.flat(part, trail)
        if not flat["choices"]:
            _close(flat)
        if not keeps_hints:
            flat = {key: value for key, value in flat.items() if key not in _OF_THE_WHOLE}
        return flat

    def _chosen(self, flat: Flat, depth: int) -> Iterator[Flat]:
        groups = flat.get("choices") or []
        base = {key: value for key, value in flat.items() if key != "choices"}
        if not groups or depth > _DEEPEST:
            _close(base)
            yield base
            return
        for count, branch in enumerate(_in_order(groups[0], base)):
            if count >= _MOST_CHOICES:
                return
            try:
                chosen = merged(base, self._part(branch, (), keeps_hints=True))
            except Contradiction:
                continue
            if base.get("nullable"):
                chosen["nullable"] = True
            chosen["choices"] = [*chosen.get("choices", []), *groups[1:]]
            yield from self._chosen(chosen, depth + 1)


def _in_order(branches: list[Node], base: Flat) -> list[Node]:
    """The branches, each with the tag by which the discriminator knows it."""
    discriminator = base.get("discriminator") or {}
    name = discriminator.get("propertyName")
    if not isinstance(name, str):
        return branches
    mapping = {t: target for t, target in _texts(discriminator.get("mapping")) if target}
    tagged: list[tuple[bool, Node]] = []
    for branch in branches:
        reference = branch.get("$ref") if isinstance(branch, dict) else None
        if not isinstance(reference, str):
            tagged.append((False, branch))
            continue
        own = reference.rsplit("/", 1)[-1]
        tags = [tag for tag, target in mapping.items() if target in (reference, own)]
        tag_node = {"properties": {name: {"enum": tags or [own]}}, "required": [name]}
        tagged.append((bool(tags) or not mapping, {"allOf": [branch, tag_node]}))
        if not tags:
            tagged.append((False, branch))
    return [branch for is_mapped, branch in sorted(tagged, key=lambda entry: not entry[0])]


def _texts(mapping: Any) -> list[tuple[str, str]]:
    pairs = mapping.items() if isinstance(mapping, dict) else ()
    return [(k, v) for k, v in pairs if isinstance(k, str) and isinstance(v, str)]


def _learn_tags(part: Node, flat: Flat) -> None:
    """Remember by which tag the parent's discriminator knows the schema that is made of it."""
    discriminator = flat.get("discriminator")
    if not isinstance(discriminator, dict) or not isinstance(part, dict):
        return
    name = discriminator.get("propertyName")
    if isinstance(name, str) and isinstance(part.get("$ref"), str):
        flat.setdefault("tags", {}).setdefault(name, _texts(discriminator.get("mapping")))


def _listed(flat: Flat) -> Flat:
    for key in ("pattern", "not"):
        if key in flat:
            flat[key] = [flat[key]]
    if "contains" in flat:
        flat["contains"] = [
            (flat["contains"], flat.pop("minContains", 1), flat.pop("maxContains", None))
        ]
    if any(
        denied in (True, {}) for denied in flat.get("not", ()) if isinstance(denied, dict | bool)
    ):
        raise Contradiction
    return flat


def _choices(own: dict[str, Any]) -> Iterator[list[Node]]:
    for key in ("oneOf", "anyOf"):
        if key in own:
            yield own[key]
    if "if" in own:
        negated = {"not": own["if"]}
        yield [
            {"allOf": [own["if"], own.get("then", True)]},
            {"allOf": [negated, own.get("else", True)]},
        ]
    for name, node in own.get("dependentSchemas", {}).items():
        yield [{"allOf": [node], "required": [name]}, {"not": {"required": [name]}}]


def _close(flat: Flat) -> None:
    """What nothing has evaluated is what no property or item of the whole names."""
    for beyond, rest in (
        ("unevaluatedProperties", "additionalProperties"),
        ("unevaluatedItems", "items"),
    ):
        node = flat.pop(beyond, None)
        if node is not None:
            flat.setdefault(rest, node)


def merged(one: Flat, other: Flat) -> Flat:
    """Both together; Contradiction when no value keeps to both."""
    result = dict(one)
    _merge_objects(result, one, other)
    for key, value in other.items():
        if key in _OBJECT_PARTS:
            continue
        join = _JOINS.get(key, _first)
        result[key] = join(result[key], value) if key in result else value
    if result.get("nullable") and not (_allows_null(one) and _allows_null(other)):
        del result["nullable"]
    return result


def _allows_null(flat: Flat) -> bool:
    asserted = flat.keys() - {*_HINTS, "name", "tags"}
    return bool(flat.get("nullable")) or (asserted <= {"choices"} and not flat.get("choices"))


def _merge_objects(result: Flat, one: Flat, other: Flat) -> None:
    names = dict.fromkeys([*one.get("properties", {}), *other.get("properties", {})])
    if names:
        result["properties"] = {
            name: _both(*applicable(one, name), *applicable(other, name)) for name in names
        }
    patterns = dict(one.get("patternProperties", {}))
    for pattern, node in other.get("patternProperties", {}).items():
        patterns[pattern] = _both(patterns[pattern], node) if pattern in patterns else node
    if patterns:
        result["patternProperties"] = patterns
    rests = [
        side["additionalProperties"] for side in (one, other) if "additionalProperties" in side
    ]
    if rests:
        result["additionalProperties"] = _both(*rests)


def applicable(flat: Flat, name: str) -> list[Node]:
    """The nodes that a member of this name must keep to."""
    found = [flat["properties"][name]] if name in flat.get("properties", {}) else []
    found += [n for p, n in flat.get("patternProperties", {}).items() if matches(p, name)]
    if not found and "additionalProperties" in flat:
        found = [flat["additionalProperties"]]
    return found


def _both(*nodes: Node) -> Node:
    if any(node is False for node in nodes):
        return False
    telling = [node for node in nodes if node is not True and node != {}]
    distinct = list({id(node): node for node in telling}.values())
    return distinct[0] if len(distinct) == 1 else {"allOf": distinct} if distinct else True


def _first(one: Any, _: Any) -> Any:
    return one


def _join_types(one: list[str], other: list[str]) -> list[str]:
    def common(kind: str) -> str | None:
        if kind in other:
            return kind
        if kind == "number" and "integer" in other:
            return "integer"
        return kind if kind == "integer" and "number" in other else None

    found = [kind for kind in map(common, one) if kind is not None]
    if not found:
        raise Contradiction
    return list(dict.fromkeys(found))


def _join_values(one: list[Any], other: list[Any]) -> list[Any]:
    texts = {canonical_text(value) for value in other}
    found = [value for value in one if canonical_text(value) in texts]
    if not found:
        raise Contradiction
    return found


def _join_multiples(one: float, other: float) -> int | float:
    first, second = Fraction(str(one)), Fraction(str(other))
    scale = math.lcm(first.denominator, second.denominator)
    whole = Fraction(math.lcm(int(first * scale), int(second * scale)), scale)
    return int(whole) if whole.denominator == 1 else float(whole)


def _join_lists(one: list[Any], other: list[Any]) -> list[Any]:
    return [*one, *(value for value in other if value not in one)]


def _join_mappings(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {**other, **one}


def _join_prefixes(one: list[Node], other: list[Node]) -> list[Node]:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return [_both(n, shorter[i]) if i < len(shorter) else n for i, n in enumerate(longer)]


def _join_needs(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    return {n: _join_lists(one.get(n, []), other.get(n, [])) for n in {**one, **other}}


_JOINS: Mapping[str, Callable[[Any, Any], Any]] = {
    "type": _join_types,
    "enum": _join_values,
    "multipleOf": _join_multiples,
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
    **dict.fromkeys(("pattern", "not", "contains", "required", "choices"), _join_lists),
    **dict.fromkeys(("items", "propertyNames", "unevaluatedProperties", "unevaluatedItems"), _both),
    "prefixItems": _join_prefixes,
    "dependentRequired": _join_needs,
    "hidden": _join_mappings,
    "tags": _join_mappings,
}
