"""Keeping an exchange: into the journal and the coverage of its world, and to whoever listens."""

from __future__ import annotations

from mockserver.archive import diff
from mockserver.clock import elapsed_us
from mockserver.contract import ViolationError
from mockserver.errors import Refusal
from mockserver.traffic import Answer, Asked, Events, Recorded, Verdict, exchange_line
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
            data = {"exchange": recorded.number, "patch": patch}
            self._events.publish("changes", data, world=recorded.world)


def keep(
    exchange: Exchange,
    answered: Answered | None,
    fired: tuple[str, ...],
    watched: Watched | None,
    started_ns: int,
) -> None:
    """Record an exchange that is over; `answered` is None when the connection was reset."""
    served = exchange.served
    answer = Answer(*answered) if answered else Answer(None)
    if exchange.method == "HEAD":
        answer = answer._replace(body=b"")  # nothing of it is sent
    problem = exchange.problem
    recorded = served.journal.record(
        Asked(exchange.method, exchange.path, exchange.query, exchange.headers, exchange.body),
        answer,
        world=served.name,
        at=served.now(),
        operation=exchange.operation,
        duration_us=elapsed_us(started_ns),
        verdict=_verdict(exchange, answer.status),
        violations=problem.violations if isinstance(problem, ViolationError) else (),
        faults=fired,
        preferences=exchange.steered.applied,
        explanation=exchange.explanation,
    )
    body = exchange.arguments.body if exchange.arguments else None
    served.coverage.count(recorded, body, exchange.queried)
    if watched is not None:
        watched.tell(recorded)


def _verdict(exchange: Exchange, status: int | None) -> Verdict:
    if exchange.problem is None or isinstance(exchange.problem, Refusal):
        return "valid"
    return "failed" if status == 500 else "refused"
