"""Finding customers by what the Otesse Customers API can filter on (S1; domain A.4.1)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice

from mockserver.domain.records import Customer, CustomerStatus
from mockserver.domain.tables import CUSTOMERS, needles, searched
from mockserver.domain.world import World
from mockserver.frozen import quick
from mockserver.store import Page, Query


@quick
@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Conditions that must all hold; ``None`` asks nothing. Pages count from 1.

    ``search`` is a part of first name, last name, "first last", e-mail or phone, whatever its
    case; one made only of digits, spaces and ``+-().`` is also compared by its digits with the
    phone's. ``created_after`` is strict.
    """

    search: str | None = None
    status: CustomerStatus | None = None
    created_after: datetime | None = None
    has_subscription: bool | None = None
    zone_id: str | None = None
    page: int = 1
    per_page: int | None = 25


def search(world: World, wanted: CustomerFilter) -> Page[Customer]:
    """The customers that meet a filter, newest first, ties by id (domain 1.6)."""
    if not wanted.search:
        return world.customers.select(_paged(_conditions(wanted), wanted))
    queries = [replace(_conditions(wanted), contains=part) for part in needles(wanted.search)]
    pages = [world.customers.select(_paged(query, wanted)) for query in queries]
    matching = [page for page in pages if page.total]
    if len(matching) < 2:
        return next(iter(matching), Page((), 0, wanted.page, wanted.per_page))
    few, many = (queries[i] for i in sorted((0, 1), key=lambda i: pages[i].total))
    return _either(world, few, many, wanted)


def _either(
    world: World, few: Query[Customer], many: Query[Customer], wanted: CustomerFilter
) -> Page[Customer]:
    """A page of those that meet either query: what only ``few`` finds, merged into ``many``."""
    common = (many.contains or "").casefold()

    def is_new(customer: Customer) -> bool:
        return common not in searched(customer).casefold()

    new = world.customers.select(replace(few, where=(is_new,))).rows
    others = world.customers.select(replace(many, per_page=1)).total
    low, high = Query[Customer](page=wanted.page, per_page=wanted.per_page).window(
        others + len(new)
    )
    first = world.customers.select(replace(many, per_page=max(high, 1))).rows
    merged = merge(first, new, key=CUSTOMERS.order_key("newest"))
    rows = tuple(islice(merged, low, high))
    return Page(rows, others + len(new), wanted.page, wanted.per_page)


def _conditions(wanted: CustomerFilter) -> Query[Customer]:
    asked: dict[str, Hashable | None] = {
        "status": wanted.status,
        "has_subscription": wanted.has_subscription,
        "zone_id": wanted.zone_id,
    }
    since = wanted.created_after
    return Query(
        equals={name: value for name, value in asked.items() if value is not None},
        after={} if since is None else {"created_at": since},
    )


def _paged(query: Query[Customer], wanted: CustomerFilter) -> Query[Customer]:
    return replace(query, page=wanted.page, per_page=wanted.per_page)
