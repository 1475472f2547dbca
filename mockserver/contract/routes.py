"""Finding the operation of a request by its path, a literal segment before a parameter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mockserver.contract.model import Operation

_PARAMETER = re.compile(r"\{([^}]*)\}")
_ENCODED = re.compile(r"%(2[dDeE]|3[0-9]|[46][1-9a-fA-F]|5[0-9aAfF]|7[0-9aAeE])")


class Match(NamedTuple):
    """The path item that a path leads to: its operations by method."""

    operations: Mapping[str, Operation]
    segments: tuple[str, ...]

    def values(self, operation: Operation) -> dict[str, str]:
        """The path parameters of one of the operations, still percent-encoded."""
        segments = self.segments
        return {name: segments[at] for name, at in operation.path_names}

    @property
    def allow(self) -> str:
        """The `Allow` header of this path: every method it answers, HEAD and OPTIONS included."""
        methods = set(self.operations) | {"OPTIONS"}
        return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


@dataclass(slots=True)
class _Node:
    literals: dict[str, _Node] = field(default_factory=dict)
    parameter: _Node | None = None
    operations: dict[str, Operation] = field(default_factory=dict)


class Routes:
    """The tree of paths. Its cost depends on the depth of a path, not on how many there are."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        for operation in operations:
            self._add(operation)

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in operation.path.split("/")[1:]:
            if _PARAMETER.fullmatch(segment):
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment, _Node())
        node.operations[operation.method] = operation

    def match(self, raw_path: str) -> Match | None:
        """The path item for a normalised, still encoded path; None when there is none.

        A path that ends in a slash too much leads where it leads without it.
        """
        segments = raw_path.split("/")[1:]
        found = self._straight(segments) or self._walk(self._root, segments, 0)
        if found is None and len(segments) > 1 and segments[-1] == "":
            found = self._walk(self._root, segments[:-1], 0)
        if found is None:
            return None
        return Match(found.operations, tuple(segments))

    def _straight(self, segments: list[str]) -> _Node | None:
        """The node that is met without ever turning back; None when there is none this way."""
        node: _Node | None = self._root
        for segment in segments:
            assert node is not None
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
        if node.parameter is not None and segment:
            return self._walk(node.parameter, segments, at + 1)
        return None


def normalise(raw_path: str) -> str:
    """The path with needlessly encoded characters decoded (RFC 3986, 6.2.2.2), `%2F` kept."""
    if "%" not in raw_path:
        return raw_path
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), raw_path)
