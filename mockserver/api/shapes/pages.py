"""The envelope of the lists of A and B (S1, S2; domain 1.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from mockserver.contract import Derived, Listed
from mockserver.store import Page

R = TypeVar("R")


def page_body(found: Page[R], item: Callable[[R], Derived]) -> Listed:
    """One page of records, each in the shape of ``item``, and where the page stands."""
    pagination: dict[str, Any] = {
        "page": found.page,
        "per_page": found.per_page,
        "total": found.total,
        "total_pages": found.total_pages,
    }

    def around(items: list[Any]) -> dict[str, Any]:
        return {"data": items, "pagination": pagination}

    return Listed(("data",), map(item, found.rows), around, is_first=True)
