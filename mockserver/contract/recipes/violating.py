"""Bodies that break exactly one rule of a request schema, derived from the documented one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mockserver.contract.media import is_json
from mockserver.contract.model import Contract, Operation
from mockserver.contract.places import Places
from mockserver.contract.recipes.documented import unknown_text
from mockserver.contract.schemas import Validator
from mockserver.contract.smallest import merge
from mockserver.contract.violations import Violation

# A body that breaks one of these is malformed; every other keyword is a rule that a value breaks.
MALFORMED = frozenset({"json", "required", "type", "additionalProperties"})
_LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Breach:
    """A body and the rule it breaks; `value` replaces the member of that name (or drops it)."""

    body: Any
    name: str
    keyword: str

    @property
    def is_malformed(self) -> bool:
        """Whether the form is broken, not the value."""
        return self.keyword in MALFORMED


def breaches(contract: Contract, operation: Operation, example: Any) -> list[Breach]:
    """One body for each (member, rule) that can be broken at the top level of a JSON object.

    Each is checked: the validator finds the rule broken that the breach names.
    """
    if operation.body is None or not isinstance(example, dict):
        return []
    media_type = next((m for m in operation.body.media_types if is_json(m)), None)
    if media_type is None:
        return []
    schema = _schema(contract, operation, media_type, example)
    validator = operation.body.media_types[media_type]
    made = (Breach(body, name, key) for body, name, key in _candidates(contract, schema, example))
    return [breach for breach in made if _is_found(validator, breach)]


def unknown_members(operation: Operation, example: Any) -> dict[str, Any]:
    """The body with the last id in it replaced by one of the same form that names nothing."""
    if operation.body is None or not isinstance(example, dict):
        return {}
    for name in reversed(example):
        value = example[name]
        body = {**example, name: unknown_text(value)} if isinstance(value, str) else example
        is_id = name == "id" or name.endswith(("_id", "Id"))
        if is_id and body != example and _is_valid(operation, body):
            return body
    return {}


def _is_valid(operation: Operation, body: Any) -> bool:
    assert operation.body is not None
    return any(validator.is_valid(body) for validator in operation.body.media_types.values())


def _schema(
    contract: Contract, operation: Operation, media_type: str, example: dict[str, Any]
) -> dict[str, Any]:
    places = Places(contract.document)
    content = places.content(operation)
    written = next(m for m in content.node if m.lower() == media_type) if content else media_type
    place = places.below(content, written, "schema")
    schema = place.node if place else {}
    tag = example.get((schema.get("discriminator") or {}).get("propertyName", ""))
    return merge(contract.document, schema, tag)


def _candidates(
    contract: Contract, schema: dict[str, Any], example: dict[str, Any]
) -> Iterator[tuple[Any, str, str]]:
    for name in schema.get("required", []):
        yield {key: value for key, value in example.items() if key != name}, name, "required"
    for name, raw in schema.get("properties", {}).items():
        member = merge(contract.document, raw)
        for keyword, value in _wrong_values(member):
            yield {**example, name: value}, name, keyword
    yield {**example, "no_such_member": 1}, "no_such_member", "additionalProperties"


def _wrong_values(member: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "type", 0 if member.get("type") == "string" else "text"
    if "enum" in member:
        yield "enum", "no-such-value"
    if "format" in member:
        yield "format", "no " + str(member["format"])
    if member.get("maxLength", _LONGEST) < _LONGEST:
        yield "maxLength", "a" * (member["maxLength"] + 1)
    if "pattern" in member:
        yield "pattern", "\u0001" * max(1, member.get("minLength", 1))
    if "maximum" in member:
        yield "maximum", member["maximum"] + 1
    if "minimum" in member:
        yield "minimum", member["minimum"] - 1
    if member.get("minItems"):
        yield "minItems", []
    if member.get("minLength"):
        yield "minLength", ""


def _is_found(validator: Validator, breach: Breach) -> bool:
    """Whether this one rule is broken, and nothing that a server might name in its place."""
    found = validator.problems(breach.body, "body")
    return bool(found) and all(_is_meant(violation, breach) for violation in found)


def _is_meant(violation: Violation, breach: Breach) -> bool:
    kinds = {violation.keyword in MALFORMED, breach.is_malformed}
    return violation.pointer[:1] == (breach.name,) and len(kinds) == 1
