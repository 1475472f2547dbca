"""The contract lowered to what the framework needs for routing, and can always load."""

from __future__ import annotations

import re
from typing import Any

from mockserver.contract.model import Contract, Operation
from mockserver.contract.templates import is_mixed, literals_of, names_in, spelled

SECURITY_SCHEME = "contract"
_PARAMETER = re.compile(r"(\{[^{}]*\})")


def lower_to_skeleton(contract: Contract) -> dict[str, Any]:
    """An OpenAPI 3.0.3 dict with sorted paths, unique ids and string path parameters.

    Every operation takes any body of any media type and has the one security scheme `contract`,
    whose scope is the operation's uid: what is allowed is decided by the validators and the
    security of the contract, which the framework is given by name. A literal segment sorts before
    a parameter, since the framework takes the first route that fits.
    """
    paths: dict[str, dict[str, Any]] = {}
    for operation in sorted(contract.operations, key=lambda o: _order(o.path)):
        item = paths.setdefault(_renamed(operation.path), {})
        item[operation.method.lower()] = _lowered(operation)
    return {
        "openapi": "3.0.3",
        "info": {"title": contract.title or "API", "version": contract.version or "0"},
        "paths": paths,
        "components": {
            "securitySchemes": {SECURITY_SCHEME: {"type": "http", "scheme": SECURITY_SCHEME}}
        },
    }


def _order(path: str) -> list[tuple[int, int, str]]:
    return [_placed(segment) for segment in path.split("/")]


def _placed(segment: str) -> tuple[int, int, str]:
    rank = _rank(segment)
    return rank, -literals_of(segment) if rank == 1 else 0, segment


def _rank(segment: str) -> int:
    """A literal segment before one with text beside its parameter, before a parameter alone."""
    if not names_in(segment):
        return 0
    return 1 if is_mixed(segment) else 2


def _renamed(path: str) -> str:
    """The path as the framework meets it: parameters by number, texts as they are sent."""
    parts = _PARAMETER.split(path)
    texts = ["/".join(map(spelled, text.split("/"))) for text in parts[::2]]
    names = [f"{{p{index}}}" for index in range(len(parts) // 2)]
    return "".join(a + b for a, b in zip(texts, [*names, ""], strict=True))


def _lowered(operation: Operation) -> dict[str, Any]:
    anything = {"content": {"*/*": {"schema": {"x-operation": operation.uid}}}}
    return {
        "operationId": operation.uid,
        "parameters": [
            {"name": f"p{index}", "in": "path", "required": True, "schema": {"type": "string"}}
            for index in range(len(names_in(operation.path)))
        ],
        "requestBody": anything,
        "responses": {"default": {"description": "As the contract says."}},
        "security": [{SECURITY_SCHEME: [operation.uid]}],
    }
