"""The verdict: what a run says in one sentence, and how to run a part of it again."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from contract_tests.findings import Finding, Severity
from contract_tests.plan import CONTRACT
from contract_tests.report.legible import counted, duration
from contract_tests.results import Exit, ItemResult, Outcome, RunResult

_WITHOUT_SERVER = ("traffic", "diff")
_JUDGED = (Outcome.PASSED, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`tone` is clean, faults, nothing or unfinished; `notes` are further sentences."""

    tone: str
    headline: str
    notes: tuple[str, ...]


def verdict_of(result: RunResult) -> Verdict:
    """What a run says; only a run that judged something can be clean."""
    tone, headline = _headline(result)
    return Verdict(tone, headline, tuple(_notes(result)))


def severities(findings: Iterable[Finding]) -> str:
    """How many of each severity, the worst first: `1 critical, 2 major`."""
    found = Counter(finding.severity for finding in findings)
    return ", ".join(f"{found[severity]} {severity}" for severity in Severity if found[severity])


def label(result: RunResult, operation: str) -> str:
    """An operation by method and path, as far as the run knows it."""
    return result.labels.get(operation) or operation or "the whole contract"


def rerun(result: RunResult, finding: Finding) -> str:
    """The line that judges only what a finding is about, with its seed.

    Nothing for what was found in traffic or documents: there is no server to judge again.
    """
    if finding.pack in _WITHOUT_SERVER:
        return ""
    parts = ["mockserver", "check", "--url", result.url]
    if result.contract not in ("", CONTRACT.name, str(CONTRACT)):
        parts += ["--spec", result.contract]
    if result.profile not in ("", "standard"):
        parts += ["--profile", result.profile]
    parts += ["--packs", finding.pack]
    if finding.operation:
        parts += ["--only", finding.operation]
    return shlex.join([*parts, "--seed", str(finding.seed or result.seed)])


def counts_line(result: RunResult) -> str:
    """The size of a run in one line."""
    outcomes = Counter(item.outcome for item in result.items)
    ended = ", ".join(f"{outcomes[each]} {each}" for each in Outcome if outcomes[each])
    return (
        f"{counted(len(result.items), 'check')} ({ended or 'none'}), "
        f"{counted(result.requests, 'request')}, {duration(result.seconds)}, seed {result.seed}"
    )


def _headline(result: RunResult) -> tuple[str, str]:
    outcomes = Counter(item.outcome for item in result.items)
    where = counted(_operations(result), "operation")
    if found := result.findings:
        faults = counted(len(found), "fault")
        return "faults", f"{faults} found in {where}: {severities(found)}."
    if result.exit is Exit.UNREACHABLE:
        broken = counted(outcomes[Outcome.BROKEN], "check")
        return "unfinished", f"Not finished: {broken} of {len(result.items)} could not be run."
    if result.exit is Exit.OUT_OF_TIME:
        done = len(result.items) - outcomes[Outcome.STOPPED]
        checks = counted(len(result.items), "check")
        return "unfinished", f"Not finished: time ended after {done} of {checks}; no fault so far."
    if result.exit is Exit.CLEAN:
        passed = counted(sum(outcomes[each] for each in _JUDGED), "check")
        return "clean", f"Clean: {passed} of {where} found no fault."
    if not result.items:
        return "nothing", "Nothing was proved: nothing was chosen to be judged."
    skipped = counted(len(result.items), "check")
    return "nothing", f"Nothing was proved: none of {skipped} could be carried out."


def _notes(result: RunResult) -> Iterable[str]:
    if known := len(result.known_findings):
        yield f"{counted(known, 'known fault')} of the baseline {_is(known)} not counted."
    outcomes = Counter(item.outcome for item in result.items)
    if result.findings and (stopped := outcomes[Outcome.STOPPED]):
        yield f"Time ended before {counted(stopped, 'check')}; there may be more."
    if broken := outcomes[Outcome.BROKEN]:
        yield f"{counted(broken, 'check')} broke off: {_first_error(result.items)}"
    if skipped := outcomes[Outcome.SKIPPED]:
        yield f"{counted(skipped, 'check')} {_is(skipped)} not judged; the reasons are below."
    if left := len(result.leftovers):
        yield f"{counted(left, 'record')} made by this run could not be removed."


def _first_error(items: Iterable[ItemResult]) -> str:
    return next((item.error for item in items if item.error), "no reason was given.")


def _operations(result: RunResult) -> int:
    judged = {item.operation for item in result.items if item.outcome in _JUDGED}
    return len(judged - {""}) or len(result.labels)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
