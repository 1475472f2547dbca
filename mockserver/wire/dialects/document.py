"""The dialect of a document that nobody here wrote: its own error schemas, else problem details.

Which status a refusal gets: an ill-formed request the declared 422, else 400 (an ill-formed path
also 404); other refusals the status that HTTP has for them; each of them under its own name, else
its range (`4XX`), else `default`. Where the document declares no content there, or nothing at all,
it is told as problem details (RFC 9457).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from mockserver.contract import Operation, Reply, ViolationError
from mockserver.errors import BadRequest, Conflict, MockserverError, NotFound, Refusal, RuleBroken
from mockserver.wire.dialects.dialect import edge_headers, status_of
from mockserver.wire.exchange import Exchange
from mockserver.worlds import ServedWorld

Refuse = Callable[[Operation, ServedWorld, int, str, str, list[dict[str, str]]], Reply | None]
"""Words a refusal (status, code, message, violations) as the document declares it, if it does."""

_STATUSES: dict[type[Refusal], tuple[int, ...]] = {
    NotFound: (404, 410),
    Conflict: (409,),
    RuleBroken: (422, 400),
    BadRequest: (400, 422),
}
# What a document seldom declares is told as the ill-formed request that it is.
_EDGE = {413: (413, 400, 422, 413), 415: (415, 400, 422, 415)}
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class DocumentDialect:
    """The words of one document; `refuse_as` puts them into its schemas."""

    name = "document"
    has_rate_limit = False
    is_bound = False

    def __init__(self, refuse_as: Refuse, prefix: str = "/") -> None:
        self._refuse_as = refuse_as
        self.prefix = prefix or "/"

    def refuse(self, problem: MockserverError, exchange: Exchange) -> Reply:
        """The declared answer to a problem; where there is none, problem details that say so."""
        headers = edge_headers(problem, 'Bearer realm="mock"')
        statuses, code = _statuses(problem)
        message, violations = _told(problem)
        operation = exchange.operation
        status = _declared(operation, statuses) if operation is not None else None
        if operation is not None and status is not None:
            reply = self._refuse_as(operation, exchange.served, status, code, message, violations)
            headers = {**(reply.headers if reply else {}), **headers}
            if reply is not None and reply.body is not None:
                return reply._replace(headers=headers)
        is_silent = operation is not None and status is None
        return _details(status or statuses[-1], message, headers, violations, is_silent)

    def headers(self, _exchange: Exchange) -> dict[str, str]:
        """None in this dialect."""
        return {}


def _statuses(problem: MockserverError) -> tuple[tuple[int, ...], str]:
    """The statuses that suit a problem, the best first and the usual one last, and its code."""
    if isinstance(problem, ViolationError):
        is_of_path = all(each.location == "path" for each in problem.violations)
        return (422, 400, *((404, 400) if is_of_path else ())), "invalid_request"
    if isinstance(problem, Refusal):
        known = _STATUSES.get(type(problem), (403,))
        return (*known, known[0]), problem.code
    status = status_of(problem)
    return _EDGE.get(status, (status,)), _PHRASES.get(status, "error").lower().replace(" ", "_")


def _declared(operation: Operation, statuses: tuple[int, ...]) -> int | None:
    """The first status declared by its own name; else the usual one by a range or `default`."""
    named = next((each for each in statuses if str(each) in operation.responses), None)
    if named is not None:
        return named
    return statuses[-1] if operation.response_for(statuses[-1]) is not None else None


def _told(problem: MockserverError) -> tuple[str, list[dict[str, str]]]:
    if not isinstance(problem, ViolationError):
        return str(problem), []
    violations = [
        {
            "location": each.location,
            "pointer": "".join(f"/{part}" for part in each.pointer),
            "message": each.sentence,
            "code": each.keyword,
        }
        for each in problem.violations
    ]
    return "; ".join(each["message"] for each in violations), violations


def _details(
    status: int,
    message: str,
    headers: dict[str, str],
    violations: list[dict[str, str]],
    is_silent: bool,
) -> Reply:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": _PHRASES.get(status, "Error"),
        "status": status,
        "detail": message,
    }
    if violations:
        body["violations"] = violations
    if is_silent:
        body["note"] = f"The document declares no {status} for this operation."
    return Reply(status, body, headers, media_type="application/problem+json")
