"""Schemas of OpenAPI as plain JSON Schema, with exactly the definitions that they reach."""

from __future__ import annotations

from typing import Any, NamedTuple

from mockserver.contract.references import point
from mockserver.contract.schemas import Dialect, Direction
from mockserver.errors import SetupError

_PLAIN = ("type", "enum", "format", "pattern", "multipleOf", "minimum", "maximum",
          "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems",
          "uniqueItems", "minProperties", "maxProperties", "required")  # fmt: skip
_PLAIN_31 = (*_PLAIN, "const", "minContains", "maxContains", "dependentRequired")
_ONE = ("items", "additionalProperties", "not")
_ONE_31 = (*_ONE, "contains", "propertyNames", "if", "then", "else", "unevaluatedItems",
           "unevaluatedProperties")  # fmt: skip
_MANY = ("allOf", "anyOf", "oneOf")
_MANY_31 = (*_MANY, "prefixItems")
_NAMED = ("properties",)
_NAMED_31 = ("properties", "patternProperties", "dependentSchemas")
_MOST_STEPS = 20  # from one reference to the next
_HIDDEN: dict[Direction, str] = {"request": "readOnly", "response": "writeOnly"}


class Lowered(NamedTuple):
    """A schema as JSON Schema, and the pointers that it refers to directly."""

    schema: Any
    references: frozenset[str]


class Lowering:
    """Lowers the schemas of one canonical document; each definition once per direction."""

    def __init__(self, document: dict[str, Any], dialect: Dialect) -> None:
        self._document = document
        self._definitions: dict[tuple[Direction, str], Lowered] = {}
        self._names: dict[str, str] = {}
        self._is_modern = dialect == "3.1"
        self.section = "$defs" if self._is_modern else "definitions"
        self._kept = frozenset(_PLAIN_31 if self._is_modern else _PLAIN)
        self._one = _ONE_31 if self._is_modern else _ONE
        self._many = _MANY_31 if self._is_modern else _MANY
        self._named = _NAMED_31 if self._is_modern else _NAMED
        self._counting = {*self._kept, *self._one, *self._many, *self._named, "nullable"}

    def whole(self, schema: Any, direction: Direction) -> dict[str, Any]:
        """One schema to compile: the given one, and under `section` all that it reaches."""
        lowered = self._lowered(schema, direction)
        reached: dict[str, Any] = {}
        waiting = sorted(lowered.references)
        while waiting:
            reference = waiting.pop()
            name = self._name(reference)
            if name not in reached:
                found = self._definition(reference, direction)
                reached[name] = found.schema
                waiting.extend(sorted(found.references))
        return {"allOf": [lowered.schema], self.section: reached}

    def rules(self, schema: Any) -> dict[str, Any]:
        """The keywords that decide about a value, references followed; empty where that fails.

        A reference with rules of its own beside it is none that can be followed.
        """
        for _ in range(_MOST_STEPS):
            if not isinstance(schema, dict):
                return {}
            rules = {key: value for key, value in schema.items() if key in self._counting}
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                return rules
            if self._is_modern and rules:
                return {}
            schema = self._pointed(reference)
        return {}

    def _pointed(self, reference: str) -> Any:
        try:
            return point(self._document, reference)
        except SetupError:
            return {}

    def _definition(self, reference: str, direction: Direction) -> Lowered:
        key = (direction, reference)
        if key not in self._definitions:
            self._definitions[key] = self._lowered(self._pointed(reference), direction)
        return self._definitions[key]

    def _name(self, reference: str) -> str:
        return self._names.setdefault(reference, str(len(self._names)))

    def _lowered(self, schema: Any, direction: Direction) -> Lowered:
        references: set[str] = set()
        lowered = self._lower(schema, direction, references)
        return Lowered(lowered, frozenset(references))

    def _lower(self, schema: Any, direction: Direction, references: set[str]) -> Any:
        if not isinstance(schema, dict):
            return schema if isinstance(schema, bool) else {}
        lowered: dict[str, Any] = {}
        reference = schema.get("$ref")
        if isinstance(reference, str):
            references.add(reference)
            lowered["$ref"] = f"#/{self.section}/{self._name(reference)}"
            if not self._is_modern:
                return lowered
        for key, value in schema.items():
            if key in self._kept:
                lowered[key] = value
            elif key in self._one:
                lowered[key] = self._lower(value, direction, references)
            elif key in self._many:
                lowered[key] = [self._lower(each, direction, references) for each in value]
            elif key in self._named:
                lowered[key] = {
                    name: self._lower(each, direction, references) for name, each in value.items()
                }
        self._apply(lowered, schema, direction)
        return self._with_null(lowered) if schema.get("nullable") is True else lowered

    def _apply(self, lowered: dict[str, Any], schema: dict[str, Any], direction: Direction) -> None:
        """What the direction changes: what must be there, and how branches are chosen."""
        if "required" in lowered and "properties" in schema:
            hidden = {n for n, p in schema["properties"].items() if self._hides(p, direction)}
            needed = [name for name in lowered["required"] if name not in hidden]
            del lowered["required"]
            if needed:
                lowered["required"] = needed
        if direction == "request" and "discriminator" in schema and "oneOf" in lowered:
            options = lowered.pop("oneOf")
            if "anyOf" in lowered:
                lowered.setdefault("allOf", []).append({"anyOf": options})
            else:
                lowered["anyOf"] = options

    def _hides(self, schema: Any, direction: Direction) -> bool:
        """Whether a member is not sent in this direction, itself or by what it refers to."""
        if not isinstance(schema, dict):
            return False
        if schema.get(_HIDDEN[direction]) is True:
            return True
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return False
        target = point(self._document, reference)
        return isinstance(target, dict) and target.get(_HIDDEN[direction]) is True

    def _with_null(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "type" not in schema:
            return {"anyOf": [{"type": "null"}, schema]}
        types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        schema["type"] = list(dict.fromkeys([*types, "null"]))
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        return schema
