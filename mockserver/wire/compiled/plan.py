"""One operation, prepared: what can be known of its requests before the first of them comes."""

from __future__ import annotations

from typing import Any, TypeVar

from mockserver.contract import Arguments, Match, Operation
from mockserver.contract.parameters import read_headers, read_path, read_query
from mockserver.errors import MockserverError
from mockserver.wire.answering import take_body
from mockserver.wire.api import Api
from mockserver.wire.exchange import Exchange
from mockserver.wire.security import ContractSecurity, count_call

K = TypeVar("K", bound=tuple[str | None, ...])
V = TypeVar("V")

_MOST_REMEMBERED = 1000
_LONGEST_REMEMBERED = 1000


class NotInOrder(MockserverError):
    """A request that no plan answers; nobody is told but the door."""


class Plan:
    """Takes a request of one operation as far as its handler, or says that it is not in order.

    Everything it asks is asked of the contract's own validators and of the security that the other
    way of a request asks too; what it remembers are their answers. `reads_body` says whether the
    operation takes one.
    """

    __slots__ = ("_admitted", "_carriers", "_dialect", "_headers", "_names", "_paths", "_query",
                 "_security", "api", "operation", "reads_body")  # fmt: skip

    def __init__(self, api: Api, operation: Operation, security: ContractSecurity) -> None:
        self.api = api
        self.operation = operation
        self.reads_body = operation.body is not None
        self._security = security
        self._dialect = api.dialect_for(operation.tag)
        self._carriers = _carriers(operation)
        self._admitted: dict[tuple[str | None, ...], str] = {}
        self._paths: dict[tuple[str, ...], dict[str, Any]] = {}
        self._names = frozenset(p.name.lower() for p in operation.located["header"])
        self._query = _defaults(read_query(operation, ""))
        self._headers = _defaults(read_headers(operation, {}))

    def admits(self, exchange: Exchange) -> str:
        """The credential of the caller; EdgeProblem when there is none that opens the operation."""
        if self._carriers is None:
            return self._security.admit(self.operation, self._dialect, exchange)
        sent = tuple(map(exchange.headers.get, self._carriers))
        value = self._admitted.get(sent)
        if value is None:
            value = self._security.admit(self.operation, self._dialect, exchange)
            _remember(self._admitted, sent, value)
        return value

    def take_parameters(self, exchange: Exchange) -> None:
        """Fill in the arguments but for the body; NotInOrder when one breaks the contract."""
        operation = self.operation
        assert exchange.match is not None
        path, query, headers = {}, self._query, self._headers
        if operation.path_names:
            path = self._path(exchange.match)
        if exchange.query or query is None:
            query = _clean(read_query(operation, exchange.query))
        if headers is None or not self._names.isdisjoint(exchange.headers):
            headers = _clean(read_headers(operation, exchange.headers))
        exchange.arguments = Arguments(path, {**query}, {**headers})

    def _path(self, match: Match) -> dict[str, Any]:
        """The path parameters; the same segments are read once."""
        values = self._paths.get(match.segments)
        if values is None:
            values = _clean(read_path(self.operation, match.values(self.operation)))
            _remember(self._paths, match.segments, values)
        return {**values}

    def take_body(self, exchange: Exchange, body: bytes) -> None:
        """Fill in the body; raises what is wrong with it."""
        exchange.body = body
        take_body(exchange, body)

    def count(self, exchange: Exchange, credential: str) -> None:
        """Count the call where the family counts; RateExceeded, and nothing counted, is raised."""
        if self._dialect.has_rate_limit and self.operation.security:
            count_call(exchange, credential)


def _remember(known: dict[K, V], key: K, value: V) -> None:
    """Keep an answer, unless what was asked is long; forget all of them when they are too many."""
    if sum(len(text or "") for text in key) > _LONGEST_REMEMBERED:
        return
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    known[key] = value


def _carriers(operation: Operation) -> tuple[str, ...] | None:
    """The headers that decide who is let in, in lower case; None when the query has a say."""
    names: dict[str, None] = {}
    for scheme in (scheme for way in operation.security for scheme in way.schemes):
        if scheme.type != "apiKey":
            names["authorization"] = None
        elif scheme.location == "query":
            return None
        else:
            names["cookie" if scheme.location == "cookie" else scheme.parameter.lower()] = None
    return tuple(names)


def _clean(read: tuple[dict[str, Any], list[Any]]) -> dict[str, Any]:
    values, found = read
    if found:
        raise NotInOrder("A parameter breaks the contract.")
    return values


def _defaults(read: tuple[dict[str, Any], list[Any]]) -> dict[str, Any] | None:
    """The values of parameters of which none was sent; None when one had to be."""
    values, found = read
    return None if found else values
