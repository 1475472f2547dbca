"""`serve --workers`: a clear start, a clear refusal, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from tests.scale.arranged import PATIENCE_S, Scaled, get, needs_nginx, processes, stand_ins, until

pytestmark = pytest.mark.xdist_group("scale")


def refused(*arguments: str, **environment: str) -> str:
    """What it says when it does not start."""
    ended = subprocess.run(
        [sys.executable, "-m", "mockserver", "serve", "--port", "0", *arguments],
        capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    return ended.stderr


def test_without_nginx_it_says_what_to_do(tmp_path: Path) -> None:
    said = refused("--workers", "2", PATH=str(tmp_path))
    assert said.startswith("mockserver: --workers needs nginx in front of the processes")
    assert "apt-get install nginx-light" in said


@needs_nginx
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_it_leaves_nothing_behind(tmp_path: Path, end: signal.Signals) -> None:
    with stand_ins(tmp_path) as server:
        group = server.group()
        assert len(group) == 5, group  # the warden, two servers, nginx and its worker
        assert [each.name[:11] for each in tmp_path.iterdir()] == ["mockserver-"]
        server.process.send_signal(end)
        assert server.process.wait(PATIENCE_S) == (-9 if end is signal.SIGKILL else 0)
        until(lambda: not group.keys() & processes().keys(), f"that {group} end")
        until(lambda: not list(tmp_path.iterdir()), "that the directory is removed")
    assert server.complaints == []


@needs_nginx
def test_an_answer_under_way_is_given_before_it_stops(tmp_path: Path) -> None:
    with stand_ins(tmp_path) as server:
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(get(f"{server.url}/slow")))
        asking.start()
        until(lambda: server.complaints == ["under way\n"], "that the request has come")
        server.process.terminate()
        assert server.process.wait(PATIENCE_S) == 0
        asking.join()
        assert [each.status_code for each in answers] == [200]


@needs_nginx
def test_nginx_that_cannot_start_ends_it_with_its_own_words(tmp_path: Path) -> None:
    odd = tmp_path / "nginx"
    odd.write_text("#!/bin/sh\necho 'nginx: [emerg] no such thing' >&2\nexit 1\n")
    odd.chmod(0o755)
    with stand_ins(tmp_path, path=f"{tmp_path}:{os.environ['PATH']}") as server:
        assert server.process.wait(PATIENCE_S) == 1
        assert server.said == ""
    assert server.complaints == [
        "nginx: [emerg] no such thing\n",
        "mockserver: nginx ended (exit code 1); what it said stands above. Stopping.\n",
    ]
    assert list(tmp_path.iterdir()) == [odd]


def test_it_says_what_a_server_of_one_process_says(together: Scaled) -> None:
    for part in ("/docs", "/__admin", "empty (seed 1): 0 customers", "otesse_test_sk_demo"):
        assert part in together.said
