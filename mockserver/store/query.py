"""What is asked of a collection, and the page that answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

R = TypeVar("R")


# Not slotted: on Python 3.11 `Query[R](...)` fails for a frozen, slotted, generic dataclass.
@dataclass(frozen=True)
class Query(Generic[R]):
    """A filter, an order and a page; every part that is given must hold.

    - `equals`: facet or lookup name to the value a row must have among its own.
    - `between`: range name to inclusive bounds; None leaves a side open.
    - `after`: range name to a bound that a row's value must exceed.
    - `contains`: text to be found in the row's text, whatever the case; "" asks for nothing.
    - `where`: further tests, evaluated row by row after everything else.
    - `order`: a declared order, None for the default; `reverse` turns it round.
    - `page` counts from 1; `per_page` None puts all rows on page 1. Less than 1 is a ValueError.
    """

    equals: Mapping[str, Hashable] = field(default_factory=dict)
    between: Mapping[str, tuple[Any | None, Any | None]] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    contains: str | None = None
    where: tuple[Callable[[R], bool], ...] = ()
    order: str | None = None
    reverse: bool = False
    page: int = 1
    per_page: int | None = None

    def __post_init__(self) -> None:
        """Refuse a page or page size below 1."""
        if self.page < 1:
            raise ValueError(f"page is {self.page}; pages count from 1")
        if self.per_page is not None and self.per_page < 1:
            raise ValueError(f"per_page is {self.per_page}; ask for 1 or more, or None for all")

    def window(self, total: int) -> tuple[int, int]:
        """Give the ranks [low, high) of the page among `total` rows sorted forwards."""
        size = total if self.per_page is None else self.per_page
        low = min((self.page - 1) * size, total)
        high = min(low + size, total)
        return (total - high, total - low) if self.reverse else (low, high)


@dataclass(frozen=True)
class Page(Generic[R]):
    """One page of rows and the count of all rows that match."""

    rows: tuple[R, ...]
    total: int
    page: int
    per_page: int | None

    @property
    def total_pages(self) -> int:
        """The number of pages that hold a row: 0 when nothing matches."""
        size = self.per_page or max(self.total, 1)
        return -(-self.total // size)
