"""Schemas for one direction: what is read-only is not required of requests, and the reverse."""

from __future__ import annotations

from typing import Any

from contract_tests.contract import Contract, Document
from contract_tests.contract.schemas import Breach, Schemas

Json = Any
_AS_THEY_ARE = ("example", "examples", "default", "enum", "const")


class Direction:
    """The schemas of a contract as one direction sees them; `absent` is readOnly or writeOnly."""

    def __init__(self, contract: Contract, absent: str) -> None:
        self._document = contract.document
        self._absent = absent
        root = contract.document.root
        components = root.get("components", {})
        schemas = {name: self._seen(each) for name, each in components.get("schemas", {}).items()}
        seen = {**root, "components": {**components, "schemas": schemas}}
        self._schemas = Schemas(Document(contract.document.path, seen))
        # An id() is only good while the object lives: the contract keeps the originals.
        self._views: dict[int, Json] = {}

    def breaches(self, schema: Json, value: Json) -> list[Breach]:
        """Where a value breaks a schema of the contract."""
        view = self._views.get(id(schema))
        if view is None:
            view = self._views[id(schema)] = self._seen(schema)
        return self._schemas.breaches(view, value, 20)

    def _seen(self, schema: Json) -> Json:
        if isinstance(schema, list):
            return [self._seen(each) for each in schema]
        if not isinstance(schema, dict):
            return schema
        seen = {
            name: value if name in _AS_THEY_ARE else self._below(name, value)
            for name, value in schema.items()
        }
        required, properties = seen.get("required"), seen.get("properties")
        if not isinstance(required, list) or not isinstance(properties, dict):
            return seen
        left = [name for name in required if not self._is_absent(properties.get(name))]
        if left:
            return {**seen, "required": left}
        return {name: value for name, value in seen.items() if name != "required"}

    def _below(self, name: str, value: Json) -> Json:
        if name in ("properties", "patternProperties", "$defs") and isinstance(value, dict):
            return {each: self._seen(schema) for each, schema in value.items()}
        return self._seen(value)

    def _is_absent(self, schema: Json) -> bool:
        resolved = self._document.resolve(schema)
        return isinstance(resolved, dict) and resolved.get(self._absent) is True
