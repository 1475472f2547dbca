"""`st run openapi.yaml --url …` with all checks and all phases is clean, whatever the seed."""

from __future__ import annotations

import pytest

from contract_tests.packs.schema.command_line import CommandLineRun
from contract_tests.plan import Plan


def test_the_command_line_finds_nothing(command_line_run: CommandLineRun) -> None:
    """Exit code 0: no failure, no error, and none of the warnings that mean a blind run."""
    assert command_line_run.exit_code == 0, str(command_line_run)


def test_every_operation_is_reached(command_line_run: CommandLineRun, plan: Plan) -> None:
    """A clean run proves nothing about an operation that never succeeded: each was answered 2xx."""
    seen = command_line_run.statuses()
    unreached = {
        operation.label: sorted(seen[operation.label])
        for operation in plan.operations
        if not any(200 <= status < 300 for status in seen[operation.label])
    }
    if unreached:
        listed = "\n".join(f"  {label}: {statuses}" for label, statuses in unreached.items())
        pytest.fail(f"never answered 2xx in {' '.join(command_line_run.command)}:\n{listed}")
