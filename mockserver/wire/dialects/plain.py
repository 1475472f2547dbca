"""The dialect of everything that belongs to no documented family: problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from mockserver.contract import Reply, ViolationError
from mockserver.errors import BadRequest, Conflict, MockserverError, NotFound, Refusal, RuleBroken
from mockserver.wire.dialects.dialect import edge_headers, status_of
from mockserver.wire.exchange import Exchange

_STATUS: dict[type[Refusal], int] = {NotFound: 404, Conflict: 409, RuleBroken: 422, BadRequest: 400}


class PlainDialect:
    """Used by the admin API and for paths that nobody serves."""

    name = "plain"
    prefix = "/"
    has_rate_limit = False
    is_bound = True

    def refuse(self, problem: MockserverError, _exchange: Exchange) -> Reply:
        """A problem document; with the list of violations or problems, where there is one."""
        headers = edge_headers(problem, 'Bearer realm="mockserver"')
        if isinstance(problem, ViolationError):
            violations = [
                {"location": v.location, "name": v.name, "code": v.keyword, "message": v.message}
                for v in problem.violations
            ]
            detail = "The request does not keep to the contract."
            return _reply(400, detail, headers, {"violations": violations})
        if isinstance(problem, Refusal):
            status = _STATUS.get(type(problem), 403)
            return _reply(status, problem.message, headers, _told(problem))
        return _reply(status_of(problem), str(problem), headers, {})

    def headers(self, _exchange: Exchange) -> dict[str, str]:
        """None in this dialect."""
        return {}


def _told(refusal: Refusal) -> dict[str, Any]:
    more: dict[str, Any] = {"code": refusal.code}
    if refusal.problems:
        more["violations"] = [
            {"location": "body", "name": p.field, "code": p.code, "message": p.message}
            for p in refusal.problems
        ]
    return more


def _reply(status: int, detail: str, headers: dict[str, str], more: dict[str, Any]) -> Reply:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status,
            "detail": detail, **more}  # fmt: skip
    return Reply(status, body, headers, media_type="application/problem+json")
