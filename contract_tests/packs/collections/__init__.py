"""The collections pack: lists show what is there, page by page, and filters leave what they say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contract_tests.bench import Bench
from contract_tests.findings import Severity
from contract_tests.listing import Walk
from contract_tests.pack import Pack
from contract_tests.packs.collections.crowd import Crowd, gather, look
from contract_tests.packs.collections.filtering import Filtering
from contract_tests.packs.collections.paging import judge_default, judge_paging
from contract_tests.packs.collections.refusals import judge_refusals, judge_unknown_place
from contract_tests.packs.collections.wholeness import (
    judge_order,
    judge_rows,
    judge_twins,
    judge_whole,
    total_of,
)
from contract_tests.plan import Plan
from contract_tests.records import Made, Unable
from contract_tests.reporter import Reporter
from contract_tests.sightings import current

Json = Any
_BEYOND_DEFAULT = 2


def operations(plan: Plan) -> Iterable[str]:
    """Every list that is declared."""
    return [each for each in plan.contract.operations if each in plan.semantics.collections]


def judge(bench: Bench) -> None:
    """Judge one list: on the rows of the run, then on all that it holds."""
    report = Reporter(bench)
    collection = bench.semantics.collections[bench.operation.name]
    if bench.plan.is_read_only:
        _read_only(report, Crowd(bench, collection))
        return
    before = total_of(report, Crowd(bench, collection))
    crowd = gather(bench, collection)
    walked = None if collection.needs_filter else crowd.walk(crowd.narrow)
    look(crowd, walked)
    if walked is not None:
        _grown(report, crowd, before)
        if not _listed(report, crowd, walked):
            return
        judge_order(
            report, crowd, walked.items if crowd.is_narrowed else _own(crowd, walked), walked
        )
        judge_rows(report, crowd, lambda made: _read(bench, made), walked)
    order = [crowd.id_of(each) for each in walked.items] if walked else crowd.ids
    if crowd.is_narrowed and walked is not None:
        judge_paging(report, crowd, walked.items)
    Filtering(report, crowd, order).judge()
    judge_refusals(report, crowd)
    judge_unknown_place(report, crowd)
    judge_twins(report, crowd)
    if not collection.needs_filter:
        judge_whole(report, crowd)
        _at_once(report, crowd)
    _beyond(report, crowd)


def _read_only(report: Reporter, crowd: Crowd) -> None:
    """What reading alone can show."""
    if crowd.collection.path:
        raise Unable(
            f"list by {crowd.collection.operation}",
            "the run is --read-only, and the list belongs to a record that it would have to make",
        )
    judge_refusals(report, crowd)
    if crowd.collection.needs_filter:
        report.bench.unreached("rows that match a filter", "the run is --read-only")
    else:
        judge_whole(report, crowd)


def _read(bench: Bench, made: Made) -> Json:
    return current(bench, made).item


def _own(crowd: Crowd, walked: Walk) -> list[Json]:
    return [item for item in walked.items if crowd.id_of(item) in crowd.items]


def _listed(report: Reporter, crowd: Crowd, walked: Walk) -> bool:
    """The narrowed list holds just the rows of the run; a list of some rows may lack some."""
    got = [crowd.id_of(each) for each in walked.items]
    lost = [each for each in crowd.ids if each not in got] if not crowd.collection.where else []
    others = [each for each in got if each not in crowd.ids] if crowd.is_narrowed else []
    if not walked.problem and not lost and not others:
        return True
    what = "rows-missing" if lost or walked.problem else "rows-of-others"
    report.found(
        what,
        Severity.CRITICAL,
        walked.problem or f"The list lacks {lost[:3]}" + (f" and has {others[:3]}" * bool(others)),
        subject=what,
        expected=crowd.ids,
        got=got[:50],
        exchanges=(*crowd.chain, *walked.exchanges[:1]),
    )
    return False


def _grown(report: Reporter, crowd: Crowd, before: int | None) -> None:
    """The total has grown by what was made; others may have made or removed rows elsewhere."""
    if before is None or not report.bench.target.is_ours_alone:
        return
    after, made = total_of(report, crowd), len(crowd.rows) + len(crowd.strangers)
    if after != before + made:
        report.found(
            "total-not-grown",
            Severity.MAJOR,
            f"{made} rows were made, and the total went from {before} to {after}",
            subject="total",
            expected=before + made,
            got=after,
            exchanges=(*crowd.chain, report.bench.caller.log[-1]),
            rule="The total counts all rows that match.",
        )


def _at_once(report: Reporter, crowd: Crowd) -> None:
    """A row that is made after the list was read is there when it is read again."""
    if crowd.collection.where is not None:
        return
    crowd.walk(crowd.narrow)
    crowd.grow(len(crowd.rows) + 1)
    made = crowd.rows[-1]
    walked = crowd.walk(crowd.narrow)
    if walked.is_whole and made.id not in map(crowd.id_of, walked.items):
        report.found(
            "new-row-missing",
            Severity.MAJOR,
            f"{made.resource.title} {made.id} was made after the list was read, and is not in it",
            subject="new row",
            expected=made.id,
            got=[crowd.id_of(each) for each in walked.items][-20:],
            exchanges=(walked.exchanges[0], *made.exchanges[:1], walked.exchanges[-1]),
        )


def _beyond(report: Reporter, crowd: Crowd) -> None:
    """More rows than a page of the default size holds; in a deep run more than the largest."""
    paging, profile = crowd.collection.paging, report.bench.plan.profile.name
    if paging is None or not crowd.is_narrowed or profile == "smoke":
        return
    crowd.grow((paging.maximum if profile == "deep" else paging.default) + _BEYOND_DEFAULT)
    base = crowd.walk(crowd.narrow)
    if len(base.items) == len(crowd.rows):
        judge_default(report, crowd, base.items)
    else:
        _listed(report, crowd, base)
    if profile == "deep":
        judge_paging(report, crowd, base.items)


PACK = Pack(
    name="collections",
    says="Lists show what is there, page by page, and filters leave what they say.",
    operations=operations,
    judge=judge,
)
