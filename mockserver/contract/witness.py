"""A text that a regular expression matches, to fill in what a document gives no example for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

# The parser that `re` itself uses; what it gives is checked with `re` before it is believed.
_PARSER: Any = import_module("re._parser")
_CATEGORIES = {"CATEGORY_DIGIT": "0", "CATEGORY_WORD": "a", "CATEGORY_SPACE": " "}
_PLAIN = "a0A-_. @+"


def witness(pattern: str, least: int = 0) -> str | None:
    """A short text of at least `least` characters that the pattern finds; None when none is found.

    Look-around and back references are not followed, so that a pattern with them may have none.
    """
    try:
        parsed = _PARSER.parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
    for times in (0, 1, least):
        text = _text(parsed, times)
        if len(text) >= least and re.search(pattern, text):
            return text
    return None


def _text(parsed: Iterable[tuple[Any, Any]], times: int) -> str:
    return "".join(_piece(str(kind), value, times) for kind, value in parsed)


def _piece(kind: str, value: Any, times: int) -> str:
    if kind in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        least, most, inner = value
        return _text(inner, times) * min(max(int(least), times), int(most))
    if kind == "SUBPATTERN":
        return _text(value[-1], times)
    if kind == "ATOMIC_GROUP":
        return _text(value, times)
    if kind == "BRANCH":
        return _text(value[1][0], times)
    return _character(kind, value)


def _character(kind: str, value: Any) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind == "ANY":
        return "a"
    if kind == "NOT_LITERAL":
        return next(c for c in _PLAIN if ord(c) != value)
    return _one_of(value) if kind == "IN" else ""


def _one_of(members: list[tuple[Any, Any]]) -> str:
    kinds = [(str(kind), value) for kind, value in members]
    if kinds[0][0] == "NEGATE":
        return next((c for c in _PLAIN if not any(_holds(m, c) for m in kinds[1:])), "")
    kind, value = kinds[0]
    if kind == "CATEGORY":
        return _CATEGORIES.get(str(value), "-")
    return chr(value[0] if kind == "RANGE" else value)


def _holds(member: tuple[str, Any], character: str) -> bool:
    kind, value = member
    if kind == "RANGE":
        return bool(value[0] <= ord(character) <= value[1])
    if kind == "CATEGORY":
        return _CATEGORIES.get(str(value)) == character
    return bool(ord(character) == value)
