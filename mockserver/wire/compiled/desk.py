"""The desk: opens requests that are in order, and answers them, without a word of ASGI."""

from __future__ import annotations

from collections.abc import Sequence

from mockserver.headers import Headers
from mockserver.traffic import Declared, Events, queried_by
from mockserver.wire.answering import answer, problem_of, take_body, take_parameters
from mockserver.wire.api import Api
from mockserver.wire.compiled.plan import (
    Line,
    NotInOrder,
    Plan,
    Sender,
    remember,
)
from mockserver.wire.compiled.reads import find
from mockserver.wire.compiled.reads import keep as keep_read
from mockserver.wire.exchange import Exchange
from mockserver.wire.keeping import Watched, keep
from mockserver.wire.picking import HEADER, SIGN, split_prefix, world_named
from mockserver.wire.problems import EdgeProblem
from mockserver.wire.replies import Answered, finish, refuse
from mockserver.wire.security import ContractSecurity
from mockserver.wire.steering import NONE, parse_preferences
from mockserver.worlds import Worlds

Key = tuple[str, bytes, bytes]

_END_OF_HEAD = b"\r\n\r\n"


class Desk:
    """Takes requests of the served contracts in one pass.

    What no plan answers raises, before anything has happened: unknown paths and methods,
    preferences, percent signs in the path, worlds with faults, HEAD and OPTIONS.
    """

    def __init__(
        self,
        apis: tuple[Api, ...],
        worlds: Worlds,
        declared: Declared,
        events: Events,
        security: ContractSecurity,
        max_body_bytes: int,
    ) -> None:
        self.max_body_bytes = max_body_bytes
        self._apis = apis
        self._served = tuple(api for api in apis if api.guard is None)
        self._worlds = worlds
        self._declared = declared
        self._events = events
        self._security = security
        self._plans: dict[tuple[str, str], Plan] = {}
        self._lines: dict[Key, Line] = {}
        self._senders: dict[tuple[tuple[bytes, bytes], ...], Sender] = {}
        self._heads: dict[bytes, tuple[Line, Sender, int]] = {}

    def become(self, other: Desk) -> None:
        """Answer as another desk from the next request on."""
        self.__dict__.update(other.__dict__)

    def known(self, data: bytes) -> tuple[Line, Sender, bytes] | None:
        """What the bytes of a whole request say, with its body, if its head is remembered."""
        end = data.find(_END_OF_HEAD) + len(_END_OF_HEAD)
        known = self._heads.get(data[:end])
        if known is None or len(data) - end != known[2]:
            return None
        return known[0], known[1], data[end:]

    def learn(self, data: bytes, line: Line, sender: Sender, body: bytes) -> None:
        """Remember what the head of a whole request says, that is followed by all of its body."""
        head = data[: data.find(_END_OF_HEAD) + len(_END_OF_HEAD)]
        if len(head) + len(body) == len(data):
            remember(self._heads, head, (line, sender, len(body)), len(head))

    def line(self, method: str, raw_path: bytes, query: bytes) -> Line:
        """What a request line leads to; NotInOrder when a plan cannot answer it."""
        key = (method, raw_path, query)
        return self._lines.get(key) or self._read(key)

    def sender(self, fields: Sequence[tuple[bytes, bytes]]) -> Sender:
        """Who sends these header fields."""
        key = tuple(fields)
        return self._senders.get(key) or self._met(key)

    def open(self, line: Line, sender: Sender) -> tuple[Exchange, str]:
        """The exchange with its arguments but for the body, and the credential that opens it.

        A credential that does not is the `problem` of the exchange. Raises when no plan can answer;
        nothing has happened but that a world was made.
        """
        headers, _, is_plain, _ = sender
        served = self._worlds.default
        if line.prefix or not is_plain:
            if b"prefer" in headers.raw:
                raise NotInOrder("The request prefers something.")
            name = world_named(line.prefix, headers)
            served = self._worlds.pick(name) if name else served
        if served.faults:
            raise NotInOrder("The world has faults.")
        plan = line.plan
        exchange = Exchange(
            plan.operation.method, line.path, line.query, headers, self._apis, served
        )
        exchange.prefix, exchange.queried = line.prefix, line.queried
        exchange.api, exchange.match, exchange.operation = plan.api, line.match, plan.operation
        try:
            credential = plan.admits(sender, exchange)
        except EdgeProblem as problem:
            exchange.problem = problem
            return exchange, ""
        if plan.kept is not None:
            exchange.read = find(plan.kept, line, sender, served)
        if exchange.read is None:
            exchange.arguments = plan.arguments(line, headers)
        return exchange, credential

    def take(self, line: Line, exchange: Exchange, credential: str, body: bytes) -> None:
        """Count the call, take what it holds; what is wrong becomes the exchange's `problem`.

        From here on the desk answers: a call that was counted is not handed on.
        """
        if exchange.problem is not None:
            return
        plan = line.plan
        try:
            plan.count(exchange, credential)
            if exchange.arguments is None and exchange.read is None:
                take_parameters(exchange)
            if plan.reads_body:
                exchange.body = body
                take_body(exchange, body)
        except Exception as error:
            exchange.problem = problem_of(exchange, error)

    def answer(self, line: Line, sender: Sender, exchange: Exchange, started_ns: int) -> Answered:
        """The answer to an exchange that was taken, kept in the journal."""
        watched = Watched.by(self._events, exchange)
        answered = self._answered(line, sender, exchange)
        keep(exchange, answered, (), watched, started_ns)
        return answered

    def _answered(self, line: Line, sender: Sender, exchange: Exchange) -> Answered:
        if exchange.problem is not None:
            return refuse(exchange.problem, exchange)
        if exchange.read is not None:
            return exchange.read.answered(exchange)
        kept = line.plan.kept
        if kept is None:
            return _made(exchange)
        began = exchange.served.now()
        answered = _made(exchange)
        keep_read(kept, line, sender, exchange, answered, began)
        return answered

    def _read(self, key: Key) -> Line:
        method, raw_path, raw_query = key
        path = raw_path.decode("latin-1")
        if "%" in path:
            raise NotInOrder("The path is percent-encoded.")
        preferences, query = parse_preferences("", raw_query.decode("latin-1"))
        if preferences is not NONE:
            raise NotInOrder("The query prefers something.")
        prefix = ""
        if path.startswith(SIGN):
            prefix, path = split_prefix(path)
        found = ((api, match) for api in self._served if (match := api.match(path)))
        api, match = next(found, (None, None))
        operation = match.operations.get(method) if match else None
        if api is None or match is None or operation is None:
            raise NotInOrder("There is no such operation.")
        plan = self._plans.get((api.base_path, operation.uid))
        if plan is None:
            plan = Plan(api, operation, self._security)
            self._plans[api.base_path, operation.uid] = plan
        queried = queried_by(self._declared.operations[operation.operation_id], query)
        line = Line(
            plan, match, prefix, path, query, plan.values(match), plan.asked(query), queried
        )
        remember(self._lines, key, line, len(raw_path) + len(raw_query))
        return line

    def _met(self, fields: tuple[tuple[bytes, bytes], ...]) -> Sender:
        headers = Headers(fields)
        is_plain = b"prefer" not in headers.raw and HEADER not in headers.raw
        sender = Sender(headers, b"origin" in headers.raw, is_plain, {})
        remember(self._senders, fields, sender, headers.size)
        return sender


def _made(exchange: Exchange) -> Answered:
    """The answer of the handler, or the refusal it ends in."""
    try:
        assert exchange.api is not None
        return finish(answer(exchange.api, exchange), exchange)
    except Exception as error:  # what the business refuses, or a fault of ours
        return refuse(problem_of(exchange, error), exchange)
