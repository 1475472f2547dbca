"""From a violation back to the rule of the document that it broke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from mockserver.contract.model import Operation
from mockserver.contract.places import Place, Places
from mockserver.contract.violations import Violation

_COMBINING = ("allOf", "anyOf", "oneOf")


class RuleFinder:
    """Walks the schemas of one document the way a value is laid out."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._places = Places(document)

    def rule(self, operation: Operation, violation: Violation, body: Any = None) -> Place:
        """The keyword that was broken, as exactly as it can be told.

        `body` is the whole body where it is known: it tells which branch a discriminator chose.
        Where the keyword stands in no schema (a body that is no JSON) the place is that of the
        parameter or body itself.
        """
        start, root, path = self._start(operation, violation)
        if root is None:
            return start
        found = list(self._candidates(root, path, violation, body))
        broken = (place for place in found if _is_broken(violation, place.node))
        return next(broken, found[0] if found else self.schema(root, path) or root)

    def schema(self, root: Place | None, path: tuple[str | int, ...]) -> Place | None:
        """The schema that describes what stands under a path; None when none does."""
        return next(self._schemas(root, path, None, set()), None) if root else None

    def member(self, operation: Operation, name: str) -> Place | None:
        """The schema of a dotted member name, in the body or among the parameters."""
        parts = tuple(int(part) if part.isdigit() else part for part in name.split("."))
        found = self.schema(self._body(operation), parts)
        if found is not None:
            return found
        for parameter in operation.parameters:
            if parameter.name == name:
                return self._places.schema_of(operation, parameter)
        return None

    def _start(
        self, operation: Operation, violation: Violation
    ) -> tuple[Place, Place | None, tuple[str | int, ...]]:
        """Where a violation is told of when no rule is found, its schema, and the way below it."""
        here = self._places.operation(operation)
        if violation.location == "body":
            content = self._places.content(operation) or here
            return content, self._body(operation), violation.pointer
        name = str(violation.pointer[0]) if violation.pointer else ""
        declared = self._places.parameter(operation, name, violation.location)
        if declared is None or violation.keyword == "encoding":
            return declared or here, None, ()
        if violation.keyword == "required" and len(violation.pointer) == 1:
            return self._places.below(declared, "required") or declared, None, ()
        return declared, self._places.below(declared, "schema"), violation.pointer[1:]

    def _body(self, operation: Operation) -> Place | None:
        content = self._places.content(operation)
        first = next(iter(content.node), None) if content else None
        return self._places.below(content, first, "schema") if first else None

    def _candidates(
        self, root: Place, path: tuple[str | int, ...], violation: Violation, body: Any
    ) -> Iterator[Place]:
        """Every place of the keyword in the schemas that describe the value."""
        keyword = violation.keyword
        if keyword in {"required", "enum", "type"} and path:
            yield from self._discriminators(root, path, body)
        on_parent = keyword in {"required", "additionalProperties"} and bool(path)
        owners = path[:-1] if on_parent else path
        for schema in self._schemas(root, owners, body, set()):
            if on_parent:
                yield from self._of_member(schema, keyword, str(path[-1]))
            elif keyword in schema.node:
                yield Place(f"{schema.pointer}/{keyword}", schema.node[keyword])

    def _of_member(self, schema: Place, keyword: str, name: str) -> Iterator[Place]:
        """`required` and `additionalProperties` stand in the object, and mean one member of it."""
        if keyword == "required" and name in schema.node.get("required", ()):
            index = schema.node["required"].index(name)
            yield Place(f"{schema.pointer}/required/{index}", name)
        if keyword != "additionalProperties":
            return
        declared = self._places.below(schema, "properties", name)
        if declared and declared.node.get("readOnly"):
            yield Place(f"{declared.pointer}/readOnly", True)
        elif declared is None and schema.node.get(keyword) is False:
            yield Place(f"{schema.pointer}/{keyword}", False)

    def _discriminators(
        self, root: Place, path: tuple[str | int, ...], body: Any
    ) -> Iterator[Place]:
        for schema in self._schemas(root, path[:-1], body, set()):
            found = schema.node.get("discriminator") or {}
            if found.get("propertyName") == path[-1]:
                yield Place(f"{schema.pointer}/discriminator", found)

    def _schemas(
        self,
        schema: Place,
        path: tuple[str | int, ...],
        value: Any,
        seen: set[tuple[str, int]],
    ) -> Iterator[Place]:
        """The schemas that describe what stands under the path, the nearest first."""
        key = (schema.pointer, len(path))
        if key in seen or not isinstance(schema.node, dict):
            return
        seen.add(key)
        if not path:
            yield schema
        for branch in self._branches(schema, value):
            yield from self._schemas(branch, path, value, seen)
        if path:
            below = self._step(schema, path[0])
            if below is not None:
                yield from self._schemas(below, path[1:], _inner(value, path[0]), seen)

    def _branches(self, schema: Place, value: Any) -> Iterator[Place]:
        chosen = self._chosen(schema, value)
        if chosen is not None:
            yield chosen
            return
        for key in _COMBINING:
            for index in range(len(schema.node.get(key, ()))):
                branch = self._places.below(schema, key, index)
                if branch is not None:
                    yield branch

    def _chosen(self, schema: Place, value: Any) -> Place | None:
        """The one branch that the value names by the discriminator."""
        discriminator = schema.node.get("discriminator")
        if not isinstance(discriminator, dict) or not isinstance(value, dict):
            return None
        tag = value.get(discriminator.get("propertyName"))
        mapping = discriminator.get("mapping") or {}
        reference = mapping.get(tag) if isinstance(tag, str) else None
        if not isinstance(reference, str) or not reference.startswith("#/"):
            return None
        return self._places.resolved(Place("", {"$ref": reference}))

    def _step(self, schema: Place, key: str | int) -> Place | None:
        """One step down: a property, what stands for any other one, or an item."""
        if isinstance(key, int) and "items" in schema.node:
            return self._places.below(schema, "items")
        declared = self._places.below(schema, "properties", str(key))
        if declared is not None:
            return declared
        if isinstance(schema.node.get("additionalProperties"), dict):
            return self._places.below(schema, "additionalProperties")
        return None


def _inner(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(key))
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _is_broken(violation: Violation, rule: Any) -> bool:
    """Whether the value breaks this keyword taken alone; yes when that cannot be told."""
    if violation.keyword in {"required", "additionalProperties", *_COMBINING}:
        return True
    if isinstance(rule, dict):  # a discriminator
        return violation.value not in list(rule.get("mapping") or {})
    schema = {violation.keyword: rule}
    try:
        return not jsonschema_rs.Draft4Validator(schema, validate_formats=True).is_valid(
            violation.value
        )
    except (ValueError, jsonschema_rs.ValidationError):
        return True
