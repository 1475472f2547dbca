"""Watching: every exchange of an item is held against the contract and the invariants.

So a wrong answer is found by whichever pack happens to get it.
"""

from __future__ import annotations

from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.findings import Finding, Severity
from contract_tests.packs.protocol.conformance import Conformance
from contract_tests.packs.rules.invariants import Broken, Invariants, places_of
from contract_tests.plan import Plan


class Watch:
    """Looks over the exchanges of items of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._conformance = Conformance(plan.contract)
        self._places = places_of(plan.contract, plan.semantics)

    def look_over(self, bench: Bench) -> None:
        """Put down what the exchanges of an item show; each kind of fault once."""
        invariants = Invariants(self._plan, self._places)
        known = {finding.fingerprint for finding in bench.findings}
        told: set[str] = set()
        for exchange in bench.caller.log:
            found = [*self._breaches(exchange), *_broken(invariants, exchange, told)]
            for finding in found:
                if finding.fingerprint not in known:
                    known.add(finding.fingerprint)
                    bench.put(finding)

    def _breaches(self, exchange: Exchange) -> list[Finding]:
        faults = self._conformance.breaches(exchange)
        return [fault.found("protocol", exchange, self._plan.seed) for fault in faults]


def _broken(invariants: Invariants, exchange: Exchange, told: set[str]) -> list[Finding]:
    found = []
    for each in invariants.broken(exchange):
        if each.invariant.code not in told:
            told.add(each.invariant.code)
            found.append(_finding(each, invariants.plan.seed))
    return found


def _finding(broken: Broken, seed: int) -> Finding:
    invariant, exchange = broken.invariant, broken.exchange
    place = broken.pointer or "the body"
    return Finding(
        code=f"rules.{invariant.code}",
        severity=Severity(invariant.severity),
        operation=exchange.operation,
        title=f"{place} of an answer of {exchange.operation} breaks the rule: {invariant.says}",
        rule=invariant.says,
        source=invariant.source,
        expected=invariant.holds,
        got=broken.record,
        exchanges=(exchange,),
        seed=seed,
    )
