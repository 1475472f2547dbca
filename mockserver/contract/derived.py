"""Bodies that follow from values which never change, so that what is made of them can be kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any


class Derived:
    """A body, or an item of one, that follows from its sources and from nothing else.

    `shape` is a function of the sources and of them alone, and no source ever changes: so whatever
    was once made for the same `shape`, the same objects and equal `values` is true for ever.
    `make`, where it is given, makes it in place of the shape, from the same sources.
    """

    __slots__ = ("_make", "shape", "sources", "values")

    def __init__(
        self,
        shape: Callable[..., Any],
        sources: tuple[Any, ...],
        values: tuple[Hashable, ...] = (),
        make: Callable[[], Any] | None = None,
    ) -> None:
        self.shape = shape
        self.sources = sources
        self.values = values
        self._make = make

    def made(self) -> Any:
        """What follows from the sources: JSON data, or a list of derived items."""
        return self._make() if self._make else self.shape(*self.sources)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What two have in common that give the same; holds for as long as the sources live."""
        return (self.shape, self.values, *map(id, self.sources))


class Listed:
    """A body that is a list of derived items under a name, followed by the members in `rest`."""

    __slots__ = ("items", "name", "rest")

    def __init__(self, name: str, items: Iterable[Derived], rest: dict[str, Any]) -> None:
        self.name = name
        self.items = tuple(items)
        self.rest = rest

    def with_items(self, items: list[Any]) -> dict[str, Any]:
        """The body with other items in place of its own."""
        return {self.name: items, **self.rest}


def plain(body: Any) -> Any:
    """A body as JSON data, whatever it is made of."""
    if isinstance(body, Derived):
        return plain(body.made())
    if isinstance(body, Listed):
        return body.with_items([plain(item) for item in body.items])
    return body
