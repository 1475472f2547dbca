"""Mistakes in how a credential is read."""

from __future__ import annotations

from typing import Any

from contract_tests.mutants.mutant import Verb
from mockserver.headers import Headers
from mockserver.wire.exchange import Exchange
from mockserver.wire.problems import Unauthenticated

_FIRST = b"authorization"


def second_key_tried(original: Verb) -> Verb:
    """Where one header does not let the caller in, the other one is tried."""

    def admit(security: Any, operation: Any, dialect: Any, exchange: Exchange) -> str:
        try:
            first: str = original(security, operation, dialect, exchange)
        except Unauthenticated:
            sent = exchange.headers
            if "x-api-key" not in sent or "authorization" not in sent:
                raise
            exchange.headers = Headers(each for each in sent.raw.items() if each[0] != _FIRST)
            try:
                second: str = original(security, operation, dialect, exchange)
            finally:
                exchange.headers = sent
            return second
        return first

    return admit


def scheme_in_its_case(original: Verb) -> Verb:
    """`startswith("Bearer ")`."""

    def value(scheme: Any, exchange: Exchange) -> str | None:
        right: str | None = original(scheme, exchange)
        sent = exchange.headers.get("authorization", "")
        if scheme.type != "apiKey" and right is not None and not sent.startswith("Bearer "):
            raise Unauthenticated("malformed")
        return right

    return value
