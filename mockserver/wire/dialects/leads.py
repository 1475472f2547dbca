"""The dialect of family D: a code, a message, every failing field, and a request id."""

from __future__ import annotations

from typing import Any

from mockserver.contract import Reply, Violation, ViolationError
from mockserver.errors import MockserverError, Refusal
from mockserver.wire.dialects.dialect import edge_headers, status_of
from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import ScopeMissing, Unauthenticated

_CODES = {401: "UNAUTHORIZED", 404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED",
          413: "PAYLOAD_TOO_LARGE", 415: "UNSUPPORTED_MEDIA_TYPE",
          429: "TOO_MANY_REQUESTS", 500: "INTERNAL_SERVER_ERROR"}  # fmt: skip
_LENGTH = frozenset({"minLength", "maxLength", "minItems", "maxItems"})
_FORMAT = frozenset({"format", "pattern", "json", "encoding"})
_MOST = 100
_SUMMARY = "One or more fields failed validation."


class LeadsDialect:
    """S4 names the parts of the error body; their spelling follows the ruling D.1."""

    name = "leads"
    has_rate_limit = False
    is_bound = True

    def __init__(self, prefix: str = "/leads") -> None:
        self.prefix = prefix

    def refuse(self, problem: MockserverError, exchange: Exchange) -> Reply:
        """Every problem of a request is a 400 with its fields; the rest has no fields."""
        if isinstance(problem, ViolationError):
            fields = [_field(v.name or "body", _code(v), v.sentence) for v in problem.violations]
            fields += [_field(p.field, p.code, p.message) for p in problem.problems]
            return _reply(400, "VALIDATION_ERROR", _SUMMARY, _once(fields)[:_MOST], exchange)
        if isinstance(problem, Refusal):
            fields = [_field(p.field, p.code, p.message) for p in problem.problems]
            fields = fields or [_field(problem.field or "", problem.code, problem.message)]
            return _reply(400, "VALIDATION_ERROR", _SUMMARY, fields, exchange)
        if isinstance(problem, ScopeMissing):
            problem = Unauthenticated("forbidden")  # S4 documents no 403
        status = status_of(problem)
        reply = _reply(status, _CODES.get(status, f"HTTP_{status}"), str(problem), [], exchange)
        return reply._replace(headers=edge_headers(problem, 'Bearer realm="leads"'))

    def headers(self, _exchange: Exchange) -> dict[str, str]:
        """None in this family."""
        return {}


def _once(fields: list[dict[str, str]]) -> list[dict[str, str]]:
    """Each problem of a field once, though the contract and the record both bring it up."""
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for each in fields:
        seen.setdefault((each["field"], each["code"]), each)
    return list(seen.values())


def _field(name: str, code: str, message: str) -> dict[str, str]:
    return {"field": name, "code": code, "message": message}


def _code(violation: Violation) -> str:
    if violation.location == "path":
        return "INVALID_FORMAT"
    if violation.keyword == "required":
        return "REQUIRED"
    if violation.keyword == "additionalProperties":
        return "NOT_ALLOWED"
    if violation.keyword in _LENGTH or _is_name_of_wrong_length(violation):
        return "INVALID_LENGTH"
    return "INVALID_FORMAT" if violation.keyword in _FORMAT else "INVALID_VALUE"


def _is_name_of_wrong_length(violation: Violation) -> bool:
    """Names are measured without the spaces around them (D.2); the pattern says all at once."""
    is_name = violation.name in {"firstName", "lastName"} and isinstance(violation.value, str)
    return is_name and not 2 <= len(violation.value.strip(" ")) <= 50


def _reply(
    status: int, code: str, message: str, fields: list[dict[str, str]], exchange: Exchange
) -> Reply:
    body: dict[str, Any] = {
        "code": code,
        "message": message,
        "errors": fields,
        "requestId": exchange.served.next_request_id(),
    }
    return Reply(status, body)
