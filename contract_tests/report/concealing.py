"""Secrets: taken out of whatever a report shows; the curl lines name the variable instead."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from contract_tests.exchanges import Answer, Exchange, Pairs, Sent
from contract_tests.findings import Finding
from contract_tests.results import RunResult

Json = Any
# What is shorter may stand in an answer by chance; a request is rid of every one.
_SHORTEST = 8


def without_secrets(result: RunResult) -> RunResult:
    """A run whose answers, titles, values and tests hold no secret; requests are left as sent."""
    items = tuple(
        replace(item, findings=tuple(map(concealed, item.findings))) for item in result.items
    )
    return replace(result, url=_without_password(result.url), items=items)


def concealed_sent(exchange: Exchange) -> Sent:
    """What was sent, each secret replaced by the variable that stands for it."""
    sent, secrets = exchange.sent, exchange.secrets
    headers = tuple((name, _text(value, secrets)) for name, value in sent.headers)
    body = None if sent.body is None else _bytes(sent.body, secrets)
    return Sent(sent.method, _text(sent.target, secrets), headers, body)


def concealed(finding: Finding) -> Finding:
    """A finding without the secrets of its exchanges."""
    every = (*finding.exchanges, *finding.reference)
    pairs = {pair for each in every for pair in each.secrets if len(pair[0]) >= _SHORTEST}
    secrets = tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
    if not secrets:
        return finding
    return replace(
        finding,
        title=_text(finding.title, secrets),
        expected=_value(finding.expected, secrets),
        got=_value(finding.got, secrets),
        exchanges=tuple(_answered(each, secrets) for each in finding.exchanges),
        reference=tuple(_answered(each, secrets) for each in finding.reference),
        reproduction=_text(finding.reproduction, secrets),
    )


def _answered(exchange: Exchange, secrets: Pairs) -> Exchange:
    answer = exchange.answer
    headers = tuple((name, _text(value, secrets)) for name, value in answer.headers)
    body = _bytes(answer.body, secrets)
    return replace(exchange, answer=Answer(answer.status, headers, body, answer.elapsed_ms))


def _value(value: Json, secrets: Pairs) -> Json:
    if isinstance(value, dict):
        return {key: _value(each, secrets) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_value(each, secrets) for each in value]
    return _text(value, secrets) if isinstance(value, str) else value


def _text(text: str, secrets: Pairs) -> str:
    for secret, name in secrets:
        if secret:
            text = text.replace(secret, f"${name}")
    return text


def _bytes(body: bytes, secrets: Pairs) -> bytes:
    for secret, name in secrets:
        if secret:
            body = body.replace(secret.encode(), f"${name}".encode())
    return body


def _without_password(url: str) -> str:
    return re.sub(r"^(https?://)[^/@]*@", r"\1", url)
