"""Keeping an exchange: into the journal and the coverage of its world, and to whoever listens."""

from __future__ import annotations

from mockserver.clock import elapsed_us
from mockserver.contract import ViolationError
from mockserver.errors import Refusal
from mockserver.traffic import Answer, Asked, Events, Verdict, exchange_line
from mockserver.wire.exchange import Exchange
from mockserver.wire.replies import Answered


def keep(
    exchange: Exchange,
    answered: Answered | None,
    fired: tuple[str, ...],
    events: Events,
    started_ns: int,
) -> None:
    """Record an exchange that is over; `answered` is None when the connection was reset."""
    served = exchange.served
    status, headers, body = answered or (None, {}, b"")
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
    )
    served.coverage.count(recorded, exchange.arguments.body if exchange.arguments else None)
    if events.is_heard:
        events.publish("exchange", exchange_line(recorded), world=served.name)


def _verdict(exchange: Exchange, status: int | None) -> Verdict:
    if exchange.problem is None or isinstance(exchange.problem, Refusal):
        return "valid"
    return "failed" if status == 500 else "refused"
