"""The last step: a reply is held to the contract and becomes bytes."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from mockserver.contract import Operation, Reply, plain
from mockserver.contract.explain import header_of
from mockserver.contract.media import is_json
from mockserver.contract.payloads import written
from mockserver.errors import MockserverError
from mockserver.wire.api import PLAIN, dialect_of_path
from mockserver.wire.dialects import Dialect
from mockserver.wire.exchange import Exchange
from mockserver.wire.kept import InvalidBodyError, Kept, Text, checked_text
from mockserver.wire.preconditions import ETAG, is_unchanged
from mockserver.wire.problems import InternalFailure, Misbehaved
from mockserver.wire.steering import NONE, steering_headers

log = logging.getLogger("mockserver")


if TYPE_CHECKING:
    from mockserver.contract import Validator
    from mockserver.contract.model import ResponseRule

_ETAG = ETAG.lower()
_WITHOUT_LENGTH = frozenset({204, 304})
_NO_TEXT = Text(b"")
_ENDS_A_HEADER = re.compile("[\x00-\x08\x0a-\x1f\x7f]")


class Answered(NamedTuple):
    """An answer ready to be sent; the names of its headers are in lower case.

    `head` are its header fields as they are sent, in any order; empty where nobody wrote them yet.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    head: bytes = b""


def start_of(answered: Answered) -> dict[str, Any]:
    """The ASGI message that begins an answer: its head, with the length of its body."""
    fields = fields_of(answered).items()
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields]
    return {"type": "http.response.start", "status": answered.status, "headers": raw}


def fields_of(answered: Answered) -> dict[str, str]:
    """The header fields of an answer, the length of its body with them where it may have one."""
    status, headers, body, _ = answered
    return headers if status in _WITHOUT_LENGTH else {**headers, "content-length": str(len(body))}


class ReplyBroken(MockserverError):
    """A reply of ours that the contract does not allow."""


def refuse(problem: MockserverError, exchange: Exchange) -> Answered:
    """The answer to a problem, in the words of the family that the request belongs to."""
    exchange.problem = _settled(problem)
    exchange.steered = exchange.steered.refused
    reply = dialect_of(exchange).refuse(problem, exchange)
    return finish(reply, exchange, _explanation(problem, reply.status, exchange))


def _settled(problem: MockserverError) -> MockserverError:
    """The problem without the way to it, which would hold the exchange that holds the problem."""
    problem.__traceback__ = problem.__context__ = problem.__cause__ = None
    return problem


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

    A reply that breaks the contract is logged and leaves as the family's 500. That of a document
    says why: its author, or that of its handlers, is who asks.
    """
    dialect = dialect_of(exchange)
    try:
        answered = _checked(reply, exchange, dialect)
        if exchange.preferences is not NONE:
            more = steering_headers(exchange.preferences, exchange.steered, bool(explained))
            answered.headers.update(_lowered(more))
        if explained:
            answered.headers["x-mock-explain"] = explained
        return answered
    except (ReplyBroken, orjson.JSONEncodeError) as error:
        log.error("%s %s answered %s: %s", exchange.method, exchange.path, reply.status, error)
        what = f"The answer to {exchange.method} {exchange.path} breaks the document: {error}"
        exchange.problem = InternalFailure() if dialect.is_bound else ReplyBroken(what)
        broken = dialect.refuse(exchange.problem, exchange)
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
    if exchange.operation is None or _is_free(reply, exchange, dialect):
        return _written(reply, headers)
    # What a change answers is seldom asked for again as it is: only what is read is kept.
    kept = exchange.api.kept if exchange.api and exchange.method == "GET" else None
    rule = _rule(exchange.operation, reply, headers)
    text = _text(exchange.operation, rule, reply, kept)
    if rule.gives_tag and reply.status == 200:
        headers[_ETAG] = text.tag
        condition = exchange.headers.raw.get(b"if-none-match")
        if condition and is_unchanged(condition.decode("latin-1"), text.tag):
            return Answered(304, headers, b"")
    if reply.body is not None:
        headers["content-type"] = reply.media_type
    return Answered(reply.status, headers, text.json)


def _is_free(reply: Reply, exchange: Exchange, dialect: Dialect) -> bool:
    """Whether a reply need not be declared: faults, and what a dialect has no words for."""
    if isinstance(exchange.problem, Misbehaved):
        return True
    assert exchange.operation is not None
    is_silent = exchange.operation.response_for(reply.status) is None
    return not dialect.is_bound and (exchange.problem is not None or is_silent)


def _lowered(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with their names in lower case; ReplyBroken for what would end a header."""
    if headers and _ENDS_A_HEADER.search("".join(headers.values())):
        raise ReplyBroken(f"The headers {dict(headers)!r} hold control characters.")
    return {name.lower(): value for name, value in headers.items()}


def _rule(operation: Operation, reply: Reply, headers: dict[str, str]) -> ResponseRule:
    """The rule of the reply's status, whose headers it has; ReplyBroken otherwise."""
    rule = operation.response_for(reply.status)
    if rule is None:
        raise ReplyBroken(f"{operation.operation_id} does not document the status {reply.status}.")
    if not rule.always <= headers.keys():
        missing = [name for name in rule.required_headers if name.lower() not in headers]
        raise ReplyBroken(f"{operation.operation_id} lacks the header {missing[0]}.")
    return rule


def _text(operation: Operation, rule: ResponseRule, reply: Reply, kept: Kept | None) -> Text:
    """The text of the body, held to its schema; ReplyBroken otherwise."""
    if reply.body is None:
        if rule.media_types:
            raise ReplyBroken(f"{operation.operation_id} documents content for {reply.status}.")
        return _NO_TEXT
    known = rule.media_types
    validator = known.get(reply.media_type) or known.match(reply.media_type)
    if validator is None:
        raise ReplyBroken(f"{operation.operation_id} documents no {reply.media_type} there.")
    if not is_json(reply.media_type):
        return _other_text(reply, validator)
    try:
        return (kept.text if kept else checked_text)(reply.body, validator)
    except InvalidBodyError as error:
        problems = error.validator.problems(error.body, "body")[:5]
        raise ReplyBroken(" ".join(problem.sentence for problem in problems)) from error


def _other_text(reply: Reply, validator: Validator) -> Text:
    """The text of a body that is no JSON; a text or bytes are what their media type says."""
    body = plain(reply.body)
    if not isinstance(body, str | bytes) and (found := validator.problems(body, "body")[:5]):
        raise ReplyBroken(" ".join(problem.sentence for problem in found))
    return Text(written(reply.media_type, body))


def _written(reply: Reply, headers: dict[str, str]) -> Answered:
    if reply.body is None:
        return Answered(reply.status, headers, b"")
    body = written(reply.media_type, plain(reply.body))
    headers["content-type"] = reply.media_type
    return Answered(reply.status, headers, body)
