"""The command line of Schemathesis: one full run, its verdict, and what it really sent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract_tests.plan import CHECKOUT, CONFIGURATION

# A run takes about half a minute; one that hangs shall end before the build does.
_PATIENCE_S = 600
_LONGEST_OUTPUT = 8000


@dataclass(frozen=True, slots=True)
class CommandLineRun:
    """A finished run: how it ended, what it printed, and the events it recorded."""

    command: tuple[str, ...]
    exit_code: int
    output: str
    report: Path

    def statuses(self) -> dict[str, set[int]]:
        """Which statuses each operation was answered, by its label (`GET /v1/customers`)."""
        seen: dict[str, set[int]] = defaultdict(set)
        for label, status in _answers(self.report):
            seen[label].add(status)
        return seen

    def __str__(self) -> str:
        """What a person needs: the command, the first findings and the summary."""
        return f"{' '.join(self.command)}\nexit code {self.exit_code}\n\n{_shortened(self.output)}"


def run_command_line(
    contract: Path,
    url: str,
    seed: int,
    report: Path,
    configuration: Path = CONFIGURATION,
    *more: str,
) -> CommandLineRun:
    """Run `st run` with a committed configuration; `more` are further options.

    The same seed draws the same requests: hashing is fixed, and neither a database nor a cache
    is kept from one run to the next.
    """
    options = ["--url", url, "--checks", "all", "--seed", str(seed), "--no-color"]
    reports = ["--report", "ndjson", "--report-ndjson-path", str(report)]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "--config-file",
            str(configuration),
            "run",
            str(contract),
            *options,
            *more,
            *reports,
        ],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE_S,
        check=False,
    )
    command = ("st", "run", contract.name, *options)
    return CommandLineRun(command, done.returncode, done.stdout + done.stderr, report)


def _answers(report: Path) -> Iterator[tuple[str, int]]:
    """Label and status of every request that was answered."""
    with report.open(encoding="utf-8") as lines:
        for line in lines:
            recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder")
            if recorder:
                yield from _recorded(recorder)


def _recorded(recorder: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for case_id, interaction in recorder.get("interactions", {}).items():
        case = recorder.get("cases", {}).get(case_id)
        if case and interaction.get("response"):
            sent = case["value"]
            yield f"{sent['method']} {sent['path']}", interaction["response"]["status_code"]


def _shortened(output: str) -> str:
    """The first findings and the summary of a long output."""
    findings, line, summary = output.rpartition("= SUMMARY =")
    if len(findings) > _LONGEST_OUTPUT:
        findings = findings[:_LONGEST_OUTPUT] + "\n… (shortened)\n\n"
    return findings + line + summary[-_LONGEST_OUTPUT:]
