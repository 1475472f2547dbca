"""Our own server's admin API is held to its contract by the same engine: zero findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.packs.schema.command_line import run_command_line
from contract_tests.plan import CHECKOUT
from contract_tests.targets import open_target

CONTRACT = CHECKOUT / "mockserver" / "admin" / "openapi.yaml"
CONFIGURATION = CHECKOUT / "contract_tests" / "admin.toml"


@pytest.mark.xdist_group("admin")
@pytest.mark.parametrize("number", [1])
def test_the_command_line_finds_nothing(number: int, tmp_path: Path) -> None:
    """Exit code 0 against a server of our own, whatever is judged otherwise."""
    with open_target(None) as target:
        url = f"{target.url}/__admin"
        events = tmp_path / "events.ndjson"
        run = run_command_line(CONTRACT, url, number, events, CONFIGURATION)
    assert run.exit_code == 0, str(run)
