"""Lists: one page of a collection, or all of it, as the target answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.semantics import Collection

Json = Any
_MOST_PAGES = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a list; `items` is None when it holds no list, and `problem` says why."""

    exchange: Exchange
    items: list[Json] | None
    problem: str = ""

    def member(self, pointer: str | None) -> Json:
        """What the answer says at a pointer, or MISSING."""
        value = self.exchange.answer.json
        return (
            pointers.MISSING
            if pointer is None or value is NO_JSON
            else pointers.get(value, pointer)
        )


@dataclass(frozen=True, slots=True)
class Walk:
    """All pages of a list, one after another; `is_whole` is False when it was too long."""

    pages: tuple[Page, ...]
    is_whole: bool

    @property
    def items(self) -> list[Json]:
        """Every row, in the order of the pages."""
        return [item for page in self.pages for item in page.items or ()]

    @property
    def problem(self) -> str:
        """Why a page holds no list; empty when each does."""
        return next((page.problem for page in self.pages if page.problem), "")

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges of the pages."""
        return tuple(page.exchange for page in self.pages)


def page(
    bench: Bench,
    collection: Collection,
    query: Mapping[str, Json],
    path: Mapping[str, Json] | None = None,
) -> Page:
    """One answer of a list; an empty one in its declared form has no items."""
    exchange = bench.call(collection.operation, path=path or {}, query=query)
    status, value = exchange.answer.status, exchange.answer.json
    if status == collection.empty and status != 200:
        return Page(exchange, [])
    if status != 200:
        return Page(exchange, None, f"{collection.operation} answered {status}")
    items = pointers.MISSING if value is NO_JSON else pointers.get(value, collection.items)
    if not isinstance(items, list):
        return Page(exchange, None, f"{collection.operation} has no list at {collection.items}")
    return Page(exchange, items)


def walk(
    bench: Bench,
    collection: Collection,
    query: Mapping[str, Json],
    path: Mapping[str, Json] | None = None,
    size: int | None = None,
    most: int = _MOST_PAGES,
) -> Walk:
    """Every page of a list; the last is the first that is not full."""
    paging = collection.paging
    if paging is None:
        return Walk((page(bench, collection, query, path),), is_whole=True)
    size = size or paging.maximum
    pages: list[Page] = []
    for number in range(1, most + 1):
        asked = {**query, **paging.asks(number, size)}
        pages.append(page(bench, collection, asked, path))
        if len(pages[-1].items or ()) < size:
            return Walk(tuple(pages), is_whole=True)
    return Walk(tuple(pages), is_whole=False)
