"""Deliberate misbehaviour on the wire: what a fault decision does to an answer and a connection."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import Message, Receive, Send

from mockserver.chaos import Decision, RequestFacts, invalid_body, truncated
from mockserver.contract import Reply
from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import Misbehaved, RateExceeded
from mockserver.wire.replies import Answered, finish, refuse
from mockserver.wire.steering import Preferences, steered_reply


def decide(exchange: Exchange) -> Decision | None:
    """What the world's faults do to this exchange; None when they leave it alone."""
    faults = exchange.served.faults
    if not faults:
        return None
    operation = exchange.operation.operation_id if exchange.operation else None
    path = exchange.path.removesuffix("/") or "/"
    facts = RequestFacts(operation, exchange.method, path, exchange.headers)
    return faults.decide(facts, exchange.served.now())


def instead(decision: Decision, exchange: Exchange) -> Answered | None:
    """The refusal that a fault sends instead of an answer, in the words of the family."""
    if decision.status is None:
        return None
    documented = _documented(decision.status, exchange)
    if documented is not None:
        return finish(documented, exchange)
    if decision.status == 429:
        return refuse(RateExceeded(decision.retry_after or 1), exchange)
    return refuse(Misbehaved(decision.status, decision.retry_after), exchange)


def _documented(status: int, exchange: Exchange) -> Reply | None:
    """The operation's documented answer of a status; 429 is worded with its own waiting time."""
    if exchange.operation is None or exchange.api is None or status == 429:
        return None
    exchange.problem = Misbehaved(status)
    wanted = Preferences(code=status)
    return steered_reply(exchange.api.contract, exchange.operation, wanted).reply


def spoiled(answered: Answered, decision: Decision) -> Answered:
    """The answer with a body or content type that breaks the contract."""
    body, headers = answered.body, answered.headers
    if decision.invalid_body is not None:
        body = invalid_body(body, decision.invalid_body)
    if decision.content_type is not None:
        others = {name: value for name, value in headers.items() if name != "content-type"}
        headers = {**others, "content-type": decision.content_type}
    return Answered(answered.status, headers, body)


async def hang_up(receive: Receive) -> None:
    """Reset the connection without an answer."""
    transport = _transport(receive)
    if transport is None:
        raise ConnectionResetError("The connection was reset by a fault.")
    transport.abort()
    await _gone(receive)


async def send_cut(answered: Answered, start: Message, send: Send, receive: Receive) -> None:
    """Announce the whole body, send a part of it, and close the connection."""
    await send(start)
    body = truncated(answered.body)
    await send({"type": "http.response.body", "body": body, "more_body": True})
    transport = _transport(receive)
    if transport is None:
        raise ConnectionResetError("The connection was closed by a fault before the body's end.")
    transport.close()
    await _gone(receive)


def _transport(receive: Receive) -> Any:
    """The connection under an ASGI call of uvicorn's; None where there is none, as in tests.

    No ASGI message closes a connection, so that uvicorn's own object is asked (see the test).
    """
    return getattr(getattr(receive, "__self__", None), "transport", None)


async def _gone(receive: Receive) -> None:
    """Wait until the server has noticed, so that it does not complain of a missing answer."""
    while (await receive())["type"] != "http.disconnect":
        await asyncio.sleep(0)
