"""The edge: from bytes to an operation and back, in the dialect of the family."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from contract_tests.mutants.ports.python_port import (
    agenda,
    leads,
    merchant,
    otesse_bookings,
    otesse_customers,
    otesse_invoices,
)
from contract_tests.mutants.ports.python_port.calls import Call, Handler
from contract_tests.mutants.ports.python_port.checking import Checker
from contract_tests.mutants.ports.python_port.conditions import (
    answer_again,
    as_text,
    names,
    remember,
)
from contract_tests.mutants.ports.python_port.contract import Contract, Match, Operation
from contract_tests.mutants.ports.python_port.credentials import Credentials
from contract_tests.mutants.ports.python_port.database import Database
from contract_tests.mutants.ports.python_port.dialects import worded
from contract_tests.mutants.ports.python_port.intake import take_in
from contract_tests.mutants.ports.python_port.moments import stamp
from contract_tests.mutants.ports.python_port.refusing import Refused, Reply

_LOG = logging.getLogger(__name__)
_HANDLERS: Mapping[str, Handler] = {
    **otesse_customers.HANDLERS,
    **otesse_bookings.HANDLERS,
    **otesse_invoices.HANDLERS,
    **merchant.HANDLERS,
    **leads.HANDLERS,
}
_FAMILIES = {("v1",): "otesse", ("api", "v1", "merchant"): "merchant", ("leads",): "leads"}
_CALLS_A_MINUTE = 100

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Meter:
    """Counts the calls of each credential within the minute; nobody is turned away."""

    window: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def headers(self, now: datetime, caller: str | None) -> dict[str, str]:
        """The rate limit headers of an answer to this caller, whose call counts."""
        window = int(now.timestamp()) // 60
        if window != self.window:
            self.window = window
            self.counts.clear()
        if caller is not None:
            self.counts[caller] = self.counts.get(caller, 0) + 1
        left = _CALLS_A_MINUTE - self.counts.get(caller or "", 0)
        return {
            "X-RateLimit-Limit": str(_CALLS_A_MINUTE),
            "X-RateLimit-Remaining": str(max(left, 0)),
            "X-RateLimit-Reset": str((window + 1) * 60),
        }


@dataclass(slots=True)
class Arrival:
    """A request on its way: what is known of it so far."""

    method: str
    family: str | None
    match: Match | None
    request: Request
    now: datetime
    caller: str | None = None


class Edge:
    """Answers every request of the contract's paths."""

    def __init__(
        self, contract: Contract, database: Database, credentials: Credentials, clock: Clock
    ) -> None:
        self._contract = contract
        self._checker = Checker(contract)
        self._database = database
        self._credentials = credentials
        self._clock = clock
        self._meter = Meter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        request = Request(scope, receive)
        segments = _segments(scope.get("raw_path") or scope["path"].encode())
        match = self._contract.match(segments)
        family = next((name for at, name in _FAMILIES.items() if segments[: len(at)] == at), None)
        arrival = Arrival(request.method, family, match, request, self._clock())
        try:
            reply = await self._answer(arrival)
        except Refused as refused:
            reply = worded(family, refused)
        except ClientDisconnect:
            return
        except Exception:
            _LOG.exception("A request could not be answered.")
            reply = worded(family, Refused(500, "internal_error", "This should not happen."))
        await self._response(arrival, reply)(scope, receive, send)

    async def _answer(self, arrival: Arrival) -> Reply:
        match = arrival.match
        if match is None:
            raise Refused(404, "resource_not_found", "Nothing is served at this address.")
        if arrival.method == "OPTIONS":
            return Reply(204, None, {"Allow": match.allow})
        is_head = arrival.method == "HEAD" and "GET" in match.operations
        operation = match.operations.get("GET" if is_head else arrival.method)
        if operation is None:
            text = f"What can be done here: {match.allow}."
            raise Refused(405, "method_not_allowed", text, headers={"Allow": match.allow})
        arrival.caller = self._credentials.admit(arrival.request.headers, operation)
        taken = await take_in(self._checker, operation, arrival.request, match.values)
        now = stamp(arrival.now)
        call = Call(
            self._database, self._contract, self._checker,
            taken.values, taken.body, now, taken.problems,
        )  # fmt: skip
        with self._database.transaction():
            agenda.catch_up(self._database, now)
        with self._database.transaction():
            return self._done(operation, call, arrival.request, taken.text)

    def _done(self, operation: Operation, call: Call, request: Request, sent: bytes) -> Reply:
        key = call.values.get("Idempotency-Key")
        if key is None:
            reply = _HANDLERS[operation.name](call)
            tag = reply.headers.get("ETag")
            known = call.values.get("If-None-Match")
            is_known = tag is not None and known is not None and names(known, tag, also_weakly=True)
            return Reply(304, None, reply.headers) if is_known else reply
        place = f"{operation.name} {request.scope['path']}"
        content = request.scope["query_string"] + b"\n" + sent
        fingerprint = hashlib.sha256(content).hexdigest()
        given = answer_again(self._database, place, key, fingerprint)
        if given is not None:
            return given
        reply = _HANDLERS[operation.name](call)
        remember(self._database, place, key, fingerprint, reply)
        return reply

    def _response(self, arrival: Arrival, reply: Reply) -> Response:
        headers = dict(reply.headers)
        if arrival.family == "otesse":
            headers |= self._meter.headers(arrival.now, arrival.caller)
        if reply.body is None:
            return Response(None, reply.status, headers)
        content = as_text(reply.body).encode()
        headers |= {"Content-Type": reply.media_type, "Content-Length": str(len(content))}
        return Response(b"" if arrival.method == "HEAD" else content, reply.status, headers)


def build_app(
    contract: Contract,
    database: Database,
    credentials: Credentials | None = None,
    clock: Clock = wall_clock,
) -> Starlette:
    """The server as an ASGI application over a store that is filled already."""
    edge = Edge(contract, database, credentials or Credentials(), clock)
    app = Starlette()
    app.router.default = edge  # a route would not take a path with a line break in it
    return app


def _segments(raw_path: bytes) -> tuple[str, ...]:
    """The parts of a path, decoded one by one; one slash at the end does no harm."""
    parts = raw_path.split(b"?")[0].split(b"/")[1:]
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    return tuple(unquote_to_bytes(part).decode("utf-8", "replace") for part in parts)
