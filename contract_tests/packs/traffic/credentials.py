"""Credentials that a request should have carried, as far as a recording can tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contract_tests.contract import Contract, Operation
from contract_tests.exchanges import Sent
from contract_tests.findings import Severity
from contract_tests.packs.traffic.faults import Fault, pointer_of
from contract_tests.packs.traffic.parameters import cookies_of, query_of
from contract_tests.packs.traffic.recorded import Recorded

Json = Any


def kept_carriers(recorded: Iterable[Recorded]) -> frozenset[str]:
    """The headers with credentials that a recording holds at all.

    Browsers leave Cookie and Authorization out of the files they write: where a header is never
    seen, its absence says nothing.
    """
    return frozenset(name.lower() for each in recorded for name, _ in each.exchange.sent.headers)


def key_names(contract: Contract) -> frozenset[str]:
    """The headers and query parameters that carry the contract's keys, in lower case."""
    return frozenset(
        str(scheme["name"]).lower()
        for scheme in contract.security_schemes.values()
        if scheme.get("type") == "apiKey" and scheme.get("in") != "cookie"
    )


def credential_fault(
    contract: Contract, operation: Operation, sent: Sent, kept: frozenset[str]
) -> Fault | None:
    """The fault of an accepted request that carries none of the credentials it needs."""
    for alternative in operation.security:
        schemes = [contract.security_schemes.get(name, {}) for name in alternative]
        if all(_is_sent(scheme, sent) for scheme in schemes):
            return None
        if not any(_carrier(scheme) in kept | {"?"} and not _is_sent(scheme, sent)
                   for scheme in schemes):  # fmt: skip
            return None
    if not operation.security:
        return None
    names = " or ".join(" and ".join(alternative) for alternative in operation.security)
    return Fault(
        "missing_credential_accepted",
        Severity.CRITICAL,
        "A request without any credential was accepted",
        f"security: {names}",
        pointer_of(operation, "security"),
        {"status": 401},
        {"credential": None},
    )


def _carrier(scheme: Json) -> str:
    """The header that carries a credential, `?` for the query, empty for what cannot be seen."""
    if scheme.get("type") == "apiKey":
        named = {"header": str(scheme.get("name", "")).lower(), "cookie": "cookie", "query": "?"}
        return named.get(scheme.get("in"), "")
    return "authorization" if scheme.get("type") in ("http", "oauth2", "openIdConnect") else ""


def _is_sent(scheme: Json, sent: Sent) -> bool:
    carrier = _carrier(scheme)
    if not carrier:
        return True
    if carrier == "?":
        return scheme["name"] in {name for name, _ in query_of(sent)}
    if carrier == "cookie":
        cookies = cookies_of(sent)
        redacted = any(not value for _, value in cookies)
        return redacted or scheme["name"] in {name for name, _ in cookies}
    return any(name.lower() == carrier for name, _ in sent.headers)
