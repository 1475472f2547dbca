"""Starting a server, what it takes with all its descendants, and why it may not start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.processes import Running, StartError, free_port, started, tree
from benchmarks.soak import Plan, Soak, faults_of

SERVER = """
import http.server, subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
class Fine(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Fine).serve_forever()
"""
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


def run(code: str, *words: str) -> list[str]:
    return [sys.executable, "-c", code, *words]


def test_a_server_and_its_child_are_counted_together_and_end_together(tmp_path: Path) -> None:
    port = free_port()
    command = run(SERVER, str(port))
    with started(command, tmp_path / "log", lambda _: port, "/", {}) as running:
        pids = tree(running.process.pid)
        assert len(pids) == 2
        assert running.port == port
        assert running.start_cpu_s > 0
        assert running.cpu_us() >= running.start_cpu_s * 1e6
        assert running.memory_mib() > running.own_memory_mib() > 1
    assert running.process.returncode is not None
    assert tree(running.process.pid) == [running.process.pid]


def test_the_last_line_says_why_one_did_not_start(tmp_path: Path) -> None:
    command = run("print('No such option'); raise SystemExit(2)")
    with (
        pytest.raises(StartError, match="it ended with 2: No such option"),
        started(command, tmp_path / "log", lambda _: None, "/", {}),
    ):
        pytest.fail("it runs")


def test_a_soak_whose_server_ended_or_erred_has_failed() -> None:
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    process.wait()
    soak = Soak(Plan(), Running(process, 1, 0.1, 0.1))
    soak.tally.blame("get: was 500")
    found = faults_of(soak)
    assert found[:3] == [
        "The server ended with 3 before it was told to.",
        "1 answers were not asked for; the first of them:",
        "get: was 500",
    ]
    assert "--minutes" in found[3]
