"""The door of the server: what the desk finds in order is answered here, all else is handed on."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.clock import stopwatch_ns
from mockserver.wire.compiled.desk import Desk
from mockserver.wire.compiled.plan import Sender
from mockserver.wire.compiled.received import Received
from mockserver.wire.cors import VARY
from mockserver.wire.exchange import sent_path
from mockserver.wire.replies import Answered, start_of


class CompiledDoor:
    """An ASGI application that asks the desk first.

    `edge` gets every other request as it came. `cors` adds to an application what calls from other
    origins need; it is left out where nothing comes from elsewhere.
    """

    def __init__(self, edge: ASGIApp, desk: Desk, cors: Callable[[ASGIApp], ASGIApp]) -> None:
        self._edge = edge
        self._desk = desk
        self._elsewhere = cors(edge)
        self._crossing = cors(self._any)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on before anything has happened."""
        if scope["type"] != "http":
            await self._edge(scope, receive, send)
            return
        sender = self._desk.sender(scope["headers"])
        if sender.crosses:
            await self._crossing(scope, receive, send)
            return
        received = Received(receive)
        answered = await self._in_order(scope, received, sender)
        if answered is None:
            await self._elsewhere(scope, received.again, send)
            return
        start = start_of(answered)
        start["headers"].append(VARY)
        await send(start)
        await send({"type": "http.response.body", "body": answered.body})

    async def _any(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request from another origin, whose headers are added further out."""
        received = Received(receive)
        answered = await self._in_order(scope, received, self._desk.sender(scope["headers"]))
        if answered is None:
            await self._edge(scope, received.again, send)
            return
        await send(start_of(answered))
        await send({"type": "http.response.body", "body": answered.body})

    async def _in_order(self, scope: Scope, received: Received, sender: Sender) -> Answered | None:
        """The answer of the desk; None, and nothing has happened, where it has none."""
        started_ns, desk = stopwatch_ns(), self._desk
        try:
            path = sent_path(scope).encode("latin-1")
            line = desk.line(scope["method"], path, scope["query_string"])
            exchange, credential = desk.open(line, sender)
            reads_body = line.plan.reads_body and exchange.problem is None
            body = await received.whole(desk.max_body_bytes) if reads_body else b""
            desk.take(line, exchange, credential, body)
        except Exception:  # no plan answers it: the edge does
            return None
        return desk.answer(line, sender, exchange, started_ns)
