"""`st run` as it comes, all checks and all phases, is clean on the mock of a plain document."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from mockserver.background import background_server
from tests.serving.served import BASE, CONTRACTS

NOTES = str(CONTRACTS / "notes.yaml")


def test_stock_schemathesis_finds_nothing_in_a_mock(tmp_path: Path) -> None:
    with background_server(replace(BASE, documents=(NOTES,))) as url:
        command = [sys.executable, "-m", "schemathesis.cli", "run", NOTES, "--url", url]
        options = ["--seed", "1", "--checks", "all", "--max-examples", "30"]
        done = subprocess.run(
            [*command, *options], cwd=tmp_path, capture_output=True, check=False, text=True,
            timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
    assert "Stateful" in done.stdout
    assert "No issues found" in done.stdout
