"""Whoever kills a run, as a cancelled job of a CI does, need not look for its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.judge.foreign.library import Library
from tests.judge.foreign.serving import CONTRACTS, serving

PATIENCE_S = 60
SPEC = str(CONTRACTS / "library.yaml")


def _until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def _judges(pid: int) -> list[int]:
    """The processes that judge for a run."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    return [child for child, command in commands.items() if b"spawn_main" in command]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_its_processes_end_with_it() -> None:
    with serving(Library()) as url:
        words = ["check", "--url", url, "--spec", SPEC, "--profile", "deep", "--workers", "2"]
        run = subprocess.Popen(
            [sys.executable, "-m", "mockserver", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _until(lambda: len(_judges(run.pid)) == 2, "two processes judge")
            judges = _judges(run.pid)
        finally:
            os.kill(run.pid, signal.SIGKILL)
            run.wait()
        _until(lambda: not any(map(_runs, judges)), f"{judges} have ended")
