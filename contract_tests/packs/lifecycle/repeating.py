"""Idempotency keys: the same request with the same key happens once."""

from __future__ import annotations

from collections.abc import Mapping

from contract_tests.contract import Parameter
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.lifecycle import racing
from contract_tests.packs.lifecycle.making import attempt
from contract_tests.records import Made
from contract_tests.reporter import Reporter
from contract_tests.semantics import Resource

_HEADER = "idempotency-key"


def judge_creates(report: Reporter, resource: Resource, needs: Mapping[str, Made]) -> None:
    """A create that is sent again with its key makes nothing new."""
    bench = report.bench
    parameter = key_of(report)
    if parameter is None:
        return
    group = bench.new_group()
    draft, other = (bench.draft(resource.name, None, needs, group) for _ in range(2))
    headers = {parameter.name: f"key-{bench.mark()}"}
    first = attempt(bench, resource, draft, headers=headers)
    again = attempt(bench, resource, draft, headers=headers)
    if first.made is None:
        return
    if again.made is None or again.made.id != first.made.id:
        got = again.made.id if again.made else again.exchange.answer.status
        _found(report, "once", first.made.id, got, (first.exchange, again.exchange))
    reused = attempt(bench, resource, other, headers=headers)
    if not 400 <= reused.exchange.answer.status < 500:
        _found(
            report,
            "reused",
            "4xx",
            reused.exchange.answer.status,
            (first.exchange, reused.exchange),
        )
    racing.judge_key(report, resource, needs, parameter.name)


def key_of(report: Reporter) -> Parameter | None:
    """The parameter of the operation that takes such a key."""
    found = report.bench.operation.parameters_in("header")
    return next((each for each in found if each.name.lower() == _HEADER), None)


def _found(
    report: Reporter, subject: str, expected: str, got: str | int, chain: tuple[Exchange, ...]
) -> None:
    says = {
        "once": "The same create with the same idempotency key made a second record",
        "reused": "Another create with a used idempotency key was not refused",
    }
    report.found(
        "idempotency-key-ignored",
        Severity.CRITICAL,
        f"{says[subject]} ({got})",
        subject=subject,
        expected=expected,
        got=got,
        exchanges=chain,
        rule="Sent again with the same request, the answer is replayed and nothing happens a "
        "second time; with another request it is refused.",
    )
