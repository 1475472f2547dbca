"""The last step: a reply is held to the contract and becomes bytes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from mockserver.contract import Operation, Reply, plain
from mockserver.contract.explain import header_of
from mockserver.errors import MockserverError
from mockserver.wire.api import PLAIN, dialect_of_path
from mockserver.wire.dialects import Dialect
from mockserver.wire.exchange import Exchange
from mockserver.wire.kept import InvalidBodyError, Kept, checked_text
from mockserver.wire.preconditions import ETAG, gives_tag, is_unchanged, tag_of
from mockserver.wire.problems import InternalFailure, Misbehaved
from mockserver.wire.steering import NONE, steering_headers

log = logging.getLogger("mockserver")


if TYPE_CHECKING:
    from mockserver.contract.model import ResponseRule

_ETAG = ETAG.lower()
_WITHOUT_LENGTH = frozenset({204, 304})


class Answered(NamedTuple):
    """An answer ready to be sent; the names of its headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def start_of(answered: Answered) -> dict[str, Any]:
    """The ASGI message that begins an answer: its head, with the length of its body."""
    status, headers, body = answered
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    if status not in _WITHOUT_LENGTH:
        raw.append((b"content-length", b"%d" % len(body)))
    return {"type": "http.response.start", "status": status, "headers": raw}


class ReplyBroken(MockserverError):
    """A reply of ours that the contract does not allow."""


def refuse(problem: MockserverError, exchange: Exchange) -> Answered:
    """The answer to a problem, in the words of the family that the request belongs to."""
    exchange.problem = problem
    exchange.steered = exchange.steered.refused
    reply = dialect_of(exchange).refuse(problem, exchange)
    return finish(reply, exchange, _explanation(problem, reply.status, exchange))


def _explanation(problem: MockserverError, status: int, exchange: Exchange) -> str:
    if not exchange.preferences.explain or exchange.api is None or exchange.operation is None:
        return ""
    found = exchange.api.explainer.explain(exchange.operation, problem, status)
    exchange.explanation = [explanation.to_json() for explanation in found]
    return header_of(found)


def refuse_plainly(problem: MockserverError, exchange: Exchange) -> Answered:
    """The answer to a problem of ours that no family documents, such as a bad world name."""
    reply = PLAIN.refuse(problem, exchange)
    return _written(reply, _lowered(reply.headers))


def finish(reply: Reply, exchange: Exchange, explained: str = "") -> Answered:
    """Add the family's headers, check the reply, and make it bytes.

    A reply that breaks the contract is logged and leaves as the family's 500.
    """
    dialect = dialect_of(exchange)
    try:
        answered = _conditional(_checked(reply, exchange, dialect), exchange)
        if exchange.preferences is not NONE:
            more = steering_headers(exchange.preferences, exchange.steered, bool(explained))
            answered.headers.update(_lowered(more))
        if explained:
            answered.headers["x-mock-explain"] = explained
        return answered
    except (ReplyBroken, orjson.JSONEncodeError) as error:
        log.error("%s %s answered %s: %s", exchange.method, exchange.path, reply.status, error)
        exchange.problem = InternalFailure()
        broken = dialect.refuse(InternalFailure(), exchange)
        return _written(broken, {**_lowered(broken.headers), **dialect.headers(exchange)})


def dialect_of(exchange: Exchange) -> Dialect:
    """The dialect of the matched operation, or of whoever owns the path."""
    if exchange.api is not None and exchange.match is not None:
        operation = exchange.operation or next(iter(exchange.match.operations.values()))
        return exchange.api.dialect_for(operation.tag)
    return dialect_of_path(exchange.apis, exchange.path)


def _checked(reply: Reply, exchange: Exchange, dialect: Dialect) -> Answered:
    headers = dialect.headers(exchange)
    if reply.headers:
        headers = {**_lowered(reply.headers), **headers}
        if exchange.prefix and headers.get("location", "").startswith("/"):
            headers["location"] = exchange.prefix + headers["location"]
    if exchange.operation is None or isinstance(exchange.problem, Misbehaved):
        return _written(reply, headers)
    # What a change answers is seldom asked for again as it is: only what is read is kept.
    kept = exchange.api.kept if exchange.api and exchange.method == "GET" else None
    text = _check(exchange.operation, reply, headers, kept)
    if reply.body is not None:
        headers["content-type"] = reply.media_type
    return Answered(reply.status, headers, text)


def _lowered(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _check(operation: Operation, reply: Reply, headers: dict[str, str], kept: Kept | None) -> bytes:
    """The text of the body, once the reply was held to the contract; ReplyBroken otherwise."""
    rule = operation.response_for(reply.status)
    if rule is None:
        raise ReplyBroken(f"{operation.operation_id} does not document the status {reply.status}.")
    if not rule.always <= headers.keys():
        missing = [name for name in rule.required_headers if name.lower() not in headers]
        raise ReplyBroken(f"{operation.operation_id} lacks the header {missing[0]}.")
    return _check_body(operation, rule, reply, kept)


def _check_body(operation: Operation, rule: ResponseRule, reply: Reply, kept: Kept | None) -> bytes:
    if reply.body is None:
        if rule.media_types:
            raise ReplyBroken(f"{operation.operation_id} documents content for {reply.status}.")
        return b""
    validator = rule.media_types.get(reply.media_type)
    if validator is None:
        raise ReplyBroken(f"{operation.operation_id} documents no {reply.media_type} there.")
    try:
        return (kept.text if kept else checked_text)(reply.body, validator)
    except InvalidBodyError as error:
        problems = error.validator.problems(error.body, "body")[:5]
        raise ReplyBroken(" ".join(problem.sentence for problem in problems)) from error


def _conditional(answered: Answered, exchange: Exchange) -> Answered:
    """The answer with its entity tag; 304 without content when the client has it already."""
    if not gives_tag(exchange.operation, answered.status):
        return answered
    headers = answered.headers
    headers[_ETAG] = tag_of(answered.body)
    condition = exchange.headers.get("if-none-match")
    if not condition or not is_unchanged(condition, headers[_ETAG]):
        return answered
    del headers["content-type"]
    return Answered(304, headers, b"")


def _written(reply: Reply, headers: dict[str, str]) -> Answered:
    if reply.body is None:
        return Answered(reply.status, headers, b"")
    body = orjson.dumps(plain(reply.body))
    headers["content-type"] = reply.media_type
    return Answered(reply.status, headers, body)
