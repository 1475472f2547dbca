"""Mistakes in lists: filters, orders, pages and their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from contract_tests.mutants.layers import reheaded
from contract_tests.mutants.mutant import Verb
from mockserver.domain.records import Customer
from mockserver.domain.world import World
from mockserver.store import Page
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered

R = TypeVar("R")
Body = dict[str, Any]


def paged(rows: Iterable[R], wanted: Any, start: int | None = None) -> Page[R]:
    """The page that was asked for, of other rows; `start` is its first rank if not the usual."""
    every = tuple(rows)
    low = (wanted.page - 1) * wanted.per_page if start is None else start
    return Page(every[low : low + wanted.per_page], len(every), wanted.page, wanted.per_page)


def whole(original: Verb, world: World, wanted: Any, **other: Any) -> tuple[Any, ...]:
    """All rows that meet a filter, some of whose conditions are changed."""
    rows: tuple[Any, ...] = original(world, replace(wanted, page=1, per_page=None, **other)).rows
    return rows


def total_of_the_page(body: Body) -> Body:
    """The rows of the page are counted, not those of the list."""
    return {**body, "pagination": {**body["pagination"], "total": len(body["data"])}}


def pages_floored(body: Body) -> Body:
    """Whole division."""
    pagination = body["pagination"]
    pages = pagination["total"] // pagination["per_page"]
    return {**body, "pagination": {**pagination, "total_pages": pages}}


def pages_and_one(body: Body) -> Body:
    """Whole division, and one more, also where nothing is left over."""
    pagination = body["pagination"]
    pages = pagination["total"] // pagination["per_page"] + 1
    return {**body, "pagination": {**pagination, "total_pages": pages}}


def one_address(body: Body) -> Body:
    """A join that was cut to one row for each customer."""
    return {**body, "data": [{**row, "addresses": row["addresses"][:1]} for row in body["data"]]}


def one_row_short(body: Body) -> Body:
    """A full page of the largest size lacks its last row."""
    return {**body, "data": body["data"][:99]}


def cut_at_200(body: Body) -> Body:
    """A whole list that silently ends."""
    return {"data": body["data"][:200]}


def smaller_default(query: Mapping[str, Any], size: int = 20) -> Mapping[str, Any]:
    """Another page size where none is asked for."""
    return {**query, "per_page": size} if query["per_page"] == 25 else query


def no_rows_no_content(_exchange: Exchange, given: Answered) -> Answered:
    """An empty list is no content."""
    if given.status != 200 or b'"data":[]' not in given.body:
        return given
    return reheaded(given._replace(status=204, body=b""), {"Content-Type": None})


def nobody_is_an_empty_list(_exchange: Exchange, given: Answered) -> Answered:
    """Nothing found is an empty list, as in the other families."""
    if given.status != 204:
        return given
    listed = given._replace(status=200, body=b'{"customers":[]}')
    return reheaded(listed, {"Content-Type": "application/json"})


def ignoring(**conditions: Any) -> Callable[[Verb], Verb]:
    """Some conditions of a filter are not looked at."""

    def make(original: Verb) -> Verb:
        def search(world: World, wanted: Any) -> Page[Any]:
            page: Page[Any] = original(world, replace(wanted, **conditions))
            return page

        return search

    return make


def status_ignored_for_one(original: Verb) -> Verb:
    """The bookings of one customer are not filtered by status."""

    def of_customer(world: World, customer_id: str, wanted: Any) -> Page[Any]:
        page: Page[Any] = original(world, customer_id, replace(wanted, status=None))
        return page

    return of_customer


def status_forgotten_on_later_pages(original: Verb) -> Verb:
    """The links to further pages lose the filter."""

    def search(world: World, wanted: Any) -> Page[Any]:
        status = wanted.status if wanted.page == 1 else None
        page: Page[Any] = original(world, replace(wanted, status=status))
        return page

    return search


def overlapping(original: Verb) -> Verb:
    """Each page after the first begins with the last row of the one before it."""

    def search(world: World, wanted: Any) -> Page[Any]:
        start = max((wanted.page - 1) * wanted.per_page - (wanted.page > 1), 0)
        return paged(whole(original, world, wanted), wanted, start)

    return search


def last_page_repeated(original: Verb) -> Verb:
    """A page past the end is the last page."""

    def search(world: World, wanted: Any) -> Page[Any]:
        page: Page[Any] = original(world, wanted)
        if page.rows or not page.total:
            return page
        last: Page[Any] = original(world, replace(wanted, page=page.total_pages))
        return Page(last.rows, page.total, wanted.page, wanted.per_page)

    return search


def oldest_first(original: Verb) -> Verb:
    """The bookings of one customer come in the other order."""

    def of_customer(world: World, customer_id: str, wanted: Any) -> Page[Any]:
        every = original(world, customer_id, replace(wanted, page=1, per_page=None)).rows
        return paged(reversed(every), wanted)

    return of_customer


def min_exclusive(original: Verb) -> Verb:
    """`>` instead of `>=`."""

    def search(world: World, wanted: Any) -> Page[Any]:
        every = whole(original, world, wanted)
        return paged((i for i in every if i.total != wanted.min_amount), wanted)

    return search


def created_before(original: Verb) -> Verb:
    """The comparison is the wrong way round."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        bound = wanted.created_after
        if bound is None:
            unbounded: Page[Customer] = original(world, wanted)
            return unbounded
        every = whole(original, world, wanted, created_after=None)
        return paged((row for row in every if row.created_at < bound), wanted)

    return search


def created_at_or_after(original: Verb) -> Verb:
    """`>=` instead of `>`."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        bound = wanted.created_after
        if bound is not None and bound.year > 1:
            wanted = replace(wanted, created_after=bound - timedelta(seconds=1))
        page: Page[Customer] = original(world, wanted)
        return page

    return search


def day_ends_at_midnight(original: Verb) -> Verb:
    """A plain `date_to` is the first instant of its day."""

    def read(text: str, field: str, *, end_of_day: bool = False) -> Any:
        return original(text, field, end_of_day=end_of_day and field != "date_to")

    return read


def either_filter(original: Verb) -> Verb:
    """Status and customer are joined by OR."""

    def search(world: World, wanted: Any) -> Page[Any]:
        if wanted.status is None or wanted.customer_id is None:
            page: Page[Any] = original(world, wanted)
            return page
        every = whole(original, world, wanted, status=None, customer_id=None)
        pair = (wanted.status, wanted.customer_id)
        return paged((b for b in every if b.status == pair[0] or b.customer_id == pair[1]), wanted)

    return search


def false_is_absent(original: Verb) -> Verb:
    """`if has_subscription:`."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        asked = wanted.has_subscription or None
        page: Page[Customer] = original(world, replace(wanted, has_subscription=asked))
        return page

    return search


def only_active(original: Verb) -> Verb:
    """Without a status, only active customers are listed."""

    def search(world: World, wanted: Any) -> Page[Customer]:
        page: Page[Customer] = original(world, replace(wanted, status=wanted.status or "active"))
        return page

    return search


def newest_first(original: Verb) -> Verb:
    """The order is the one of the other lists."""

    def rows(world: World) -> tuple[Any, ...]:
        return tuple(reversed(original(world)))

    return rows


def history_oldest_first(original: Verb) -> Verb:
    """The history of a customer begins with the oldest booking."""

    def statistics(world: World, uuid: str) -> Any:
        stats = original(world, uuid)
        return replace(stats, bookings=tuple(reversed(stats.bookings)))

    return statistics
