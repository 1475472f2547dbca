"""What an operation takes and gives, as schema nodes of its document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.contract import Contract, Operation
from mockserver.contract.media import bare, is_json
from mockserver.engine.shapes import Shapes, listed

Json = Any


@dataclass(frozen=True, slots=True)
class Content:
    """One answer or body: its media type and schema node, or no content at all."""

    media_type: str = ""
    schema: Json = None

    @property
    def is_json(self) -> bool:
        """Whether it is written as JSON."""
        return can_be_json(self.media_type)


NOTHING = Content()


class Sheet:
    """Reads the operations of a contract out of its document, tolerantly."""

    def __init__(self, contract: Contract) -> None:
        self._document = contract.document
        self.shapes = Shapes(contract.document)

    def node(self, operation: Operation) -> dict[str, Any]:
        """The operation object."""
        item = self.shapes.follow(self._document.get("paths", {}).get(operation.path))
        return self.shapes.follow(item.get(operation.method.lower()))

    def marks(self, operation: Operation) -> dict[str, Any]:
        """What stands under `x-mock-…` in the operation, and in its path item."""
        item = self.shapes.follow(self._document.get("paths", {}).get(operation.path))
        both = {**item, **self.node(operation)}
        return {name: value for name, value in both.items() if str(name).startswith("x-mock-")}

    def answer(self, operation: Operation, status: str) -> Content:
        """The content of an answer; JSON where there is a choice."""
        rule = operation.responses.get(status)
        return _chosen(rule.schemas) if rule is not None else NOTHING

    def body(self, operation: Operation) -> Content:
        """The content that a request may bring; JSON where there is a choice."""
        return _chosen(operation.body.schemas) if operation.body is not None else NOTHING

    def headers(self, operation: Operation, status: str) -> dict[str, dict[str, Any]]:
        """The header objects of an answer, by their declared names."""
        responses = self.node(operation).get("responses")
        response = responses.get(status) if isinstance(responses, dict) else None
        declared = self.shapes.follow(response).get("headers")
        if not isinstance(declared, dict):
            return {}
        return {name: self.shapes.follow(header) for name, header in declared.items()}

    def parameters(self, operation: Operation) -> list[dict[str, Any]]:
        """The parameter objects of the operation, those of its path first."""
        item = self.shapes.follow(self._document.get("paths", {}).get(operation.path))
        raw = [*listed(item.get("parameters")), *listed(self.node(operation).get("parameters"))]
        merged = {(p.get("in"), p.get("name")): p for p in map(self.shapes.follow, raw)}
        return list(merged.values())

    def success(self, operation: Operation) -> tuple[str, Content]:
        """The success that the operation declares first of all, as written, with its content.

        `default` counts when nothing else does; the status is empty when there is none.
        """
        declared = sorted(name for name in operation.responses if name[:1] == "2")
        if not declared and "default" in operation.responses:
            declared = ["default"]
        answers = [(status, self.answer(operation, status)) for status in declared]
        full = [each for each in answers if each[1].media_type]
        return next(iter([*full, *answers]), ("", NOTHING))


def can_be_json(media_type: str) -> bool:
    """Whether a media type, or a range of them, can be JSON."""
    return is_json(media_type) or bare(media_type) in ("*/*", "application/*", "*")


def _chosen(schemas: Mapping[str, Json]) -> Content:
    ranked = sorted(
        schemas, key=lambda name: (not can_be_json(name), not is_json(name), "patch" in name)
    )
    return Content(ranked[0], schemas[ranked[0]]) if ranked else NOTHING
