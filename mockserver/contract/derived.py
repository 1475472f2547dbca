"""Bodies that follow from values which never change, so that what is made of them can be kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, NamedTuple


class Derived:
    """A body, or an item of one, that follows from its sources and from nothing else.

    `shape` is a function of the sources and of them alone, and no source ever changes: so whatever
    was once made for the same `shape`, the same objects and equal `values` is true for ever.
    `make`, where it is given, makes it in place of the shape, from the same sources. `burden` is
    the memory that the sources take, in lengths of the JSON text, where it grows with that.
    """

    __slots__ = ("_make", "burden", "shape", "sources", "values")

    def __init__(
        self,
        shape: Callable[..., Any],
        sources: tuple[Any, ...],
        values: tuple[Hashable, ...] = (),
        make: Callable[[], Any] | None = None,
        burden: int = 0,
    ) -> None:
        self.burden = burden
        self.shape = shape
        self.sources = sources
        self.values = values
        self._make = make

    def made(self) -> Any:
        """What follows from the sources: JSON data, or a list of derived items; else `Passing`."""
        return self._make() if self._make else self.shape(*self.sources)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What two have in common that give the same; holds for as long as the sources live."""
        return (self.shape, self.values, *map(id, self.sources))


class Listed:
    """A body that holds a list of derived items.

    `place` is the names that lead to the list, none for a bare array; `around` gives the body with
    any items in it. In its JSON text the list comes last, or first where `is_first`.
    """

    __slots__ = ("_around", "_is_first", "items", "place")

    def __init__(
        self,
        place: tuple[str, ...],
        items: Iterable[Derived],
        around: Callable[[list[Any]], Any],
        *,
        is_first: bool = False,
    ) -> None:
        self.place = place
        self.items = tuple(items)
        self._around = around
        self._is_first = is_first

    def with_items(self, items: list[Any]) -> Any:
        """The body with other items in place of its own."""
        return self._around(items)

    def gap(self, envelope: bytes) -> int:
        """Where the items go in the JSON text of the body without any."""
        if self._is_first:
            return 1 + sum(len(name) + 4 for name in self.place)  # {"name":[
        return len(envelope) - 1 - len(self.place)  # ]}


class Passing(NamedTuple):
    """What was made of more than the sources of a `Derived`, such as the time: it is not kept."""

    body: Any


def plain(body: Any) -> Any:
    """A body as JSON data, whatever it is made of."""
    if isinstance(body, Derived):
        return plain(body.made())
    if isinstance(body, Listed):
        return body.with_items([plain(item) for item in body.items])
    return body.body if isinstance(body, Passing) else body
