"""The contract as this server needs it: operations by path and method, and their schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Schema = Mapping[str, Any]

DOCUMENT = Path(__file__).parents[4] / "openapi.yaml"
_METHODS = ("get", "put", "post", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of the path, the query or a header, and what it must look like."""

    name: str
    place: str
    schema: Schema


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `scope` is what a key needs for it, where the family knows scopes."""

    name: str
    method: str
    template: tuple[str, ...]
    family: str
    parameters: tuple[Parameter, ...]
    body: Schema | None
    is_body_required: bool
    scope: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """The path item a request's path names: its operations by method, and its path values."""

    operations: Mapping[str, Operation]
    values: Mapping[str, str]

    @property
    def allow(self) -> str:
        """The `Allow` header of this path."""
        methods = {*self.operations, "OPTIONS"} | ({"HEAD"} if "GET" in self.operations else set())
        return ", ".join(sorted(methods))


class Contract:
    """The document, with its references followed."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._components: Mapping[str, Any] = document["components"]
        self._items: dict[tuple[str, ...], dict[str, Operation]] = {}
        for path, item in document["paths"].items():
            template = tuple(path.strip("/").split("/"))
            self._items[template] = {
                method.upper(): self._operation(method.upper(), template, item[method])
                for method in _METHODS
                if method in item
            }

    def resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a reference points to, or the node itself."""
        while "$ref" in node:
            kind, name = node["$ref"].split("/")[-2:]
            node = self._components[kind][name]
        return node

    def schema(self, name: str) -> Schema:
        """A schema of the document by its name."""
        found: Schema = self._components["schemas"][name]
        return found

    def match(self, segments: tuple[str, ...]) -> Match | None:
        """The path item for these segments; literal ones win over ids."""
        found = [item for item in self._items if _fits(item, segments)]
        if not found:
            return None
        template = min(found, key=lambda item: sum(map(_is_variable, item)))
        values = {
            name[1:-1]: value
            for name, value in zip(template, segments, strict=True)
            if _is_variable(name)
        }
        return Match(self._items[template], values)

    def _operation(
        self, method: str, template: tuple[str, ...], node: Mapping[str, Any]
    ) -> Operation:
        parameters = [self.resolved(each) for each in node.get("parameters", ())]
        body = node.get("requestBody")
        tag = node["tags"][0]
        scopes = [
            scope for each in node["security"] for wanted in each.values() for scope in wanted
        ]
        return Operation(
            name=node["operationId"],
            method=method,
            template=template,
            family=tag if tag in ("merchant", "leads") else "otesse",
            parameters=tuple(
                Parameter(each["name"], each["in"], self.resolved(each["schema"]))
                for each in parameters
            ),
            body=body["content"]["application/json"]["schema"] if body else None,
            is_body_required=bool(body and body.get("required")),
            scope=scopes[0] if scopes else None,
        )


def read_contract(path: Path = DOCUMENT) -> Contract:
    """Read the document; takes a moment, so once per process is enough."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Contract(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))


def _is_variable(part: str) -> bool:
    return part.startswith("{")


def _fits(template: tuple[str, ...], segments: tuple[str, ...]) -> bool:
    return len(template) == len(segments) and all(
        part == segment or (_is_variable(part) and segment != "")
        for part, segment in zip(template, segments, strict=True)
    )
