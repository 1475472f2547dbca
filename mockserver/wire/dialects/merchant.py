"""The dialect of family C: `{"error": {"message"}}`, and a 415 without content."""

from __future__ import annotations

from mockserver.contract import Reply, Violation, ViolationError
from mockserver.errors import BadRequest, Conflict, MockserverError, NotFound, Refusal, RuleBroken
from mockserver.wire.dialects.dialect import edge_headers, status_of
from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import ScopeMissing, Unauthenticated, WrongMediaType

_STATUS: dict[type[Refusal], int] = {NotFound: 404, Conflict: 400, RuleBroken: 400, BadRequest: 400}


class MerchantDialect:
    """Statuses of the reference page mk/overview; texts in the style of its samples."""

    name = "merchant"
    prefix = "/api/v1/merchant"
    has_rate_limit = False
    is_bound = True

    def refuse(self, problem: MockserverError, _exchange: Exchange) -> Reply:
        """The documented envelope; nothing but the status for a wrong media type (domain C.1)."""
        if isinstance(problem, WrongMediaType):
            return Reply(415)
        if isinstance(problem, ViolationError):
            return Reply(400, _envelope("; ".join(map(_words, problem.violations))))
        if isinstance(problem, Refusal):
            return Reply(_STATUS.get(type(problem), 403), _envelope(problem.message))
        headers = edge_headers(problem, 'Bearer realm="merchant"')
        return Reply(status_of(problem), _envelope(_edge_words(problem)), headers)

    def headers(self, _exchange: Exchange) -> dict[str, str]:
        """None in this family."""
        return {}


def _envelope(message: str) -> dict[str, dict[str, str]]:
    return {"error": {"message": message}}


def _words(violation: Violation) -> str:
    if violation.keyword == "json":
        return f"unexpected error during json parsing: the body {violation.message}"
    if violation.location == "path":
        return f"invalid customer id: {violation.message}"
    return f"{violation.name or 'the body'} {violation.message}"


def _edge_words(problem: MockserverError) -> str:
    if isinstance(problem, Unauthenticated):
        return "authentication required"
    if isinstance(problem, ScopeMissing):
        return "insufficient permissions"
    return str(problem)
