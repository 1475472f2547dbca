"""JSON Pointer (RFC 6901): reading one, following it, and comparing what it leads to."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_ESCAPE = re.compile(r"~(?![01])")
_INDEX = re.compile(r"(0|[1-9][0-9]{0,9})\Z", re.ASCII)


class Nothing:
    """What a pointer leads to where there is nothing; JSON null is something."""


NOTHING = Nothing()


class Pointer(NamedTuple):
    """A pointer as its unescaped parts; none for the whole value."""

    parts: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Pointer:
        """The pointer a text stands for; ValueError says what is wrong with it."""
        if text and not text.startswith("/"):
            raise ValueError("must be empty or start with '/'")
        if _ESCAPE.search(text):
            raise ValueError("must spell '~' as '~0' and '/' inside a name as '~1'")
        parts = text.split("/")[1:]
        return cls(tuple(part.replace("~1", "/").replace("~0", "~") for part in parts))

    def follow(self, value: Any) -> Any:
        """What the pointer leads to in a JSON value, or `NOTHING`."""
        for part in self.parts:
            if isinstance(value, dict) and part in value:
                value = value[part]
            elif isinstance(value, list) and _INDEX.match(part) and int(part) < len(value):
                value = value[int(part)]
            else:
                return NOTHING
        return value


def equal(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: `1` and `1.0` are, `1` and `true` are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(v, other[n]) for n, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return bool(one == other)
