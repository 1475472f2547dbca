"""An upstream that does as it is told, and a relay before it, each in a thread."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import uvicorn

from contract_tests.findings import Finding
from contract_tests.packs.traffic import Judge, Recorded
from contract_tests.packs.traffic.relay import Passing, Relay

LARGE = b"x" * 3_000_000


class Upstream(BaseHTTPRequestHandler):
    """Answers by path; `seen` on its server holds what arrived."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self._read()
        self.server.seen.append((self.command, self.path, self.headers.items(), body))  # type: ignore[attr-defined]
        answer = getattr(self, f"answer_{self.path.split('?')[0].strip('/').replace('/', '_')}",
                         self.answer_pets)  # fmt: skip
        answer(body)

    do_POST = do_HEAD = do_DELETE = do_GET  # noqa: N815 (their names there)

    def _read(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer_pets(self, _body: bytes) -> None:
        packed = gzip.compress(b'[{"id": 7, "name": "Rex"}]')
        self.reply(200, packed, Content_Type="application/json", X_Total="1",
                   Content_Encoding="gzip", Connection="X-Hop", X_Hop="1")  # fmt: skip

    def answer_echo(self, body: bytes) -> None:
        self.reply(200, body, Content_Type="application/octet-stream")

    def answer_large(self, _body: bytes) -> None:
        self.reply(200, LARGE, Content_Type="application/octet-stream")

    def answer_elsewhere(self, _body: bytes) -> None:
        self.reply(302, b"", Location="/pets", Set_Cookie="a=1")

    def answer_chunked(self, _body: bytes) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in (b"one", b"two"):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def answer_broken(self, _body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"not all")
        self.close_connection = True

    def answer_endless(self, _body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(LARGE)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name there)
        """Say nothing."""


@contextlib.contextmanager
def upstream() -> Iterator[tuple[str, list[Any]]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    server.daemon_threads = True
    server.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", server.seen  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Heard:
    """What the relay handed on, judged."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.recorded: list[Recorded] = []
        self._came = threading.Condition()

    def __call__(self, recorded: Recorded, _began: datetime) -> list[Finding]:
        with self._came:
            self.recorded.append(recorded)
            self._came.notify_all()
        return self.judge.judge(recorded)

    def wait_for(self, count: int) -> list[Recorded]:
        with self._came:
            assert self._came.wait_for(lambda: len(self.recorded) >= count, timeout=10)
        return self.recorded


@contextlib.contextmanager
def relay(upstream_url: str, heard: Heard, **how: Any) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    own = f"http://127.0.0.1:{listening.getsockname()[1]}"
    passing = Passing(upstream_url or own, "test-proxy", how.pop("most_bytes", 100_000), **how)
    app = Relay(passing, httpx.AsyncHTTPTransport(), heard)
    config = uvicorn.Config(app, log_level="critical", lifespan="on", ws="none",
                            server_header=False, date_header=False)  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield own
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
