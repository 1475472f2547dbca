"""The door of the server: what a plan finds in order is answered here, all else is handed on."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.clock import stopwatch_ns
from mockserver.contract import Operation
from mockserver.traffic import Events
from mockserver.wire.answering import answer, problem_of
from mockserver.wire.api import Api
from mockserver.wire.compiled.plan import NotInOrder, Plan
from mockserver.wire.compiled.received import Received
from mockserver.wire.exchange import Exchange, sent_path
from mockserver.wire.keeping import Watched, keep
from mockserver.wire.picking import SIGN, pick_world, split_prefix
from mockserver.wire.replies import Answered, finish, refuse, start_of
from mockserver.wire.security import ContractSecurity
from mockserver.wire.steering import NONE
from mockserver.worlds import Worlds


class CompiledDoor:
    """Answers the requests of one contract in one pass, as long as everything is in order.

    `edge` gets every other request as it came: unknown paths, refused credentials, violations,
    preferences, percent signs in the path, worlds with faults, HEAD and OPTIONS.
    """

    def __init__(
        self,
        edge: ASGIApp,
        api: Api,
        apis: tuple[Api, ...],
        worlds: Worlds,
        events: Events,
        security: ContractSecurity,
        max_body_bytes: int,
    ) -> None:
        self._edge = edge
        self._api = api
        self._apis = apis
        self._worlds = worlds
        self._events = events
        self._security = security
        self._max_body_bytes = max_body_bytes
        self._plans: dict[str, Plan] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on before anything has happened."""
        if scope["type"] != "http":
            await self._edge(scope, receive, send)
            return
        started_ns = stopwatch_ns()
        received = Received(receive)
        try:
            exchange = await self._in_order(scope, received)
        except Exception:  # refused or broken: the edge finds the same, and has the words
            exchange = None
        if exchange is None:
            await self._edge(scope, received.again, send)
            return
        answered = await self._answer(exchange, started_ns)
        await send(start_of(answered))
        await send({"type": "http.response.body", "body": answered.body})

    async def _in_order(self, scope: Scope, received: Received) -> Exchange:
        """The exchange with its arguments, its call counted; raises when anything is not in order.

        Until the call is counted, last of all, nothing has happened but that a world was made.
        """
        exchange = self._opened(scope)
        assert exchange.operation is not None
        plan = self._plans.get(exchange.operation.uid) or self._planned(exchange.operation)
        credential = plan.admits(exchange)
        plan.take_parameters(exchange)
        if plan.reads_body:
            plan.take_body(exchange, await received.whole(self._max_body_bytes))
        plan.count(exchange, credential)
        return exchange

    def _opened(self, scope: Scope) -> Exchange:
        """The exchange with its world and operation."""
        path = sent_path(scope)
        if "%" in path:
            raise NotInOrder("The path is percent-encoded.")
        if path.startswith(SIGN):
            path = split_prefix(path)[1]
        match = self._api.match(path)
        operation = match.operations.get(scope["method"]) if match else None
        if operation is None:
            raise NotInOrder("There is no such operation.")
        exchange = Exchange(scope, self._apis, self._worlds.default)
        pick_world(exchange, self._worlds)
        if exchange.preferences is not NONE or exchange.served.faults:
            raise NotInOrder("The request or its world asks for something else.")
        exchange.api, exchange.match, exchange.operation = self._api, match, operation
        return exchange

    def _planned(self, operation: Operation) -> Plan:
        plan = self._plans[operation.uid] = Plan(self._api, operation, self._security)
        return plan

    async def _answer(self, exchange: Exchange, started_ns: int) -> Answered:
        watched = Watched(exchange, self._events)
        try:
            answered = finish(await answer(self._api, exchange), exchange)
        except Exception as error:  # what the business refuses, or a fault of ours
            answered = refuse(problem_of(exchange, error), exchange)
        keep(exchange, answered, (), watched, started_ns)
        return answered
