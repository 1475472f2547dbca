"""Answering without ASGI changes nothing of how a connection behaves: both are sent the same bytes.

The scripts follow what uvicorn's own protocol has to get right: pipelining, keep-alive, slow and
half requests, HEAD, 100-continue, upgrades, limits, slow readers and a graceful stop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from mockserver.app import build_server
from mockserver.settings import Settings
from tests.conftest import NOW
from tests.wire.wired import KEPT_S, FakeTransport, Wired

KEY = b"authorization: Bearer otesse_test_sk_wire\r\n"
JOHN = b"/v1/customers/cust_01HQ3K5M7N"
BODY = b'{"first_name":"Ada","last_name":"Byron","email":"ada@wire.example"}'
TURNS = 200


def request(
    method: bytes = b"GET",
    target: bytes = JOHN,
    more: bytes = b"",
    body: bytes = b"",
    version: bytes = b"1.1",
) -> bytes:
    """A request as bytes."""
    length = b"content-length: %d\r\n" % len(body) if body else b""
    typed = b"content-type: application/json\r\n" if body else b""
    line = b"%b %b HTTP/%b\r\nhost: localhost\r\n" % (method, target, version)
    return b"".join((line, KEY, typed, length, more, b"\r\n", body))


def posted(body: bytes) -> bytes:
    """A customer to be, whose body is not looked at before it is whole."""
    return request(b"POST", b"/v1/customers", body=body)


GET, POST = request(), request(b"POST", b"/v1/customers", body=BODY)
LIST = request(target=b"/v1/customers?per_page=2")
BAD = request(target=b"/v1/customers?per_page=none")
UPGRADE = b"connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
H2C = UPGRADE.replace(b"websocket", b"h2c")
CHUNKED = POST.replace(b"content-length: %d" % len(BODY), b"transfer-encoding: chunked")
PHONE = b'{"phone":"+15550001"}'
LENGTH = len(PHONE)
PATCH = request(b"PATCH", JOHN, body=PHONE)
BLANK = PATCH.replace(PHONE, b"\r\n\r\n" + b" " * (LENGTH - 4))
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (LENGTH, PHONE)
TYPED_CHUNKS = b"content-type: application/json\r\ntransfer-encoding: chunked\r\n"
CHUNKED_PATCH = request(b"PATCH", JOHN, TYPED_CHUNKS) + CHUNKS

SCRIPTS: dict[str, list[bytes]] = {
    "one request": [GET],
    "one after the other": [GET, POST, LIST, GET],
    "the same read again": [GET, GET, LIST, GET, GET, LIST, POST, GET],
    "the same read again, with empty lines": [GET, b"\r\n", GET, *[GET + b"\r\n"] * 3, b"\r", GET],
    "the same read again, in pieces": [GET, GET, GET[:30], GET[30:], GET, GET[:3], GET[3:] + GET],
    "half a request, and a whole one": [GET, GET, GET[:30], GET],
    "a body that reads like a request": [GET, GET, posted(GET).removesuffix(GET), GET, GET],
    "a part of a body that reads like one": [GET, GET, posted(b" " + GET)[: -len(GET)], GET, GET],
    "the same read behind others": [GET, GET, BAD, GET, request(target=b"/nowhere"), GET, GET],
    "the same read after the last request": [GET, GET, request(more=b"connection: close\r\n"), GET],
    "the same read after an upgrade": [GET, GET, request(more=H2C), GET, GET],
    "the same write again": [PATCH, PATCH, PATCH, GET, PATCH],
    "the same write again, in pieces": [PATCH, PATCH, PATCH[:-9], PATCH[-9:], PATCH, PATCH[:60],
                                        PATCH[60:]],
    "the same write again, and more": [PATCH, PATCH, PATCH + PATCH, PATCH + GET, PATCH],
    "the same write, with another body": [PATCH, PATCH, PATCH.replace(b"001", b"002"), BLANK,
                                          PATCH.replace(b"}", b"]"), GET],
    "a body as long as the whole": [BLANK, BLANK, BLANK, GET],
    "the same chunked write again": [CHUNKED_PATCH, CHUNKED_PATCH, CHUNKED_PATCH, GET],
    "a write without its body": [PATCH, PATCH, PATCH[:-LENGTH], PATCH[-LENGTH:], PATCH],
    "a read with a body, again": [request(body=b'{"a":1}')] * 4,
    "a write without a body, again": [request(b"POST", b"/v1/customers")] * 3 + [GET],
    "two in one piece": [GET + LIST],
    "more in one piece than are answered at once": [GET * 40],
    "writes in one piece": [POST + LIST + request(b"PATCH", JOHN, body=b'{"phone":"+15550001"}')],
    "one that is refused among others": [GET + BAD + GET + request(target=b"/nowhere") + GET],
    "a write behind one that is refused": [BAD + POST + LIST],
    "byte by byte": [bytes([byte]) for byte in POST],
    "a body in pieces": [POST[:-20], POST[-20:-5], POST[-5:] + GET],
    "a chunked body": [
        CHUNKED.removesuffix(BODY) + b"%x\r\n%b\r\n" % (len(BODY), BODY), b"0\r\n\r\n"
    ],
    "a body that nobody reads": [request(body=b'{"a":1}') + GET],
    "a body that is too large": [request(b"POST", b"/v1/customers", body=b" " * 3000), GET],
    "HEAD": [request(b"HEAD") + GET],
    "OPTIONS": [request(b"OPTIONS"), GET],
    "another origin": [request(more=b"origin: http://localhost:3000\r\n") + GET],
    "the last request": [request(more=b"connection: close\r\n"), GET],
    "the last request of many": [GET + request(more=b"connection: close\r\n") + GET],
    "an old client": [request(version=b"1.0")],
    "an old client that stays": [request(more=b"connection: keep-alive\r\n", version=b"1.0"), GET],
    "100-continue": [POST.removesuffix(BODY).replace(b"host", b"expect: 100-continue\r\nhost"),
                     BODY, GET],
    "an upgrade that is not for us": [request(more=H2C), GET],
    "no HTTP": [b"\x16\x03\x01 hello\r\n\r\n"],
    "no HTTP after an answer": [GET, b"\x00\x01\r\n\r\n"],
    "an absolute target": [GET.replace(JOHN, b"http://localhost" + JOHN)],
    "a target of other letters": [GET.replace(JOHN, b"/v1/customers/\xc3\xa9")],
    "a fragment": [GET.replace(JOHN, JOHN + b"#there")],
    "a question mark and nothing": [GET.replace(JOHN, JOHN + b"?")],
    "another world": [request(target=b"/~other" + JOHN), request(more=b"x-mock-world: other\r\n")],
    "a world that cannot be": [request(more=b"x-mock-world: no/\r\n") + GET],
}  # fmt: skip


@dataclass
class Line:
    """One connection to a server of its own."""

    wired: Wired
    connection: Any
    transport: FakeTransport

    def send(self, *pieces: bytes) -> None:
        """Send bytes, and let the server come to rest after each piece."""
        for piece in pieces:
            if self.transport.is_closed:
                return
            self.connection.data_received(piece)
            self.wired.turn(TURNS)

    @property
    def seen(self) -> tuple[bytes, bool, bool, int]:
        """What came, whether the connection was closed and reads on, and the journal's length."""
        transport, worlds = self.transport, self.wired.server.worlds.everyone()
        recorded = sum(len(served.journal) for served in worlds)
        return bytes(transport.written), transport.is_closed, transport.reads_on, recorded


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop of its own."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


def _line(loop: asyncio.AbstractEventLoop, http: str) -> Line:
    wired = Wired(build_server(Settings(now=NOW, max_body_kib=2)), loop, http)
    return Line(wired, *wired.connect())


@pytest.fixture
def lines(loop: asyncio.AbstractEventLoop) -> tuple[Line, Line]:
    """The same connection to a server that asks its plans first, and to one that does not."""
    return _line(loop, "fast"), _line(loop, "plain")


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_same_bytes_are_answered_alike(lines: tuple[Line, Line], name: str) -> None:
    for line in lines:
        line.send(*SCRIPTS[name])
    fast, plain = (line.seen for line in lines)
    assert fast == plain
    assert fast[0].startswith((b"HTTP/1.1 ", b""))


def test_what_is_in_order_never_becomes_a_cycle_of_messages(lines: tuple[Line, Line]) -> None:
    fast, plain = lines
    for line in lines:
        line.send(GET, POST, LIST)
    assert fast.connection.cycle is None
    assert plain.connection.cycle is not None
    assert fast.transport.written.count(b"HTTP/1.1 20") == 3


def test_a_client_that_goes_away_amid_a_request_leaves_the_same(lines: tuple[Line, Line]) -> None:
    for line in lines:
        line.send(GET, POST[:-10])
        line.connection.connection_lost(None)
        line.wired.turn(TURNS)
    assert lines[0].seen[0] == lines[1].seen[0]
    assert lines[0].seen[3] == lines[1].seen[3]


def test_an_idle_connection_is_closed_in_the_end(
    lines: tuple[Line, Line], loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = loop.time()
    for line in lines:
        assert line.connection.timeout_keep_alive_task is None
        line.send(GET, GET, GET)
        assert line.connection.timeout_keep_alive_task is not None
        assert line.connection.server_state.total_requests == 3
    monkeypatch.setattr(loop, "time", lambda: began + 2 * KEPT_S)
    for line in lines:
        line.connection.timeout_keep_alive_handler()
        assert line.transport.is_closed


@pytest.mark.parametrize("first", ["one request", "one that is refused among others"])
def test_a_connection_in_use_is_not_closed(
    lines: tuple[Line, Line],
    loop: asyncio.AbstractEventLoop,
    monkeypatch: pytest.MonkeyPatch,
    first: str,
) -> None:
    fast, _ = lines
    began = loop.time()
    fast.send(*SCRIPTS[first])
    fast.send(GET)
    monkeypatch.setattr(loop, "time", lambda: began + 0.9 * KEPT_S)
    fast.send(GET)
    monkeypatch.setattr(loop, "time", lambda: began + 1.1 * KEPT_S)
    fast.connection.timeout_keep_alive_handler()
    assert not fast.transport.is_closed
    waiting = fast.connection.timeout_keep_alive_task
    assert waiting.when() == pytest.approx(began + 1.9 * KEPT_S, abs=60)
    monkeypatch.setattr(loop, "time", lambda: began + 2 * KEPT_S)
    fast.connection.timeout_keep_alive_handler()
    assert fast.transport.is_closed


def test_a_stop_closes_what_is_idle_at_once(lines: tuple[Line, Line]) -> None:
    for line in lines:
        line.send(GET)
        line.connection.shutdown()
        assert line.transport.is_closed


def test_a_stop_lets_a_request_under_way_end(lines: tuple[Line, Line]) -> None:
    for line in lines:
        line.send(GET, POST[:-10])
        line.connection.shutdown()
        assert not line.transport.is_closed
        line.send(POST[-10:])
        assert line.transport.is_closed
        assert b"HTTP/1.1 201 Created" in line.transport.written
    assert lines[0].seen == lines[1].seen


def test_a_slow_reader_is_waited_for(lines: tuple[Line, Line]) -> None:
    for line in lines:
        line.send(GET)
        length = len(line.transport.written)
        line.connection.pause_writing()
        line.send(GET, GET)
        assert len(line.transport.written) == length
        line.connection.resume_writing()
        line.wired.turn(TURNS)
        assert line.transport.written.count(b"HTTP/1.1 200 OK") == 3
    assert lines[0].seen == lines[1].seen


def test_a_limit_of_connections_is_kept(lines: tuple[Line, Line]) -> None:
    for line in lines:
        line.connection.limit_concurrency = 1
        line.send(GET)
        assert line.transport.written.startswith(b"HTTP/1.1 503")
    assert lines[0].seen[0] == lines[1].seen[0]


def test_a_fault_of_ours_is_told_as_one(
    lines: tuple[Line, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that cannot be kept has happened all the same: it is not asked for again."""
    fast, _ = lines
    desk = fast.wired.server.desk
    assert desk is not None

    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(type(desk), "answer", broken)
    fast.send(GET)
    assert fast.transport.written.startswith(b"HTTP/1.1 500")
    assert fast.transport.is_closed
