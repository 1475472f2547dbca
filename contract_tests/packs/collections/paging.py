"""Paging: pages of any size part the list, and the answer says truly where each page stands."""

from __future__ import annotations

import math
from typing import Any

from contract_tests.findings import Severity
from contract_tests.listing import Page
from contract_tests.packs.collections.crowd import Crowd
from contract_tests.reporter import Reporter
from contract_tests.semantics import Paging

Json = Any


def judge_paging(report: Reporter, crowd: Crowd, base: list[Json]) -> None:
    """Pages of every interesting size give the same rows in the same order, each once."""
    paging, count = crowd.collection.paging, len(base)
    if paging is None:
        return
    sizes = [1, 7, count - 1, count, count + 1, paging.maximum]
    if report.bench.plan.profile.name == "smoke":
        sizes = [7, count]
    for size in dict.fromkeys(size for size in sizes if 1 <= size <= paging.maximum):
        pages = []
        for number in range(1, math.ceil(count / size) + 2):
            asked = {**crowd.narrow, **paging.asks(number, size)}
            pages.append(crowd.page(asked))
            _one_page(report, crowd, pages[-1], (number, size, count))
        _partition(report, crowd, pages, base, size)
    _defaults(report, crowd, base, paging)
    far = crowd.page({**crowd.narrow, paging.page: 999_999})
    if far.items is None or far.items:
        _found(report, "past-the-end", "A page far past the end is not empty", 0, _count(far), far)


def judge_default(report: Reporter, crowd: Crowd, base: list[Json]) -> None:
    """A list that is longer than a page of the default size."""
    if crowd.collection.paging is not None:
        _defaults(report, crowd, base, crowd.collection.paging)


def _one_page(report: Reporter, crowd: Crowd, page: Page, asked: tuple[int, int, int]) -> None:
    number, size, count = asked
    here = max(0, min(size, count - (number - 1) * size))
    name = f"Page {number} of {size} rows each, of {count} rows,"
    if page.items is None:
        _found(report, "page-fails", f"{name} is no list: {page.problem}", here, None, page)
        return
    if len(page.items) != here:
        title = f"{name} has {len(page.items)} rows, not {here}"
        _found(report, "page-length", title, here, len(page.items), page, f"size {size}")
    _told(report, crowd, page, asked, name)


def _told(
    report: Reporter, crowd: Crowd, page: Page, asked: tuple[int, int, int], name: str
) -> None:
    paging = crowd.collection.paging
    assert paging is not None
    number, size, count = asked
    true = {
        paging.number: number,
        paging.length: size,
        paging.total: count,
        paging.pages: math.ceil(count / size),
    }
    for pointer, expected in true.items():
        got = page.member(pointer) if pointer else expected
        if got != expected or isinstance(got, bool):
            title = f"{name} says {pointer} {got}, not {expected}"
            _found(report, "told-wrong", title, expected, got, page, str(pointer))


def _partition(
    report: Reporter, crowd: Crowd, pages: list[Page], base: list[Json], size: int
) -> None:
    """One page after another is the whole list."""
    expected = [crowd.id_of(each) for each in base]
    got = [crowd.id_of(item) for page in pages for item in page.items or ()]
    if got == expected:
        return
    twice = sorted({each for each in got if got.count(each) > 1})
    lost = [each for each in expected if each not in got]
    if twice or lost:
        title = f"Pages of {size} rows show {_names(twice)} twice and {_names(lost)} never"
        what = "pages-do-not-part"
    else:
        title, what = f"Pages of {size} rows come in another order than pages of others", "order"
    report.found(
        what,
        Severity.MAJOR,
        title,
        subject=what,
        expected=expected,
        got=got,
        exchanges=(*crowd.chain, *(page.exchange for page in pages[:3])),
        about=("page", "order", "newest"),
    )


def _defaults(report: Reporter, crowd: Crowd, base: list[Json], paging: Paging) -> None:
    """Without parameters, the first page of the default size."""
    first = crowd.page(dict(crowd.narrow))
    _one_page(report, crowd, first, (1, paging.default, len(base)))


def _names(ids: list[str]) -> str:
    return ", ".join(ids[:3]) + ("…" if len(ids) > 3 else "") if ids else "none"


def _count(page: Page) -> Json:
    return None if page.items is None else len(page.items)


def _found(
    report: Reporter,
    what: str,
    title: str,
    expected: Json,
    got: Json,
    page: Page,
    subject: str = "",
) -> None:
    report.found(
        what,
        Severity.MAJOR,
        title,
        subject=subject or what,
        expected=expected,
        got=got,
        exchanges=(page.exchange,),
        rule="A page holds as many rows as are asked for, the last one the rest; the answer tells "
        "its number and size, how many rows there are, and on how many pages.",
    )
