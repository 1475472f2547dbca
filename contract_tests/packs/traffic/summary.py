"""What some traffic showed, as text for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from contract_tests.findings import Finding
from contract_tests.report.concealing import without_secrets
from contract_tests.report.legible import compact, one_line
from contract_tests.results import Exit, RunResult

_MOST_UNREACHED = 12


def summary(result: RunResult) -> str:
    """The findings, the worst first; what was not seen; and the verdict as the last line."""
    result = without_secrets(result)
    lines: list[str] = []
    for finding in result.findings:
        lines += [*_told(result, finding), ""]
    unreached = list(_unreached(result))
    if unreached:
        lines += ["not seen:", *unreached, ""]
    return "\n".join([*lines, _verdict(result)])


def spoken(label: str, finding: Finding) -> str:
    """A finding as it is said while traffic goes by; nothing in it can steer a terminal."""
    said = one_line(f"{label}: {finding.title}", 400)
    return f"{finding.severity:<8}  {finding.code}  {said}"


def _told(result: RunResult, finding: Finding) -> Iterator[str]:
    yield spoken(result.labels.get(finding.operation, finding.operation), finding)
    yield f"  rule      {one_line(finding.rule)}"
    yield f"            {one_line(finding.source)}"
    yield f"  expected  {one_line(compact(finding.expected))}"
    yield f"  got       {one_line(compact(finding.got))}"
    if finding.exchanges:
        yield f"  {one_line(finding.exchanges[-1].curl, 2_000)}"


def _unreached(result: RunResult) -> Iterator[str]:
    whole = [each for each in result.unreached if each.what == "the operation"]
    if whole:
        yield f"  {len(whole)} operations: {', '.join(each.operation for each in whole)}"
    statuses = defaultdict(list)
    for each in result.unreached:
        if each.what.startswith("status "):
            statuses[each.operation].append(each.what.removeprefix("status "))
    listed = [f"  {name}: status {', '.join(found)}" for name, found in statuses.items()]
    yield from listed[:_MOST_UNREACHED]
    if len(listed) > _MOST_UNREACHED:
        yield f"  and statuses of {len(listed) - _MOST_UNREACHED} more operations"
    others = defaultdict(list)
    for each in result.unreached:
        if not each.what.startswith(("status ", "the operation")):
            others[each.operation, each.why].append(each.what)
    told = [one_line(f"{name}: {', '.join(what)}: {why}") for (name, why), what in others.items()]
    yield from (f"  {line}" for line in told[:_MOST_UNREACHED])
    if len(told) > _MOST_UNREACHED:
        yield f"  and {len(told) - _MOST_UNREACHED} more like these; a report lists all"


def _verdict(result: RunResult) -> str:
    met = len({name for name, _ in result.seen})
    counts = f"{sum(result.seen.values())} exchanges, {met} of {len(result.labels)} operations met"
    if result.exit is Exit.USAGE:
        return f"Nothing was judged: no exchange met an operation of {result.contract}."
    if not result.findings:
        return f"The traffic keeps the contract: {counts}."
    return f"{len(result.findings)} findings: {counts}."
