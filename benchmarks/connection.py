"""One kept-alive HTTP/1.1 connection to a server on this machine."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import httptools

PATIENCE_S = 20.0


class DroppedError(Exception):
    """The server closed or reset the connection before its answer was whole."""


@dataclass(slots=True)
class Answer:
    """A whole answer; names of headers in lower case."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Connection:
    """Asks one request after another; opens itself, and again after it was ended."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._line: _Line | None = None

    async def ask(self, request: bytes) -> Answer:
        """Send the bytes of a request and give its answer.

        Raises DroppedError when the server ends the connection instead, TimeoutError after 20 s
        without an answer.
        """
        if self._line is None or self._line.is_over:
            loop = asyncio.get_running_loop()
            _, self._line = await loop.create_connection(_Line, "127.0.0.1", self._port)
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._line.ask(request)
        except TimeoutError:
            self.close()
            raise

    def close(self) -> None:
        """End the connection."""
        if self._line is not None:
            self._line.end()


class _Line(asyncio.Protocol):
    """The connection as it is open, with at most one request under way."""

    def __init__(self) -> None:
        self.is_over = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self, request: bytes) -> asyncio.Future[Answer]:
        self._parser = httptools.HttpResponseParser(self)
        self._answer = Answer()
        self._answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answered

    def end(self) -> None:
        self.is_over = True
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_over = True
        if not self._answered.done():
            self._answered.set_exception(DroppedError(str(exc or "closed before the answer")))

    def on_header(self, name: bytes, value: bytes) -> None:
        self._answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, data: bytes) -> None:
        self._answer.body += data

    def on_message_complete(self) -> None:
        self._answer.status = self._parser.get_status_code()
        if not self._parser.should_keep_alive():
            self.end()
        if not self._answered.done():
            self._answered.set_result(self._answer)
