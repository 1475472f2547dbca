"""Changes as documents: JSON Merge Patch (RFC 7386) and JSON Patch (RFC 6902)."""

from __future__ import annotations

from typing import Any

from mockserver.contract import shown
from mockserver.errors import BadRequest, Conflict

Json = Any


def merge_patch(target: Json, patch: Json) -> Json:
    """The target with a merge patch applied; neither of them changes."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def is_json_patch(body: Json) -> bool:
    """Whether a body is a list of operations of JSON Patch."""
    return isinstance(body, list) and all(
        isinstance(each, dict) and "op" in each and isinstance(each.get("path"), str)
        for each in body
    )


def json_patch(target: Json, operations: list[dict[str, Any]]) -> Json:
    """The target after all operations; it does not change itself.

    Raises BadRequest ``invalid_patch`` for an operation that cannot be applied and Conflict
    ``test_failed`` for a test that does not hold.
    """
    for number, operation in enumerate(operations):
        target = _applied(target, operation, number)
    return target


def _applied(target: Json, operation: dict[str, Any], number: int) -> Json:
    kind, path = operation["op"], _parts(operation["path"], number)
    if kind in ("move", "copy"):
        start = _parts(str(operation.get("from", "")), number)
        value = _at(target, start, number)
        target = _without(target, start, number) if kind == "move" else target
        return _with(target, path, value, number, "add")
    if kind == "test":
        if _at(target, path, number) != operation.get("value"):
            message = f"Operation {number} fails: {operation['path']} is not what it tests for."
            raise Conflict("test_failed", message, operation["path"])
        return target
    if kind == "remove":
        return _without(target, path, number)
    if kind not in ("add", "replace") or "value" not in operation:
        raise _refused(number, f"{shown(kind)} is no operation with a value, or lacks it")
    if kind == "replace":
        _at(target, path, number)
    return _with(target, path, operation["value"], number, kind)


def _parts(path: str, number: int) -> list[str]:
    if path and not path.startswith("/"):
        raise _refused(number, f"the path {shown(path)} does not start with '/'")
    return [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]


def _at(target: Json, path: list[str], number: int) -> Json:
    for part in path:
        if isinstance(target, dict) and part in target:
            target = target[part]
        elif isinstance(target, list) and part.isdecimal() and int(part) < len(target):
            target = target[int(part)]
        else:
            raise _refused(number, f"there is no {shown(part)} at its path")
    return target


def _with(target: Json, path: list[str], value: Json, number: int, kind: str) -> Json:
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(target, list):
        return _with_item(target, part, rest, value, number, kind)
    if not isinstance(target, dict) or (rest and part not in target):
        raise _refused(number, f"nothing can be put at {shown(part)}")
    return {**target, part: _with(target.get(part), rest, value, number, kind)}


def _with_item(
    target: list[Json], part: str, rest: list[str], value: Json, number: int, kind: str
) -> Json:
    at = len(target) if part == "-" else int(part) if part.isdecimal() else -1
    if not 0 <= at <= len(target) or (rest and at == len(target)):
        raise _refused(number, f"the list has no place {shown(part)}")
    if rest:
        return [*target[:at], _with(target[at], rest, value, number, kind), *target[at + 1 :]]
    return [*target[:at], value, *target[at + (kind == "replace") :]]


def _without(target: Json, path: list[str], number: int) -> Json:
    _at(target, path, number)
    if not path:
        return None
    part, rest = path[0], path[1:]
    if isinstance(target, list):
        at = int(part)
        kept = [_without(target[at], rest, number)] if rest else []
        return [*target[:at], *kept, *target[at + 1 :]]
    if rest:
        return {**target, part: _without(target[part], rest, number)}
    return {name: value for name, value in target.items() if name != part}


def _refused(number: int, reason: str) -> BadRequest:
    message = f"Operation {number} of the patch cannot be applied: {reason}."
    return BadRequest("invalid_patch", message)
