"""Keeping an exchange: into the journal and the coverage of its world, and to whoever listens."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.archive import diff
from mockserver.clock import elapsed_us
from mockserver.contract import ViolationError
from mockserver.errors import MockserverError, Refusal
from mockserver.traffic import (
    Answer,
    Asked,
    Coverage,
    Events,
    Journal,
    Queried,
    Recorded,
    Verdict,
    exchange_line,
)
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered

if TYPE_CHECKING:
    from mockserver.contract import Operation, Violation

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
    """What is kept of an exchange that is over until it is written down.

    It does not hold on to the world, which may be forgotten before.
    """

    asked: Asked
    answer: Answer
    world: str
    at: datetime
    operation: Operation | None
    duration_us: int
    verdict: Verdict
    violations: tuple[Violation, ...]
    fired: tuple[str, ...]
    preferences: tuple[str, ...]
    explanation: list[dict[str, Any]] | None
    value: Any
    queried: Queried | None

    def write(self, journal: Journal, coverage: Coverage) -> Recorded:
        """Record it."""
        recorded = journal.record(
            self.asked,
            self.answer,
            world=self.world,
            at=self.at,
            operation=self.operation,
            duration_us=self.duration_us,
            verdict=self.verdict,
            violations=self.violations,
            faults=self.fired,
            preferences=self.preferences,
            explanation=self.explanation,
        )
        coverage.count(recorded, self.value, self.queried)
        return recorded


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
    served, problem = exchange.served, exchange.problem
    answer = Answer(*answered) if answered else Answer(None)
    if exchange.method == "HEAD":
        answer = answer._replace(body=b"")  # nothing of it is sent
    ended = Ended(
        Asked(exchange.method, exchange.path, exchange.query, exchange.headers, exchange.body),
        answer,
        served.name,
        served.now(),
        exchange.operation,
        elapsed_us(started_ns),
        "valid" if problem is None else _verdict(problem, answer.status),
        problem.violations if isinstance(problem, ViolationError) else (),
        fired,
        exchange.steered.applied,
        exchange.explanation,
        exchange.arguments.body if exchange.arguments else None,
        exchange.queried,
    )
    ledger = served.ledger
    if watched is not None:
        watched.tell(ended.write(ledger.journal, ledger.coverage))
        return
    ledger.put_off(ended)
    if len(exchange.body) > _LARGE or len(answer.body) > _LARGE:
        ledger.settle()  # the journal keeps less of it


def _verdict(problem: MockserverError, status: int | None) -> Verdict:
    if isinstance(problem, Refusal):
        return "valid"
    return "failed" if status == 500 else "refused"
