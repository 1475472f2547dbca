"""Refusals: what the answer to a bad request has to be, as the contract and its semantics say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contract_tests.bench import Bench
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.packs.rules.invariants import named
from contract_tests.pointers import parts_of
from contract_tests.semantics import Refusal

Json = Any
# The statuses that tell of a bad request when nothing is declared.
_USUAL = {"media": (415,), "size": (413,)}
_BAD_REQUEST = (400, 422)


@dataclass(frozen=True, slots=True)
class Bad:
    """A bad request: its kind, where it is bad (a pointer, or the name of a parameter), and how."""

    kind: str
    place: str
    what: str
    rule: str
    source: str

    @property
    def member(self) -> str:
        """Its place with dots; empty where it leads through a list, which has no one spelling."""
        if not self.place.startswith("/"):
            return self.place
        parts = parts_of(self.place)
        return "" if any(part.isdigit() for part in parts) else ".".join(parts)


def judge_refusal(bench: Bench, bad: Bad, exchange: Exchange) -> bool:
    """Whether a bad request was refused as it has to be; a finding when it was not."""
    status = exchange.answer.status
    if status >= 500:
        return False  # Told by whoever looks over every exchange.
    refusal = refusal_of(bench)
    expected = statuses_of(bench, bad.kind, refusal)
    if not bad.member and bad.place and refusal is not None:
        # Within a list, what is of another type to one reader is another value to the next.
        expected = tuple(sorted({*expected, *statuses_of(bench, "value", refusal)}))
    if status not in expected:
        _put(bench, bad, exchange, expected, refusal)
        return False
    if refusal is not None and bad.kind in refusal.statuses:
        _judge_words(bench, bad, exchange, refusal)
    return True


def refusal_of(bench: Bench) -> Refusal | None:
    """What is declared of the refusals of the operation."""
    for refusal in bench.semantics.refusals:
        if bench.operation.name in named(bench.contract, refusal.operations):
            return refusal
    return None


def statuses_of(bench: Bench, kind: str, refusal: Refusal | None) -> tuple[int, ...]:
    """The statuses with which a kind of bad request may be refused."""
    if refusal is not None and kind in refusal.statuses:
        return (refusal.statuses[kind],)
    declared = bench.operation.statuses
    usual = tuple(each for each in _USUAL.get(kind, _BAD_REQUEST) if each in declared)
    return usual or tuple(each for each in declared if 400 <= each < 500)


def _judge_words(bench: Bench, bad: Bad, exchange: Exchange, refusal: Refusal) -> None:
    body = exchange.answer.json
    if body is NO_JSON or not bad.member or bad.kind in ("syntax", "media", "size"):
        return
    scope = bench.scope(body=body, kind=bad.kind, member=bad.member)
    for expression in refusal.holds:
        if not bench.expressions.holds(expression, scope):
            bench.found(
                "refusal-names-another",
                "minor",
                f"A request whose {bad.member} {bad.what} is refused, and the answer does not say "
                f"so: {expression}",
                rule=refusal.says,
                source=refusal.source,
                expected=expression,
                got=body,
                exchanges=(exchange,),
                subject=f"{bad.kind} {bad.place}",
            )


def _put(
    bench: Bench, bad: Bad, exchange: Exchange, expected: tuple[int, ...], refusal: Refusal | None
) -> None:
    status = exchange.answer.status
    place = bad.place or "the body"
    is_taken = status < 400
    bench.found(
        "bad-request-accepted" if is_taken else "bad-request-status",
        "major" if is_taken else "minor",
        f"{place} {bad.what}, and the answer is {status} instead of "
        f"{' or '.join(map(str, expected))}",
        rule=bad.rule if is_taken or refusal is None else refusal.says,
        source=bad.source if is_taken or refusal is None else refusal.source,
        expected={"status": list(expected)},
        got={"status": status, "body": exchange.answer.body[:300].decode("utf-8", "replace")},
        exchanges=(exchange,),
        subject=f"{place} {bad.kind} {bad.what}"[:120],
    )
