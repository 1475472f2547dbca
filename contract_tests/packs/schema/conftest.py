"""Schemathesis over the target: its schema object, and one full run of its command line."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema

from contract_tests.packs.schema.command_line import CommandLineRun, run_command_line
from contract_tests.plan import CONFIGURATION, Plan
from contract_tests.targets import Target


@pytest.fixture(scope="session")
def api(plan: Plan, target: Target) -> BaseSchema:
    """The contract as Schemathesis sees it, configured by the committed `schemathesis.toml`."""
    configuration = SchemathesisConfig.from_path(CONFIGURATION)
    configuration.update(seed=plan.seeds[0], max_failures=None)
    schema = schemathesis.openapi.from_path(plan.contract, config=configuration)
    schema.config.update(base_url=target.url)
    return schema


@pytest.fixture(scope="session")
def command_line_run(
    plan: Plan, target: Target, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> CommandLineRun:
    """One full run of `st run` with all four phases, over a world that is as it was grown."""
    target.reset()
    report: Path = tmp_path_factory.mktemp(f"seed-{seed}") / "events.ndjson"
    return run_command_line(plan.contract, target.url, seed, report)
