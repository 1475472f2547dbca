"""What a dialect is, and the statuses that all of them agree on."""

from __future__ import annotations

from typing import Protocol

from mockserver.contract import Reply
from mockserver.errors import MockserverError
from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import (
    BodyTooLarge,
    Misbehaved,
    NotAllowed,
    NotRouted,
    PreconditionFailed,
    RateExceeded,
    ScopeMissing,
    Unauthenticated,
    WrongMediaType,
    WrongMethod,
)

# What HTTP itself prescribes for a refusal at the edge, in every family.
EDGE_STATUS: dict[type[MockserverError], int] = {
    Unauthenticated: 401,
    ScopeMissing: 403,
    NotAllowed: 403,
    NotRouted: 404,
    WrongMethod: 405,
    PreconditionFailed: 412,
    BodyTooLarge: 413,
    WrongMediaType: 415,
    RateExceeded: 429,
}


def status_of(problem: MockserverError) -> int:
    """The status of a problem at the edge; what is not listed is our own failure."""
    if isinstance(problem, Misbehaved):
        return problem.status
    return EDGE_STATUS.get(type(problem), 500)


class Dialect(Protocol):
    """The wording of one family.

    `prefix` is the path under which it owns unknown paths too; `has_rate_limit` says whether its
    calls are counted per key, `is_bound` whether its refusals must all be declared.
    """

    name: str
    prefix: str
    has_rate_limit: bool
    is_bound: bool

    def refuse(self, problem: MockserverError, exchange: Exchange) -> Reply:
        """The family's answer to any problem, InternalFailure included."""
        ...

    def headers(self, exchange: Exchange) -> dict[str, str]:
        """Headers that every answer of the family carries, their names in lower case."""
        ...


def edge_headers(problem: MockserverError, challenge: str) -> dict[str, str]:
    """The headers HTTP asks for with a refusal; `challenge` is the `WWW-Authenticate` value."""
    if isinstance(problem, Unauthenticated):
        error = "" if problem.state == "missing" else ', error="invalid_token"'
        return {"WWW-Authenticate": challenge + error}
    if isinstance(problem, WrongMethod):
        return {"Allow": problem.allow}
    if isinstance(problem, RateExceeded | Misbehaved) and problem.retry_after is not None:
        return {"Retry-After": str(problem.retry_after)}
    return {}
