"""From checked arguments to an answer: what both ways of a request have in common."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.contract import Arguments, Reply, ViolationError, plain, read_json
from mockserver.contract.media import is_json
from mockserver.contract.payloads import read_payload
from mockserver.contract.shapes import Shape
from mockserver.errors import FieldProblem, MockserverError
from mockserver.replays import KEY
from mockserver.wire.preconditions import demand
from mockserver.wire.problems import InternalFailure, WrongMediaType
from mockserver.wire.replies import Answered

if TYPE_CHECKING:
    from mockserver.contract import BodyRule, Validator, Violation
    from mockserver.wire.api import Api
    from mockserver.wire.exchange import Exchange

log = logging.getLogger("mockserver")


def take_body(exchange: Exchange, text: bytes) -> None:
    """Parse the body and hold it to the contract; WrongMediaType or ViolationError.

    What is wrong with the path is told here where it waited for the body.
    """
    assert exchange.operation is not None
    rule = exchange.operation.body
    if rule is None or (not text and not rule.required and not exchange.ill_formed):
        return
    known, media_type = rule.media_types, exchange.media_type
    validator = known.get(media_type) or known.match(media_type)
    if validator is None:
        raise WrongMediaType(media_type, tuple(known))
    if is_json(media_type):
        value, found = _checked(validator, text)
    else:
        value, found = _of_other_kind(exchange, rule, validator, text)
    given = exchange.arguments
    if given is None:
        raise ViolationError([*exchange.ill_formed, *found])
    call = Arguments(given.path, given.query, given.headers, value, has_body=True)
    if found:
        raise ViolationError(found, _reviewed(exchange, call, found))
    exchange.arguments = call


def _checked(validator: Validator, text: bytes) -> tuple[Any, list[Violation]]:
    """The value of a body and what is wrong with it; None for what is no JSON."""
    try:
        value = read_json(text)
    except ViolationError as error:
        return None, list(error.violations)
    return value, validator.problems(value, "body")


def _of_other_kind(
    exchange: Exchange, rule: BodyRule, validator: Validator, text: bytes
) -> tuple[Any, list[Violation]]:
    """The value of a body that is no JSON: a form, a text, or what nobody looks into."""
    assert exchange.api is not None
    name = rule.media_types.name_of(exchange.media_type) or ""
    shape = Shape(exchange.api.contract.document, rule.schemas.get(name, {}))
    content_type = exchange.headers.get("content-type", "")
    return read_payload(text, content_type, validator, shape, rule.encodings.get(name))


def _reviewed(
    exchange: Exchange, call: Arguments, found: list[Violation]
) -> tuple[FieldProblem, ...]:
    """What else an operation that tells everything at once would refuse the call for.

    A member that is wanting is not wrong itself, and is judged with the rest.
    """
    if not tells_all(exchange):
        return ()
    assert exchange.api is not None
    assert exchange.operation is not None
    wrong = {str(v.pointer[0]) for v in found if v.pointer and v.keyword != "required"}
    review = exchange.api.reviews[exchange.operation.operation_id]
    return review(exchange.served.world, call, frozenset(wrong))


def tells_all(exchange: Exchange) -> bool:
    """Whether the operation tells everything that is wrong with a call at once."""
    assert exchange.operation is not None
    assert exchange.api is not None
    return exchange.operation.body is not None and (
        exchange.operation.operation_id in exchange.api.reviews
    )


def answer(api: Api, exchange: Exchange) -> Reply:
    """The reply of the handler, once the conditions of the request hold; replayed for a key."""
    operation, call = exchange.operation, exchange.arguments
    assert operation is not None
    assert call is not None
    if not call.headers:
        return api.answer(operation, exchange.served, call)
    key = call.headers.get(KEY)
    content = exchange.query.encode() + b"\n" + exchange.body
    called = f"{operation.method} {exchange.path}"
    if key and (kept := exchange.served.replays.find(called, key, content)):
        return kept
    if "If-Match" in call.headers:
        _demand_match(api, exchange, call)
    reply = api.answer(operation, exchange.served, call)
    if key:
        exchange.served.replays.keep(called, key, content, reply)
    return reply


def _demand_match(api: Api, exchange: Exchange, call: Arguments) -> None:
    """Hold a change to the version it means: that of the GET on the same path."""
    assert exchange.match is not None
    read = exchange.match.operations.get("GET")
    if read is not None:
        current = api.answer(read, exchange.served, Arguments(call.path))
        body = orjson.dumps(plain(current.body))
        demand(call.headers["If-Match"], Answered(current.status, {}, body))


def problem_of(exchange: Exchange, error: Exception) -> MockserverError:
    """What the error means; anything unexpected is logged and becomes an InternalFailure."""
    if isinstance(error, MockserverError):
        return error
    log.error("%s %s failed", exchange.method, exchange.path, exc_info=error)
    return InternalFailure()
