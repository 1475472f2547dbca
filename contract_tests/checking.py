"""One run from the command line: what was asked, the run, and what is said and written of it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from contract_tests.baseline import (
    Baseline,
    BaselineError,
    read_baseline,
    updated,
    write_baseline,
)
from contract_tests.contract import ContractError
from contract_tests.pack import items_of
from contract_tests.plan import CONTRACT, Options, Plan, make_plan
from contract_tests.report import ReportError, check_kinds, json_text, write_reports
from contract_tests.report.terminal import Progress, summary
from contract_tests.results import Exit, RunResult
from contract_tests.running import run, unreachable
from contract_tests.semantics.proposing import propose

_MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line says beside the options of the plan."""

    max_time: float | None
    workers: int | None
    fail_fast: bool
    baseline: Path | None
    update_baseline: bool
    reports: tuple[str, ...]
    report_dir: Path
    as_json: bool


def check(
    *,
    spec: Path | None,
    semantics: Path | None,
    auth: Path | None,
    init: bool,
    url: str,
    **given: Any,
) -> Exit:
    """Judge as the flags say; the exit code. What cannot be used is one sentence on stderr."""
    try:
        if init:
            return propose(spec or CONTRACT, semantics)
        chosen = {field.name for field in fields(Options)} & given.keys()
        options = Options(
            url=url.rstrip("/"),
            spec=str(spec or CONTRACT),
            semantics=str(semantics) if semantics else None,
            auth=str(auth) if auth else None,
            **{name: given.pop(name) for name in chosen},
        )
        return _checked(make_plan(options), _Asked(**given))
    except (ContractError, BaselineError, ReportError) as error:
        click.echo(f"mockserver: {error}", err=True)
        return Exit.USAGE


def _checked(plan: Plan, asked: _Asked) -> Exit:
    check_kinds(asked.reports)
    baseline = _baseline(asked)
    gone = unreachable(plan.options.url)
    if gone:
        click.echo(f"mockserver: {gone} Is it running?", err=True)
        return Exit.UNREACHABLE
    result = _run(plan, asked, baseline)
    written = write_reports(result, asked.reports, asked.report_dir)
    if asked.as_json:
        click.echo(json_text(result))
    else:
        _tell(result, written)
    if asked.update_baseline and asked.baseline:
        today = datetime.now(UTC).date()
        filtered = bool(plan.options.only or plan.options.skip)
        write_baseline(updated(baseline, result, today, is_filtered=filtered), asked.baseline)
        click.echo(f"Baseline: {asked.baseline}", err=asked.as_json)
    return result.exit


def _tell(result: RunResult, written: list[Path]) -> None:
    click.echo(summary(result, is_styled=_is_styled(), report=_to_read(written)), nl=False)
    for path in written:
        click.echo(f"Report: {path}")


def _is_styled() -> bool:
    """Colours are for a terminal, unless NO_COLOR asks for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _to_read(written: list[Path]) -> Path | None:
    """The report for a person, if one was written."""
    ordered = sorted(written, key=lambda path: (".html", ".md", ".json", ".xml").index(path.suffix))
    return ordered[0] if ordered else None


def _run(plan: Plan, asked: _Asked, baseline: Baseline) -> RunResult:
    workers = asked.workers or min(_MOST_WORKERS, os.cpu_count() or 1)
    click.echo(
        f"Judging {plan.options.url} by {Path(plan.options.spec).name}: "
        f"{len(plan.operations)} operations, {len(items_of(plan))} checks, "
        f"profile {plan.profile.name}, seed {plan.seed}.",
        err=True,
    )
    progress = Progress(sys.stderr)
    try:
        return run(
            plan,
            workers=workers,
            seconds=asked.max_time,
            listener=progress,
            known=baseline.known(datetime.now(UTC).date()),
            fail_fast=asked.fail_fast,
        )
    finally:
        progress.close()


def _baseline(asked: _Asked) -> Baseline:
    if asked.baseline is None:
        if asked.update_baseline:
            raise BaselineError("--update-baseline needs --baseline FILE to say where.")
        return Baseline()
    if asked.update_baseline and not asked.baseline.exists():
        return Baseline()
    return read_baseline(asked.baseline)
