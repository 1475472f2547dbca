"""One operation, prepared: what can be known of its requests before the first of them comes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from mockserver.contract import Arguments, Match, Operation
from mockserver.contract.parameters import read_headers, read_path, read_query
from mockserver.errors import MockserverError
from mockserver.headers import Headers
from mockserver.traffic import Queried
from mockserver.wire.api import Api
from mockserver.wire.exchange import Exchange
from mockserver.wire.security import ContractSecurity, count_call

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Values = Mapping[str, Any]

_SLOW_NS = 1_000_000
_SLOW_FOR = 64
_MOST_REMEMBERED = 1000
_LONGEST_REMEMBERED = 1000


class NotInOrder(MockserverError):
    """A request that no plan answers; nobody is told but who asked the desk."""


class Line(NamedTuple):
    """What the first line of a request leads to.

    `prefix` is the start of the sent path that names a world, `path` the rest of it; `values` are
    the path parameters, `asked` those of the query, None where one breaks the contract; `queried`
    is what both of them exercise.
    """

    plan: Plan
    match: Match
    prefix: str
    path: str
    query: str
    values: Values | None
    asked: Values | None
    queried: Queried | None


class Sender(NamedTuple):
    """The header fields of requests that all have the same ones, and what follows from them.

    `crosses`: they come from another origin; `is_plain`: they name no world and prefer nothing.
    `credentials` are those that were let in, by plan.
    """

    headers: Headers
    crosses: bool
    is_plain: bool
    credentials: dict[Plan, str]


class Plan:
    """Takes a request of one operation as far as its handler, or says what is in the way.

    Everything it asks is asked of the contract's own validators and of the security that the other
    way of a request asks too; what it remembers are their answers. `reads_body` says whether the
    operation takes one, `kept` is where its answers are kept, if it only reads.
    """

    def __init__(self, api: Api, operation: Operation, security: ContractSecurity) -> None:
        self.api = api
        self.operation = operation
        self.reads_body = operation.body is not None
        self.kept = api.kept if api.is_read(operation) and not self.reads_body else None
        self.slow_for = 0
        """So many answers more it is taken to be slow; 0 while it is quick."""
        self._security = security
        self._dialect = api.dialect_for(operation.tag)
        self._counts = self._dialect.has_rate_limit and bool(operation.security)
        self._asks_query = any(s.location == "query" for w in operation.security for s in w.schemes)
        self._names = frozenset(p.name.lower().encode() for p in operation.located["header"])
        # what there is where none is sent; None where one has to be
        self._headers = _clean(read_headers(operation, {}))

    def values(self, match: Match) -> Values | None:
        """The path parameters; None when one breaks the contract."""
        return _clean(read_path(self.operation, match.values(self.operation)))

    def asked(self, query: str) -> Values | None:
        """The query parameters; None when one breaks the contract."""
        return _clean(read_query(self.operation, query))

    def admits(self, sender: Sender, exchange: Exchange) -> str:
        """The credential of the caller; EdgeProblem when it does not open the operation."""
        value = sender.credentials.get(self)
        if value is None:
            value = self._security.admit(self.operation, self._dialect, exchange)
            if not self._asks_query:
                sender.credentials[self] = value
        return value

    def arguments(self, line: Line, headers: Headers) -> Arguments | None:
        """The arguments but for the body; None when one breaks the contract."""
        sent = self._headers
        if sent is None or not self._names.isdisjoint(headers.raw):
            sent = _clean(read_headers(self.operation, headers))
        if line.values is None or line.asked is None or sent is None:
            return None
        return Arguments(line.values, line.asked, sent)

    def took(self, duration_ns: int) -> None:
        """Note how long an answer took: one that was slow may be so again for a while."""
        if duration_ns > _SLOW_NS:
            self.slow_for = _SLOW_FOR
        elif self.slow_for:
            self.slow_for -= 1

    def count(self, exchange: Exchange, credential: str) -> None:
        """Count the call where the family counts; RateExceeded, and nothing counted, is raised."""
        if self._counts:
            count_call(exchange, credential)


def remember(known: dict[K, V], key: K, value: V, length: int) -> None:
    """Keep an answer, unless what was asked is long; forget all of them when they are too many."""
    if length > _LONGEST_REMEMBERED:
        return
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    known[key] = value


def _clean(read: tuple[dict[str, Any], list[Any]]) -> Values | None:
    values, found = read
    return None if found else MappingProxyType(values)
