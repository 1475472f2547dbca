"""Parameters as they were sent, read back into values by their style."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

from contract_tests.contract import Contract, Document, Parameter
from contract_tests.exchanges import Sent

Json = Any
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


class _Unreadable:
    """Stands for a value that cannot be read back for certain; it is never judged."""


UNREADABLE = _Unreadable()


def query_of(sent: Sent) -> list[tuple[str, str]]:
    """The names and values of the query, in their order."""
    return parse_qsl(sent.target.partition("?")[2], keep_blank_values=True)


def cookies_of(sent: Sent) -> list[tuple[str, str]]:
    """The cookies of a request."""
    lines = [value for name, value in sent.headers if name.lower() == "cookie"]
    parted = (part.partition("=") for line in lines for part in line.split(";"))
    return [(name.strip(), value.strip()) for name, _, value in parted if name.strip()]


def raw_values(parameter: Parameter, sent: Sent, path: dict[str, str]) -> list[str]:
    """Every value that was sent for a parameter by its name."""
    if parameter.place == "path":
        return [path[parameter.name]] if parameter.name in path else []
    if parameter.place == "query":
        return [value for name, value in query_of(sent) if name == parameter.name]
    if parameter.place == "cookie":
        return [unquote(value) for name, value in cookies_of(sent) if name == parameter.name]
    wanted = parameter.name.lower()
    return [value for name, value in sent.headers if name.lower() == wanted]


def read_value(contract: Contract, parameter: Parameter, raw: list[str]) -> Json:
    """The value that was meant, or UNREADABLE where the style leaves it open."""
    if parameter.media_type:
        return _json(raw[0]) if "json" in parameter.media_type else UNREADABLE
    kinds = kinds_of(contract.document, parameter.schema)
    if "array" in kinds and parameter.style != "deepObject":
        items = contract.document.resolve(parameter.schema).get("items", {})
        kind = kinds_of(contract.document, items)
        return [scalar(text, kind) for text in _parted(parameter, raw)]
    if "object" in kinds or parameter.style in ("label", "matrix", "deepObject"):
        return UNREADABLE
    if len(raw) > 1 and parameter.place == "query":
        return UNREADABLE  # which one counts, no contract says
    return scalar(raw[0], kinds)


def _parted(parameter: Parameter, raw: list[str]) -> list[str]:
    if parameter.place == "query" and parameter.is_exploded:
        return raw
    separator = _SEPARATORS.get(parameter.style, ",")
    return [part.strip() if parameter.place == "header" else part
            for text in raw for part in text.split(separator)]  # fmt: skip


def kinds_of(document: Document, schema: Json, depth: int = 0) -> frozenset[str]:
    """The JSON types that a schema names, in its branches too; empty when it names none."""
    schema = document.resolve(schema)
    if not isinstance(schema, dict) or depth > 8:
        return frozenset()
    kind = schema.get("type")
    found = frozenset([kind] if isinstance(kind, str) else kind or ())
    for word in ("allOf", "anyOf", "oneOf"):
        for branch in schema.get(word, ()):
            found |= kinds_of(document, branch, depth + 1)
    return found


def scalar(text: str, kinds: frozenset[str]) -> Json:
    """A text as the JSON value that fits one of the types; the text itself when none does."""
    readers: dict[str, Callable[[], Json]] = {
        "integer": lambda: int(text) if len(text) < 400 and _INTEGER.fullmatch(text) else text,
        "number": lambda: float(text) if _NUMBER.fullmatch(text) else text,
        "boolean": lambda: {"true": True, "false": False}.get(text, text),
    }
    for kind, read in readers.items():
        if kind in kinds:
            value = read()
            if not isinstance(value, str):
                return value
    return text


def _json(text: str) -> Json:
    try:
        return json.loads(text)
    except ValueError:
        return UNREADABLE
