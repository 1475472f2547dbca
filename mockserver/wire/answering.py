"""From checked arguments to an answer: what both ways of a request have in common."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import orjson

from mockserver.contract import Arguments, Reply, ViolationError, plain
from mockserver.contract.bodies import read_json
from mockserver.errors import MockserverError
from mockserver.replays import KEY
from mockserver.wire.preconditions import demand
from mockserver.wire.problems import InternalFailure, WrongMediaType
from mockserver.wire.replies import Answered

if TYPE_CHECKING:
    from mockserver.wire.api import Api
    from mockserver.wire.exchange import Exchange

log = logging.getLogger("mockserver")


def take_body(exchange: Exchange, text: bytes) -> None:
    """Parse the body and hold it to the contract; WrongMediaType or ViolationError."""
    assert exchange.operation is not None
    rule = exchange.operation.body
    if rule is None or (not text and not rule.required):
        return
    validator = rule.media_types.get(exchange.media_type)
    if validator is None:
        raise WrongMediaType(exchange.media_type, tuple(rule.media_types))
    value = read_json(text)
    problems = validator.problems(value, "body")
    if problems:
        raise ViolationError(problems)
    assert exchange.arguments is not None
    given = exchange.arguments
    exchange.arguments = Arguments(given.path, given.query, given.headers, value, has_body=True)


async def answer(api: Api, exchange: Exchange) -> Reply:
    """The reply of the handler, once the conditions of the request hold; replayed for a key."""
    operation, call = exchange.operation, exchange.arguments
    assert operation is not None
    assert call is not None
    if not call.headers:
        return await api.answer(operation, exchange.served, call)
    key = call.headers.get(KEY)
    content = exchange.query.encode() + b"\n" + exchange.body
    called = f"{operation.method} {exchange.path}"
    if key and (kept := exchange.served.replays.find(called, key, content)):
        return kept
    if "If-Match" in call.headers:
        await _demand_match(api, exchange, call)
    reply = await api.answer(operation, exchange.served, call)
    if key:
        exchange.served.replays.keep(called, key, content, reply)
    return reply


async def _demand_match(api: Api, exchange: Exchange, call: Arguments) -> None:
    """Hold a change to the version it means: that of the GET on the same path."""
    assert exchange.match is not None
    read = exchange.match.operations.get("GET")
    if read is not None:
        current = await api.answer(read, exchange.served, Arguments(call.path))
        body = orjson.dumps(plain(current.body))
        demand(call.headers["If-Match"], Answered(current.status, {}, body))


def problem_of(exchange: Exchange, error: Exception) -> MockserverError:
    """What the error means; anything unexpected is logged and becomes an InternalFailure."""
    if isinstance(error, MockserverError):
        return error
    log.error("%s %s failed", exchange.method, exchange.path, exc_info=error)
    return InternalFailure()
