"""Shapes: Schemathesis over each operation, with every check and every phase.

Nothing enters that Schemathesis has itself; this starts it and reads what it recorded.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from contract_tests.bench import Bench
from contract_tests.findings import Severity
from contract_tests.pack import Pack
from contract_tests.packs.schema.engine import EngineRun, Failed, configured, run_engine
from contract_tests.plan import Plan
from contract_tests.records import OutOfTime, Unable

_MOST_S = 600.0
_SEVERITIES = {"critical": Severity.CRITICAL, "high": Severity.MAJOR, "medium": Severity.MAJOR}


def _operations(plan: Plan) -> tuple[str, ...]:
    return plan.operations


def _judge(bench: Bench) -> None:
    """Examples, coverage and fuzzing of one operation; the first one also has the journeys."""
    if bench.plan.is_read_only and not bench.operation.is_safe:
        raise Unable("send anything", "it writes, and the run is --read-only")
    examples = str(bench.plan.profile.examples)
    alone = ["--include-operation-id", bench.operation.name, "--max-examples", examples]
    _run(bench, [*alone, "--phases", "examples,coverage,fuzzing"])
    if bench.operation.name == bench.plan.operations[0] and not bench.plan.is_read_only:
        _journeys(bench)


def _journeys(bench: Bench) -> None:
    """Journeys along the links of the contract, through every operation."""
    left_out = sorted(bench.plan.left_out)
    without = [part for name in left_out for part in ("--exclude-operation-id", name)]
    most = str(bench.plan.profile.journeys)
    _run(bench, [*without, "--max-examples", most, "--phases", "stateful"])


def _run(bench: Bench, options: list[str]) -> None:
    contract = bench.contract.document.path
    headers = [part for pair in bench.target.headers for part in ("-H", ": ".join(pair))]
    rate = ["--rate-limit", f"{bench.plan.rate:g}/s"] if bench.plan.rate else []
    most_s = _MOST_S if bench.deadline is None else bench.deadline - time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configuration = configured(contract, bench.plan.credentials, folder)
        more = ["--seed", str(bench.plan.seed), *headers, *rate, *options]
        try:
            run = run_engine(contract, bench.target.url, configuration, folder, more, most_s)
        except subprocess.TimeoutExpired as error:
            raise OutOfTime from error
    _tell(bench, run)


def _tell(bench: Bench, run: EngineRun) -> None:
    names = {operation.label: operation.name for operation in bench.contract.operations.values()}
    for label, status in run.seen:
        if label in names:
            bench.caller.seen[names[label], status] += 1
    bench.requests_elsewhere += len(run.seen)
    told = set()
    for failed in run.failures:
        key = failed.label, failed.code
        if key not in told:
            told.add(key)
            _found(bench, failed, names.get(failed.label, bench.operation.name))
    if run.exit_code and not run.failures:
        bench.unreached("all of it", f"Schemathesis says: {_last_words(run.output)}")


def _found(bench: Bench, failed: Failed, operation: str) -> None:
    severity = _SEVERITIES.get(failed.severity, Severity.MINOR)
    said, _, wanted = failed.message.rpartition("\nDocumented: ")
    bench.found(
        failed.code.lower(),
        severity,
        f"{failed.title}: {failed.message.splitlines()[0] if failed.message else failed.check}",
        rule=f"Check `{failed.check}` of Schemathesis; `st explain {failed.code}` tells more.",
        source=f"{bench.contract.document.path.name}, {failed.label}",
        expected=wanted or failed.title,
        got=said or failed.message,
        exchanges=failed.exchanges,
        subject=failed.check,
        operation=operation,
    )


def _last_words(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip("= ")]
    return " ".join(lines[-6:])[:500]


PACK = Pack(
    "schema",
    "every answer has a documented status and shape (Schemathesis, all checks and phases)",
    _operations,
    _judge,
)
