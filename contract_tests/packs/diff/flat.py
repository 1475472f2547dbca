"""Schemas with what says the same brought to one form: `allOf` merged, `nullable` a type."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from contract_tests.packs.diff.changes import Spot, escaped

Json = Any
TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
LOWER = ("minimum", "minLength", "minItems", "minProperties")
UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")
# Keywords that are compared as they stand: changed, or not.
OPAQUE = (
    "not", "if", "then", "else", "patternProperties", "propertyNames", "contains", "minContains",
    "maxContains", "dependentRequired", "dependentSchemas", "dependencies", "prefixItems",
    "unevaluatedProperties", "unevaluatedItems", "contentMediaType", "contentEncoding",
)  # fmt: skip
_DEEPEST = 30


@dataclass(slots=True)
class Union:
    """`oneOf` or `anyOf` with its branches; `names` are the discriminator's, by branch pointer."""

    kind: str
    branches: list[Spot]
    names: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Flat:
    """What a schema says; bounds are (value, whether exclusive)."""

    spot: Spot
    types: frozenset[str] = TYPES
    enum: tuple[Json, ...] | None = None
    bounds: dict[str, tuple[float, bool]] = field(default_factory=dict)
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    multiples: frozenset[float] = frozenset()
    is_unique: bool = False
    properties: dict[str, Spot] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    additional: list[Spot] = field(default_factory=list)
    is_closed: bool = False
    items: list[Spot] = field(default_factory=list)
    unions: list[Union] = field(default_factory=list)
    opaque: list[tuple[str, Spot]] = field(default_factory=list)
    flags: dict[str, bool] = field(default_factory=dict)
    default: tuple[Json, ...] = ()
    # Closed parts of an allOf: what one part closes, the members of another break.
    is_unclear: bool = False


def flat(spot: Spot) -> Flat:
    """A schema in one form."""
    found = _flat(spot.followed(), 0)
    if found.enum is not None:
        found.types &= frozenset(kind_of(value) for value in found.enum) | (
            frozenset({"number"}) if "number" in found.types else frozenset()
        )
        if "number" in found.types and not any(kind_of(v) == "number" for v in found.enum):
            found.types -= {"number"}
    if found.types <= {"integer", "null"}:
        found.bounds = {name: _whole(name, *bound) for name, bound in found.bounds.items()}
    return found


def kind_of(value: Json) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "integer"
    kinds = {float: "number", str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "string")


def _whole(name: str, value: float, is_exclusive: bool) -> tuple[float, bool]:
    if name == "minimum":
        return (math.floor(value) + 1 if is_exclusive else math.ceil(value)), False
    if name == "maximum":
        return (math.ceil(value) - 1 if is_exclusive else math.floor(value)), False
    return value, False


def _flat(spot: Spot, depth: int) -> Flat:
    found = Flat(spot)
    schema = spot.value
    if schema is False:
        found.types = frozenset()
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return found
    _read_values(found, schema)
    _read_members(found, schema)
    found.opaque = [(name, _below(spot, name)) for name in OPAQUE if name in schema]
    found.flags = {
        name: True for name in ("readOnly", "writeOnly", "deprecated") if schema.get(name) is True
    }
    found.default = (schema["default"],) if "default" in schema else ()
    for part in _parts(spot):
        _merge(found, _flat(part, depth + 1))
    for kind in ("oneOf", "anyOf"):
        if isinstance(schema.get(kind), list):
            _read_union(found, kind, depth)
    return found


def _below(spot: Spot, *names: str) -> Spot:
    value = spot.value
    for name in names:
        value = value[int(name)] if isinstance(value, list) else value[name]
    pointer = "".join(f"/{escaped(name)}" for name in names)
    return Spot(spot.document, spot.pointer + pointer, value).followed()


def _parts(spot: Spot) -> Iterator[Spot]:
    """The parts of `allOf`, and what a reference with siblings leads to."""
    reference = spot.value.get("$ref")
    if isinstance(reference, str):
        yield Spot(spot.document, spot.pointer, {"$ref": reference}).followed()
    for index in range(len(spot.value.get("allOf") or ())):
        yield _below(spot, "allOf", str(index))


def _types(schema: Json) -> frozenset[str]:
    kind = schema.get("type")
    if kind is None:
        # nullable says nothing where no type is named (OpenAPI 3.0.3)
        return TYPES
    found = frozenset([kind] if isinstance(kind, str) else kind)
    found |= {"integer"} if "number" in found else frozenset()
    return found | ({"null"} if schema.get("nullable") is True else frozenset())


def _read_values(found: Flat, schema: Json) -> None:
    found.types = _types(schema)
    if "const" in schema:
        found.enum = (schema["const"],)
    elif isinstance(schema.get("enum"), list):
        nothing = (None,) if schema.get("nullable") is True else ()
        found.enum = (*schema["enum"], *(n for n in nothing if n not in schema["enum"]))
    _read_bounds(found, schema)
    for name in ("pattern", "format"):
        if isinstance(schema.get(name), str):
            setattr(found, f"{name}s", frozenset({schema[name]}))
    if isinstance(schema.get("multipleOf"), int | float):
        found.multiples = frozenset({schema["multipleOf"]})
    found.is_unique = schema.get("uniqueItems") is True


def _read_bounds(found: Flat, schema: Json) -> None:
    for name in (*LOWER, *UPPER):
        if isinstance(schema.get(name), int | float) and not _says_nothing(name, schema[name]):
            found.bounds[name] = (schema[name], False)
    for name, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        exclusive = schema.get(name)
        if exclusive is True and bound in found.bounds:
            found.bounds[bound] = (found.bounds[bound][0], True)
        elif isinstance(exclusive, int | float) and not isinstance(exclusive, bool):
            _tighten(found.bounds, bound, (exclusive, True))


def _says_nothing(name: str, value: float) -> bool:
    return name in LOWER[1:] and value <= 0


def _read_members(found: Flat, schema: Json) -> None:
    for name in schema.get("properties") or {}:
        found.properties[name] = _below(found.spot, "properties", name)
    found.required = frozenset(map(str, schema.get("required") or ()))
    additional = schema.get("additionalProperties")
    found.is_closed = additional is False
    if isinstance(additional, dict) and additional:
        found.additional = [_below(found.spot, "additionalProperties")]
    if "items" in schema:
        found.items = [_below(found.spot, "items")]


def _read_union(found: Flat, kind: str, depth: int) -> None:
    """Its branches; one that is only null becomes a type, a single one is part of the whole."""
    count = len(found.spot.value[kind])
    branches = [_below(found.spot, kind, str(index)) for index in range(count)]
    solid = [each for each in branches if not _is_null(each)]
    if len(solid) < len(branches):
        if len(solid) == 1:
            only = _flat(solid[0], depth + 1)
            only.types |= {"null"}
            if only.enum is not None and None not in only.enum:
                only.enum = (*only.enum, None)
            _merge(found, only)
            return
        found.opaque.append(("null", Spot(found.spot.document, found.spot.pointer, True)))
    if len(solid) == 1:
        _merge(found, _flat(solid[0], depth + 1))
    elif solid:
        found.unions.append(Union(kind, solid, _names(found.spot)))


def _is_null(spot: Spot) -> bool:
    value = spot.value
    return isinstance(value, dict) and (
        value.get("type") == "null" or value.get("enum") == [None] or value.get("const", 0) is None
    )


def _names(spot: Spot) -> dict[str, str]:
    """The names that the discriminator gives, by the pointer they lead to."""
    mapping = (spot.value.get("discriminator") or {}).get("mapping") or {}
    full = {
        name: target if "#" in target else f"#/components/schemas/{target}"
        for name, target in mapping.items()
    }
    return {target: name for name, target in sorted(full.items(), reverse=True)}


def _tighten(bounds: dict[str, tuple[float, bool]], name: str, bound: tuple[float, bool]) -> None:
    kept = bounds.get(name)
    is_lower = name in LOWER
    if kept is None or (bound[0] > kept[0] if is_lower else bound[0] < kept[0]):
        bounds[name] = bound
    elif bound[0] == kept[0]:
        bounds[name] = (kept[0], kept[1] or bound[1])


def _merge(whole: Flat, part: Flat) -> None:
    """Add what a part of an allOf says."""
    # A closed part refuses what the others name: the whole is not the sum of its parts.
    others = bool(whole.properties.keys() - part.properties.keys())
    more = bool(part.properties.keys() - whole.properties.keys())
    whole.is_unclear |= part.is_unclear or (part.is_closed and others) or (whole.is_closed and more)
    whole.types &= part.types
    if part.enum is not None:
        kept = whole.enum
        whole.enum = part.enum if kept is None else tuple(v for v in kept if v in part.enum)
    for name, bound in part.bounds.items():
        _tighten(whole.bounds, name, bound)
    whole.patterns |= part.patterns
    whole.formats |= part.formats
    whole.multiples |= part.multiples
    whole.is_unique |= part.is_unique
    for name, spot in part.properties.items():
        whole.properties[name] = _both(whole.properties.get(name), spot)
    whole.required |= part.required
    whole.is_closed |= part.is_closed
    whole.additional += part.additional
    whole.items += part.items
    whole.unions += part.unions
    whole.opaque += part.opaque
    whole.flags |= part.flags
    whole.default = whole.default or part.default


def _both(one: Spot | None, other: Spot) -> Spot:
    if one is None or one.pointer == other.pointer:
        return other
    merged = {"allOf": [one.value, other.value]}
    return Spot(other.document, other.pointer, merged)


def together(spots: list[Spot]) -> Spot | None:
    """Several schemas that must all hold, as one."""
    if not spots:
        return None
    one = spots[0]
    for spot in spots[1:]:
        one = _both(one, spot)
    return one
