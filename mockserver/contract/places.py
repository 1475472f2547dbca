"""Where things stand in a document: a node together with its JSON Pointer, `$ref` followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from mockserver.contract.model import Operation, Parameter
from mockserver.contract.references import point
from mockserver.errors import SetupError


@dataclass(frozen=True, slots=True)
class Place:
    """A node and the JSON Pointer (RFC 6901) under which the document spells it out."""

    pointer: str
    node: Any


class Places:
    """Finds nodes of one document. A place is never a `$ref`: it is what the `$ref` leads to."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def resolved(self, place: Place) -> Place:
        """The place itself, or where its chain of references ends."""
        seen: set[str] = set()
        while isinstance(place.node, dict) and isinstance(place.node.get("$ref"), str):
            reference = place.node["$ref"]
            if reference in seen:
                raise SetupError(f"The reference {reference} leads back to itself.")
            seen.add(reference)
            place = Place(unquote(reference[1:]), point(self._document, reference))
        return place

    def below(self, place: Place | None, *keys: str | int) -> Place | None:
        """What stands below a place under the given keys; None when there is nothing."""
        for key in keys:
            node = place.node if place else None
            if isinstance(node, dict) and str(key) in node:
                child = node[str(key)]
            elif isinstance(node, list) and str(key).isdecimal() and int(key) < len(node):
                child = node[int(key)]
            else:
                return None
            assert place is not None
            place = self.resolved(Place(f"{place.pointer}/{escaped(key)}", child))
        return place

    def at(self, pointer: str) -> Place | None:
        """What a JSON Pointer leads to; None when it leads nowhere."""
        parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
        return self.below(Place("", self._document), *parts)

    def operation(self, operation: Operation) -> Place:
        """The operation object."""
        found = self.below(
            Place("", self._document), "paths", operation.path, operation.method.lower()
        )
        assert found is not None
        return found

    def parameter(self, operation: Operation, name: str, location: str) -> Place | None:
        """The parameter object, whether the operation or its path item declares it."""
        item = Place(f"/paths/{escaped(operation.path)}", self._document["paths"][operation.path])
        for owner in (self.operation(operation), item):
            declared = self.below(owner, "parameters")
            for index in range(len(declared.node) if declared else 0):
                found = self.below(declared, index)
                if found and (found.node["name"], found.node["in"]) == (name, location):
                    return found
        return None

    def schema_of(self, operation: Operation, parameter: Parameter) -> Place | None:
        """The schema of a parameter."""
        found = self.parameter(operation, parameter.name, parameter.location)
        return self.below(found, "schema")

    def content(self, operation: Operation) -> Place | None:
        """The mapping from media type to body schema; None for an operation without body."""
        return self.below(self.operation(operation), "requestBody", "content")

    def response(self, operation: Operation, status: int) -> Place | None:
        """The response object that a status is answered with: exact, range, or `default`."""
        rule = operation.response_for(status)
        return self.below(self.operation(operation), "responses", rule.status) if rule else None


def escaped(key: str | int) -> str:
    """One part of a JSON Pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")
