"""Names of media types: which of those that a document declares a body is meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

V = TypeVar("V")


class MediaTypes(dict[str, V]):
    """What belongs to each media type of a body, by the name in the document in lower case."""

    def match(self, media_type: str) -> V | None:
        """What belongs to a media type that was sent, given without parameters in lower case.

        The very name, else the same with parameters, else a range (`text/*` before `*/*`).
        """
        found = self.get(media_type)
        if found is not None or media_type in self:
            return found
        name = self.name_of(media_type)
        return None if name is None else self[name]

    def name_of(self, media_type: str) -> str | None:
        """The name under which the document declares a media type; None when it does not."""
        if media_type in self:
            return media_type
        named = {bare(name): name for name in reversed(self)}
        return next((named[n] for n in _wider(bare(media_type)) if n in named), None)


@lru_cache(maxsize=256)
def bare(media_type: str) -> str:
    """A media type without parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a media type is written as JSON."""
    if media_type == "application/json":
        return True
    kind = bare(media_type)
    return kind in {"application/json", "text/json"} or kind.endswith("+json")


def _wider(kind: str) -> Iterator[str]:
    yield kind
    if kind:
        yield kind.partition("/")[0] + "/*"
    yield "*/*"
    yield "*"
