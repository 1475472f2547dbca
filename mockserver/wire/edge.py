"""The outermost ASGI layer: opens an exchange, picks its path item, and lets nothing escape."""

from __future__ import annotations

import logging

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mockserver.errors import Refusal
from mockserver.wire.api import Api
from mockserver.wire.exchange import Exchange, attach
from mockserver.wire.pages import Pages
from mockserver.wire.picking import pick_world
from mockserver.wire.problems import EdgeProblem, InternalFailure, NotRouted, WrongMethod
from mockserver.wire.replies import Answered, refuse, refuse_plainly
from mockserver.worlds import Worlds

log = logging.getLogger("mockserver")


class Edge:
    """Hands each request to the framework with only what the framework is needed for.

    The framework sees the method, the normalised path and the exchange; headers, query and body
    are read by our own stages. Pages (documentation and the like) are served beside the contracts.
    """

    def __init__(
        self, framework: ASGIApp, apis: tuple[Api, ...], pages: Pages, worlds: Worlds
    ) -> None:
        self._framework = framework
        self._apis = apis
        self._pages = pages
        self._worlds = worlds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; other kinds of connection are the framework's or refused."""
        if scope["type"] == "lifespan":
            await self._framework(scope, receive, send)
        elif scope["type"] == "http":
            await self._exchange(scope, receive, _without_body(send, scope["method"]))
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange(scope, self._apis, self._worlds.default)
        try:
            pick_world(exchange, self._worlds)
        except Refusal as refusal:
            await _send(refuse_plainly(refusal, exchange), send)
            return
        self._match(exchange)
        if exchange.match is None and self._pages.owns(exchange.path):
            await self._pages.answer(exchange.prefix, exchange.path, scope, receive, send)
        elif (refused := _guarded(scope, exchange)) is not None:
            await _send(refused, send)
        elif exchange.operation is not None:
            await self._through_framework(exchange, scope, receive, send)
        else:
            await _send(_without_operation(exchange), send)

    def _match(self, exchange: Exchange) -> None:
        """Find the path item, and the operation of the method if it has one."""
        for api in self._apis:
            match = api.match(exchange.path)
            if match is not None:
                exchange.api, exchange.match = api, match
                method = "GET" if exchange.method == "HEAD" else exchange.method
                exchange.operation = match.operations.get(method)
                return

    async def _through_framework(
        self, exchange: Exchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        inner = _narrowed(scope, exchange)
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._framework(inner, receive, watched)
        except Exception:
            log.exception("%s %s failed", exchange.method, exchange.path)
            if not started:
                await _send(refuse(InternalFailure(), exchange), send)


def _guarded(scope: Scope, exchange: Exchange) -> Answered | None:
    """The refusal of a caller who may not use the API at all."""
    if exchange.api is None or exchange.api.guard is None:
        return None
    try:
        exchange.api.guard.check(scope, exchange)
    except EdgeProblem as problem:
        return refuse(problem, exchange)
    return None


def _without_operation(exchange: Exchange) -> Answered:
    """OPTIONS is answered for every path; anything else is a wrong path or a wrong method."""
    if exchange.match is None:
        return refuse(NotRouted(exchange.path), exchange)
    allow = exchange.match.allow
    if exchange.method == "OPTIONS":
        return Answered(204, {"Allow": allow}, b"")
    return refuse(WrongMethod(exchange.method, exchange.path, allow), exchange)


def _narrowed(scope: Scope, exchange: Exchange) -> Scope:
    """A scope without what the framework would parse again, and could stumble over."""
    path = exchange.path.removesuffix("/")
    inner = {**scope, "path": path, "raw_path": path.encode("latin-1"), "root_path": ""}
    inner["headers"], inner["query_string"] = [], b""
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
    response = Response(answered.body, answered.status, answered.headers)
    await send({"type": "http.response.start", "status": response.status_code,
                "headers": response.raw_headers})  # fmt: skip
    await send({"type": "http.response.body", "body": answered.body})
