"""On which line of its source a document says something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

_LONGEST = 2_000_000
_MERGE = "tag:yaml.org,2002:merge"
_KEPT = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"})


@dataclass(slots=True)
class _Spot:
    line: int
    below: dict[str, _Spot] = field(default_factory=dict)


class Lines:
    """Finds the line of a JSON Pointer in YAML or JSON text. Keys are text, as for the loader.

    The text is read when it is first asked for, and once.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._root: _Spot | None = None

    def line(self, pointer: str) -> int:
        """The line, counted from 1, where the key or item stands that the pointer ends in.

        For a pointer that leads nowhere the line of the last part that does; 1 in a source of more
        than two million characters, which would take minutes to read.
        """
        if self._root is None:
            self._root = _read(self._source) if len(self._source) <= _LONGEST else _Spot(1)
        spot = self._root
        for part in pointer.split("/")[1:]:
            found = spot.below.get(part.replace("~1", "/").replace("~0", "~"))
            if found is None:
                break
            spot = found
        return spot.line


def _read(source: str) -> _Spot:
    try:
        root = yaml.compose(source, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):
        return _Spot(1)
    return _Reader().spot(root, 0) if root is not None else _Spot(1)


class _Reader:
    """Turns composed nodes into spots; what stands below an anchor is shared by its aliases."""

    def __init__(self) -> None:
        self._known: dict[int, dict[str, _Spot]] = {}
        self._constructor = yaml.constructor.SafeConstructor()

    def spot(self, node: yaml.Node, line: int) -> _Spot:
        """The spot of a node whose key or item stands on `line`, counted from 0."""
        below = self._known.get(id(node))
        if below is None:
            below = self._known[id(node)] = {}
            for key, child, at in self._children(node):
                below[key] = self.spot(child, at)
            self._merge(node, below)
        return _Spot(line + 1, below)

    def _children(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node, int]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.tag != _MERGE:
                    yield self._text(key), value, key.start_mark.line
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                yield str(index), value, value.start_mark.line

    def _merge(self, node: yaml.Node, below: dict[str, _Spot]) -> None:
        """Add what `<<` brings in, where the mapping itself does not say it."""
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        for value in (value for key, value in pairs if key.tag == _MERGE):
            for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                for key, spot in self.spot(source, 0).below.items():
                    below.setdefault(key, spot)

    def _text(self, key: yaml.Node) -> str:
        """The key as the loader names it: `yes` is the text of a boolean, a date stays text."""
        if not isinstance(key, yaml.ScalarNode) or key.tag in _KEPT:
            return str(key.value)
        return str(self._constructor.construct_object(key))
