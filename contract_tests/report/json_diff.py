"""The difference of two JSON values as lines, what is the same folded away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from contract_tests.report.legible import storable, visible

Json = Any
_MOST_LINES = 300
_LONGEST_VALUE = 400
# Longer lists are compared element by element: aligning them takes the square of their length.
_LONGEST_ALIGNED = 400
_MISSING = object()


class Kind(StrEnum):
    """What a line says: on both sides, expected only, got only, or a number of lines left out."""

    SAME = " "
    EXPECTED = "-"
    GOT = "+"
    FOLDED = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a difference; `text` is indented and visible."""

    kind: Kind
    text: str


def diff_lines(expected: Json, got: Json) -> tuple[Line, ...]:
    """What differs between two values; nothing when they are equal."""
    left, right = storable(expected), storable(got)
    if _same(left, right):
        return ()
    lines: list[Line] = []
    for line in _differing("", left, right, 0):
        if len(lines) == _MOST_LINES:
            return (*lines, Line(Kind.FOLDED, "the rest of the difference is cut"))
        lines.append(line)
    return tuple(lines)


def _differing(name: str, left: Json, right: Json, depth: int) -> Iterator[Line]:
    if isinstance(left, dict) and isinstance(right, dict):
        yield Line(Kind.SAME, f"{'  ' * depth}{name}{{")
        yield from _members(left, right, depth + 1)
        yield Line(Kind.SAME, f"{'  ' * depth}}}")
    elif isinstance(left, list) and isinstance(right, list):
        yield Line(Kind.SAME, f"{'  ' * depth}{name}[")
        yield from _elements(left, right, depth + 1)
        yield Line(Kind.SAME, f"{'  ' * depth}]")
    else:
        yield from _whole(Kind.EXPECTED, name, left, depth)
        yield from _whole(Kind.GOT, name, right, depth)


def _members(left: dict[str, Json], right: dict[str, Json], depth: int) -> Iterator[Line]:
    same = 0
    for key in dict.fromkeys((*left, *right)):
        one, other = left.get(key, _MISSING), right.get(key, _MISSING)
        if _same(one, other):
            same += 1
            continue
        yield from _folded(same, "member", depth)
        same = 0
        yield from _pair(f"{json.dumps(key, ensure_ascii=False)}: ", one, other, depth)
    yield from _folded(same, "member", depth)


def _elements(left: list[Json], right: list[Json], depth: int) -> Iterator[Line]:
    for same, lefts, rights in _runs(left, right):
        yield from _folded(same, "element", depth)
        for index in range(max(len(lefts), len(rights))):
            one = lefts[index] if index < len(lefts) else _MISSING
            other = rights[index] if index < len(rights) else _MISSING
            yield from _pair("", one, other, depth)


def _runs(left: list[Json], right: list[Json]) -> Iterator[tuple[int, list[Json], list[Json]]]:
    """Runs of equal elements (their number) and of differing ones (both sides)."""
    if max(len(left), len(right)) > _LONGEST_ALIGNED:
        pairs = min(len(left), len(right))
        for one, other in zip(left, right, strict=False):
            yield (1, [], []) if _same(one, other) else (0, [one], [other])
        yield 0, left[pairs:], right[pairs:]
        return
    matcher = SequenceMatcher(None, [_key(x) for x in left], [_key(x) for x in right], False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        yield (i_end - i, [], []) if tag == "equal" else (0, left[i:i_end], right[j:j_end])


def _pair(name: str, one: Json, other: Json, depth: int) -> Iterator[Line]:
    if one is _MISSING:
        yield from _whole(Kind.GOT, name, other, depth)
    elif other is _MISSING:
        yield from _whole(Kind.EXPECTED, name, one, depth)
    else:
        yield from _differing(name, one, other, depth)


def _whole(kind: Kind, name: str, value: Json, depth: int) -> Iterator[Line]:
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > 60 and isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False, indent=2)
    for index, line in enumerate(text.splitlines()):
        shown = line if len(line) <= _LONGEST_VALUE else line[:_LONGEST_VALUE] + "… (cut)"
        yield Line(kind, visible(f"{'  ' * depth}{name if index == 0 else ''}{shown}"))


def _folded(number: int, noun: str, depth: int) -> Iterator[Line]:
    if number:
        plural = "" if number == 1 else "s"
        yield Line(Kind.FOLDED, f"{'  ' * depth}{number} {noun}{plural} the same")


def _same(one: Json, other: Json) -> bool:
    """JSON equality: true is not 1, and 1.0 is shown as another value than 1."""
    if one is _MISSING or other is _MISSING:
        return False
    return _key(one) == _key(other)


def _key(value: Json) -> str:
    return json.dumps(value, sort_keys=True)
