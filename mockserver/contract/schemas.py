"""Schemas of a document, lowered to plain JSON Schema and compiled once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import unquote

import jsonschema_rs

from mockserver.contract.references import follow
from mockserver.contract.violations import Location, Violation, shown, violations_of
from mockserver.errors import SetupError

Direction = Literal["request", "response"]
Dialect = Literal["3.0", "3.1"]

# Keywords whose value is a schema, and those whose value is a list of schemas.
_ONE = ("items", "additionalProperties", "not")
_MANY = ("allOf", "anyOf", "oneOf")
_COMPONENTS = "#/components/schemas/"


class Validator:
    """One compiled schema. `problems` is empty for a value that keeps to it.

    A `oneOf` or `anyOf` with a discriminator is judged by the branch that the value names, and by
    no other.
    """

    __slots__ = ("_branches", "_compiled", "_lists", "_property")

    def __init__(
        self,
        compiled: jsonschema_rs.Validator,
        discriminator: str | None = None,
        branches: Mapping[str, jsonschema_rs.Validator] | None = None,
        lists: Mapping[tuple[str, ...], Validator] | None = None,
    ) -> None:
        self._lists: Mapping[tuple[str, ...], Validator] = lists or {}
        self._compiled = compiled
        self._property = discriminator
        self._branches = branches or {}

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps to the schema; the cheapest question to ask."""
        if self._property is None or not isinstance(value, dict):
            return self._compiled.is_valid(value)
        tag = value.get(self._property)
        branch = self._branches.get(tag) if isinstance(tag, str) else None
        return branch is not None and branch.is_valid(value)

    def items_at(self, place: tuple[str, ...]) -> Validator | None:
        """The validator of the items of a list, given the names that lead to it within the value.

        The whole keeps to the schema exactly when every item does, and the whole with this list
        empty. None where that is not known.
        """
        return self._lists.get(place)

    def problems(
        self, value: Any, location: Location, base: tuple[str | int, ...] = ()
    ) -> list[Violation]:
        """What is wrong with the value; `base` is where in its location it stands."""
        if self.is_valid(value):
            return []
        if self._property and isinstance(value, dict):
            return self._branch_problems(value, location, base)
        if self._property:
            return [Violation(location, base, "type", "must be an object", value)]
        return violations_of(self._compiled.iter_errors(value), location, base)

    def _branch_problems(
        self, value: dict[str, Any], location: Location, base: tuple[str | int, ...]
    ) -> list[Violation]:
        pointer = (*base, str(self._property))
        if self._property not in value:
            return [Violation(location, pointer, "required", "is required")]
        tag = value[self._property]
        if not isinstance(tag, str):
            return [Violation(location, pointer, "type", "must be a string", tag)]
        branch = self._branches.get(tag)
        if branch is None:
            message = f"must be one of {', '.join(self._branches)}, not {shown(tag)}"
            return [Violation(location, pointer, "enum", message, tag)]
        return violations_of(branch.iter_errors(value), location, base)


Compile = Callable[[Any, Direction], Validator]
"""Gives the validator of a schema node of a document."""


class SchemaCompiler:
    """Compiles the schemas of one document; equal schemas share one validator.

    Formats are checked; the years of dates have four digits in requests (RFC 3339), though the
    engine takes a sign for a digit. In OpenAPI 3.0 an integer is written without a fraction (`1.0`
    is none) and `nullable` adds null to the type. In the direction `request` a readOnly property
    may not be sent, in the direction `response` a writeOnly one may not be returned.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._components: dict[Direction, dict[str, Any]] = {}
        self._validators: dict[tuple[Direction, str], Validator] = {}

    def compile(self, schema: Any, direction: Direction) -> Validator:
        """The validator of a schema node; SetupError when it cannot be compiled."""
        key = (direction, json.dumps(schema, sort_keys=True))
        if key not in self._validators:
            self._validators[key] = self._compile(schema, direction)
        return self._validators[key]

    def _compile(self, schema: Any, direction: Direction) -> Validator:
        whole = follow(self._document, schema)
        discriminator = whole.get("discriminator") if isinstance(whole, dict) else None
        compiled = self._compiled(schema, direction)
        if not isinstance(discriminator, dict) or not (whole.get("oneOf") or whole.get("anyOf")):
            return Validator(compiled, lists=self._lists(whole, direction))
        branches = {
            tag: self._compiled({"$ref": reference}, direction)
            for tag, reference in _mapping(discriminator, whole).items()
        }
        return Validator(compiled, discriminator.get("propertyName"), branches)

    def _lists(self, whole: Any, direction: Direction) -> dict[tuple[str, ...], Validator]:
        """The lists directly in an object whose items are judged one by one."""
        if direction != "response" or not isinstance(whole, dict) or not whole.keys() <= _SIMPLE:
            return {}
        members = {
            name: follow(self._document, member)
            for name, member in whole.get("properties", {}).items()
        }
        return {
            (name,): self.compile(member["items"], direction)
            for name, member in members.items()
            if member.get("type") == "array" and "items" in member and member.keys() <= _PLAIN_LIST
        }

    def _compiled(self, schema: Any, direction: Direction) -> jsonschema_rs.Validator:
        lowered = lower(schema, direction)
        root = {"allOf": [lowered], "components": {"schemas": self._reached(lowered, direction)}}
        try:
            formats = STRICT_FORMATS if direction == "request" else None
            return jsonschema_rs.Draft4Validator(root, formats=formats, validate_formats=True)
        except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
            raise SetupError(f"A schema cannot be compiled: {error}.") from error

    def _reached(self, schema: Any, direction: Direction) -> dict[str, Any]:
        """The components that a schema refers to, directly or not: few are read faster than all."""
        reached: dict[str, Any] = {}
        waiting = _components_in(schema)
        while waiting:
            name = waiting.pop()
            component = None if name in reached else self._lowered(name, direction)
            if component is not None:
                reached[name] = component
                waiting += _components_in(component)
        return reached

    def _lowered(self, name: str, direction: Direction) -> Any:
        """A component as plain JSON Schema; None where there is none of the name."""
        known = self._components.setdefault(direction, {})
        schemas = self._document.get("components", {}).get("schemas", {})
        if name not in known and name in schemas:
            known[name] = lower(schemas[name], direction)
        return known.get(name)


# Objects whose members are judged apart from each other, and lists whose items are.
_TOLD_ONLY = frozenset({"description", "title", "example", "deprecated", "externalDocs"})
_SIMPLE = _TOLD_ONLY | {"type", "properties", "required", "additionalProperties"}
_PLAIN_LIST = _TOLD_ONLY | {"type", "items"}


def _with_digits_first(name: str) -> Callable[[str], bool]:
    compiled = jsonschema_rs.Draft4Validator({"format": name}, validate_formats=True)

    def is_one(text: str) -> bool:
        return text[:4].isdecimal() and compiled.is_valid(text)

    return is_one


STRICT_FORMATS = {name: _with_digits_first(name) for name in ("date", "date-time")}


def _components_in(schema: Any) -> list[str]:
    """The names of the components that a lowered schema names."""
    if isinstance(schema, list):
        return [name for each in schema for name in _components_in(each)]
    if not isinstance(schema, dict):
        return []
    names = [name for each in schema.values() for name in _components_in(each)]
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith(_COMPONENTS):
        name = reference.removeprefix(_COMPONENTS).partition("/")[0]
        names.append(unquote(name).replace("~1", "/").replace("~0", "~"))
    return names


def _mapping(discriminator: dict[str, Any], whole: dict[str, Any]) -> dict[str, str]:
    """Tag value to branch: what the mapping says, and each branch by its own name."""
    branches = whole.get("oneOf") or whole.get("anyOf") or []
    named = {
        branch["$ref"].rsplit("/", 1)[-1]: branch["$ref"] for branch in branches if "$ref" in branch
    }
    mapped: dict[str, str] = discriminator.get("mapping") or {}
    if not mapped:
        return named
    return {tag: named.get(target, target) for tag, target in mapped.items()}


def lower(schema: Any, direction: Direction) -> Any:
    """An OpenAPI 3.0 schema as JSON Schema: `nullable` becomes a type, directions are applied."""
    if not isinstance(schema, dict) or "$ref" in schema:
        return schema
    lowered = {key: value for key, value in schema.items() if key not in _DROPPED}
    for key in _ONE:
        if isinstance(lowered.get(key), dict):
            lowered[key] = lower(lowered[key], direction)
    for key in _MANY:
        if key in lowered:
            lowered[key] = [lower(branch, direction) for branch in lowered[key]]
    if "properties" in lowered:
        _apply_direction(lowered, direction)
    return _with_null(lowered) if schema.get("nullable") is True else lowered


_DROPPED = frozenset(
    {
        "nullable", "discriminator", "readOnly", "writeOnly", "example", "examples", "xml",
        "externalDocs", "deprecated", "title", "description", "default",
    }
)  # fmt: skip


def _apply_direction(schema: dict[str, Any], direction: Direction) -> None:
    hidden_by = "readOnly" if direction == "request" else "writeOnly"
    properties = schema["properties"]
    hidden = {n for n, p in properties.items() if isinstance(p, dict) and p.get(hidden_by)}
    schema["properties"] = {
        name: lower(value, direction) for name, value in properties.items() if name not in hidden
    }
    if hidden:
        schema["required"] = [name for name in schema.get("required", []) if name not in hidden]
        if not schema["required"]:
            del schema["required"]


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "type" not in schema:
        return {"anyOf": [{"type": "null"}, schema]}
    schema["type"] = [schema["type"], "null"]
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    return schema
