"""One schema node of any dialect, read as JSON Schema 2020-12: only what can be relied on is left.

A canonical node has the assertions of 2020-12 with values of the right kind, `type` as a list, and
the hints that values are made from. Keywords that are malformed are dropped, never complained of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from mockserver.contract.schemas import Dialect, Direction

Node = Any
"""A schema as it stands in a document: a mapping, a truth value, or something that is neither."""

TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")
HINTS = ("example", "examples", "default", "discriminator", "x-faker", "title", "hidden")
HIDING: Mapping[Direction, str] = {"request": "readOnly", "response": "writeOnly"}

_ONE = (
    "items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else",
    "unevaluatedProperties", "unevaluatedItems",
)  # fmt: skip
_MANY = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "dependentSchemas")
_TYPE_NAMES = {
    "int": "integer", "long": "integer", "float": "number", "double": "number", "bool": "boolean",
    "file": "string", "date": "string", "datetime": "string", "date-time": "string",
    "str": "string", "text": "string", "uuid": "string", "binary": "string",
    "list": "array", "dict": "object", "map": "object",
}  # fmt: skip


def canonical(node: Node, dialect: Dialect, direction: Direction) -> dict[str, Any]:
    """The node with its own keywords cleaned; the nodes below it stay as they are.

    A `$ref` stands alone in 3.0. `{"not": {}}` is what takes no value. Properties that the
    direction hides are moved from `properties` to `hidden`, and are not required.
    """
    if node is False:
        return {"not": {}}
    if not isinstance(node, dict):
        return {}
    reference = node.get("$ref", node.get("$dynamicRef"))
    if isinstance(reference, str) and dialect == "3.0":
        return {"$ref": reference}
    cleaned = {
        key: value
        for key, clean in _CLEANERS.items()
        if key in node and (value := clean(node[key])) is not None
    }
    if isinstance(reference, str):
        cleaned["$ref"] = reference
    _modernise(node, cleaned)
    _apply_null(node, cleaned, dialect)
    _hide(cleaned, HIDING[direction])
    return cleaned


def is_pattern(pattern: str) -> bool:
    """Whether the validators understand a regular expression."""
    return _compiled_pattern(pattern) is not None


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern that validators understand is found in the text, as they search for it."""
    compiled = _compiled_pattern(pattern)
    return compiled is None or compiled.is_valid(text)


@lru_cache(maxsize=4096)
def _compiled_pattern(pattern: str) -> jsonschema_rs.Draft202012Validator | None:
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (ValueError, jsonschema_rs.ValidationError):
        return None


def is_number(value: Any) -> bool:
    """Whether a JSON value is a number, and a finite one."""
    is_numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return is_numeric and abs(value) < float("inf")


def _modernise(node: dict[str, Any], cleaned: dict[str, Any]) -> None:
    """What older drafts spell otherwise."""
    for bound, strict in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if node.get(strict) is True and bound in cleaned:
            cleaned[strict] = cleaned.pop(bound)
    if isinstance(node.get("items"), list) and "prefixItems" not in cleaned:
        cleaned["prefixItems"] = node["items"]
        if isinstance(node.get("additionalItems"), dict | bool):
            cleaned["items"] = node["additionalItems"]
    if "const" in node:
        cleaned["enum"] = [node["const"]]
    for name, needed in _mapping(node.get("dependencies")).items():
        keyword = "dependentRequired" if isinstance(needed, list) else "dependentSchemas"
        cleaned.setdefault(keyword, {}).setdefault(name, needed)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _apply_null(node: dict[str, Any], cleaned: dict[str, Any], dialect: Dialect) -> None:
    if node.get("nullable") is not True or dialect != "3.0":
        return
    cleaned["nullable"] = True
    if "type" in cleaned and "null" not in cleaned["type"]:
        cleaned["type"] = [*cleaned["type"], "null"]
    if "enum" in cleaned and None not in cleaned["enum"]:
        cleaned["enum"] = [*cleaned["enum"], None]


def _hide(cleaned: dict[str, Any], flag: str) -> None:
    properties = cleaned.get("properties", {})
    hidden = {n: p for n, p in properties.items() if isinstance(p, dict) and p.get(flag) is True}
    if hidden:
        cleaned["hidden"] = hidden
        cleaned["properties"] = {n: p for n, p in properties.items() if n not in hidden}
        cleaned["required"] = [n for n in cleaned.get("required", []) if n not in hidden]


def _types(value: Any) -> list[str] | None:
    names = value if isinstance(value, list) else [value]
    known = [_TYPE_NAMES.get(n.lower(), n.lower()) for n in names if isinstance(n, str)]
    return list(dict.fromkeys(n for n in known if n in TYPES)) or None


def _count(value: Any) -> int | None:
    return int(value) if is_number(value) and value >= 0 and value == int(value) else None


def _number(value: Any) -> int | float | None:
    return value if is_number(value) else None


def _names(value: Any) -> list[str] | None:
    if not isinstance(value, list):
        return None
    return list(dict.fromkeys(n for n in value if isinstance(n, str)))


def _node(value: Any) -> Node | None:
    return value if isinstance(value, dict | bool) else None


def _nodes(value: Any) -> list[Node] | None:
    found = [n for n in value if _node(n) is not None] if isinstance(value, list) else []
    return found or None


def _named_nodes(value: Any) -> dict[str, Node] | None:
    return {str(n): p for n, p in value.items()} if isinstance(value, dict) else None


def _patterned_nodes(value: Any) -> dict[str, Node] | None:
    named = _named_nodes(value) or {}
    return {pattern: p for pattern, p in named.items() if is_pattern(pattern)}


def _name_lists(value: Any) -> dict[str, list[str]] | None:
    return {n: _names(v) or [] for n, v in value.items()} if isinstance(value, dict) else None


def _as_is(value: Any) -> Any:
    return value


_CLEANERS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("title", "format"), lambda v: v if isinstance(v, str) else None),
    **dict.fromkeys(_ONE, _node),
    **dict.fromkeys(_MANY, _nodes),
    "type": _types,
    "enum": lambda v: v if isinstance(v, list) and v else None,
    "pattern": lambda v: v if isinstance(v, str) and is_pattern(v) else None,
    **dict.fromkeys(
        (
            "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
            "minContains", "maxContains",
        ),
        _count,
    ),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _number),
    "multipleOf": lambda v: v if is_number(v) and v > 0 else None,
    "uniqueItems": lambda v: True if v is True else None,
    "required": _names,
    "properties": _named_nodes,
    "patternProperties": _patterned_nodes,
    "dependentSchemas": _named_nodes,
    "dependentRequired": _name_lists,
    "discriminator": lambda v: v if isinstance(v, dict) else None,
    **dict.fromkeys(("example", "default", "x-faker"), _as_is),
    "examples": _as_is,
}  # fmt: skip
