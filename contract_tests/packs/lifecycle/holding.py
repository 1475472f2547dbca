"""What must hold of a record wherever it is seen: rows and faces say what the record says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.comparing import alike, is_allowed, unlike_in_common
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.records import Made
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import ExpressionError
from contract_tests.sightings import Sightings

Json = Any
Chain = tuple[Exchange, ...]


def shown_everywhere(report: Reporter, seen: Sightings, chain: Chain, why: str) -> None:
    """Every operation that should show the record does, and says what the record says."""
    for operation, sighting in seen.items():
        if sighting.item is pointers.MISSING:
            made = sighting.made
            status = sighting.exchange.answer.status
            report.found(
                "not-shown",
                Severity.CRITICAL,
                f"{operation} does not show the {made.resource.title} {made.id} {why}",
                subject=operation,
                expected=f"{made.resource.title} {made.id} in the answer of {operation}",
                got=f"status {status}, without it",
                exchanges=(*chain, sighting.exchange),
                operation=operation if operation in report.bench.contract.operations else "",
            )
    _one_record(report, seen, chain)


def _one_record(report: Reporter, seen: Sightings, chain: Chain) -> None:
    """What different operations say of the same resource agrees."""
    collections = report.bench.semantics.collections
    first: dict[str, str] = {}
    for operation, sighting in seen.items():
        if sighting.item is pointers.MISSING:
            continue
        reference = first.setdefault(sighting.made.resource.name, operation)
        differs = collections[operation].differs if operation in collections else ()
        record = seen[reference].item
        for place, expected, got in unlike_in_common(record, sighting.item):
            if is_allowed(place, differs):
                continue
            report.found(
                "shown-otherwise",
                Severity.MAJOR,
                f"{operation} shows {place} of {sighting.made.resource.title} "
                f"{sighting.made.id} as {show(got)}, {reference} as {show(expected)}",
                subject=f"{operation} {place}",
                expected=expected,
                got=got,
                exchanges=(*chain, seen[reference].exchange, sighting.exchange),
                operation=operation if operation in report.bench.contract.operations else "",
            )


def same_through_faces(
    report: Reporter, made: Made, faces: Mapping[str, Made], seen: Sightings, chain: Chain
) -> None:
    """Members that are declared to be the same in another part of the API are."""
    record = _record(seen, made.resource.name)
    for name, face in made.resource.faces.items():
        for operation, sighting in seen.items():
            if name in faces and sighting.made.resource.name == name and record is not None:
                _same(report, record, face.same, (operation, sighting.item), chain, seen)


def _same(
    report: Reporter,
    record: Json,
    same: Mapping[str, str],
    other: tuple[str, Json],
    chain: Chain,
    seen: Sightings,
) -> None:
    operation, item = other
    for pointer, source in same.items():
        got = pointers.get(item, pointer)
        if got is pointers.MISSING:
            continue
        expected = _value(report.bench, source, record)
        if expected is not pointers.MISSING and not alike(expected, got):
            report.found(
                "face-differs",
                Severity.MAJOR,
                f"{operation} shows {pointer} {show(got)} where the record has {show(expected)}",
                subject=f"{operation} {pointer}",
                expected=expected,
                got=got,
                exchanges=(*chain, seen[operation].exchange),
                rule=f"The same record is shown there: {pointer} is {source}.",
            )


def _value(bench: Bench, source: str, record: Json) -> Json:
    if source.startswith("/"):
        return pointers.get(record, source)
    try:
        return bench.expressions.evaluate(source, bench.scope(record=record))
    except ExpressionError:
        return pointers.MISSING


def _record(seen: Sightings, resource: str) -> Json:
    for sighting in seen.values():
        if sighting.made.resource.name == resource and sighting.item is not pointers.MISSING:
            return sighting.item
    return None


def reflected(report: Reporter, dependent: Made, chain: Chain, seen: Sightings) -> None:
    """A record shows of what it was made for what that is now."""
    names = {name: each.names for name, each in dependent.needs.items()}
    for pointer, expression in dependent.resource.reflects.items():
        expected = report.bench.expressions.evaluate(expression, report.bench.scope(**names))
        for operation, sighting in seen.items():
            got = pointers.get(sighting.item, pointer) if sighting.item else pointers.MISSING
            if got is not pointers.MISSING and not alike(expected, got):
                report.found(
                    "stale-copy",
                    Severity.MAJOR,
                    f"{operation} shows {pointer} {show(got)}, which is {show(expected)} by now",
                    subject=f"{operation} {pointer}",
                    expected=expected,
                    got=got,
                    exchanges=(*chain, sighting.exchange),
                    rule=f"{pointer} of a {dependent.resource.title} is {expression}.",
                )


def untouched(
    report: Reporter,
    before: Sightings,
    after: Sightings,
    chain: Chain,
    *,
    what: str,
    because: str,
    subject: str = "",
    moves: tuple[str, ...] = (),
) -> bool:
    """A record is everywhere as it was; a difference is put down under the code `what`."""
    is_same = True
    for operation, sighting in before.items():
        now = after.get(operation)
        if now is None:
            continue
        for place, expected, got in pointers.differences(sighting.item, now.item):
            if is_allowed(place, moves):
                continue
            is_same = False
            title = sighting.made.resource.title
            report.found(
                what,
                Severity.CRITICAL,
                f"{because} moved {place or title} of {title} {sighting.made.id} "
                f"from {show(expected)} to {show(got)} ({operation})",
                subject=f"{subject} {place or operation}".strip(),
                expected=expected,
                got=got,
                exchanges=(*chain, now.exchange),
            )
            break
    return is_same
