"""Schemathesis' command line in a process of its own, without the second that its imports take.

Each run is forked from a process that has imported Schemathesis and has drawn nothing, so that
every run begins alike. Where the system cannot fork, each run imports anew.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path

_SAID = "said.txt"
_HASHING = "PYTHONHASHSEED"


def run_command(arguments: Sequence[str], folder: Path, most_s: float) -> tuple[int, str]:
    """`st` with these arguments in a folder: its exit code, and all that it printed.

    TimeoutExpired when it takes longer than `most_s` seconds. Hashing is fixed, so that the same
    seed draws the same requests.
    """
    with _hashing_alike():
        process = _context().Process(target=_command, args=(list(arguments), folder))
        process.start()
    process.join(most_s)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise subprocess.TimeoutExpired(["st", *arguments], most_s)
    said = folder / _SAID
    printed = said.read_text("utf-8", errors="replace") if said.exists() else ""
    return process.exitcode, printed


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([f"{__package__}.preloaded"])
    forkserver.ensure_running()
    return context


@contextmanager
def _hashing_alike() -> Iterator[None]:
    """Processes that begin meanwhile hash texts alike in every run."""
    before = os.environ.get(_HASHING)
    os.environ[_HASHING] = "0"
    try:
        yield
    finally:
        del os.environ[_HASHING]
        if before is not None:
            os.environ[_HASHING] = before


def _command(arguments: list[str], folder: Path) -> None:
    os.chdir(folder)
    said = os.open(_SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(said, sys.stdout.fileno())
    os.dup2(said, sys.stderr.fileno())
    sys.argv[1:] = arguments
    runpy.run_module("schemathesis.cli", run_name="__main__", alter_sys=True)
