"""One recorded world for the whole run, and the tools of `examples/frontend` where installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from mockserver.export.dataset import Dataset, record
from mockserver.export.recipe import Recipe

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "examples" / "frontend"
EXPORT = ROOT / "fixtures" / "export"
PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Tools:
    """What `npm ci` has put into `examples/frontend/node_modules`."""

    bin: Path = FRONTEND / "node_modules" / ".bin"

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a tool to its end in `examples/frontend`, with further environment variables."""
        return subprocess.run(
            self.command(*command),
            cwd=FRONTEND,
            env=environment(variables),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    def command(self, name: str, *arguments: str) -> list[str]:
        """How a tool is called."""
        return [str(self.bin / name), *arguments]


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The environment of a tool: ours, without colours."""
    return {**os.environ, "NO_COLOR": "1", "CI": "1", **variables}


@pytest.fixture(scope="session")
def tools() -> Tools:
    """The tools, or a skip that says how to get them."""
    found = Tools()
    if not (found.bin / "vite").exists() or shutil.which("node") is None:
        pytest.skip("examples/frontend/node_modules is not installed: make frontend")
    return found


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The world of the committed export."""
    return record(Recipe())
