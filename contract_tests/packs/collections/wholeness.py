"""The whole list, with rows of others: order, filters, totals, and lists that hold the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from contract_tests import pointers
from contract_tests.comparing import is_allowed, unlike_in_common
from contract_tests.findings import Severity
from contract_tests.listing import Walk, page, walk
from contract_tests.packs.collections.crowd import Crowd
from contract_tests.packs.collections.values import values_of
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import Collection, Twin

Json = Any
_MOST_ROWS = {"smoke": 250, "standard": 1200, "deep": 20_000}
_LOOKS = 3
_VALUES = {"smoke": 2, "standard": 5, "deep": 40}


def judge_order(report: Reporter, crowd: Crowd, rows: list[Json], walked: Walk) -> None:
    """Neighbours stand in the declared order, and no row stands twice."""
    bench, collection = report.bench, crowd.collection
    for first, second in itertools.pairwise(rows):
        scope = bench.scope(a=first, b=second)
        for rule in collection.order:
            if not bench.expressions.holds(rule, scope):
                report.found(
                    "disorder",
                    Severity.MAJOR,
                    f"{crowd.id_of(first)} stands before {crowd.id_of(second)}, "
                    "against the declared order",
                    subject="order",
                    expected=rule,
                    got=[first, second],
                    exchanges=(*crowd.chain, *walked.exchanges[:1]),
                    about=("first", "order", "ties"),
                )
                return
    ids = [crowd.id_of(each) for each in rows]
    own = [each for each in ids if each in crowd.items]
    if collection.in_order_made and own != [each for each in crowd.ids if each in own]:
        report.found(
            "disorder",
            Severity.MAJOR,
            "Rows do not stand in the order in which they were made",
            subject="order of creation",
            expected=[each for each in crowd.ids if each in own],
            got=own,
            exchanges=walked.exchanges[:1],
            about=("order of their creation", "last in"),
        )


def judge_whole(report: Reporter, crowd: Crowd) -> None:
    """The list without filters, where it is short enough to be read."""
    bench, collection = report.bench, crowd.collection
    most = _MOST_ROWS[bench.plan.profile.name]
    size = collection.paging.maximum if collection.paging else most
    whole = walk(bench, collection, {}, crowd.path, most=max(1, most // size))
    if whole.problem:
        _unlisted(report, whole)
        return
    _full_page(report, collection, whole)
    if not whole.is_whole:
        bench.unreached("the whole list", f"it has more than {most} rows")
        return
    judge_order(report, crowd, whole.items, whole)
    if crowd.is_narrowed and not crowd.narrow:
        return
    _twice(report, crowd, whole)
    _filters(report, crowd, whole)


def _unlisted(report: Reporter, whole: Walk) -> None:
    report.found(
        "list-fails",
        Severity.CRITICAL,
        f"The list without filters: {whole.problem}",
        subject="list",
        expected=200,
        got=whole.pages[-1].exchange.answer.status,
        exchanges=whole.exchanges[-1:],
    )


def _full_page(report: Reporter, collection: Collection, whole: Walk) -> None:
    """A page of the largest size is full when there are more rows."""
    paging = collection.paging
    first = whole.pages[0]
    total = first.member(paging.total) if paging else None
    if paging is None or not isinstance(total, int):
        return
    expected, got = min(total, paging.maximum), len(first.items or ())
    if got != expected:
        report.found(
            "page-length",
            Severity.MAJOR,
            f"A page of {paging.maximum} rows, of {total} in all, has {got}",
            subject=f"size {paging.maximum}",
            expected=expected,
            got=got,
            exchanges=whole.exchanges[:1],
            rule="A page holds as many rows as are asked for.",
        )


def _twice(report: Reporter, crowd: Crowd, whole: Walk) -> None:
    """The same list twice is the same; nobody is in it twice."""
    ids = [crowd.id_of(each) for each in whole.items]
    double = sorted({each for each in ids if ids.count(each) > 1})
    again = walk(report.bench, crowd.collection, {}, crowd.path)
    is_same = [crowd.id_of(each) for each in again.items] == ids
    looks = 0
    while not is_same and not report.bench.target.is_ours_alone and looks < _LOOKS:
        whole, again = again, walk(report.bench, crowd.collection, {}, crowd.path)
        is_same = list(map(crowd.id_of, again.items)) == list(map(crowd.id_of, whole.items))
        looks += 1
    if double or not is_same:
        report.found(
            "unstable",
            Severity.MAJOR,
            f"{double[0]} is listed twice" if double else "The same list twice differs",
            subject="twice",
            expected=ids[:20],
            got=[crowd.id_of(each) for each in again.items][:20],
            exchanges=(*whole.exchanges[:1], *again.exchanges[:1]),
            about=("order", "newest"),
        )


def _filters(report: Reporter, crowd: Crowd, whole: Walk) -> None:
    """Filters leave of the whole list just what the same rule leaves."""
    bench = report.bench
    for name, rule in crowd.collection.filters.items():
        if rule.keeps is None or "record." in rule.keeps:
            continue
        values = values_of(crowd, name, rule, whole.items)
        most = _VALUES[bench.plan.profile.name]
        chosen = values if len(values) <= most else bench.random.sample(values, most)
        for value in chosen:
            _filter(report, crowd, (name, value), whole)


def _filter(report: Reporter, crowd: Crowd, asked: tuple[str, str], whole: Walk) -> None:
    name, value = asked
    rule = crowd.collection.filters[name]

    def compare() -> tuple[list[str], list[str], Walk]:
        walked = walk(report.bench, crowd.collection, {name: value}, crowd.path)
        kept = [crowd.id_of(each) for each in crowd.kept(rule, whole.items, value)]
        return kept, [crowd.id_of(each) for each in walked.items], walked

    expected, got, walked = compare()
    for _ in range(0 if report.bench.target.is_ours_alone else _LOOKS):
        if expected == got:
            break
        whole = walk(report.bench, crowd.collection, {}, crowd.path)
        expected, got, walked = compare()
    if expected == got:
        return
    wrong, lost = sorted(set(got) - set(expected)), sorted(set(expected) - set(got))
    example = (wrong + lost)[:1]
    report.found(
        "filter-differs",
        Severity.MAJOR,
        f"{name}={value} leaves {len(got)} of {len(whole.items)} rows, expected {len(expected)}"
        + (
            f"; {example[0]} is {'there' if wrong else 'missing'}" if example else "; order differs"
        ),
        subject=f"{name} {'adds' if wrong else 'loses' if lost else 'order'}",
        expected=expected[:50],
        got=got[:50],
        exchanges=(*whole.exchanges[:1], *walked.exchanges[-1:]),
        rule=f"{name} leaves the rows for which: {rule.keeps}",
    )


def judge_rows(report: Reporter, crowd: Crowd, read: Callable[[Any], Json], walked: Walk) -> None:
    """Every row says what the record says."""
    for made in crowd.rows:
        item, record = crowd.items.get(made.id), read(made)
        if item is None or record is pointers.MISSING:
            continue
        for place, expected, got in unlike_in_common(record, item):
            if is_allowed(place, crowd.collection.differs):
                continue
            report.found(
                "row-differs",
                Severity.MAJOR,
                f"The list shows {place} of {made.id} as {show(got)}, the record has "
                f"{show(expected)}",
                subject=place,
                expected=expected,
                got=got,
                exchanges=(*made.exchanges, *walked.exchanges[:1], report.bench.caller.log[-1]),
            )


def judge_twins(report: Reporter, crowd: Crowd) -> None:
    """Lists that are declared to hold the same rows do, in the same order."""
    for twin in crowd.collection.twins:
        if twin.operation in report.bench.plan.left_out:
            continue
        here, there, differences = _compared(report, crowd, twin)
        for _ in range(0 if report.bench.target.is_ours_alone else _LOOKS - 1):
            if not differences:
                break
            again = _compared(report, crowd, twin)
            differences = differences if again[2] == differences else again[2][:0]
        for subject, expected, got in differences:
            report.found(
                "lists-differ",
                Severity.MAJOR,
                f"{crowd.collection.operation} and {twin.operation} differ in {subject}",
                subject=f"{twin.operation} {subject}",
                expected=expected,
                got=got,
                exchanges=(*crowd.chain, *there.exchanges[:1], *here.exchanges[:1]),
                rule=twin.says,
            )


def _compared(
    report: Reporter, crowd: Crowd, twin: Twin
) -> tuple[Walk, Walk, list[tuple[str, Json, Json]]]:
    bench = report.bench
    other = bench.semantics.collections[twin.operation]
    query = {name: bench.fill(each, **crowd.names) for name, each in twin.query.items()}
    path = {name: bench.fill(each, **crowd.names) for name, each in twin.path.items()}
    here, there = crowd.walk({}), walk(bench, other, query, path)
    rows = [row for row in there.items if _holds(report, twin, row)]
    ids, own = [crowd.id_of(each) for each in rows], [crowd.id_of(each) for each in here.items]
    if ids != own:
        subject = "rows" if sorted(ids) != sorted(own) else "order"
        return here, there, [(subject, ids[:50], own[:50])]
    found = []
    for left, right in zip(rows, here.items, strict=True):
        found += list(unlike_in_common(left, right))
    return here, there, found[:3]


def _holds(report: Reporter, twin: Twin, row: Json) -> bool:
    return twin.where is None or report.bench.expressions.holds(
        twin.where, report.bench.scope(item=row)
    )


def total_of(report: Reporter, crowd: Crowd) -> int | None:
    """How many rows the list says it has without filters; None when it does not say."""
    paging = crowd.collection.paging
    if paging is None or paging.total is None or crowd.path or crowd.collection.needs_filter:
        return None
    total = page(report.bench, crowd.collection, {paging.size: 1}).member(paging.total)
    return total if isinstance(total, int) else None
