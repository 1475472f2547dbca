"""Structure: a schema with its references followed and its parts put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contract_tests.contract import Contract

Json = Any
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """What a schema says when its parts are put together.

    `members` are known properties; `rest` is the schema of further ones, None where the object is
    closed, True where anything may follow. `choices` are the lists of alternatives that were not
    decided.
    """

    types: tuple[str, ...]
    is_nullable: bool
    members: dict[str, Json]
    required: frozenset[str]
    rest: Json
    keywords: dict[str, Json]
    choices: tuple[tuple[Json, ...], ...]


def shape_of(schema: Json, contract: Contract, *taken: Json) -> Shape:
    """The shape of a schema; `taken` are alternatives that were chosen, and are parts of it."""
    parts: list[Json] = []
    choices: list[tuple[Json, ...]] = []
    for each in (schema, *taken):
        _gather(each, contract, parts, choices, 0)
    members: dict[str, Json] = {}
    keywords: dict[str, Json] = {}
    required: set[str] = set()
    for part in parts:
        for name, member in (part.get("properties") or {}).items():
            members[name] = {"allOf": [members[name], member]} if name in members else member
        required |= set(part.get("required") or ())
        for name, value in part.items():
            keywords[name] = _tighter(name, keywords[name], value) if name in keywords else value
    rests = [part["additionalProperties"] for part in parts if "additionalProperties" in part]
    rest = None if False in rests else next((r for r in rests if isinstance(r, dict)), True)
    types, is_nullable = _types(parts, keywords)
    return Shape(types, is_nullable, members, frozenset(required), rest, keywords, tuple(choices))


def _gather(
    schema: Json, contract: Contract, parts: list[Json], choices: list[Any], depth: int
) -> None:
    resolved = contract.document.resolve(schema)
    if not isinstance(resolved, dict) or depth > _DEEPEST:
        return
    parts.append(resolved)
    for each in resolved.get("allOf") or ():
        _gather(each, contract, parts, choices, depth + 1)
    alternatives = (resolved.get(keyword) for keyword in ("oneOf", "anyOf"))
    choices += [tuple(each) for each in alternatives if each]


def _tighter(name: str, old: Json, new: Json) -> Json:
    if name in ("minLength", "minimum", "minItems", "minProperties"):
        return max(old, new)
    if name in ("maxLength", "maximum", "maxItems", "maxProperties"):
        return min(old, new)
    if name == "enum":
        return [value for value in old if value in new]
    return new


def _types(parts: list[Json], keywords: dict[str, Json]) -> tuple[tuple[str, ...], bool]:
    stated = [part["type"] for part in parts if part.get("type")]
    named = [{each} if isinstance(each, str) else set(each) for each in stated]
    nullable = [part.get("nullable", False) for part in parts if "type" in part]
    types = set.intersection(*named) if named else set()
    is_nullable = "null" in types or (bool(nullable) and all(nullable))
    if not types and ("properties" in keywords or "required" in keywords):
        types = {"object"}
    return tuple(sorted(types - {"null"})), is_nullable
