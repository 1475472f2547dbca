"""A JSON Patch (RFC 6902) applied by the letter: add, remove and replace."""

from __future__ import annotations

import copy
from typing import Any


def patched(document: Any, operations: list[dict[str, Any]]) -> Any:
    """The document after the operations, each of which has to fit exactly."""
    document = copy.deepcopy(document)
    for operation in operations:
        _apply(document, operation)
    return document


def _apply(document: Any, operation: dict[str, Any]) -> None:
    assert operation["path"].startswith("/")
    steps = operation["path"][1:].split("/")
    *above, last = [step.replace("~1", "/").replace("~0", "~") for step in steps]
    for step in above:
        document = document[int(step) if isinstance(document, list) else step]
    if isinstance(document, list):
        _in_list(document, int(last), operation)
    else:
        _in_object(document, last, operation)


def _in_list(items: list[Any], index: int, operation: dict[str, Any]) -> None:
    if operation["op"] == "add":
        assert index <= len(items)
        items.insert(index, operation["value"])
    elif operation["op"] == "remove":
        del items[index]
    else:
        assert operation["op"] == "replace"
        items[index] = operation["value"]


def _in_object(members: dict[str, Any], name: str, operation: dict[str, Any]) -> None:
    if operation["op"] == "add":
        members[name] = operation["value"]
    elif operation["op"] == "remove":
        del members[name]
    else:
        assert operation["op"] == "replace"
        assert name in members
        members[name] = operation["value"]
