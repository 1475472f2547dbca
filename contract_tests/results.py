"""Results: what a run saw, item by item; reports are made of this and of nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from contract_tests.findings import Finding, Leftover, Unreached


class Outcome(StrEnum):
    """How an item ended.

    `skipped`: it could not be judged, `unreached` says why; `broken`: the target went away or the
    judge itself failed, `error` says how; `stopped`: time ended first.
    """

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    BROKEN = "broken"
    STOPPED = "stopped"


class Exit(IntEnum):
    """Exit codes of `mockserver check`."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREACHABLE = 3
    OUT_OF_TIME = 4


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What one pack saw of one operation; `seen` counts answers by operation and status.

    `requests` is their number, `first_finding_s` the seconds from the start of the run to the first
    finding (None without one).
    """

    pack: str
    operation: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    requests: int = 0
    seconds: float = 0.0
    seen: dict[tuple[str, int], int] = field(default_factory=dict)
    error: str = ""
    first_finding_s: float | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """A whole run: what was judged, how, and every item; `known` are fingerprints of a baseline.

    `statuses` are the declared statuses of each judged operation, for the heat map.
    """

    url: str
    contract: str
    contract_title: str
    profile: str
    seed: int
    packs: tuple[str, ...]
    started: str
    seconds: float
    items: tuple[ItemResult, ...]
    statuses: dict[str, tuple[int, ...]]
    labels: dict[str, str]
    known: frozenset[str] = frozenset()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every different finding that no baseline knows, the worst first."""
        return self._findings(is_known=False)

    @property
    def known_findings(self) -> tuple[Finding, ...]:
        """Every different finding that the baseline knows."""
        return self._findings(is_known=True)

    def _findings(self, *, is_known: bool) -> tuple[Finding, ...]:
        found: dict[str, Finding] = {}
        for item in self.items:
            for finding in item.findings:
                if (finding.fingerprint in self.known) is is_known:
                    found.setdefault(finding.fingerprint, finding)
        return tuple(sorted(found.values(), key=lambda f: (f.severity.rank, f.operation, f.code)))

    @property
    def unreached(self) -> tuple[Unreached, ...]:
        """What was not looked at, and why."""
        return tuple(dict.fromkeys(each for item in self.items for each in item.unreached))

    @property
    def leftovers(self) -> tuple[Leftover, ...]:
        """What the run made and could not remove."""
        return tuple(each for item in self.items for each in item.leftovers)

    @property
    def seen(self) -> Counter[tuple[str, int]]:
        """How often each operation answered with each status."""
        counted: Counter[tuple[str, int]] = Counter()
        for item in self.items:
            counted.update(item.seen)
        return counted

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return sum(item.requests for item in self.items)

    @property
    def exit(self) -> Exit:
        """The verdict as an exit code: a run that reached nothing is never clean."""
        if self.findings:
            return Exit.FINDINGS
        outcomes = Counter(item.outcome for item in self.items)
        if outcomes[Outcome.BROKEN]:
            return Exit.UNREACHABLE
        if outcomes[Outcome.STOPPED]:
            return Exit.OUT_OF_TIME
        # What failed has found nothing but what a baseline knows.
        is_judged = outcomes[Outcome.PASSED] or outcomes[Outcome.FAILED]
        return Exit.CLEAN if is_judged else Exit.USAGE
