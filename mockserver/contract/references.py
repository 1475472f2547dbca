"""Following `$ref` inside one document."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from mockserver.errors import SetupError


def follow(document: dict[str, Any], node: Any) -> Any:
    """The node itself, or what its chain of `$ref` leads to.

    SetupError when a reference leads nowhere, leaves the document, or runs in a circle.
    """
    seen: list[str] = []
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        reference = node["$ref"]
        if reference in seen:
            raise SetupError(f"The reference {reference} leads back to itself.")
        seen.append(reference)
        node = point(document, reference)
    return node


def point(document: dict[str, Any], reference: str) -> Any:
    """What a reference of the form `#/components/…` names."""
    if not reference.startswith("#/"):
        raise SetupError(f"The reference {reference} does not start with '#/'.")
    node: Any = document
    for part in reference[2:].split("/"):
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        elif isinstance(node, dict) and key in node:
            node = node[key]
        else:
            raise SetupError(f"The reference {reference} leads nowhere ('{key}' is missing).")
    return node
