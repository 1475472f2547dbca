"""Validators of schemas, compiled once: what breaks a schema, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from contract_tests.contract.document import Document

Json = Any


@dataclass(frozen=True, slots=True)
class Breach:
    """A place where a value breaks its schema.

    `rule` is where the broken keyword stands: a pointer into the document (`#/components/…`), or
    one below the schema that was asked for (`/properties/…`). `names` are the members that are
    missing, or not known.
    """

    pointer: str
    keyword: str
    message: str
    rule: str = ""
    names: tuple[str, ...] = ()


class Schemas:
    """Compiles the schemas of a document on first use."""

    def __init__(self, document: Document) -> None:
        self._is_31 = not document.version.startswith("3.0")
        components = document.root.get("components", {}).get("schemas", {})
        self._components = {name: self._lowered(schema) for name, schema in components.items()}
        self._compiled: dict[int, tuple[Json, Any]] = {}

    def breaches(self, schema: Json, value: Json, most: int = 5) -> list[Breach]:
        """Where a value breaks a schema of the document; at most so many places."""
        found = self._validator(schema).iter_errors(value)
        return [_breach(error) for error, _ in zip(found, range(most), strict=False)]

    def fits(self, schema: Json, value: Json) -> bool:
        """Whether a value keeps a schema."""
        return bool(self._validator(schema).is_valid(value))

    def _validator(self, schema: Json) -> Any:
        # The schema is kept beside its validator: an id() is only good while the object lives.
        kept = self._compiled.get(id(schema))
        if kept is None:
            root = {"allOf": [self._lowered(schema)], "components": {"schemas": self._components}}
            kind: Callable[..., Any] = (
                jsonschema_rs.Draft202012Validator if self._is_31 else jsonschema_rs.Draft4Validator
            )
            kept = self._compiled[id(schema)] = (schema, kind(root, validate_formats=True))
        return kept[1]

    def _lowered(self, schema: Json) -> Json:
        """An OpenAPI 3.0 schema in JSON Schema draft 4: `nullable` becomes a type and a value."""
        if isinstance(schema, list):
            return [self._lowered(each) for each in schema]
        if not isinstance(schema, dict):
            return schema
        lowered = {name: self._keyword(name, value) for name, value in schema.items()}
        if self._is_31 or lowered.pop("nullable", False) is not True:
            return lowered
        if isinstance(lowered.get("enum"), list) and None not in lowered["enum"]:
            lowered["enum"] = [*lowered["enum"], None]
        if isinstance(lowered.get("type"), str):
            lowered["type"] = [lowered["type"], "null"]
        return lowered

    def _keyword(self, name: str, value: Json) -> Json:
        if name in ("example", "examples", "default", "enum", "const"):
            return value
        if name in ("properties", "patternProperties") and isinstance(value, dict):
            return {each: self._lowered(schema) for each, schema in value.items()}
        return self._lowered(value)


def _breach(error: Any) -> Breach:
    pointer = "".join(f"/{part}" for part in error.instance_path)
    path = [part for part in error.schema_path if isinstance(part, str)]
    return Breach(pointer, path[-1] if path else "", error.message, _rule(error), _names(error))


def _rule(error: Any) -> str:
    # A validator is rooted in {"allOf": [schema], "components": …}.
    path = [str(part).replace("~", "~0").replace("/", "~1") for part in error.schema_path]
    if path[:1] == ["components"]:
        return "#/" + "/".join(path)
    return "".join(f"/{part}" for part in path[2:])


def _names(error: Any) -> tuple[str, ...]:
    kind = error.kind
    if kind.name == "required":
        return (str(kind.property),)
    return tuple(map(str, getattr(kind, "unexpected", ())))


def leaves(value: Json, pointer: str = "") -> Iterator[tuple[str, Json]]:
    """Every value that holds no other, with its JSON pointer; an empty object or list is one."""
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from leaves(member, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list) and value:
        for index, member in enumerate(value):
            yield from leaves(member, f"{pointer}/{index}")
    else:
        yield pointer, value
