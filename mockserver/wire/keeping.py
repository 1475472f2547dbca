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
    """The world as it was before an exchange, remembered only while somebody listens."""

    def __init__(self, exchange: Exchange, events: Events) -> None:
        self._events = events
        self._world = exchange.served.world
        self._before = self._world.fork(self._world.name) if events.is_heard else None

    def tell(self, recorded: Recorded) -> None:
        """Publish the exchange, and what it changed, if it changed anything."""
        if self._before is None:
            return
        self._events.publish("exchange", exchange_line(recorded), world=recorded.world)
        patch = diff(self._before, self._world)
        if patch:
            data = {"exchange": recorded.number, "patch": patch}
            self._events.publish("changes", data, world=recorded.world)


def keep(
    exchange: Exchange,
    answered: Answered | None,
    fired: tuple[str, ...],
    watched: Watched,
    started_ns: int,
) -> None:
    """Record an exchange that is over; `answered` is None when the connection was reset."""
    served = exchange.served
    status, headers, body = answered or (None, {}, b"")
    if exchange.method == "HEAD":
        body = b""  # nothing of it is sent
    problem = exchange.problem
    recorded = served.journal.record(
        Asked(exchange.method, exchange.path, exchange.query, exchange.headers, exchange.body),
        Answer(status, headers, body),
        world=served.name,
        at=served.now(),
        operation=exchange.operation,
        duration_us=elapsed_us(started_ns),
        verdict=_verdict(exchange, status),
        violations=problem.violations if isinstance(problem, ViolationError) else (),
        faults=fired,
        preferences=exchange.steered.applied,
        explanation=exchange.explanation,
    )
    served.coverage.count(recorded, exchange.arguments.body if exchange.arguments else None)
    watched.tell(recorded)


def _verdict(exchange: Exchange, status: int | None) -> Verdict:
    if exchange.problem is None or isinstance(exchange.problem, Refusal):
        return "valid"
    return "failed" if status == 500 else "refused"
