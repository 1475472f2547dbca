"""Keeping an exchange: into the journal and the coverage of its world, and to whoever listens."""

from __future__ import annotations

import orjson

from mockserver.archive import diff
from mockserver.clock import elapsed_us
from mockserver.contract import ViolationError
from mockserver.errors import MockserverError, Refusal
from mockserver.traffic import (
    Ended,
    Events,
    First,
    Recorded,
    Verdict,
    breaches_of,
    exchange_line,
)
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered


class Watched:
    """The world as it was before an exchange, to tell those who listen what it changed."""

    def __init__(self, exchange: Exchange, events: Events) -> None:
        self._events = events
        self._world = exchange.served.world
        self._before = self._world.fork(self._world.name)

    @classmethod
    def by(cls, events: Events, exchange: Exchange) -> Watched | None:
        """What to remember of the world; None while nobody listens."""
        return cls(exchange, events) if events.is_heard else None

    def tell(self, recorded: Recorded) -> None:
        """Publish the exchange, and what it changed, if it changed anything."""
        self._events.publish("exchange", exchange_line(recorded), world=recorded.world)
        patch = diff(self._before, self._world)
        if patch:
            data = {"exchange": recorded.number, "world": recorded.world, "patch": patch}
            self._events.publish("changes", data, world=recorded.world)


def keep(
    exchange: Exchange,
    answered: Answered | None,
    fired: tuple[str, ...],
    watched: Watched | None,
    started_ns: int,
) -> None:
    """Keep an exchange that is over.

    `answered` is None when the connection was reset; `fired` are the ids of the faults that
    spoiled the answer.
    """
    ledger, read = exchange.served.ledger, exchange.read
    if read is not None and read.first is not None and answered is not None and watched is None:
        now, duration_us = exchange.served.now(), elapsed_us(started_ns)
        ledger.repeat((read.first, now, duration_us, answered.headers))
        return
    recorded = _recorded(exchange, answered, fired, ledger.next_number, elapsed_us(started_ns))
    body = exchange.arguments.body if exchange.arguments else None
    if read is not None and (weight := ledger.weight_of(recorded)) is not None:
        read.first = First(recorded, weight, exchange.queried)
    if ledger.log is not None:
        ledger.log.note(recorded)
    if watched is None:
        ledger.put_off(Ended(recorded, body, exchange.queried))
    else:
        watched.tell(ledger.write(recorded, body, exchange.queried))


def _recorded(
    exchange: Exchange,
    answered: Answered | None,
    fired: tuple[str, ...],
    number: int,
    duration_us: int,
) -> Recorded:
    status, headers, content, _ = answered or (None, {}, b"", b"")
    if exchange.method == "HEAD":
        content = b""  # nothing of it is sent
    served, operation, problem = exchange.served, exchange.operation, exchange.problem
    explanation = exchange.explanation
    return Recorded(
        number,
        served.name,
        served.now(),
        operation.operation_id if operation else None,
        operation.tag if operation else None,
        exchange.method,
        exchange.path,
        exchange.query,
        exchange.headers,
        exchange.body,
        len(exchange.body),
        status,
        headers,
        content,
        len(content),
        duration_us,
        "valid" if problem is None else _verdict(problem, status),
        breaches_of(problem.violations) if isinstance(problem, ViolationError) else (),
        fired,
        exchange.steered.applied,
        None if explanation is None else orjson.dumps(explanation),
    )


def _verdict(problem: MockserverError, status: int | None) -> Verdict:
    if isinstance(problem, Refusal):
        return "valid"
    return "failed" if status == 500 else "refused"
