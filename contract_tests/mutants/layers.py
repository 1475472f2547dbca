"""Faults at the edge: what is read of a request, and what is sent, changed for named operations.

An answer is changed once the server has held it to the contract and before its length is counted,
so that HEAD, Content-Length and the journal agree with what is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from contract_tests.mutants.mutant import Apply, Verb, replaced
from mockserver.contract import Arguments, Violation, ViolationError, read_json
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered

Edit = Callable[[Exchange, Answered], Answered]


def answered(edit: Edit, *operations: str) -> Apply:
    """Answers of the operations as `edit` makes them; none named: of every path there is."""

    def make(original: Verb) -> Verb:
        async def answer(edge: Any, exchange: Exchange, scope: Any, receive: Any) -> Answered:
            given: Answered = await original(edge, exchange, scope, receive)
            return edit(exchange, given) if concerns(exchange, operations) else given

        return answer

    return replaced("mockserver.wire.edge:Edge._answer", make)


def told(edit: Callable[[Any], Any], *operations: str, status: int = 200) -> Apply:
    """JSON bodies of the operations, in answers of one status, as `edit` makes them."""

    def in_json(_exchange: Exchange, given: Answered) -> Answered:
        if given.status != status or not given.body:
            return given
        return given._replace(body=orjson.dumps(edit(orjson.loads(given.body))))

    return answered(in_json, *operations)


def restated(status: int, instead: int, *operations: str) -> Apply:
    """One status of the operations turned into another; the rest of the answer stays."""

    def edit(_exchange: Exchange, given: Answered) -> Answered:
        return given._replace(status=instead) if given.status == status else given

    return answered(edit, *operations)


def without_header(name: str, *operations: str, status: int) -> Apply:
    """Answers of one status of the operations without headers that start like `name`."""

    def edit(_exchange: Exchange, given: Answered) -> Answered:
        if given.status != status:
            return given
        dropped = [each for each in given.headers if each.lower().startswith(name.lower())]
        return reheaded(given, dict.fromkeys(dropped))

    return answered(edit, *operations)


def heard(edit: Callable[[Any], Any], *operations: str) -> Apply:
    """JSON bodies sent to the operations as `edit` makes them, before they are checked."""

    def make(original: Verb) -> Verb:
        def take(exchange: Exchange, text: bytes) -> None:
            if concerns(exchange, operations):
                text = _edited(edit, text)
            original(exchange, text)

        return take

    return replaced("mockserver.wire.framework:take_body", make)


def tolerated(tolerable: Callable[[Violation], bool], *operations: str) -> Apply:
    """Bodies of the operations that break the contract in tolerable ways alone are taken."""

    def make(original: Verb) -> Verb:
        def take(exchange: Exchange, text: bytes) -> None:
            try:
                original(exchange, text)
            except ViolationError as refusal:
                given = exchange.arguments
                forgiven = all(tolerable(violation) for violation in refusal.violations)
                if not concerns(exchange, operations) or not forgiven or given is None:
                    raise
                value = read_json(text)
                exchange.arguments = Arguments(given.path, given.query, given.headers, value, True)

        return take

    return replaced("mockserver.wire.framework:take_body", make)


def delayed(seconds: float, *operations: str) -> Apply:
    """Answers of the operations come late."""

    def make(original: Verb) -> Verb:
        async def answer(edge: Any, exchange: Exchange, scope: Any, receive: Any) -> Answered:
            if concerns(exchange, operations):
                await asyncio.sleep(seconds)
            given: Answered = await original(edge, exchange, scope, receive)
            return given

        return answer

    return replaced("mockserver.wire.edge:Edge._answer", make)


def asked(edit: Callable[[str], str], *operations: str) -> Apply:
    """Query strings sent to the operations as `edit` makes them, before they are checked."""

    def make(original: Verb) -> Verb:
        def read(operation: Any, query: str) -> Any:
            concerned = operation.operation_id in operations
            return original(operation, edit(query) if concerned else query)

        return read

    return replaced("mockserver.contract.parameters:read_query", make)


def understood(edit: Callable[[Mapping[str, Any]], Mapping[str, Any]], *operations: str) -> Apply:
    """Parameters of the operations as `edit` makes them, once they were checked."""

    def make(original: Verb) -> Verb:
        def read(operation: Any, query: str) -> Any:
            values, found = original(operation, query)
            concerned = operation.operation_id in operations
            return (dict(edit(values)) if concerned else values), found

        return read

    return replaced("mockserver.contract.parameters:read_query", make)


def reheaded(given: Answered, changes: Mapping[str, str | None]) -> Answered:
    """The answer with some headers written anew, or left out where the value is None."""
    named = {name.lower() for name in changes}
    kept = {name: value for name, value in given.headers.items() if name.lower() not in named}
    new = {name: value for name, value in changes.items() if value is not None}
    return given._replace(headers={**kept, **new})


def header(given: Answered, name: str) -> str:
    """The value of a header, whatever the case of its name; empty when there is none."""
    found = (value for key, value in given.headers.items() if key.lower() == name.lower())
    return next(found, "")


def concerns(exchange: Exchange, operations: tuple[str, ...]) -> bool:
    """Whether a call of the families is for one of the operations; none named means any."""
    if exchange.api is None or exchange.api.base_path:
        return False
    if not operations:
        return True
    return exchange.operation is not None and exchange.operation.operation_id in operations


def _edited(edit: Callable[[Any], Any], text: bytes) -> bytes:
    """The body as edited; one that is not concerned, or of another form, goes on as it came."""
    try:
        value = orjson.loads(text)
        changed = edit(value)
        return text if changed == value else orjson.dumps(changed)
    except (ValueError, LookupError, AttributeError, TypeError):
        return text
