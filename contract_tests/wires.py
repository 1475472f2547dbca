"""Wires: how a request reaches a target, over a socket or within this process."""

from __future__ import annotations

import asyncio
import http.client
import io
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote_to_bytes, urlsplit

from contract_tests.exchanges import Answer, Sent

_PATIENCE_S = 30.0
T = TypeVar("T")


class TargetGone(Exception):
    """A target that does not answer; the message says how it failed and where."""


class Wire(Protocol):
    """Sends requests to one target, one after another unless told otherwise."""

    url: str

    def send(self, sent: Sent) -> Answer:
        """The answer; TargetGone when there is none."""

    def together(self, several: Sequence[Sent]) -> list[Answer]:
        """The answers to requests that are all on their way before the first answer is read."""

    def close(self) -> None:
        """Let go of the connection."""


class SocketWire:
    """A kept-alive HTTP/1.1 connection; targets and bodies are sent as they are, byte for byte."""

    def __init__(self, url: str, patience_s: float = _PATIENCE_S) -> None:
        self.url = url.rstrip("/")
        self._patience_s = patience_s
        self._until = 0.0
        parts = urlsplit(self.url)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._connection = kind(parts.hostname or "localhost", parts.port, timeout=patience_s)
        # A factory in place of a class: http.client calls it with the socket of the answer.
        self._connection.response_class = self._timed_response  # type: ignore[assignment]
        self._prefix = parts.path
        self._is_used = False

    def send(self, sent: Sent) -> Answer:
        """The answer; a connection that the server closed while it was idle is opened again."""
        try:
            return self._once(sent)
        except (http.client.RemoteDisconnected, ConnectionError) as error:
            was_used, self._is_used = self._is_used, False
            self._connection.close()
            if not was_used:
                raise self._gone(sent, error) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._connection.close()
            raise self._gone(sent, error) from error
        try:
            return self._once(sent)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._connection.close()
            raise self._gone(sent, error) from error

    def together(self, several: Sequence[Sent]) -> list[Answer]:
        """The answers, each over a connection of its own, which are open before any is used.

        The kept one is closed first, and each once it has its answer: a server that knows one
        connection at a time answers them in turn.
        """
        self.close()
        wires = [SocketWire(self.url, self._patience_s) for _ in several]
        pairs = list(zip(wires, several, strict=True))
        try:
            for wire, sent in pairs:
                wire._try(sent, wire._connection.connect)
            started = [wire._try(sent, partial(wire._ask, sent)) for wire, sent in pairs]
            return [
                wire._try(sent, partial(wire._last, at))
                for (wire, sent), at in zip(pairs, started, strict=True)
            ]
        finally:
            for wire in wires:
                wire.close()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _try(self, sent: Sent, step: Callable[[], T]) -> T:
        try:
            return step()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._gone(sent, error) from error

    def _once(self, sent: Sent) -> Answer:
        return self._hear(self._ask(sent))

    def _ask(self, sent: Sent) -> float:
        """Send a request; when that began, as `time.perf_counter` tells."""
        started = time.perf_counter()
        self._until = time.monotonic() + self._patience_s
        connection = self._connection
        if connection.sock is None:
            connection.connect()
        connection.putrequest(sent.method, self._prefix + sent.target, skip_accept_encoding=True)
        for name, value in sent.headers:
            connection.putheader(name, value.encode("latin-1", "replace"))
        names = {name.lower() for name, _ in sent.headers}
        if sent.body is not None and "content-length" not in names:
            connection.putheader("Content-Length", str(len(sent.body)))
        # A server may refuse a body that is too large, and close, before it has read all of it.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.endheaders(sent.body)
        if connection.sock is not None and not self._is_used:
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return started

    def _hear(self, started: float) -> Answer:
        """Read the answer."""
        response = self._connection.getresponse()
        body = response.read()
        self._is_used = True
        elapsed = (time.perf_counter() - started) * 1000
        return Answer(response.status, tuple(response.getheaders()), body, elapsed)

    def _last(self, started: float) -> Answer:
        """Read the answer, and close the connection."""
        self._until = time.monotonic() + self._patience_s
        answer = self._hear(started)
        self.close()
        return answer

    def _timed_response(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None
    ) -> http.client.HTTPResponse:
        """An answer that must be here, to its last byte, before patience ends."""
        response = http.client.HTTPResponse(sock, debuglevel, method)
        raw: Any = response.fp
        response.fp = io.BufferedReader(_Timed(raw.detach(), sock, self._until))
        return response

    def _gone(self, sent: Sent, error: Exception) -> TargetGone:
        said = f"{type(error).__name__}: {error}".rstrip(": ")
        return TargetGone(f"{self.url} gave no answer to {sent.method} {sent.target} ({said}).")


class _Timed(io.RawIOBase):
    """What a socket sends, as long as patience lasts: each byte by itself may come in time."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, until: float) -> None:
        super().__init__()
        self._raw = raw
        self._socket = sock
        self._until = until

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what is there; TimeoutError when patience has ended."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer did not end in time")
        self._socket.settimeout(left)
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        """Let go of the socket."""
        self._raw.close()
        super().close()


class InProcessWire:
    """An ASGI application in this process: no socket, no thread."""

    def __init__(self, application: Any, url: str = "http://reference") -> None:
        self.url = url
        self._application = application
        self._loop = asyncio.new_event_loop()

    def send(self, sent: Sent) -> Answer:
        """The application's answer; what it raises is raised as TargetGone."""
        started = time.perf_counter()
        try:
            answer = self._loop.run_until_complete(self._answer(sent))
        except Exception as error:
            raise TargetGone(f"{sent.method} {sent.target} failed inside: {error!r}") from error
        return Answer(*answer, (time.perf_counter() - started) * 1000)

    def together(self, several: Sequence[Sent]) -> list[Answer]:
        """The application's answers; what it raises is raised as TargetGone."""

        async def all_of_them() -> list[Answer]:
            answers = await asyncio.gather(*map(self._answer, several))
            return [Answer(*each) for each in answers]

        try:
            return self._loop.run_until_complete(all_of_them())
        except Exception as error:
            raise TargetGone(f"{len(several)} requests failed inside: {error!r}") from error

    def close(self) -> None:
        """Close the loop."""
        self._loop.close()

    async def _answer(self, sent: Sent) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        path, _, query = sent.target.partition("?")
        body = sent.body or b""
        headers = [(n.lower().encode(), v.encode("latin-1", "replace")) for n, v in sent.headers]
        if sent.body is not None:
            headers.append((b"content-length", str(len(body)).encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": sent.method,
            "scheme": "http",
            "path": unquote_to_bytes(path).decode("utf-8", "replace"),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(b"host", b"localhost"), *headers],
            "client": ("127.0.0.1", 1),
            "server": ("reference", 80),
        }
        started: dict[str, Any] = {}
        parts: list[bytes] = []
        requests = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return requests.pop() if requests else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self._application(scope, receive, send)
        pairs = tuple(
            (n.decode("latin-1"), v.decode("latin-1")) for n, v in started.get("headers", ())
        )
        return started["status"], pairs, b"".join(parts)
