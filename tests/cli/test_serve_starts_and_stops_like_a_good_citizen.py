"""The command line: a clear start, a clear refusal, a graceful end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

TIMEOUT_S = 60


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "mockserver", *arguments],
        capture_output=True, text=True, timeout=TIMEOUT_S, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, with what it printed at the start."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "mockserver", "serve", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline()]
        while lines[-1] and "curl" not in lines[-1]:
            lines.append(process.stdout.readline())
        yield process, "".join(lines)
    finally:
        process.kill()
        process.communicate()


def test_it_says_where_it_listens_and_a_line_to_paste() -> None:
    with running("--port", "0", "--now", "2026-02-20T15:00:00Z") as (process, said):
        url = re.search(r"listening on (http://127\.0\.0\.1:\d+)", said)
        assert url, said
        for part in ("/docs", "/__admin", "documented (seed 1)", "otesse_test_sk_demo"):
            assert part in said
        counts = re.search(r"([\d,]+) customers, ([\d,]+) bookings, ([\d,]+) invoices", said)
        assert counts
        curl = re.search(r'curl -H "Authorization: (.+)" "(.+)"', said)
        assert curl
        answer = httpx.get(curl[2], headers={"Authorization": curl[1]})
        assert answer.json()["pagination"]["total"] == 1
        held = httpx.get(f"{url[1]}/__admin/worlds/default").json()["collections"]
        assert f"{held['customers']:,}" == counts[1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(TIMEOUT_S) == 0
        assert process.stderr is not None
        told = r"#1 GET /v1/customers listCustomers 200 \d+\.\d ms default\n"
        assert re.fullmatch(told, process.stderr.read())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--log", "json"], r'\{"number":1,.*"operation":"listCustomers","status":401,.*\}\n'),
        (["--log", "off"], ""),
        (["-q"], ""),
    ],
)
def test_exchanges_are_told_as_asked_for(arguments: list[str], told: str) -> None:
    with running("--port", "0", "--scenario", "empty", *arguments) as (process, said):
        url = re.search(r"listening on (\S+)", said)
        assert url, said
        assert httpx.get(f"{url[1]}/v1/customers").status_code == 401
        process.send_signal(signal.SIGTERM)
        process.wait(TIMEOUT_S)
        assert process.stderr is not None
        assert re.fullmatch(told, process.stderr.read())


def test_settings_come_from_the_environment_and_flags_win() -> None:
    with running("--seed", "3", MOCKSERVER_PORT="0", MOCKSERVER_SEED="9",
                 MOCKSERVER_SCENARIO="empty") as (_, said):  # fmt: skip
        assert "empty (seed 3): 0 customers" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "70000"], "70000 is not in the range 0<=x<=65535"),
        (["--now", "tomorrow"], "'tomorrow' is not a date-time"),
        (["--seed", "x"], "'x' is not a valid integer"),
        (["--scenario", "nowhere"], "nowhere"),
        (["--rate-limit", "free"], "'free' is not one of"),
        (["--credentials", "none.yaml"], "Cannot read none.yaml"),
        (["--host", "256.1.1.1"], "Cannot listen on 256.1.1.1"),
        (["--nonsense"], "No such option"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_exit_code_2(
    arguments: list[str], said: str
) -> None:
    ended = run("serve", *arguments, MOCKSERVER_PORT="0")
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_in_use_is_one_sentence_and_exit_code_2() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run("serve", "--port", str(port))
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"mockserver: Port {port} on 127.0.0.1 is in use.")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("credentials: [a]", "must map each credential"),
        ("credentials: {a: {state: odd}}", "the state 'odd' of a is none of"),
        ("only_listed: [nobody]", "'nobody' in only_listed is none of"),
        ("nonsense: 1", "unknown entry 'nonsense'"),
        ("a: [", "is not valid YAML"),
    ],
)
def test_a_bad_credentials_file_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "keys.yaml"
    path.write_text(text)
    ended = run("serve", "--port", "0", "--credentials", str(path))
    assert ended.returncode == 2
    assert said in ended.stderr
    assert str(path) in ended.stderr


def test_version_and_help_are_there() -> None:
    assert re.fullmatch(r"mockserver, version \d+\.\d+\.\d+\n", run("--version").stdout)
    assert "Examples:" in run("--help").stdout
