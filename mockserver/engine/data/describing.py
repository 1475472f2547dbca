"""What a flat node tells of the values to make: kinds, examples, what thing they are of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.engine.data import meanings
from mockserver.engine.data.canonical import Node
from mockserver.engine.data.facts import moment_key
from mockserver.engine.data.facts.moments import UNLIKELY
from mockserver.engine.data.merging import Contradiction, Flat
from mockserver.engine.data.naming import joined, singular, spelled, words_of
from mockserver.engine.data.objects import Limits
from mockserver.engine.data.scalars import ListedPlan, check_of

_NULL_SHARE = 0.1
_KINDS: Mapping[str, frozenset[str]] = {
    "object": frozenset({
        "properties", "required", "additionalProperties", "patternProperties", "minProperties",
        "maxProperties", "propertyNames", "hidden", "dependentRequired",
    }),
    "array": frozenset({"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"}),
    "string": frozenset({"pattern", "minLength", "maxLength", "format"}),
    "number": frozenset({
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    }),
}  # fmt: skip
# What a value of a node that says nothing is, the first that is not forbidden.
_UNTOLD = ("string", "object", "integer", "boolean", "array", "number")
# Words that say how a schema is used, not what it describes.
USES = spelled(
    "response request dto model item items list base schema input output detail details "
    "summary resource entity object read write create update created updated view data result "
    "results info collection page paginated simple full minimal nullable type value values "
    "inline public private api get post put patch attributes properties record entry body "
    "payload wrapper envelope ref"
)
_PERSONAL_MEMBERS = frozenset({"email", "firstname", "lastname", "username", "birthdate", "phone"})
_TRADED_MEMBERS = frozenset({"price", "sku", "unitprice"})


def documented_of(flat: Flat) -> list[Any]:
    """The values that the document gives for a node, whether they keep to it or not."""
    found = [flat["example"]] if "example" in flat else []
    examples = flat.get("examples")
    if isinstance(examples, dict):
        found += [
            e["value"] if isinstance(e, dict) and "value" in e else e for e in examples.values()
        ]
    elif isinstance(examples, list):
        found += examples
    default = flat.get("default")
    return found or ([] if default in (None, "", [], {}) else [default])


def kinds_of(flat: Flat) -> list[str]:
    """The types that a value may have, `null` among them."""
    kinds = _stated_kinds(flat)
    return [*kinds, "null"] if flat.get("nullable") and "null" not in kinds else kinds


def _stated_kinds(flat: Flat) -> list[str]:
    if "type" in flat:
        return list(flat["type"])
    if "enum" in flat:
        return list(dict.fromkeys(kind_of_value(value) for value in flat["enum"]))
    found = [kind for kind, keywords in _KINDS.items() if keywords & flat.keys()]
    if found:
        return found[:1]
    denied = [
        n["type"] for n in flat.get("not", ()) if isinstance(n, dict) and n.keys() == {"type"}
    ]
    names = {name for types in denied for name in (types if isinstance(types, list) else [types])}
    return [kind for kind in _UNTOLD if kind not in names][:1]


def kind_of_value(value: Any) -> str:
    """The type of a value; `integer` for a number without a fraction in its writing."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    names: Mapping[type, str] = {str: "string", dict: "object", list: "array", int: "integer"}
    return names.get(type(value), "number")


def null_share(name: str) -> float:
    """How often null stands for a value that may be null, from 0 to 1."""
    return 0.85 if set(words_of(name)) & UNLIKELY else _NULL_SHARE


def share_of(name: str, own: Mapping[str, Any]) -> float:
    """How often an optional member is there: seldom where it tells of an end that few meet."""
    words = words_of(name)
    is_end = bool(set(words) & UNLIKELY) and words[-1] in {"at", "on", "date"}
    can_be_null = own.get("nullable") or "null" in own.get("type", ())
    return 0.15 if is_end and not can_be_null else 1.0


def listed_plan(flat: Flat, kind: str) -> ListedPlan:
    """The plan for the listed values of one type; Contradiction when none is left."""
    check = check_of(flat)
    wanted = [v for v in flat["enum"] if kind_of_value(v) == kind or check(v)]
    values = [value for value in wanted if isinstance(value, dict | list) or check(value)]
    return ListedPlan(list({repr(value): value for value in values}.values()))


def thing_of(parent: str, properties: Mapping[str, Node]) -> tuple[str, ...]:
    """The words for what an object describes, told from its name and from its members."""
    kind = tuple(singular(word) for word in words_of(parent) if word not in USES)
    if meanings.name_of(kind) == "phrase":
        names = {joined(name) for name in properties}
        if names & _PERSONAL_MEMBERS:
            return (*kind, "person") if not names & {"domain", "website"} else (*kind, "company")
        if names & _TRADED_MEMBERS:
            return (*kind, "product")
    return kind


def main_of(properties: Mapping[str, Node], kind: tuple[str, ...]) -> str:
    """The fact that the name of the thing tells."""
    for name in properties:
        if meanings.is_main(name):
            return meanings.text_meaning(name, " ".join(kind)) or "phrase"
    return meanings.name_of(kind)


def fact_of(own: Mapping[str, Any], name: str, parent: str) -> str | None:
    """The fact that a member tells of the thing that has it."""
    if own.get("format") in {"date", "date-time"}:
        return moment_key(words_of(name))
    return meanings.hinted(own.get("x-faker")) or meanings.text_meaning(name, parent)


def limits_of(flat: Flat) -> Limits:
    """How many members there may be; Contradiction when no number is allowed."""
    fewest, most = flat.get("minProperties", 0), flat.get("maxProperties")
    if most is not None and fewest > most:
        raise Contradiction
    return Limits(fewest, most, flat.get("dependentRequired", {}))
