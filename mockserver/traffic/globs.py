"""Path patterns: `*` stands for anything inside one segment, `**` for any number of segments."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NEVER = re.compile(r"(?!)")


class Glob:
    """A path, or a pattern of paths. The cost of a match grows with path times pattern at most."""

    __slots__ = ("_exact", "_segments", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._exact = "*" not in text
        self._segments = () if self._exact else tuple(map(_segment, text.split("/")))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glob) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Glob({self.text!r})"

    def matches(self, path: str) -> bool:
        """Whether the pattern stands for the path."""
        return path == self.text if self._exact else _fits(self._segments, path.split("/"))


def _segment(text: str) -> re.Pattern[str] | None:
    """The pattern of one segment; None for `**`. Each part is taken where it is found first."""
    if text == "**":
        return None
    first, *rest = map(re.escape, re.split(r"\*+", text))
    if not rest:
        return re.compile(first + r"\Z")
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1])
    return re.compile(f"(?s:{first}{middle}.*{rest[-1]})\\Z")


def _fits(pattern: Sequence[re.Pattern[str] | None], segments: Sequence[str]) -> bool:
    """Match greedily; on a mismatch let the last `**` take one segment more."""
    at = here = 0
    star, taken = -1, 0
    while here < len(segments):
        wanted = pattern[at] if at < len(pattern) else _NEVER
        if wanted is None:
            star, taken, at = at, here, at + 1
        elif wanted.match(segments[here]):
            at, here = at + 1, here + 1
        elif star >= 0:
            taken += 1
            at, here = star + 1, taken
        else:
            return False
    return all(rest is None for rest in pattern[at:])
