"""Absence: what names nothing is answered as declared, by every operation that takes an id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_tests.calling import NO_BODY
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.reporter import Reporter
from contract_tests.semantics import Read, Resource, Update

Json = Any


def judge_unknown(
    report: Reporter, absent: int, call: Callable[[str], Exchange], unknown: str = "", why: str = ""
) -> None:
    """A call for an id that names nothing is answered with the declared status."""
    operation = report.bench.operation.name
    found = unknown or _unknown(report)
    exchange = call(found)
    status = exchange.answer.status
    if status == absent:
        return
    report.found(
        "absent-otherwise",
        Severity.CRITICAL if status < 300 and absent >= 400 else Severity.MAJOR,
        f"{operation} for {found}, which {why or 'names nothing'}, answers {status}, not {absent}",
        subject=why or "unknown id",
        expected=absent,
        got=status,
        exchanges=(exchange,),
        about=("unknown", str(absent)),
    )


def judge_elsewhere(
    report: Reporter, resource: Resource, part: Read | Update, absent: int, body: Json = NO_BODY
) -> None:
    """A nested record is found beside its own owner alone, and one that is nothing nowhere."""
    bench = report.bench
    if not part.path or resource.create is None or bench.plan.is_read_only:
        return
    made, other = bench.make(resource.name), bench.make(resource.name)
    for found, why in ((resource.unknown, "names nothing"), (made.id, "lies elsewhere")):
        path = bench.path_to(part, found, other)
        exchange = bench.call(part.operation, path=path, body=body)
        status = exchange.answer.status
        if status != absent:
            report.found(
                "absent-otherwise",
                Severity.CRITICAL if status < 300 and absent >= 400 else Severity.MAJOR,
                f"{part.operation} for {found}, which {why}, answers {status}, not {absent}",
                subject=why,
                expected=absent,
                got=status,
                exchanges=(*made.exchanges[:1], *other.exchanges[:1], exchange),
                about=("unknown", str(absent)),
            )


def _unknown(report: Reporter) -> str:
    operation = report.bench.operation.name
    for resource in report.bench.semantics.resources.values():
        parts = (resource.read, *resource.views, resource.update, resource.delete)
        used = [part.operation for part in (*parts, *resource.actions.values()) if part]
        if operation in used:
            return resource.unknown
    return ""
