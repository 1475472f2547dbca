"""Schemas of a foreign document, mended where they stand until every part of them has a meaning."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from mockserver.contract.foreign.keywords import mend_keywords
from mockserver.contract.foreign.notes import Notes, Where
from mockserver.contract.references import point
from mockserver.contract.schemas import Dialect

_ONE = ("items", "additionalProperties", "not")
_ONE_31 = (
    *_ONE, "contains", "propertyNames", "if", "then", "else", "unevaluatedItems",
    "unevaluatedProperties", "contentSchema",
)  # fmt: skip
_MANY = ("allOf", "anyOf", "oneOf")
_NAMED = ("properties",)
_NAMED_31 = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
# Words of JSON Schema about names and places of schemas: references are pointers by now.
_NAMING = ("$id", "$anchor", "$dynamicAnchor", "$schema", "$vocabulary")
# What may stand beside a `$ref` in OpenAPI 3.0 without a loss when it is left out.
_TOLD = frozenset(
    {"description", "title", "summary", "example", "examples", "deprecated", "externalDocs",
     "xml", "default", "readOnly", "writeOnly"}
)  # fmt: skip


class SchemaMender:
    """Mends every schema it is given, and all that these refer to, each once and in place."""

    def __init__(self, document: dict[str, Any], dialect: Dialect, notes: Notes) -> None:
        self._document = document
        self._dialect = dialect
        self._notes = notes
        self._seen: dict[int, Any] = {}
        self._patterns: dict[str, bool] = {}
        modern = dialect == "3.1"
        self._one: tuple[str, ...] = _ONE_31 if modern else _ONE
        self._many: tuple[str, ...] = (*_MANY, "prefixItems") if modern else _MANY
        self._named = _NAMED_31 if modern else _NAMED
        self._validator = (
            jsonschema_rs.Draft202012Validator if modern else jsonschema_rs.Draft4Validator
        )

    def mended(self, schema: Any, where: Where) -> Any:
        """The schema as it can be used: the same object where it is one."""
        if isinstance(schema, bool):
            return self._from_bool(schema, where)
        if not isinstance(schema, dict):
            self._notes.wrong(where, schema, "a schema", "everything is allowed", "schema")
            return {}
        if id(schema) not in self._seen:
            self._seen[id(schema)] = schema  # holds on to it, so that no other gets its id
            self._mend(schema, where)
        return schema

    def _from_bool(self, schema: bool, where: Where) -> Any:
        if self._dialect == "3.1" or where.key == "additionalProperties":
            return schema
        self._notes.wrong(where, schema, "a schema", "read as JSON Schema means it", "schema")
        return {} if schema else {"not": {}}

    def _mend(self, schema: dict[str, Any], where: Where) -> None:
        if "$ref" in schema and not isinstance(schema["$ref"], str):
            self._notes.wrong(where / "$ref", schema.pop("$ref"), "a text")
        if "$ref" in schema or isinstance(schema.get("$dynamicRef"), str):
            self._reference(schema, where)
            if "$ref" in schema and self._dialect == "3.0":
                return
        for name in _NAMING:
            schema.pop(name, None)
        self._mend_parts(schema, where)
        mend_keywords(schema, where, self._dialect, self._notes)
        if "pattern" in schema:
            self._pattern(schema, where)
        if self._dialect == "3.1":
            self._modern(schema, where)

    def _mend_parts(self, schema: dict[str, Any], where: Where) -> None:
        """Mend the schemas within a schema."""
        for name in self._named:
            if name in schema:
                self._mend_named(schema, name, where)
        for name in self._many:
            if name in schema:
                self._mend_many(schema, name, where)
        if isinstance(schema.get("items"), list):
            self._tuple(schema, where)
        for name in self._one:
            if name in schema:
                self._mend_one(schema, name, where)

    def _reference(self, schema: dict[str, Any], where: Where) -> None:
        if "$dynamicRef" in schema:
            target = schema.pop("$dynamicRef")
            schema.setdefault("$ref", target)
            remedy = "read as a plain $ref to the first place of that name"
            self._notes.add("dynamic-ref", where, f"$dynamicRef {target} is used", remedy)
        beside = [key for key in schema if key != "$ref"]
        if self._dialect == "3.0" and beside:
            lost = [k for k in beside if k not in _TOLD and not k.startswith("x-")]
            for key in beside:
                del schema[key]
            if lost:
                problem = f"{', '.join(lost)} beside $ref mean nothing in OpenAPI 3.0"
                self._notes.add("ref-siblings", where, problem, "ignored")
        target = schema["$ref"]
        keys = [part.replace("~1", "/").replace("~0", "~") for part in target.split("/")[1:]]
        place = Where()
        for key in keys:
            place = place / key
        node = point(self._document, target)
        if not isinstance(node, dict | bool):
            del schema["$ref"]
            problem = f"$ref {target} leads to no schema"
            self._notes.add("dangling-ref", where, problem, "read as an empty object")
        elif isinstance(node, dict):
            self.mended(node, place)

    def _mend_named(self, schema: dict[str, Any], name: str, where: Where) -> None:
        named = schema[name]
        if not isinstance(named, dict):
            self._notes.wrong(where / name, schema.pop(name), "an object of schemas")
            return
        if name == "patternProperties":
            for pattern in [p for p in named if not self._is_pattern(p)]:
                del named[pattern]
                problem = f"the pattern {pattern} cannot be compiled"
                self._notes.add("bad-pattern", where / name, problem, "ignored")
        for key, child in list(named.items()):
            named[key] = self.mended(child, where / name / key)

    def _mend_many(self, schema: dict[str, Any], name: str, where: Where) -> None:
        branches = schema[name]
        here = where / name
        if isinstance(branches, dict) and branches:
            self._notes.wrong(here, branches, "a list of schemas", "read as a list of one")
            branches = schema[name] = [branches]
        if not isinstance(branches, list) or not branches:
            self._notes.wrong(here, schema.pop(name), "a list of schemas")
            return
        branches[:] = [self.mended(child, here / at) for at, child in enumerate(branches)]

    def _tuple(self, schema: dict[str, Any], where: Where) -> None:
        """`items` as a list: what JSON Schema before 2020 calls a tuple."""
        options = schema.pop("items")
        remedy = "read as 'prefixItems'" if self._dialect == "3.1" else "read as any of them"
        self._notes.wrong(where / "items", options, "a schema", remedy)
        if self._dialect == "3.1" and options and "prefixItems" not in schema:
            schema["prefixItems"] = options
            self._mend_many(schema, "prefixItems", where)
        elif options:
            schema["items"] = options[0] if len(options) == 1 else {"anyOf": options}

    def _mend_one(self, schema: dict[str, Any], name: str, where: Where) -> None:
        child = schema[name]
        if name == "additionalProperties" and not isinstance(child, dict | bool):
            del schema[name]
            self._notes.wrong(where / name, child, "a schema, true or false")
            return
        schema[name] = self.mended(child, where / name)

    def _pattern(self, schema: dict[str, Any], where: Where) -> None:
        pattern = schema["pattern"]
        if isinstance(pattern, str) and self._is_pattern(pattern):
            return
        del schema["pattern"]
        problem = f"the pattern {pattern!r} cannot be compiled"
        self._notes.add("bad-pattern", where / "pattern", problem[:300], "ignored")

    def _is_pattern(self, pattern: str) -> bool:
        """Whether both engines read it: that of the validators, and Python's."""
        if pattern not in self._patterns:
            self._patterns[pattern] = self._compiles(pattern)
        return self._patterns[pattern]

    def _compiles(self, pattern: str) -> bool:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what a later Python will read otherwise
                re.compile(pattern)
            self._validator({"pattern": pattern})
        except (re.error, ValueError, OverflowError, RecursionError, jsonschema_rs.ValidationError):
            return False
        return True

    def _modern(self, schema: dict[str, Any], where: Where) -> None:
        """What only JSON Schema 2020-12 has."""
        if "nullable" in schema:
            value = schema.pop("nullable")
            problem = f"'nullable: {value}' means nothing in OpenAPI 3.1".replace("True", "true")
            self._notes.add("nullable-in-3.1", where, problem, "ignored")
        names = schema.get("dependentRequired")
        if names is not None and not _are_names(names):
            del schema["dependentRequired"]
            expected = "an object of lists of names"
            self._notes.wrong(where / "dependentRequired", names, expected)
        examples = schema.get("examples")
        if examples is not None and not isinstance(examples, list):
            values = list(_example_values(examples))
            self._notes.wrong(where / "examples", examples, "a list", "its values are the examples")
            schema["examples"] = values


def _are_names(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(names, list) and all(isinstance(name, str) for name in names)
        for names in value.values()
    )


def _example_values(examples: Any) -> Iterator[Any]:
    """The values of named examples, as OpenAPI writes them elsewhere."""
    for example in examples.values() if isinstance(examples, dict) else ():
        yield example["value"] if isinstance(example, dict) and "value" in example else example
