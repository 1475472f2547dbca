"""Reading a request: each value strictly as the contract types it."""

from __future__ import annotations

import json
import math
import re
from typing import Any
from urllib.parse import unquote_to_bytes

from contract_tests.mutants.ports.python_port.checking import Checker, Fault
from contract_tests.mutants.ports.python_port.contract import Operation, Schema

LARGEST_BODY = 1 << 20
_DEEPEST = 100
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")


class NotReadableError(Exception):
    """The text cannot be read at all; the message says why."""


def read_json(text: bytes) -> Any:
    """One JSON value, with no member twice, no number beyond a double, no half character."""
    try:
        value = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_members,
            parse_constant=_no_constant,
            parse_float=_number,
            parse_int=_integer,
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise NotReadableError(f"The body cannot be read as JSON: {error}"[:300]) from error
    if _depth(value) > _DEEPEST:
        raise NotReadableError(f"The body is nested in more than {_DEEPEST} levels.")
    return value


def read_query(text: bytes) -> dict[str, list[str]]:
    """The values of each name of a query string, in order."""
    found: dict[str, list[str]] = {}
    for pair in filter(None, text.replace(b"+", b" ").split(b"&")):
        name, _, value = pair.partition(b"=")
        try:
            key = unquote_to_bytes(name).decode("utf-8")
            found.setdefault(key, []).append(unquote_to_bytes(value).decode("utf-8"))
        except UnicodeDecodeError as error:
            raise NotReadableError("The query string holds bytes that are no UTF-8.") from error
    return found


def read_parameters(
    checker: Checker, operation: Operation, place: str, sent: dict[str, list[str]]
) -> tuple[dict[str, Any], list[Fault]]:
    """The values of all parameters of one place, with their defaults, and what is wrong."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for each in operation.parameters:
        if each.place != place:
            continue
        texts = sent.get(each.name, [])
        if not texts:
            if "default" in each.schema:
                values[each.name] = each.schema["default"]
            continue
        if len(texts) > 1:
            faults.append(Fault((each.name,), "type", "is given more than once"))
            continue
        value = _typed(each.schema, texts[0])
        found = checker.faults(each.schema, value, (each.name,))
        faults += found[:1]
        if not found:
            values[each.name] = value
    return values, faults


def _typed(schema: Schema, text: str) -> Any:
    """The value a text stands for, or the text itself, which the schema then refuses."""
    kind = schema.get("type")
    if kind == "integer" and _INTEGER.fullmatch(text) and len(text) < 20:
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member is there twice")
    return members


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _number(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError("a number is too large")
    return value


def _integer(text: str) -> int | float:
    """An integer of 64 bits, or the nearest double, which is no integer any more."""
    if len(text) < 19 or -(1 << 63) <= int(text) < 1 << 64:
        return int(text)
    return _number(text)


def _depth(value: Any) -> int:
    level, depth = [value], 0
    while level := [item for item in level if isinstance(item, dict | list)]:
        depth += 1
        level = [
            inner for item in level for inner in (item.values() if isinstance(item, dict) else item)
        ]
    return depth
