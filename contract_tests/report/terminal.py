"""The terminal: what a run says while it goes on and at its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

import click

from contract_tests.findings import Finding, Severity
from contract_tests.report.concealing import concealed, without_secrets
from contract_tests.report.legible import compact, counted, duration, one_line
from contract_tests.report.tables import Gap, gaps
from contract_tests.report.verdict import counts_line, label, rerun, verdict_of
from contract_tests.results import ItemResult, RunResult

_COLOURS = {Severity.CRITICAL: "red", Severity.MAJOR: "yellow", Severity.MINOR: "cyan"}
_TONES = {"clean": "green", "faults": "red", "nothing": "yellow", "unfinished": "yellow"}
_MOST_GAPS = 12
_MOST_LEFTOVERS = 12
_MOST_FINDINGS = 50
_MOST_STEPS = 30
_BAR = 20
_SILENCE_S = 60
_ERASE = "\r\x1b[2K"

Paint = Callable[..., str]


def summary(result: RunResult, *, is_styled: bool = False, report: Path | None = None) -> str:
    """What is said at the end of a run; `report` is where the rest can be read."""
    result = without_secrets(result)
    paint = click.style if is_styled else _unpainted
    verdict = verdict_of(result)
    more = f"See {report}." if report else "Ask for --report html to see it."
    lines = [paint(one_line(verdict.headline), fg=_TONES[verdict.tone], bold=True)]
    lines += [one_line(note) for note in verdict.notes]
    for severity in Severity:
        lines += _group(result, severity, paint, more)
    lines += _not_reached(result, more)
    lines += _leftovers(result, more)
    return "\n".join([*lines, "", counts_line(result)]) + "\n"


def explained(finding: Finding) -> str:
    """One finding by itself, with every request of its chain: the message of a failed test."""
    told = concealed(finding)
    lines = [
        f"{told.severity}: {one_line(told.title)}",
        f"  [{told.code}, {told.operation or 'the whole contract'}, {told.fingerprint}]",
        f"rule      {one_line(told.rule)} ({one_line(told.source, 120)})",
        f"expected  {one_line(compact(told.expected), 1_000)}",
        f"got       {one_line(compact(told.got), 1_000)}",
    ]
    lines += [f"  {one_line(each.curl, 2_000)}" for each in told.exchanges[-_MOST_STEPS:]]
    return "\n".join(lines)


class Progress:
    """Tells how far a run is: a bar with a line on a terminal, a line for each tenth elsewhere.

    Elsewhere, no more than a minute and the time of one check pass without a line.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        is_terminal: bool | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty() if is_terminal is None else is_terminal
        self._now = now
        self._started = now()
        self._found: set[str] = set()
        self._tenth = 0
        self._told = self._started
        self._is_open = False

    def item_finished(self, item: ItemResult, done: int, total: int) -> None:
        """An item has ended, the `done`th of `total`."""
        self._found.update(finding.fingerprint for finding in item.findings)
        at = self._now()
        line = self._line(item, done, total, at - self._started)
        tenth = 10 * done // total if total else 10
        if self._is_terminal:
            self._is_open = done < total
            self._stream.write(f"{_ERASE}{_bar(done, total)}{line}" + "\n" * (not self._is_open))
        elif tenth > self._tenth or at - self._told >= _SILENCE_S:
            self._stream.write(f"{line}\n")
        else:
            return
        self._tenth, self._told = tenth, at
        self._stream.flush()

    def close(self) -> None:
        """Leave the line of a run that ends early as it stands."""
        if self._is_open:
            self._is_open = False
            self._stream.write("\n")
            self._stream.flush()

    def _line(self, item: ItemResult, done: int, total: int, seconds: float) -> str:
        width = len(str(total))
        took = duration(seconds)
        found = counted(len(self._found), "finding")
        return f"{done:>{width}}/{total} checks, {found}, {took}  {one_line(item.pack, 30)}"


def _bar(done: int, total: int) -> str:
    filled = _BAR * done // total if total else _BAR
    return f"[{'#' * filled}{'.' * (_BAR - filled)}] "


def _unpainted(text: str, **_styles: object) -> str:
    return text


def _group(result: RunResult, severity: Severity, paint: Paint, more: str) -> Iterator[str]:
    group = [finding for finding in result.findings if finding.severity is severity]
    if group:
        yield ""
        title = f"{severity.value.capitalize()} ({len(group)})"
        yield paint(title, fg=_COLOURS[severity], bold=True)
    for finding in group[:_MOST_FINDINGS]:
        yield from _finding(result, finding, paint)
    if len(group) > _MOST_FINDINGS:
        yield f"  {len(group) - _MOST_FINDINGS} more. {more}"


def _finding(result: RunResult, finding: Finding, paint: Paint) -> Iterator[str]:
    where = one_line(label(result, finding.operation))
    yield f"  {paint(one_line(finding.title), bold=True)}"
    yield f"    {where}  [{finding.code}, {finding.fingerprint}]"
    yield f"    rule      {one_line(finding.rule)} ({one_line(finding.source, 120)})"
    yield f"    expected  {one_line(compact(finding.expected))}"
    yield f"    got       {one_line(compact(finding.got))}"
    if finding.exchanges:
        before = len(finding.exchanges) - 1
        after = f"  (after {counted(before, 'request')})" if before else ""
        yield f"    see it    {one_line(finding.exchanges[-1].curl, 1_000)}{after}"
    if again := rerun(result, finding):
        yield f"    again     {one_line(again, 1_000)}"


def _not_reached(result: RunResult, more: str) -> Iterator[str]:
    found = gaps(result)
    if not found:
        return
    yield ""
    yield f"Not reached ({len(found)})"
    for gap in found[:_MOST_GAPS]:
        yield f"  {_gap(result, gap)}"
    if len(found) > _MOST_GAPS:
        yield f"  {counted(len(found) - _MOST_GAPS, 'more reason')}. {more}"


def _gap(result: RunResult, gap: Gap) -> str:
    where = label(result, gap.operations[0])
    if len(gap.operations) > 1:
        where = counted(len(gap.operations), "operation")
    return one_line(f"{gap.pack}: {gap.what} ({where}): {gap.why}")


def _leftovers(result: RunResult, more: str) -> Iterator[str]:
    if not result.leftovers:
        return
    yield ""
    yield f"Left behind ({len(result.leftovers)})"
    for each in result.leftovers[:_MOST_LEFTOVERS]:
        yield f"  {one_line(f'{each.resource} {each.id}: {each.why}')}"
    if len(result.leftovers) > _MOST_LEFTOVERS:
        yield f"  {len(result.leftovers) - _MOST_LEFTOVERS} more. {more}"
