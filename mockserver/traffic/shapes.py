"""An exchange as JSON, secrets redacted: made only when somebody asks to see it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import orjson

from mockserver.clock import instant_text
from mockserver.contract import ViolationError, read_json
from mockserver.traffic.recorded import Recorded
from mockserver.traffic.redaction import redact_headers, redact_json, redact_query, redact_text

_FORM = "application/x-www-form-urlencoded"


def exchange_json(exchange: Recorded) -> dict[str, Any]:
    """The whole exchange, as `GET /__admin/requests` shows it."""
    return {
        **exchange_line(exchange),
        "request": {
            "headers": redact_headers(exchange.request_headers),
            "body": _body(exchange.request_body, exchange.request_bytes, exchange.request_headers),
        },
        "response": {
            "headers": redact_headers(exchange.response_headers),
            "body": _body(
                exchange.response_body, exchange.response_bytes, exchange.response_headers
            ),
        },
        "violations": [breach.to_json() for breach in exchange.violations],
        "explanation": _explanation(exchange.explanation),
    }


def exchange_line(exchange: Recorded) -> dict[str, Any]:
    """The exchange without headers and bodies: enough for a table, and small in an event."""
    return {
        "number": exchange.number,
        "world": exchange.world,
        "at": instant_text(exchange.at),
        "operation_id": exchange.operation_id,
        "tag": exchange.tag,
        "method": exchange.method,
        "path": exchange.path,
        "query": redact_query(exchange.query),
        "status": exchange.status,
        "duration_us": exchange.duration_us,
        "verdict": exchange.verdict,
        "faults": list(exchange.faults),
        "preferences": list(exchange.preferences),
    }


def _body(body: bytes, length: int, headers: Mapping[str, str]) -> dict[str, Any] | None:
    """Its length and whether it was cut, then `json`, `text` or `base64`; None when empty."""
    if not length:
        return None
    is_cut = length > len(body)
    return {"bytes": length, "cut": is_cut, **_content(body, is_cut, headers)}


def _content(body: bytes, is_cut: bool, headers: Mapping[str, str]) -> dict[str, Any]:
    if not is_cut:
        try:
            return {"json": redact_json(read_json(body))}
        except ViolationError:
            pass  # not JSON, or JSON that two parsers would read differently
    try:
        text = _decoded(body, is_cut)
    except UnicodeDecodeError:
        return {"base64": b64encode(body).decode()}
    is_form = _media_type(headers) == _FORM
    return {"text": redact_query(text) if is_form else redact_text(text)}


def _decoded(body: bytes, is_cut: bool) -> str:
    """The body as UTF-8; the cut may have gone through the last character."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        if not is_cut or error.start < len(body) - 3:
            raise
        return body[: error.start].decode()


def _media_type(headers: Mapping[str, str]) -> str:
    found = next((v for name, v in headers.items() if name.lower() == "content-type"), "")
    return found.partition(";")[0].strip().lower()


def _explanation(text: bytes | None) -> Any:
    return None if text is None else redact_json(orjson.loads(text))
