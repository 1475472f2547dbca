"""Servers behind nginx as the tests need them: the real thing, or stand-ins that can be watched."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from mockserver.scale import Front, configuration
from mockserver.scale.front import in_containers
from tests.client import OTESSE

NGINX = shutil.which("nginx") or ""
needs_nginx = pytest.mark.skipif(
    not NGINX, reason="nginx is not installed (apt-get install nginx-light)"
)
PATIENCE_S = 20
# Where a name falls depends on the ports of a run. Of so many names, each of three processes gets
# one, and each of the others some of a lost one's, in all but one of a thousand million runs.
SPREAD = 120
NOW = "2026-02-20T15:00:00Z"


def spread(prefix: str) -> list[str]:
    """Names of worlds, so many that every process gets some, wherever the ports put them."""
    return [f"{prefix}-{n}" for n in range(SPREAD)]


def until(is_so: Callable[[], Any], what: str) -> None:
    """Wait for a condition; the test fails when it does not come true."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, f"not within {PATIENCE_S} s: {what}"
        time.sleep(0.01)


def client_of(url: str) -> httpx.Client:
    """A client with the credential of a test; http alone, so that it is made fast."""
    return httpx.Client(base_url=url, headers=OTESSE, timeout=PATIENCE_S, verify=False)


def get(url: str, headers: dict[str, str] | None = None) -> httpx.Response:
    """GET over a connection of its own."""
    with httpx.Client(verify=False, timeout=PATIENCE_S) as client:
        return client.get(url, headers=headers)


def processes() -> dict[int, tuple[int, int, str]]:
    """Every process that is no zombie by its id: parent, group, name."""
    rows = _from_proc() if Path("/proc/self/stat").exists() else _from_ps()
    return {pid: (parent, group, name) for pid, parent, group, state, name in rows if state != "Z"}


_Row = tuple[int, int, int, str, str]


def _from_proc() -> Iterator[_Row]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            pid, name, rest = re.split(r" \(|\) ", path.read_text(), maxsplit=2)
            state, parent, group, _ = rest.split(" ", 3)
            yield int(pid), int(parent), int(group), state, name


def _from_ps() -> Iterator[_Row]:
    command = ["ps", "-axo", "pid=,ppid=,pgid=,stat=,comm="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        pid, parent, group, state, name = line.split(None, 4)
        yield int(pid), int(parent), int(group), state[0], name


@dataclass
class Scaled:
    """A `mockserver serve --workers N` that runs, its temporary files below `directory`."""

    process: subprocess.Popen[str]
    url: str
    said: str
    directory: Path
    complaints: list[str] = field(default_factory=list)

    @property
    def client(self) -> httpx.Client:
        """A client of the whole."""
        return client_of(self.url)

    def group(self) -> dict[int, str]:
        """Every process but the first by its id, with its name."""
        known = processes()
        warden = next(i for i, row in known.items() if row[:2] == (self.process.pid, i))
        return {i: name for i, (_, group, name) in known.items() if group == warden}

    def workers(self) -> list[int]:
        """The ids of the server processes."""
        known = processes()
        ours = {i: row for i, row in known.items() if row[0] == self.process.pid}
        return sorted(i for i, row in ours.items() if row[1] != i and "nginx" not in row[2])

    def servers(self) -> list[str]:
        """The addresses of the server processes, in their order."""
        (path,) = self.directory.glob("mockserver-*/nginx.conf")
        found = re.findall(r"server (127\.0\.0\.1:\d+) ", path.read_text())
        return [f"http://{each}" for each in found[: len(found) // 2]]

    def worlds(self) -> list[set[str]]:
        """The named worlds that each process holds, in their order."""
        return [worlds_of(each) for each in self.servers()]


def worlds_of(server: str) -> set[str]:
    """The named worlds that one process holds."""
    answer = get(f"{server}/__admin/worlds")
    return {each["name"] for each in answer.json()["data"]} - {"default"}


@contextmanager
def scaled(directory: Path, *arguments: str, workers: int = 3) -> Iterator[Scaled]:
    """Start it as a user does, and wait until it says where it listens."""
    settings = ["--port", "0", "--scenario", "empty", "--now", NOW, "--quiet", *arguments]
    command = ["mockserver", "serve", "--workers", str(workers), *settings]
    with _running(directory, command) as running:
        yield running


@contextmanager
def stand_ins(directory: Path, workers: int = 2, path: str | None = None) -> Iterator[Scaled]:
    """The same processes around a server that does next to nothing; see `stand_in.py`."""
    with _running(directory, ["tests.scale.stand_in", str(workers)], path) as running:
        yield running


@contextmanager
def _running(directory: Path, command: list[str], path: str | None = None) -> Iterator[Scaled]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(directory), "PATH": path or os.environ["PATH"]},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    errors, complaints = process.stderr, list[str]()
    hearing = threading.Thread(target=lambda: complaints.extend(errors))
    hearing.start()
    try:
        lines = [process.stdout.readline()]
        while lines[-1] and "curl" not in lines[-1]:
            lines.append(process.stdout.readline())
        said = "".join(lines)
        url = re.search(r"listening on (\S+)", said)
        yield Scaled(process, url[1] if url else "", said, directory, complaints)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        hearing.join(PATIENCE_S)
        process.stdout.close()
        process.stderr.close()


class Stub:
    """A stand-in for a server process: says its name, or hangs up; remembers what it was sent."""

    def __init__(self, name: str) -> None:
        self.requests: list[tuple[str, str, bytes]] = []
        self.connections: list[socket.socket] = []
        self.hangs_up = False
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body at once

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                stub.requests.append((self.command, self.path, body))
                if stub.hangs_up:
                    self.close_connection = True
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(name)))
                self.end_headers()
                self.wfile.write(name.encode())

            do_POST = do_DELETE = do_GET  # noqa: N815 - what the base class asks for

            def setup(self) -> None:
                stub.connections.append(self.request)
                super().setup()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self._is_there = True

    def close(self) -> None:
        """From now on nobody listens there."""
        if self._is_there:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            for connection in self.connections:
                with suppress(OSError):  # it was closed before
                    connection.shutdown(socket.SHUT_RDWR)
        self._is_there = False


@contextmanager
def front(
    directory: Path, servers: list[str], host: str = "127.0.0.1", **changed: Any
) -> Iterator[str]:
    """nginx as for containers, in front of servers (`host:port`); gives its address."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server((host, 0)))
        address = f"{host}:{listening.getsockname()[1]}"
        told: Front = replace(
            in_containers(servers), listen=address, directory=str(directory), nginx_workers="1",
            user="root" if os.geteuid() == 0 else "", log_level="crit", **changed,
        )  # fmt: skip
        path = directory / "nginx.conf"
        path.write_text(configuration(told))
        process = subprocess.Popen(
            [NGINX, "-e", str(directory / "start.log"), "-p", str(directory), "-c", str(path)],
            pass_fds=[listening.fileno()],
            env={**os.environ, "NGINX": f"{listening.fileno()};"},
        )
        try:
            yield f"http://{address}"
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
