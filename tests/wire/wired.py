"""A server asked by bytes, through the protocol that answers what is in order by itself."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httptools
import uvicorn
from uvicorn.server import ServerState

from mockserver.app import Server
from tests.wire.sent import Got, Sent

_TARGET = re.compile(r"/[\x21\x22\x24-\x7e]*")
_NAME = re.compile(rb"[a-z0-9-]+")
_FRAMING = frozenset({b"content-length", b"transfer-encoding", b"connection", b"expect"})
_TURNS = 10_000


KEPT_S = 3600  # on a busy machine one line waits long for the other


class FakeTransport(asyncio.Transport):
    """A connection whose other end has sent what it was given, and keeps what comes."""

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()
        self.is_closed = False
        self.reads_on = True

    def write(self, data: Any) -> None:
        """Keep what comes."""
        self.written += data

    def close(self) -> None:
        """Be closed."""
        self.is_closed = True

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self.is_closed

    def pause_reading(self) -> None:
        """Wait."""
        self.reads_on = False

    def resume_reading(self) -> None:
        """Go on."""
        self.reads_on = True

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Who is there."""
        return {"peername": ("127.0.0.1", 50000), "sockname": ("127.0.0.1", 4010)}.get(
            name, default
        )


class _Reader:
    """Reads one answer, piece by piece."""

    def __init__(self, method: str) -> None:
        self._is_bodiless = method == "HEAD"
        self._parser = httptools.HttpResponseParser(self)
        self._headers: list[tuple[bytes, bytes]] = []
        self._body = b""
        self.got: Got | None = None

    def feed(self, data: bytes) -> Got | None:
        """Read a piece; the answer once it is whole."""
        if data:
            self._parser.feed_data(data)
        return self.got

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        if name != b"date":
            self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Be done, if there is nothing to come."""
        if self._is_bodiless:
            self._end()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """Be done."""
        self._end()

    def _end(self) -> None:
        self.got = Got(self._parser.get_status_code(), self._headers, self._body)


class Wired:
    """One connection after another to a server, and what each was answered."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop, http: str = "fast") -> None:
        self.server = server
        self.unscoped = 0
        """How many requests were answered before there was an ASGI scope."""
        self._loop = loop
        protocol: Any = server.protocol(http)
        self._config = uvicorn.Config(
            server.asgi,
            http=protocol,
            lifespan="off",
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEPT_S,
        )
        self._config.load()
        self._state = ServerState()
        self._state.default_headers = [(b"date", b"Fri, 20 Feb 2026 15:00:00 GMT")]

    def connect(self) -> tuple[Any, FakeTransport]:
        """A new connection: its protocol, and its transport."""
        protocol: Any = self._config.http_protocol_class
        connection = protocol(
            config=self._config, server_state=self._state, app_state={}, _loop=self._loop
        )
        transport = FakeTransport()
        connection.connection_made(transport)
        return connection, transport

    def turn(self, times: int = 1) -> None:
        """Let tasks of the server run."""
        for _ in range(times):
            self._loop.run_until_complete(asyncio.sleep(0))

    def ask(self, sent: Sent) -> Got:
        """Send a request on a connection of its own; its answer, the date left out."""
        connection, transport = self.connect()
        reader, read = _Reader(sent.method), 0
        for piece in pieces_of(sent):
            connection.data_received(piece)
        for _ in range(_TURNS):
            data = bytes(transport.written[read:])
            read += len(data)
            got = reader.feed(data)
            if got is not None:
                self.unscoped += connection.cycle is None
                connection.connection_lost(None)
                self.turn(2)
                return got
            self.turn()
        raise AssertionError(f"{sent} was not answered: {bytes(transport.written)!r}")


def is_sendable(sent: Sent) -> bool:
    """Whether the request can be written as HTTP/1.1 that means the same."""
    target = f"{sent.path}?{sent.query}" if sent.query else sent.path
    names = [name for name, _ in sent.headers]
    values = b"".join(value for _, value in sent.headers)
    return (
        sent.method.isupper()
        and bool(sent.chunks)
        and bool(_TARGET.fullmatch(target))
        and all(map(_NAME.fullmatch, names))
        and _FRAMING.isdisjoint(names)
        and not re.search(rb"[\x00-\x1f\x7f]", values)
        and all(value == value.strip() and value for _, value in sent.headers)
    )


def pieces_of(sent: Sent) -> list[bytes]:
    """The request as bytes, each chunk of the body in a piece of its own."""
    target = f"{sent.path}?{sent.query}" if sent.query else sent.path
    lines = [f"{sent.method} {target} HTTP/1.1\r\nhost: localhost\r\n".encode("latin-1")]
    lines += [b"%b: %b\r\n" % pair for pair in sent.headers]
    body = b"".join(sent.chunks)
    if len(sent.chunks) == 1:
        if body:
            lines.append(b"content-length: %d\r\n" % len(body))
        return [b"".join([*lines, b"\r\n", body])]
    head = b"".join([*lines, b"transfer-encoding: chunked\r\n\r\n"])
    chunks = [b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in sent.chunks if chunk]
    return [head, *chunks, b"0\r\n\r\n"]
