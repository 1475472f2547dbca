"""How each family words a refusal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from contract_tests.mutants.ports.python_port.refusing import Refused, Reply

_OTESSE_TYPES = {
    401: "authentication_error",
    403: "authorization_error",
    404: "not_found",
    409: "conflict",
    422: "validation_error",
    500: "api_error",
}
_LEADS_CODES = {
    400: "VALIDATION_ERROR",
    401: "UNAUTHORIZED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    500: "INTERNAL_SERVER_ERROR",
}
_LONGEST = 1000


def worded(family: str | None, refused: Refused) -> Reply:
    """The reply that tells a refusal in the manner of a family; None is nobody's path."""
    headers = refused.headers
    if family == "otesse":
        return Reply(refused.status, _otesse(refused), headers)
    if family == "merchant":
        if refused.status == 415:
            return Reply(415, None, headers)
        return Reply(refused.status, {"error": {"message": _cut(refused.text)}}, headers)
    if family == "leads":
        return Reply(refused.status, _leads(refused), headers)
    body = {"title": "Nothing here", "status": refused.status, "detail": _cut(refused.text)}
    return Reply(refused.status, body, headers, "application/problem+json")


def _otesse(refused: Refused) -> dict[str, Any]:
    error = {
        "type": _OTESSE_TYPES.get(refused.status, "invalid_request"),
        "message": _cut(refused.text),
        "code": refused.code,
        "doc_url": f"https://docs.otesse.com/api/errors#{refused.code}",
    }
    if refused.member is not None:
        error["param"] = refused.member[:200]
    return {"error": error}


def _leads(refused: Refused) -> dict[str, Any]:
    return {
        "requestId": str(uuid4()),
        "code": _LEADS_CODES[refused.status],
        "message": _cut(refused.text),
        "errors": [
            {"field": each.field[:200], "code": each.code, "message": _cut(each.text)}
            for each in refused.problems[:100]
        ],
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
