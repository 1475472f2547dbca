"""Whether a value keeps to a node of the document: the check that everything made must pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from mockserver.contract import SchemaCompiler
from mockserver.contract.schemas import Direction
from mockserver.engine.data.canonical import Dialect, Node, translated
from mockserver.errors import SetupError

Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The validators that a value must all pass."""

    compiled: tuple[Any, ...]

    def is_valid(self, value: Any) -> bool:
        """Whether the value passes."""
        return all(validator.is_valid(value) for validator in self.compiled)

    def troubles(self, value: Any) -> list[Pointer]:
        """Where the value breaks the schema, as the paths of the offending parts."""
        found: list[Pointer] = []
        for validator in self.compiled:
            if isinstance(validator, jsonschema_rs.Draft202012Validator):
                found.extend(tuple(e.instance_path) for e in validator.iter_errors(value))
            else:
                found.extend(v.pointer for v in validator.problems(value, "body"))
        return found


class Judge:
    """The validators of one document's nodes, each compiled at its first use."""

    def __init__(self, document: dict[str, Any], dialect: Dialect) -> None:
        self._document = document
        self._dialect = dialect
        self._verdicts: dict[tuple[Any, Direction], tuple[Node, Verdict]] = {}

    def verdict(self, node: Node, direction: Direction) -> Verdict:
        """The check of a node; SetupError when it cannot be compiled."""
        key = (identity(node), direction)
        if key not in self._verdicts:
            self._verdicts[key] = (node, self._compile(node, direction))
        return self._verdicts[key][1]

    def resolve(self, reference: str) -> Node:
        """What a `$ref` inside the document names; True, which takes anything, for one that fails.

        Anchors (`#name`) and the names of components count, whatever stands before them.
        """
        address, _, fragment = reference.partition("#")
        if fragment.startswith("/") and not address:
            return _pointed(self._document, fragment)
        schemas = (self._document.get("components") or {}).get("schemas") or {}
        name = fragment or address.rsplit("/", 1)[-1]
        anchored = (s for s in schemas.values() if isinstance(s, dict) and _is_named(s, name))
        return schemas.get(name, next(anchored, True))

    def _compile(self, node: Node, direction: Direction) -> Verdict:
        own = self._modern(node, direction)
        if self._dialect == "3.1":
            return Verdict((own,))
        try:
            reached = {"components": {"schemas": self._reached(node)}}
            return Verdict((own, SchemaCompiler(reached).compile(node, direction)))
        except (SetupError, RecursionError):
            return Verdict((own,))

    def _modern(self, node: Node, direction: Direction) -> jsonschema_rs.Draft202012Validator:
        references: dict[str, str] = {}

        def refer(reference: str) -> str:
            return references.setdefault(reference, f"#/$defs/{len(references)}")

        whole = translated(node, self._dialect, direction, refer)
        definitions: dict[str, Any] = {}
        while len(definitions) < len(references):
            number = len(definitions)
            reference = list(references)[number]
            definitions[str(number)] = translated(
                self.resolve(reference), self._dialect, direction, refer
            )
        root = {"allOf": [whole], "$defs": definitions}
        try:
            return jsonschema_rs.Draft202012Validator(root, validate_formats=True)
        except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
            raise SetupError(f"A schema cannot be compiled: {error}.") from error

    def _reached(self, node: Node) -> dict[str, Any]:
        """The component schemas that a node needs."""
        schemas = (self._document.get("components") or {}).get("schemas") or {}
        found: dict[str, Any] = {}
        waiting = [node]
        while waiting:
            current = waiting.pop()
            if isinstance(current, dict):
                waiting.extend(current.values())
                current = current.get("$ref")
                name = str(current).removeprefix("#/components/schemas/")
                name = unquote(name.partition("/")[0])
                if isinstance(current, str) and name in schemas and name not in found:
                    found[name] = schemas[name]
                    waiting.append(schemas[name])
            elif isinstance(current, list):
                waiting.extend(current)
        return found


def identity(node: Node) -> Any:
    """What tells a node from the others of its document, as long as the node is kept."""
    if isinstance(node, dict) and node.keys() == {"$ref"}:
        return node["$ref"]
    return node if isinstance(node, bool) else id(node)


def _is_named(schema: dict[str, Any], name: str) -> bool:
    return name in (schema.get("$anchor"), schema.get("$dynamicAnchor"), schema.get("$id"))


def _pointed(document: Any, fragment: str) -> Node:
    node = document
    for part in fragment[1:].split("/"):
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        elif isinstance(node, dict) and key in node:
            node = node[key]
        else:
            return True
    return node
