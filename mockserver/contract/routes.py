"""Finding the operation of a request by its path, a literal segment before a parameter."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mockserver.contract.model import Operation
from mockserver.contract.templates import (
    is_mixed,
    is_parameter,
    literals_of,
    pattern_of,
    spelled,
)

_ENCODED = re.compile(r"%(2[dDeE]|3[0-9]|[46][1-9a-fA-F]|5[0-9aAfF]|7[0-9aAeE])")


class Match(NamedTuple):
    """The path item that a path leads to: its operations by method."""

    operations: Mapping[str, Operation]
    segments: tuple[str, ...]

    def values(self, operation: Operation) -> dict[str, str]:
        """The path parameters of one of the operations, still percent-encoded."""
        segments = self.segments
        values = {name: segments[at] for name, at in operation.path_names}
        for at, pattern, names in operation.mixed_segments:
            found = pattern.match(segments[at])
            values.update(zip(names, found.groups() if found else (), strict=False))
        return values

    @property
    def path(self) -> str:
        """The path that was matched, as the document spells its texts."""
        return "/" + "/".join(self.segments)

    @property
    def allow(self) -> str:
        """The `Allow` header of this path: every method it answers, HEAD and OPTIONS included."""
        methods = set(self.operations) | {"OPTIONS"}
        return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


@dataclass(slots=True)
class _Node:
    literals: dict[str, _Node] = field(default_factory=dict)
    mixed: dict[str, _Mixed] = field(default_factory=dict)
    parameter: _Node | None = None
    operations: dict[str, Operation] = field(default_factory=dict)


class _Mixed(NamedTuple):
    """A segment with text beside its parameters; `exactness` is how much text it has."""

    exactness: int
    pattern: re.Pattern[str]
    node: _Node


class Routes:
    """The tree of paths. Its cost depends on the depth of a path, not on how many there are."""

    def __init__(self, operations: Collection[Operation]) -> None:
        self._root = _Node()
        self._has_mixed = any(operation.mixed_segments for operation in operations)
        for operation in operations:
            self._add(operation)

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in operation.path.split("/")[1:]:
            if is_parameter(segment):
                node.parameter = node.parameter or _Node()
                node = node.parameter
            elif is_mixed(segment):
                node = _mixed_child(node, segment)
            else:
                node = node.literals.setdefault(spelled(segment), _Node())
        node.operations[operation.method] = operation

    def match(self, raw_path: str) -> Match | None:
        """The path item for a normalised, still encoded path; None when there is none.

        A path that ends in a slash too much leads where it leads without it. Where the path is
        encoded otherwise than the document spells it, the segments of the match are respelled.
        """
        segments = raw_path.split("/")[1:]
        is_encoded = "%" in raw_path
        found = None if is_encoded and self._has_mixed else self._found(segments)
        if found is None and is_encoded:
            segments = [spelled(segment) for segment in segments]
            found = self._found(segments)
        return Match(found.operations, tuple(segments)) if found else None

    def _found(self, segments: list[str]) -> _Node | None:
        found = self._straight(segments) or self._walk(self._root, segments, 0)
        if found is None and len(segments) > 1 and segments[-1] == "":
            found = self._walk(self._root, segments[:-1], 0)
        return found

    def _straight(self, segments: list[str]) -> _Node | None:
        """The node that is met without ever turning back; None when there is none this way."""
        node: _Node | None = self._root
        for segment in segments:
            assert node is not None
            if node.mixed and segment not in node.literals:
                return None
            node = node.literals.get(segment) or (node.parameter if segment else None)
            if node is None:
                return None
        return node if node and node.operations else None

    def _walk(self, node: _Node, segments: list[str], at: int) -> _Node | None:
        if at == len(segments):
            return node if node.operations else None
        segment = segments[at]
        literal = node.literals.get(segment)
        if literal is not None and (found := self._walk(literal, segments, at + 1)):
            return found
        for mixed in node.mixed.values():
            if mixed.pattern.match(segment):
                found = self._walk(mixed.node, segments, at + 1)
                if found is not None:
                    return found
        if node.parameter is not None and segment:
            return self._walk(node.parameter, segments, at + 1)
        return None


def _mixed_child(node: _Node, segment: str) -> _Node:
    """The node below a mixed segment; those with most text of their own are tried first."""
    pattern = pattern_of(segment)
    added = _Mixed(literals_of(segment), pattern, _Node())
    child = node.mixed.setdefault(pattern.pattern, added).node
    node.mixed = dict(sorted(node.mixed.items(), key=lambda item: -item[1].exactness))
    return child


def normalise(raw_path: str) -> str:
    """The path with needlessly encoded characters decoded (RFC 3986, 6.2.2.2), `%2F` kept."""
    if "%" not in raw_path:
        return raw_path
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), raw_path)
