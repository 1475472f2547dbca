"""Refusing: one identity tries a request, and must be answered as it deserves."""

from __future__ import annotations

from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.packs.access.identities import Identity
from contract_tests.preparing import Prepared

_NEEDS = "security: the operation needs a credential"


def judge_identity(bench: Bench, prepared: Prepared, identity: Identity) -> Exchange:
    """Send a good request as somebody; a finding when they are not answered as they must be."""
    exchange = attempt(bench, prepared, identity)
    status = exchange.answer.status
    if identity.expected == 0:
        if status in (bench.semantics.access.unauthenticated, bench.semantics.access.forbidden):
            put(bench, identity, exchange, "refused", "major", "is refused")
    elif status != identity.expected:
        is_in = 200 <= status < 400
        what, severity = ("accepted", "critical") if is_in else ("status", "major")
        put(bench, identity, exchange, what, severity, "is let in" if is_in else "is refused")
    else:
        _judge_silence(bench, prepared, identity, exchange)
    return exchange


def attempt(bench: Bench, prepared: Prepared, identity: Identity) -> Exchange:
    """The answer to a request as somebody."""
    query = dict(prepared.query)
    if identity.query:
        name, _, value = identity.query.partition("=")
        query[name] = value
    return prepared.call(bench, identity="none", headers=dict(identity.headers), query=query)


def put(
    bench: Bench, identity: Identity, exchange: Exchange, what: str, severity: str, how: str
) -> None:
    """Put down that somebody was answered otherwise than they must be."""
    status = exchange.answer.status
    must = f"{identity.expected}" if identity.expected else "to be let in"
    bench.found(
        what,
        severity,
        f"A call {identity.title} {how} with {status}; it must get {must}",
        rule=_rule(bench, identity),
        source=f"{bench.contract.document.path.name}, {bench.operation.name}",
        expected={"status": identity.expected or list(_good(bench))},
        got={"status": status, "body": exchange.answer.body[:300].decode("utf-8", "replace")},
        exchanges=(exchange,),
        subject=f"{identity.kind}:{identity.title}",
    )


def _good(bench: Bench) -> list[int]:
    return [status for status in bench.operation.statuses if status < 300]


def _rule(bench: Bench, identity: Identity) -> str:
    answer = bench.operation.answers.get(str(identity.expected))
    if answer is not None and answer.description:
        return " ".join(answer.description.split())
    schemes = " or ".join(
        " and ".join(f"{name} {list(scopes) or ''}".strip() for name, scopes in each.items())
        for each in bench.operation.security
    )
    return f"{_NEEDS}: {schemes}"


def _judge_silence(
    bench: Bench, prepared: Prepared, identity: Identity, exchange: Exchange
) -> None:
    """A refusal tells nothing of the record that was asked for."""
    sent = exchange.sent.target + (exchange.sent.body or b"").decode("utf-8", "replace")
    said = exchange.answer.body.decode("utf-8", "replace")
    for made in prepared.made:
        if len(made.mark) > 6 and made.mark in said and made.mark not in sent:
            bench.found(
                "leak",
                "critical",
                f"The refusal of a call {identity.title} shows data of the record asked for",
                rule="Who may not read a record learns nothing of it.",
                source="OWASP API3:2023",
                expected="a refusal without data",
                got=said[:500],
                exchanges=(exchange,),
                subject=identity.kind,
            )
            return
