"""Whether a value keeps to a node of the document: the check that everything made must pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mockserver.contract.foreign import ForeignCompiler
from mockserver.contract.references import point
from mockserver.contract.schemas import Compile, Dialect, Direction, Validator
from mockserver.engine.data.canonical import Node
from mockserver.errors import SetupError

Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The check of one node."""

    validator: Validator

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps to the node."""
        return self.validator.is_valid(value)

    def troubles(self, value: Any) -> list[Pointer]:
        """Where the value breaks the node, as the paths of the offending parts."""
        return [violation.pointer for violation in self.validator.problems(value, "body")]


class Judge:
    """The validators of one document's nodes, each compiled at its first use."""

    def __init__(
        self, document: dict[str, Any], dialect: Dialect, compile_later: Compile | None = None
    ) -> None:
        self._document = document
        self._compile = compile_later or ForeignCompiler(document, dialect).deferred
        self._verdicts: dict[tuple[Any, Direction], tuple[Node, Verdict]] = {}

    def verdict(self, node: Node, direction: Direction) -> Verdict:
        """The check of a node."""
        key = (identity(node), direction)
        if key not in self._verdicts:
            verdict = Verdict(self._compile(node, direction))
            self._verdicts[key] = (node, verdict)
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


def identity(node: Node) -> Any:
    """What tells a node from the others of its document, as long as the node is kept."""
    if isinstance(node, dict) and node.keys() == {"$ref"}:
        return node["$ref"]
    return node if isinstance(node, bool) else id(node)


def _is_named(schema: dict[str, Any], name: str) -> bool:
    return name in (schema.get("$anchor"), schema.get("$dynamicAnchor"), schema.get("$id"))


def _pointed(document: dict[str, Any], fragment: str) -> Node:
    """What a pointer leads to; anything is taken where it leads nowhere."""
    try:
        node: Node = point(document, f"#{fragment}")
    except SetupError:
        return True
    return node
