"""A reverse proxy that passes requests on and hands every exchange to whoever listens."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import httpx

from contract_tests.exchanges import Answer, Pairs
from contract_tests.findings import Finding
from contract_tests.packs.traffic.recorded import Recorded, decoded, make_exchange, make_sent

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
RawHeaders = list[tuple[bytes, bytes]]

HEADER = b"x-contract-findings"
_MOST_HEADER = 4096
_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer "
    b"transfer-encoding upgrade expect".split()
)


@dataclass(frozen=True, slots=True)
class Passing:
    """How requests are passed on; `name` marks what went through, so that a loop is seen.

    `most_bytes` of each body are kept for judging. With `tells` an answer waits until it is judged
    and carries its findings in a header; one longer than `most_bytes`, or a stream of events, is
    judged by its head alone.
    """

    upstream: str
    name: str
    most_bytes: int
    tells: bool = False
    timeout_s: float = 60.0

    @property
    def timeouts_s(self) -> dict[str, float | None]:
        """How long to wait for a connection and for each part of an answer."""
        return httpx.Timeout(self.timeout_s, connect=min(10.0, self.timeout_s)).as_dict()


@dataclass(slots=True)
class _Kept:
    """The beginning of a body; whether there was more, and whether its end came."""

    most: int
    body: bytearray = field(default_factory=bytearray)
    is_cut: bool = False
    is_ended: bool = False

    @property
    def is_whole(self) -> bool:
        return self.is_ended and not self.is_cut

    def take(self, chunk: bytes) -> None:
        room = self.most - len(self.body)
        self.is_cut = self.is_cut or len(chunk) > room
        self.body += chunk[: max(room, 0)]


class _Gone(Exception):
    """The client went away."""


@dataclass(slots=True)
class _Call:
    """One request under way."""

    method: str
    target: str
    headers: RawHeaders
    sent: _Kept
    began: datetime
    started: float
    is_heard: bool = False


class Relay:
    """An ASGI application; `heard` judges an exchange and gives its findings."""

    def __init__(
        self,
        passing: Passing,
        transport: httpx.AsyncBaseTransport,
        heard: Callable[[Recorded, datetime], list[Finding]],
    ) -> None:
        self._passing = passing
        self._transport = transport
        self._heard = heard
        parts = urlsplit(passing.upstream)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._base = parts.path.rstrip("/")
        self._host = parts.netloc.rpartition("@")[2].encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; the connections to the upstream are closed at the end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        call = self._call(scope)
        if any(
            name == b"via" and self._passing.name.encode() in value for name, value in call.headers
        ):
            await _problem(send, 508, "Loop Detected", "The upstream leads back to this proxy.")
            return
        try:
            await self._pass_on(call, receive, send)
        except _Gone:
            return
        except httpx.TimeoutException as error:
            detail = f"{self._origin} did not answer in time ({type(error).__name__})."
            await _problem(send, 504, "Gateway Timeout", detail)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            said = str(error) or type(error).__name__
            detail = f"No answer from {self._origin}: {said}. Is it running, and --upstream right?"
            await _problem(send, 502, "Bad Gateway", detail)

    async def _live(self, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await self._transport.aclose()
        await send({"type": "lifespan.shutdown.complete"})

    def _call(self, scope: Scope) -> _Call:
        path = scope.get("raw_path") or scope["path"].encode()
        query = scope.get("query_string", b"")
        target = path.decode("latin-1") + (f"?{query.decode('latin-1')}" if query else "")
        headers = [(name.lower(), value) for name, value in scope["headers"]]
        kept = _Kept(self._passing.most_bytes)
        return _Call(
            scope["method"], self._base + target, headers, kept, datetime.now(UTC), perf_counter()
        )

    def _request(self, call: _Call, receive: Receive, body_ended: asyncio.Event) -> httpx.Request:
        lengths = [value for name, value in call.headers if name == b"content-length"]
        is_chunked = any(name == b"transfer-encoding" for name, _ in call.headers)
        has_body = is_chunked or (bool(lengths) and lengths[0] != b"0")
        headers = [
            *(
                (n, v)
                for n, v in _end_to_end(call.headers)
                if n not in (b"host", b"accept-encoding")
            ),
            (b"host", self._host),
            (b"accept-encoding", _readable(call.headers)),
            (b"via", f"1.1 {self._passing.name}".encode()),
        ]
        if not has_body:
            call.sent.is_ended = True
            body_ended.set()
        content = _body(receive, call.sent, body_ended) if has_body else None
        url = httpx.URL(self._origin).copy_with(raw_path=call.target.encode("latin-1"))
        # A transport, and no client: that would add headers and keep cookies of its own.
        timeouts = {"timeout": self._passing.timeouts_s}
        return httpx.Request(
            call.method, url, headers=headers, content=content, extensions=timeouts
        )

    async def _pass_on(self, call: _Call, receive: Receive, send: Send) -> None:
        body_ended = asyncio.Event()
        request = self._request(call, receive, body_ended)
        watching = asyncio.create_task(_until_gone(receive, body_ended))
        answering = asyncio.create_task(self._answer(call, request, send))
        try:
            await asyncio.wait((watching, answering), return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                answering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await answering
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching

    async def _answer(self, call: _Call, request: httpx.Request, send: Send) -> None:
        answer = await self._transport.handle_async_request(request)
        kept = _Kept(self._passing.most_bytes)
        try:
            await self._send_on(call, answer, kept, send)
        finally:
            # A failing upstream, or a client that left, cuts the body: what came of it is kept.
            if not call.is_heard:
                self._hear(call, answer, kept)
            await answer.aclose()

    async def _send_on(self, call: _Call, answer: httpx.Response, kept: _Kept, send: Send) -> None:
        chunks = answer.aiter_raw()
        waiting: list[bytes] = []
        headers = _end_to_end([(name.lower(), value) for name, value in answer.headers.raw])
        if self._passing.tells:
            waiting = await self._wait(answer, chunks, kept)
            headers = [*headers, (HEADER, _told(self._hear(call, answer, kept)))]
        await send(
            {"type": "http.response.start", "status": answer.status_code, "headers": headers}
        )
        for chunk in waiting:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        async for chunk in chunks:
            kept.take(chunk)
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        kept.is_ended = True
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _wait(
        self, answer: httpx.Response, chunks: AsyncIterator[bytes], kept: _Kept
    ) -> list[bytes]:
        """The beginning of an answer, all of it where it is short."""
        found: list[bytes] = []
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return found
        while not kept.is_cut:
            chunk = await anext(chunks, None)
            if chunk is None:
                kept.is_ended = True
                break
            found.append(chunk)
            kept.take(chunk)
        return found

    def _hear(self, call: _Call, answer: httpx.Response, kept: _Kept) -> list[Finding]:
        call.is_heard = True
        took_ms = (perf_counter() - call.started) * 1000
        plain = decoded(bytes(kept.body), answer.headers.get("content-encoding", ""))
        body = b"" if plain is None else plain
        heard = Answer(answer.status_code, _pairs(answer.headers.raw), body, took_ms)
        sent = make_sent(call.method, call.target, _pairs(call.headers), bytes(call.sent.body))
        recorded = Recorded(
            make_exchange(self._origin, sent, heard),
            is_request_whole=call.sent.is_whole,
            is_answer_whole=kept.is_whole and plain is not None,
        )
        return self._heard(recorded, call.began)


async def _body(receive: Receive, kept: _Kept, ended: asyncio.Event) -> AsyncIterator[bytes]:
    """The body of the client, chunk by chunk."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        chunk = message.get("body", b"")
        if chunk:
            kept.take(chunk)
            yield chunk
        if not message.get("more_body", False):
            kept.is_ended = True
            ended.set()
            return


async def _until_gone(receive: Receive, body_ended: asyncio.Event) -> None:
    await body_ended.wait()
    while (await receive())["type"] != "http.disconnect":
        pass


def _end_to_end(headers: RawHeaders) -> RawHeaders:
    """The headers that are meant for the other end (RFC 9110, 7.6.1)."""
    listed = {
        part.strip().lower()
        for name, value in headers
        if name == b"connection"
        for part in value.split(b",")
    }
    return [(n, v) for n, v in headers if n not in _HOP_BY_HOP and n not in listed]


def _readable(headers: RawHeaders) -> bytes:
    """The content codings that both the client and this proxy can read."""
    asked = b",".join(value for name, value in headers if name == b"accept-encoding").lower()
    codings = [part.strip().partition(b";")[0].strip() for part in asked.split(b",")]
    known = [coding for coding in codings if coding in (b"gzip", b"deflate")]
    return b", ".join(known) or b"identity"


def _pairs(headers: RawHeaders) -> Pairs:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def _told(findings: list[Finding]) -> bytes:
    """The findings as JSON in ASCII, as many as there is room for."""
    shown: list[dict[str, str]] = []
    for finding in findings:
        row = {
            "code": finding.code,
            "severity": str(finding.severity),
            "message": finding.title[:300],
            "rule": finding.source[:200],
        }
        if len(json.dumps([*shown, row])) > _MOST_HEADER:
            break
        shown.append(row)
    return json.dumps(shown).encode("ascii")


async def _problem(send: Send, status: int, title: str, detail: str) -> None:
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    with contextlib.suppress(RuntimeError):  # the answer had begun: it ends here, cut off
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body.encode())).encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body.encode()})
