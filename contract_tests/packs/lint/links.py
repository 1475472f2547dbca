"""Every link of an OpenAPI document, and whether what it takes can be found where it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contract_tests.contract import Operation
from contract_tests.packs.lint.examples import at, follow


@dataclass(frozen=True, slots=True)
class Link:
    """A link of one response of one operation, with its reference followed."""

    name: str
    source: Operation
    status: str
    definition: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.source.name} {self.status} {self.name}"


def links_of(document: dict[str, Any], operations: tuple[Operation, ...]) -> Iterator[Link]:
    """All links of all documented responses."""
    for operation in operations:
        responses = document["paths"][operation.path][operation.method.lower()]["responses"]
        for status, response in responses.items():
            for name, link in follow(document, response).get("links", {}).items():
                yield Link(name, operation, status, follow(document, link))


def problems_of_link(
    document: dict[str, Any], operations: tuple[Operation, ...], link: Link
) -> Iterator[str]:
    """What keeps a link from being followed, in sentences; nothing when it can be."""
    target = next((o for o in operations if o.name == link.definition.get("operationId")), None)
    if target is None:
        yield f"operationId {link.definition.get('operationId')!r} is no operation"
        return
    known = _parameters(document, target)
    for name, expression in link.definition.get("parameters", {}).items():
        if name.rpartition(".")[2] not in known:
            yield f"{target.name} has no parameter {name!r}"
        yield from _unfound(document, link, expression)
    for expression in _expressions(link.definition.get("requestBody")):
        yield from _unfound(document, link, expression)


def _parameters(document: dict[str, Any], operation: Operation) -> set[str]:
    item = document["paths"][operation.path]
    own = item[operation.method.lower()].get("parameters", [])
    return {follow(document, p)["name"] for p in [*item.get("parameters", []), *own]}


def _expressions(value: Any) -> Iterator[Any]:
    """The runtime expressions in a literal or nested request body."""
    if isinstance(value, dict):
        for part in value.values():
            yield from _expressions(part)
    elif isinstance(value, str) and value.startswith("$"):
        yield value


def _unfound(document: dict[str, Any], link: Link, expression: Any) -> Iterator[str]:
    """A pointer into a body must lead somewhere in one of the documented bodies at least."""
    if not isinstance(expression, str):
        return
    for part in ("response", "request"):
        head = f"${part}.body#"
        if expression.startswith(head):
            bodies = list(_bodies(document, link, part))
            if not any(_leads(body, expression.removeprefix(head)) for body in bodies):
                yield f"{expression} leads nowhere in the documented {part} bodies"


def _bodies(document: dict[str, Any], link: Link, part: str) -> Iterator[Any]:
    """The documented example bodies of the response that has the link, or of its request."""
    operation = document["paths"][link.source.path][link.source.method.lower()]
    holder = operation["responses"][link.status] if part == "response" else operation["requestBody"]
    for media_type in follow(document, holder).get("content", {}).values():
        if "example" in media_type:
            yield media_type["example"]
        for example in media_type.get("examples", {}).values():
            yield follow(document, example)["value"]


def _leads(body: Any, pointer: str) -> bool:
    try:
        at(body, pointer)
    except LookupError:
        return False
    return True
