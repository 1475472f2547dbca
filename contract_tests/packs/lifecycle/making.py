"""Making records with drafts that may be refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.records import Draft, Made, id_in
from contract_tests.semantics import Resource

Json = Any


@dataclass(frozen=True, slots=True)
class Attempt:
    """A create as it was answered; `made` is None when it was refused or told no id."""

    exchange: Exchange
    made: Made | None

    @property
    def is_taken(self) -> bool:
        """Whether the create was taken."""
        return 200 <= self.exchange.answer.status < 300


def attempt(
    bench: Bench,
    resource: Resource,
    draft: Draft,
    body: Json = None,
    headers: Mapping[str, str] | None = None,
) -> Attempt:
    """Send a draft, with another body if one is given; what comes of it is cleaned up later."""
    sent = draft.body if body is None else body
    exchange = bench.call(draft.create.operation, path=draft.path, body=sent, headers=headers)
    return received(bench, resource, draft, sent, exchange)


def received(
    bench: Bench, resource: Resource, draft: Draft, sent: Json, exchange: Exchange
) -> Attempt:
    """What came of a draft that was sent; it is cleaned up later."""
    found = id_in(draft.create, exchange)
    if not 200 <= exchange.answer.status < 300 or found is None:
        return Attempt(exchange, None)
    value = exchange.answer.json
    pointer = draft.create.record
    record = None
    if pointer is not None and value is not NO_JSON:
        record = pointers.get(value, pointer)
    record = None if record is pointers.MISSING else record
    made = Made(resource, found, sent, record, draft.mark, "", draft.needs, (exchange,))
    bench.ledger.append(made)
    return Attempt(exchange, made)


def renewed(made: Made, record: Json) -> Made:
    """The record as it was read last."""
    return replace(made, record=record)
