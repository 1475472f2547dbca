"""The dialect of the families A and B: `{"error": {type, message, code, param, doc_url}}`."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from mockserver.contract import Reply, Violation, ViolationError, shown
from mockserver.errors import BadRequest, Conflict, MockserverError, NotFound, Refusal, RuleBroken
from mockserver.wire.dialects.dialect import edge_headers, status_of
from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import RateExceeded, ScopeMissing, Unauthenticated

_DOC_URL = "https://docs.otesse.com/api/errors#"
# Violations that make a body malformed (400); every other keyword is a rule it breaks (422).
_MALFORMED = ("json", "required", "type", "additionalProperties")
_EDGE_CODES = {
    404: "resource_not_found",
    405: "method_not_allowed",
    412: "precondition_failed",
    413: "body_too_large",
    415: "unsupported_media_type",
}
_RESOURCES = {"customers": "customer", "bookings": "booking", "invoices": "invoice"}


class OtesseDialect:
    """Error types and codes of the reference page ot/errors; the rest in the same style."""

    name = "otesse"
    prefix = "/v1"
    has_rate_limit = True
    is_bound = True

    def refuse(self, problem: MockserverError, exchange: Exchange) -> Reply:
        """The documented envelope with the status of the problem."""
        if isinstance(problem, ViolationError):
            return _violated(problem.violations, exchange)
        if isinstance(problem, Refusal):
            return _refused(problem)
        status = status_of(problem)
        headers = edge_headers(problem, 'Bearer realm="otesse"')
        if isinstance(problem, RateExceeded):
            body = {"type": "rate_limit_exceeded", "message": str(problem)}
            return Reply(429, {"error": {**body, "retry_after": problem.retry_after}}, headers)
        kind, message, code = _edge_words(problem, status)
        return Reply(status, _envelope(kind, message, code), headers)

    def headers(self, exchange: Exchange) -> dict[str, str]:
        """The rate-limit headers; a caller that is not known sees a full window."""
        if exchange.allowance is None:
            return exchange.served.meter.peek(exchange.served.now()).headers()
        return exchange.allowance.headers()


def _envelope(kind: str, message: str, code: str, param: str | None = None) -> dict[str, Any]:
    error = {"type": kind, "message": message, "code": code}
    if param:
        error["param"] = param
    return {"error": {**error, "doc_url": _DOC_URL + code}}


def _edge_words(problem: MockserverError, status: int) -> tuple[str, str, str]:
    if isinstance(problem, Unauthenticated):
        message = {
            "missing": "No API key provided. Send 'Authorization: Bearer otesse_test_sk_…'.",
            "expired": "The API key provided has expired.",
            "revoked": "The API key provided has been revoked.",
        }.get(problem.state, "The API key provided is invalid.")
        return "authentication_error", message, "invalid_api_key"
    if isinstance(problem, ScopeMissing):
        message = f"This API key does not have the '{problem.scope}' scope."
        return "authorization_error", message, "insufficient_scope"
    if status >= 500:
        return "api_error", str(problem), "internal_error"
    kind = "not_found" if status == 404 else "invalid_request"
    return kind, str(problem), _EDGE_CODES.get(status, "invalid_request")


def _refused(refusal: Refusal) -> Reply:
    status, kind = {
        NotFound: (404, "not_found"),
        Conflict: (409, "conflict"),
        RuleBroken: (422, "validation_error"),
        BadRequest: (400, "invalid_request"),
    }.get(type(refusal), (403, "authorization_error"))
    return Reply(status, _envelope(kind, refusal.message, refusal.code, refusal.field))


def _violated(violations: tuple[Violation, ...], exchange: Exchange) -> Reply:
    worst = min(violations, key=lambda v: _MALFORMED.index(v.keyword) if v.keyword in _MALFORMED
                else len(_MALFORMED))  # fmt: skip
    if worst.location == "path":
        return _no_such_id(exchange)
    if worst.keyword == "json":
        return Reply(400, _envelope("invalid_request", worst.sentence, "invalid_json"))
    if worst.keyword == "required":
        message = f"The '{worst.name}' field is required."
        return Reply(400, _envelope("invalid_request", message, "missing_required_field",
                                    worst.name))  # fmt: skip
    if worst.location == "body" and worst.keyword not in _MALFORMED:
        return Reply(422, _envelope("validation_error", worst.sentence, _value_code(worst),
                                    worst.name))  # fmt: skip
    message = worst.sentence + _hint(worst, exchange)
    return Reply(400, _envelope("invalid_request", message, "invalid_parameter", worst.name))


def _value_code(violation: Violation) -> str:
    is_email = violation.keyword == "format" and violation.name.endswith("email")
    return "invalid_email" if is_email else "invalid_value"


def _hint(violation: Violation, exchange: Exchange) -> str:
    """Where a member that may not be set here is set instead (S2: dedicated endpoints)."""
    if violation.name == "status" and exchange.path.startswith("/v1/bookings/"):
        return " A status changes through its own endpoint: POST /v1/bookings/{id}/cancel."
    return ""


def _no_such_id(exchange: Exchange) -> Reply:
    """An ill-formed id names nothing: the same answer as for an unknown one (domain 1.2)."""
    parts = exchange.path.split("/")
    resource = _RESOURCES.get(parts[2], "resource")
    message = f"There is no {resource} {shown(unquote(parts[3]))}."
    return Reply(404, _envelope("not_found", message, f"{resource}_not_found"))
