"""Letting a caller in: the contract's security, checked for one operation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mockserver.contract import Operation
from mockserver.contract.model import Alternative, SecurityScheme
from mockserver.wire.credentials import Credentials, Grant
from mockserver.wire.dialects import Dialect
from mockserver.wire.exchange import Exchange, exchange_of
from mockserver.wire.problems import RateExceeded, ScopeMissing, Unauthenticated


class ContractSecurity:
    """The framework's security handler for every operation of every contract.

    A caller is judged by the first alternative of the operation for which it sends something, in
    the order of the contract (so `Authorization` goes before `X-API-Key`, domain 1.3). Where an
    alternative asks for nothing, callers that send nothing are let in.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def get_fn(
        self, _scheme: dict[str, Any], _scopes: list[str]
    ) -> Callable[[Any], Awaitable[dict[str, str]]]:
        """The check the framework calls with each request."""

        async def verify(request: Any) -> dict[str, str]:
            self.check(exchange_of(request.scope))
            return {}

        return verify

    def check(self, exchange: Exchange) -> None:
        """Let the caller in, or raise Unauthenticated, ScopeMissing or RateExceeded."""
        operation = exchange.operation
        if operation is None:
            return
        assert exchange.api is not None
        dialect = exchange.api.dialect_for(operation.tag)
        value = self.admit(operation, dialect, exchange)
        if dialect.has_rate_limit and operation.security:
            count_call(exchange, value)

    def admit(self, operation: Operation, dialect: Dialect, exchange: Exchange) -> str:
        """The credential that lets the caller in, or Unauthenticated or ScopeMissing.

        It depends on nothing but what the request holds, and changes nothing. Empty where the
        operation lets in whoever sends nothing.
        """
        if not operation.security:
            return ""
        presented = _presented(operation, exchange)
        if presented is None:
            return ""
        value, form = presented
        grant = self._credentials.grant(value, dialect.name, form)
        if grant is None:
            raise Unauthenticated("malformed")
        _demand(grant, operation)
        return value


def count_call(exchange: Exchange, key: str) -> None:
    """Count a call of the key; RateExceeded, and nothing counted, when there were too many."""
    served = exchange.served
    exchange.allowance, wait = served.meter.count(key, served.now())
    if wait:
        raise RateExceeded(wait)


def _presented(operation: Operation, exchange: Exchange) -> tuple[str, str] | None:
    """The credential and its form; None where none was sent and none is needed."""
    for alternative in operation.security:
        values = [_value(scheme, exchange, operation) for scheme in alternative.schemes]
        if values and all(value is not None for value in values):
            return values[0] or "", _form(alternative)
    if any(not alternative.schemes for alternative in operation.security):
        return None
    raise Unauthenticated("missing")


def _form(alternative: Alternative) -> str:
    return alternative.schemes[0].form


def _value(scheme: SecurityScheme, exchange: Exchange, operation: Operation) -> str | None:
    """The credential sent for a scheme; None when none was, Unauthenticated when half of one."""
    if scheme.type == "apiKey":
        readers: dict[str, Callable[[str], str]] = {
            "header": lambda name: exchange.headers.get(name.lower(), "").strip(),
            "cookie": exchange.cookie,
            "query": exchange.query_value,
        }
        return readers[scheme.location](scheme.parameter) or None
    sent = exchange.headers.get("authorization", "").strip()
    if not sent:
        return None
    kind, _, value = sent.partition(" ")
    if kind.lower() == scheme.http_scheme and value.strip():
        return value.strip()
    if kind.lower() != scheme.http_scheme and kind.lower() in _kinds(operation):
        return None  # it is meant for another alternative
    raise Unauthenticated("malformed")


def _kinds(operation: Operation) -> set[str]:
    """The kinds of `Authorization` that the operation takes."""
    schemes = (scheme for way in operation.security for scheme in way.schemes)
    return {scheme.http_scheme for scheme in schemes if scheme.type != "apiKey"}


def _demand(grant: Grant, operation: Operation) -> None:
    if grant.state == "forbidden":
        raise ScopeMissing((operation.scopes or ("",))[0])
    if grant.state != "valid":
        raise Unauthenticated(grant.state)
    for scope in operation.scopes:
        if grant.scopes is not None and scope not in grant.scopes:
            raise ScopeMissing(scope)
