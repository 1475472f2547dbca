"""The outermost ASGI layer: opens an exchange, picks its path item, and lets nothing escape."""

from __future__ import annotations

import asyncio
import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mockserver.clock import stopwatch_ns
from mockserver.contract import Operation
from mockserver.errors import Refusal
from mockserver.traffic import Events
from mockserver.wire.api import Api
from mockserver.wire.exchange import Exchange, attach
from mockserver.wire.guard import Guard
from mockserver.wire.inspecting import Inspector
from mockserver.wire.keeping import Watched, keep
from mockserver.wire.misbehaving import decide, hang_up, instead, send_cut, spoiled
from mockserver.wire.pages import Pages
from mockserver.wire.picking import named_world, pick_world
from mockserver.wire.problems import EdgeProblem, InternalFailure, NotRouted, WrongMethod
from mockserver.wire.replies import Answered, refuse, refuse_plainly, start_of
from mockserver.wire.steering import NONE, steered_reply
from mockserver.wire.streaming import MEDIA_TYPE, stream_events
from mockserver.worlds import Worlds

log = logging.getLogger("mockserver")


class Edge:
    """Hands each request to the framework with only what the framework is needed for.

    The framework sees the method, the normalised path and the exchange; headers, query and body
    are read by our own stages. Pages (documentation and the like) are served beside the contracts.
    """

    def __init__(
        self,
        framework: ASGIApp,
        apis: tuple[Api, ...],
        pages: Pages,
        worlds: Worlds,
        events: Events,
        inspector: Inspector,
    ) -> None:
        self._framework = framework
        self._apis = apis
        self._pages = pages
        self._worlds = worlds
        self._events = events
        self._inspector = inspector
        self._guard = next((api.guard for api in apis if api.guard is not None), None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; other kinds of connection are the framework's or refused."""
        if scope["type"] == "lifespan":
            await self._framework(scope, receive, send)
        elif scope["type"] == "http":
            await self._exchange(scope, receive, _without_body(send, scope["method"]))
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange.of(scope, self._apis, self._worlds.default)
        try:
            pick_world(exchange, self._worlds)
        except Refusal as refusal:
            await _send(refuse_plainly(refusal, exchange), send)
            return
        self._match(exchange)
        try:
            await _prefer(exchange)
        except Refusal as refusal:
            await _send(refuse_plainly(refusal, exchange), send)
            return
        if exchange.match is None and self._pages.owns(exchange.path):
            await self._pages.answer(exchange.prefix, exchange.path, scope, receive, send)
        elif self._inspector.owns(exchange.path):
            await _send(self._inspect(exchange, scope), send)
        elif exchange.api is not None and exchange.api.guard is not None:
            await self._steer(exchange.api.guard, exchange, scope, receive, send)
        else:
            await self._serve(exchange, scope, receive, send)

    async def _steer(
        self, guard: Guard, exchange: Exchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """A call of the server's own API: guarded, and neither spoiled nor recorded."""
        try:
            guard.check(scope, exchange)
        except EdgeProblem as problem:
            await _send(refuse(problem, exchange), send)
            return
        if exchange.operation is not None and _is_stream(exchange.operation):
            await stream_events(self._events, named_world(exchange), receive, send)
        else:
            await _send(await self._answer(exchange, scope, receive), send)

    def _inspect(self, exchange: Exchange, scope: Scope) -> Answered:
        """A file of the inspector, for whom the server's own API may answer."""
        try:
            if self._guard is not None:
                self._guard.check_page(scope, exchange)
        except EdgeProblem as problem:
            return refuse(problem, exchange)
        return self._inspector.answer(exchange)

    async def _serve(self, exchange: Exchange, scope: Scope, receive: Receive, send: Send) -> None:
        """A call of a served family: faults may spoil it, and it is recorded."""
        started_ns = stopwatch_ns()
        watched = Watched.by(self._events, exchange)
        decision = decide(exchange)
        if decision is None:
            answered = await self._answer(exchange, scope, receive)
            keep(exchange, answered, (), watched, started_ns)
            await _send(answered, send)
            return
        await asyncio.sleep(decision.delay_ms / 1000)
        if decision.reset:
            keep(exchange, None, decision.fired, watched, started_ns)
            await hang_up(receive)
            return
        answered = instead(decision, exchange) or await self._answer(exchange, scope, receive)
        answered = spoiled(answered, decision)
        keep(exchange, answered, decision.fired, watched, started_ns)
        if decision.truncate:
            await send_cut(answered, start_of(answered), send, receive)
        else:
            await _send(answered, send)

    def _match(self, exchange: Exchange) -> None:
        """Find the path item, and the operation of the method if it has one."""
        for api in self._apis:
            match = api.match(exchange.path)
            if match is not None:
                exchange.api, exchange.match = api, match
                exchange.operation = match.operations.get(exchange.method)
                if exchange.operation is None and exchange.method == "HEAD":
                    exchange.operation = match.operations.get("GET")
                exchange.path = api.base_path + match.path
                return

    async def _answer(self, exchange: Exchange, scope: Scope, receive: Receive) -> Answered:
        """The answer of the framework, or of the edge where the path has no such operation."""
        if exchange.operation is None:
            return _without_operation(exchange)
        caught = _Caught()
        try:
            await self._framework(_narrowed(scope, exchange), receive, caught)
        except Exception:
            log.exception("%s %s failed", exchange.method, exchange.path)
            return refuse(InternalFailure(), exchange)
        return caught.answered()


class _Caught:
    """An ASGI `send` that keeps the answer instead of sending it."""

    def __init__(self) -> None:
        self._start: Message = {}
        self._chunks: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Keep one message."""
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._chunks.append(message.get("body", b""))

    def answered(self) -> Answered:
        """The answer as a whole; lengths are counted anew when it is sent."""
        headers = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in self._start["headers"]
            if name != b"content-length"
        }
        return Answered(self._start["status"], headers, b"".join(self._chunks))


async def _prefer(exchange: Exchange) -> None:
    """Choose the answer that the request prefers, if it prefers any; wait as long as it asks."""
    api, preferences = exchange.api, exchange.preferences
    if preferences is NONE or exchange.operation is None or api is None or api.guard:
        return
    exchange.steered = steered_reply(api.contract, exchange.operation, preferences)
    if preferences.delay_ms:
        await asyncio.sleep(preferences.delay_ms / 1000)


def _is_stream(operation: Operation) -> bool:
    rule = operation.response_for(200)
    return rule is not None and MEDIA_TYPE in rule.media_types


def _without_operation(exchange: Exchange) -> Answered:
    """OPTIONS is answered for every path; anything else is a wrong path or a wrong method."""
    if exchange.match is None:
        return refuse(NotRouted(exchange.path), exchange)
    allow = exchange.match.allow
    if exchange.method == "OPTIONS":
        return Answered(204, {"allow": allow}, b"")
    return refuse(WrongMethod(exchange.method, exchange.path, allow), exchange)


def _narrowed(scope: Scope, exchange: Exchange) -> Scope:
    """A scope without what the framework would parse again, and could stumble over."""
    assert exchange.operation is not None
    is_closed = exchange.operation.path.endswith("/")
    path = exchange.path if is_closed else exchange.path.removesuffix("/")
    inner = {**scope, "path": path, "raw_path": path.encode("latin-1"), "root_path": ""}
    inner["headers"], inner["query_string"], inner["method"] = [], b"", exchange.method
    attach(inner, exchange)
    return inner


def _without_body(send: Send, method: str) -> Send:
    """For HEAD: everything a GET sends, less its content."""
    if method != "HEAD":
        return send

    async def headers_only(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return headers_only


async def _send(answered: Answered, send: Send) -> None:
    await send(start_of(answered))
    await send({"type": "http.response.body", "body": answered.body})
