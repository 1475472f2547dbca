"""Order: who is not known is told so before anything else, whatever else is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.bench import Bench
from contract_tests.calling import NO_BODY
from contract_tests.exchanges import Exchange
from contract_tests.packs.access.identities import Identity
from contract_tests.packs.access.refusing import put
from contract_tests.preparing import Prepared

_KINDS = ("none", "expired", "lacks-scope", "forbidden")


def judge_order(bench: Bench, prepared: Prepared, identities: list[Identity]) -> None:
    """Bad requests of people who may not: an answer about the request tells too much.

    Judged of those who are not known (401). Those who lack a scope must be told so (403) for an id
    that names nothing, too: a scope is asked of the call, whatever record it is about. A role that
    may not is not judged: rights to a record may be looked up in it.
    """
    status = bench.semantics.access.unauthenticated
    if bench.operation.method == "GET":
        _judge_head(bench, prepared, identities)
    tried = [next((i for i in identities if i.kind == kind), None) for kind in _KINDS]
    for identity in (each for each in tried if each is not None and each.expected == status):
        for what, exchange in _attempts(bench, prepared, identity):
            if exchange.answer.status != status:
                how = f"for {what} is answered" if exchange.answer.status >= 300 else "is let in"
                severity = "critical" if exchange.answer.status < 300 else "major"
                put(bench, identity, exchange, "order", severity, how)
                break
    lesser = next((each for each in identities if each.kind == "lacks-scope"), None)
    if lesser is not None and not lesser.query:
        _judge_unknown(bench, prepared, lesser)


def _judge_unknown(bench: Bench, prepared: Prepared, identity: Identity) -> None:
    """Who lacks a scope does not learn which records there are."""
    exchange = _of_nothing(bench, prepared, dict(identity.headers))
    if exchange is not None and exchange.answer.status != identity.expected:
        put(bench, identity, exchange, "order", "major", "for an unknown id is answered")


def _judge_head(bench: Bench, prepared: Prepared, identities: list[Identity]) -> None:
    """HEAD tells what GET tells but for the body: who may not have the one gets neither."""
    for identity in identities:
        headers = dict(identity.headers)
        if identity.kind in _KINDS and not identity.query:
            exchange = prepared.call(bench, identity="none", headers=headers, method="HEAD")
            if exchange.answer.status < 300:
                put(bench, identity, exchange, "head", "critical", "by HEAD is let in")
                return


def _attempts(
    bench: Bench, prepared: Prepared, identity: Identity
) -> Iterator[tuple[str, Exchange]]:
    headers = dict(identity.headers)
    names = [each.name for each in bench.operation.parameters_in("path")]
    unknown = _of_nothing(bench, prepared, headers)
    if unknown is not None:
        yield "an unknown id", unknown
    if names:
        path = {**prepared.path, names[-1]: "nonsense"}
        yield "a bad id", prepared.call(bench, identity="none", headers=headers, path=path)
    if prepared.has_body or bench.operation.bodies:
        for what, body, media_type in (
            ("a body that is no JSON", b"{", "application/json"),
            ("an empty body", {}, "application/json"),
            ("a body of another type", b"text", "text/plain"),
        ):
            bad = prepared.with_body(body)
            sent = {**headers, "Content-Type": media_type}
            yield what, bad.call(bench, identity="none", headers=sent)
    for each in bench.operation.parameters_in("query"):
        if not bench.contract.schemas.fits(each.schema, "\x07" * 3000):
            query = {**prepared.query, each.name: "\x07" * 500}
            called = prepared.with_body(NO_BODY) if not prepared.has_body else prepared
            yield "a bad query", called.call(bench, identity="none", headers=headers, query=query)
            break


def _of_nothing(bench: Bench, prepared: Prepared, headers: dict[str, str]) -> Exchange | None:
    """The answer for a well-formed id that names nothing, where the path takes one."""
    parameter = next(iter(bench.operation.parameters_in("path")), None)
    unknown = [each.unknown for each in bench.semantics.resources.values()]
    fits = bench.contract.schemas.fits
    found = next((each for each in unknown if parameter and fits(parameter.schema, each)), None)
    if parameter is None or found is None:
        return None
    path = {**prepared.path, parameter.name: found}
    return prepared.call(bench, identity="none", headers=headers, path=path)
