"""Reads: they find what is there, say when it is not, and change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.findings import Severity
from contract_tests.listing import page
from contract_tests.packs.lifecycle.absence import judge_elsewhere, judge_unknown
from contract_tests.packs.lifecycle.holding import shown_everywhere, untouched
from contract_tests.records import Made, Unable
from contract_tests.reporter import Reporter
from contract_tests.semantics import Collection, Read, Resource
from contract_tests.sightings import Sightings, faces_of, listed, sightings

Json = Any
_TIMES = 3


def judge_read(report: Reporter, resource: Resource, read: Read) -> None:
    """Everything about the reading of one record."""
    bench = report.bench
    absent = read.absent or resource.absent
    if not read.path:
        judge_unknown(report, absent, lambda found: _call(bench, read, found))
    judge_elsewhere(report, resource, read, absent)
    made = _some(bench, resource)
    faces, _ = faces_of(bench, made)
    before = sightings(bench, made, faces)
    shown_everywhere(report, before, made.exchanges, "")
    if not bench.plan.is_read_only:
        bench.tick()
    path = bench.path_to(read, made.id, made)
    for _ in range(_TIMES):
        bench.call(read.operation, path=path)
        bench.call(read.operation, path=path, method="HEAD")
    _still(report, made, faces, before)
    if resource.any_case:
        _any_case(report, read, made)
    if bench.plan.profile.name != "smoke":
        _misspelled(report, read, made)
    _unchanged_tag(report, read, made)


def judge_list(report: Reporter, resource: Resource, collection: Collection) -> None:
    """Listing changes nothing."""
    bench = report.bench
    made = _some(bench, resource)
    before = sightings(bench, made)
    if not bench.plan.is_read_only:
        bench.tick()
    for _ in range(_TIMES):
        listed(bench, made, collection)
    _still(report, made, {}, before)


def _still(report: Reporter, made: Made, faces: dict[str, Made], before: Sightings) -> None:
    after = sightings(report.bench, made, faces)
    untouched(
        report,
        before,
        after,
        (*made.exchanges, *report.bench.caller.log[-1:]),
        what="read-changed-something",
        because=f"Reading {made.resource.title} {made.id}",
    )


def _some(bench: Bench, resource: Resource) -> Made:
    """A record of the run, or one that is there in a run that may only read."""
    if not bench.plan.is_read_only:
        return bench.make(resource.name)
    for collection in bench.semantics.collections.values():
        if collection.resource != resource.name or collection.path or collection.needs_filter:
            continue
        rows = page(bench, collection, {}).items
        if rows:
            found = str(pointers.get(rows[0], resource.id))
            return Made(resource, found, None, rows[0], "", "", {}, (bench.caller.log[-1],))
    raise Unable(f"find a {resource.title}", "the run is --read-only, and no list shows one")


def _call(bench: Bench, read: Read, found: str) -> Exchange:
    return bench.call(read.operation, path={read.parameter: found})


def _any_case(report: Reporter, read: Read, made: Made) -> None:
    for spelled in (made.id.upper(), made.id.lower()):
        exchange = _call(report.bench, read, spelled)
        if exchange.answer.status != 200:
            report.found(
                "id-case-matters",
                Severity.MINOR,
                f"The id {spelled} is answered {exchange.answer.status}, {made.id} is there",
                subject="id",
                expected=200,
                got=exchange.answer.status,
                exchanges=(exchange,),
                rule="Ids are compared without regard to case.",
            )


def _misspelled(report: Reporter, read: Read, made: Made) -> None:
    """A text that is nearly the id of a record does not find it; numbers are not tried so."""
    bench = report.bench
    for how, spelled in _nearly(made):
        exchange = bench.call(read.operation, path=bench.path_to(read, spelled, made))
        value = exchange.answer.json
        shown = pointers.MISSING if value is NO_JSON else pointers.get(value, read.record)
        if exchange.answer.status < 300 and pointers.get(shown, made.resource.id) == made.id:
            report.found(
                "found-by-another-id",
                Severity.MAJOR,
                f"{read.operation} for {spelled!r} answers the {made.resource.title} {made.id}",
                subject=how,
                expected=made.resource.absent,
                got=exchange.answer.status,
                exchanges=(*made.exchanges[:1], exchange),
                about=("unknown", str(made.resource.absent)),
            )


def _nearly(made: Made) -> Iterator[tuple[str, str]]:
    """Ids close to that of a record, and how; in another case only where that is another one."""
    yield "cut short", made.id[:-1]
    yield "with more behind", f"{made.id}0"
    yield "with a blank behind", f"{made.id} "
    if made.resource.any_case is False:
        cases = (("in small letters", made.id.lower()), ("in capital letters", made.id.upper()))
        yield from (each for each in cases if each[1] != made.id)


def _unchanged_tag(report: Reporter, read: Read, made: Made) -> None:
    """The tag of an unchanged record is answered 304 where the contract declares that."""
    bench = report.bench
    names = {each.name.lower(): each.name for each in bench.operation.parameters_in("header")}
    if "if-none-match" not in names or 304 not in bench.operation.statuses:
        return
    path = bench.path_to(read, made.id, made)
    first = bench.call(read.operation, path=path)
    tag = first.answer.header("etag")
    if tag is None:
        return
    for sent, expected in ((tag, 304), ('"0123456789abcdef01234567"', 200)):
        again = bench.call(read.operation, path=path, headers={names["if-none-match"]: sent})
        if again.answer.status != expected:
            report.found(
                "if-none-match-ignored",
                Severity.MINOR,
                f"If-None-Match {sent} is answered {again.answer.status}, not {expected}",
                subject=str(expected),
                expected=expected,
                got=again.answer.status,
                exchanges=(first, again),
                rule="An `ETag` that was answered before; if the record is still the same, 304.",
            )
