"""Tables of a run: packs by severity, operations by status, cases, and what was not reached."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from contract_tests.findings import Finding, Severity, Unreached
from contract_tests.results import ItemResult, Outcome, RunResult

_WORST_FIRST = (
    Outcome.BROKEN,
    Outcome.FAILED,
    Outcome.STOPPED,
    Outcome.PASSED,
    Outcome.SKIPPED,
)


@dataclass(frozen=True, slots=True)
class PackRow:
    """One pack: how many findings of each severity, and what it took."""

    pack: str
    found: dict[Severity, int]
    known: int
    checks: int
    judged: int
    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Cell:
    """How often an operation answered with a status, and whether the contract declares it."""

    status: int
    count: int
    is_declared: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One operation: its cells by status, and the fingerprints of its findings."""

    operation: str
    cells: dict[int, Cell]
    findings: tuple[Finding, ...]

    def where(self, *, is_declared: bool, is_seen: bool) -> tuple[Cell, ...]:
        """The cells of one kind, by status."""
        cells = (self.cells[status] for status in sorted(self.cells))
        return tuple(c for c in cells if c.is_declared == is_declared and bool(c.count) == is_seen)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything one pack saw of one operation, however many items it took."""

    pack: str
    operation: str
    items: tuple[ItemResult, ...]

    @property
    def outcome(self) -> Outcome:
        """The outcome of the worst item; a case is skipped when all of it was."""
        outcomes = {item.outcome for item in self.items}
        return next(each for each in _WORST_FIRST if each in outcomes)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Its different findings, the worst first."""
        found = {f.fingerprint: f for item in self.items for f in item.findings}
        return tuple(sorted(found.values(), key=lambda f: (f.severity.rank, f.code, f.fingerprint)))

    @property
    def seconds(self) -> float:
        """How long it took."""
        return math.fsum(item.seconds for item in self.items)


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason why something was not reached, with every operation that it concerns."""

    pack: str
    what: str
    why: str
    operations: tuple[str, ...]


def pack_rows(result: RunResult) -> tuple[PackRow, ...]:
    """A row for each pack, in the order of the run; a pack that only findings name comes last."""
    every = (*result.findings, *result.known_findings)
    names = dict.fromkeys(
        (*result.packs, *(i.pack for i in result.items), *sorted({f.pack for f in every}))
    )
    return tuple(_pack_row(result, name) for name in names)


def cases(result: RunResult) -> tuple[Case, ...]:
    """One case for each pack and operation, sorted."""
    grouped: dict[tuple[str, str], list[ItemResult]] = {}
    for item in result.items:
        grouped.setdefault((item.pack, item.operation), []).append(item)
    return tuple(Case(*key, tuple(grouped[key])) for key in sorted(grouped))


def heat_rows(result: RunResult) -> tuple[HeatRow, ...]:
    """A row for each operation of the run, in the order of the contract."""
    seen, every = result.seen, result.findings
    names = dict.fromkeys((*result.statuses, *sorted(operation for operation, _ in seen)))
    rows = []
    for name in names:
        declared = result.statuses.get(name, ())
        statuses = sorted({*declared, *(status for each, status in seen if each == name)})
        cells = {each: Cell(each, seen[name, each], each in declared) for each in statuses}
        rows.append(HeatRow(name, cells, tuple(f for f in every if f.operation == name)))
    return tuple(rows)


def gaps(result: RunResult) -> tuple[Gap, ...]:
    """What was not reached, grouped by reason; items that broke or ran out of time are named."""
    grouped: dict[tuple[str, str, str], dict[str, None]] = {}
    for each in (*result.unreached, *_unsaid(result)):
        grouped.setdefault((each.pack, each.what, each.why), {})[each.operation] = None
    order = {pack: index for index, pack in enumerate(result.packs)}
    found = (Gap(*key, tuple(operations)) for key, operations in grouped.items())
    return tuple(sorted(found, key=lambda g: (order.get(g.pack, len(order)), g.what, g.why)))


def _unsaid(result: RunResult) -> list[Unreached]:
    """The items that were not judged and give no reason of their own."""
    reasons = {
        Outcome.BROKEN: "the check broke off",
        Outcome.STOPPED: "the time budget ended first",
        Outcome.SKIPPED: "no reason was given",
    }
    judged = {item.pack for item in result.items}
    nothing = "it has nothing to judge in what was chosen"
    empty = [Unreached(p, "", "the whole pack", nothing) for p in result.packs if p not in judged]
    return empty + [
        Unreached(item.pack, item.operation, "the whole check", item.error or reasons[item.outcome])
        for item in result.items
        if item.outcome in reasons and (item.error or not item.unreached)
    ]


def _pack_row(result: RunResult, pack: str) -> PackRow:
    items = [item for item in result.items if item.pack == pack]
    found = Counter(f.severity for f in result.findings if f.pack == pack)
    return PackRow(
        pack,
        {severity: found[severity] for severity in Severity},
        sum(f.pack == pack for f in result.known_findings),
        len(items),
        sum(item.outcome in (Outcome.PASSED, Outcome.FAILED) for item in items),
        sum(item.requests for item in items),
        math.fsum(item.seconds for item in items),
    )
