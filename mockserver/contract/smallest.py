"""The smallest value that fits a schema, made of what the document says of it."""

from __future__ import annotations

import math
from typing import Any

from mockserver.contract.references import follow
from mockserver.contract.witness import witness
from mockserver.errors import MockserverError

_DEEPEST = 20
_FORMATS = {
    "date": "2026-01-01",
    "date-time": "2026-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "email": "a@example.com",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "https://example.com/",
    "uri-reference": "/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}


class UnfillableError(MockserverError):
    """No value could be made: the schema needs itself, or a pattern nobody can read."""


def smallest(document: dict[str, Any], schema: Any, depth: int = 0) -> Any:
    """The example, default or first enum value of the schema, else the least it allows.

    Optional members are left out. The caller checks the value: a schema with rules that bear on
    each other may need more than the sum of its parts. UnfillableError when nothing can be made.
    """
    if depth > _DEEPEST:
        raise UnfillableError("The schema needs itself.")
    merged = merge(document, schema)
    for key in ("example", "default", "const"):
        if key in merged:
            return merged[key]
    if merged.get("enum"):
        return merged["enum"][0]
    named = merged.get("type")
    if merged.get("nullable") or (isinstance(named, list) and "null" in named):
        return None
    kind = named[0] if isinstance(named, list) else named
    kind = kind or ("object" if "properties" in merged else "string")
    if kind == "object":
        return _object(document, merged, depth)
    if kind == "array":
        item = merged.get("items", {})
        return [smallest(document, item, depth + 1) for _ in range(merged.get("minItems", 0))]
    return False if kind == "boolean" else _scalar(merged, kind)


def merge(
    document: dict[str, Any], schema: Any, tag: Any = None, passed: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The schema with its `allOf` and one branch of `oneOf` or `anyOf` folded into it.

    The branch is the one a discriminator maps `tag` to, else the first. `passed` are the
    references on the way here: a schema that leads back to itself is folded in once.
    """
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    schema = follow(document, schema)
    if not isinstance(schema, dict) or reference in passed:
        return {}
    passed = (*passed, reference) if reference else passed
    merged: dict[str, Any] = {k: v for k, v in schema.items() if k not in _COMBINING}
    branches = list(schema.get("allOf", []))
    mapping = (schema.get("discriminator") or {}).get("mapping") or {}
    for key in ("oneOf", "anyOf"):
        if isinstance(tag, str) and tag in mapping:
            branches.append({"$ref": mapping[tag]})
        else:
            branches.extend(schema.get(key, [])[:1])
    for branch in branches:
        _fold(merged, merge(document, branch, None, passed))
    return merged


_COMBINING = ("allOf", "oneOf", "anyOf")


def _fold(merged: dict[str, Any], branch: dict[str, Any]) -> None:
    for key, value in branch.items():
        if key == "properties":
            merged[key] = {**value, **merged.get(key, {})}
        elif key == "required":
            merged[key] = list(dict.fromkeys([*merged.get(key, []), *value]))
        elif key not in {"example", "default"}:  # those of a part are not those of the whole
            merged.setdefault(key, value)


def _object(document: dict[str, Any], merged: dict[str, Any], depth: int) -> dict[str, Any]:
    properties = merged.get("properties", {})
    return {
        name: smallest(document, properties.get(name, {}), depth + 1)
        for name in merged.get("required", [])
    }


def _scalar(merged: dict[str, Any], kind: str) -> Any:
    if kind in {"integer", "number"}:
        return _number(merged, kind)
    least = int(merged.get("minLength", 0))
    if "pattern" in merged:
        text = witness(merged["pattern"], least)
        if text is None:
            raise UnfillableError(f"No text is known that matches {merged['pattern']}.")
        return text
    return _FORMATS.get(merged.get("format", ""), "a" * least)


def _number(merged: dict[str, Any], kind: str) -> int | float:
    whole = kind == "integer"
    least = merged.get("minimum", min(0, merged.get("maximum", 0)))
    step = merged.get("multipleOf", 1 if whole else 0)
    open_at = merged.get("exclusiveMinimum")
    if open_at is not None and not isinstance(open_at, bool):  # as JSON Schema 2020-12 writes it
        least = max(least, open_at) if "minimum" in merged else open_at
    if open_at is not None and open_at is not False:
        least += step or 1
    value = math.ceil(least / step) * step if step else least
    return int(value) if whole else value
