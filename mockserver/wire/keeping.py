"""Keeping an exchange: into the journal and the coverage of its world, and to whoever listens."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from mockserver.archive import diff
from mockserver.clock import elapsed_us
from mockserver.contract import ViolationError
from mockserver.errors import Refusal
from mockserver.traffic import (
    Answer,
    Asked,
    Coverage,
    Events,
    Journal,
    Recorded,
    Verdict,
    exchange_line,
)
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered

_LARGE = 64 * 1024


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
            data = {"exchange": recorded.number, "patch": patch}
            self._events.publish("changes", data, world=recorded.world)


class Ended(NamedTuple):
    """An exchange that is over; `answered` is None when the connection was reset.

    `fired` are the ids of the faults that spoiled it, `at` the world's time at its end.
    """

    exchange: Exchange
    answered: Answered | None
    fired: tuple[str, ...]
    at: datetime
    duration_us: int

    def write(self, journal: Journal, coverage: Coverage) -> Recorded:
        """Record it."""
        exchange = self.exchange
        answer = Answer(*self.answered) if self.answered else Answer(None)
        if exchange.method == "HEAD":
            answer = answer._replace(body=b"")  # nothing of it is sent
        problem = exchange.problem
        recorded = journal.record(
            Asked(exchange.method, exchange.path, exchange.query, exchange.headers, exchange.body),
            answer,
            world=exchange.served.name,
            at=self.at,
            operation=exchange.operation,
            duration_us=self.duration_us,
            verdict=_verdict(exchange, answer.status),
            violations=problem.violations if isinstance(problem, ViolationError) else (),
            faults=self.fired,
            preferences=exchange.steered.applied,
            explanation=exchange.explanation,
        )
        body = exchange.arguments.body if exchange.arguments else None
        coverage.count(recorded, body, exchange.queried)
        return recorded


def keep(
    exchange: Exchange,
    answered: Answered | None,
    fired: tuple[str, ...],
    watched: Watched | None,
    started_ns: int,
) -> None:
    """Keep an exchange that is over; `answered` is None when the connection was reset."""
    served = exchange.served
    ledger = served.ledger
    ended = Ended(exchange, answered, fired, served.now(), elapsed_us(started_ns))
    if watched is not None:
        watched.tell(ended.write(ledger.journal, ledger.coverage))
        return
    ledger.put_off(ended)
    if len(exchange.body) > _LARGE or (answered and len(answered.body) > _LARGE):
        ledger.settle()  # the journal keeps less of it


def _verdict(exchange: Exchange, status: int | None) -> Verdict:
    if exchange.problem is None or isinstance(exchange.problem, Refusal):
        return "valid"
    return "failed" if status == 500 else "refused"
