"""Conditions: ETag, If-None-Match and If-Match, where the contract has them (RFC 9110, 13)."""

from __future__ import annotations

from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.preparing import Prepared
from contract_tests.records import Made, Unable

_OTHER = '"000000000000000000000000"'


def judge_conditions(bench: Bench, prepared: Prepared) -> None:
    """304 for the version one has, 412 for a version that is gone, and else as without them."""
    names = {each.name.lower() for each in bench.operation.parameters_in("header")}
    if "if-none-match" in names and 304 in bench.operation.statuses:
        _judge_none_match(bench, prepared)
    if "if-match" in names and 412 in bench.operation.statuses:
        _judge_match(bench, prepared)


def _judge_none_match(bench: Bench, prepared: Prepared) -> None:
    first = prepared.call(bench)
    tag = first.answer.header("etag")
    if tag is None:
        raise Unable("see a 304", f"{bench.operation.name} answers without an ETag")
    cases = ((tag, 304), (f"{_OTHER}, {tag}", 304), (_OTHER, 200))
    for sent, status in cases:
        again = prepared.call(bench, headers={"If-None-Match": sent})
        if again.answer.status != status:
            _wrong(bench, (first, again), f"If-None-Match: {sent}", status, "13.1.2")


def _judge_match(bench: Bench, prepared: Prepared) -> None:
    made = prepared.made[0] if prepared.made else None
    if made is None or made.resource.read is None:
        raise Unable("see a 412", "nothing says how the record is read")
    before = bench.read(made.resource, made.id)
    tag = before.answer.header("etag")
    if tag is None:
        raise Unable("see a 412", f"{before.operation} answers without an ETag")
    stale = prepared.call(bench, headers={"If-Match": _OTHER})
    if stale.answer.status != 412:
        _wrong(bench, (before, stale), f"If-Match: {_OTHER}", 412, "13.1.1")
    _unchanged(bench, made, before, stale)
    for sent in (tag, "*"):
        good = prepared.call(bench, headers={"If-Match": sent})
        if not 200 <= good.answer.status < 300:
            _wrong(bench, (before, good), f"If-Match: {sent}", 200, "13.1.1")


def _unchanged(bench: Bench, made: Made, before: Exchange, stale: Exchange) -> None:
    after = bench.read(made.resource, made.id)
    if after.answer.body != before.answer.body and after.answer.json != before.answer.json:
        bench.found(
            "precondition-changes",
            "critical",
            "A request whose If-Match does not match changed the record all the same",
            rule="An origin server MUST NOT perform the requested method if a received If-Match "
            "condition evaluates to false.",
            source="RFC 9110, 13.1.1",
            expected=before.answer.json,
            got=after.answer.json,
            exchanges=(before, stale, after),
        )


def _wrong(
    bench: Bench, exchanges: tuple[Exchange, ...], sent: str, status: int, section: str
) -> None:
    got = exchanges[-1].answer.status
    is_tag = _OTHER not in sent and "*" not in sent
    bench.found(
        "condition",
        "major",
        f"{'The current ETag' if is_tag else sent} was answered with {got} instead of {status}",
        rule=bench.operation.answers[str(status)].description
        if str(status) in bench.operation.answers
        else "A condition that does not apply leaves the answer as it is.",
        source=f"RFC 9110, {section}",
        expected={"status": status},
        got={"status": got},
        exchanges=exchanges,
        subject=f"{sent.split(':', maxsplit=1)[0]} {status} {'current' if is_tag else 'other'}",
    )
