"""Rules: what the documents say and a schema cannot, declared as invariants and journeys."""

from __future__ import annotations

from collections.abc import Iterable

from contract_tests.bench import Bench
from contract_tests.calling import NO_BODY
from contract_tests.findings import Severity
from contract_tests.pack import Pack
from contract_tests.packs.rules.invariants import named, places_of
from contract_tests.packs.rules.journeys import tell
from contract_tests.plan import Plan
from contract_tests.records import Unable

_PAGES = 3
_SMOKE = 2  # journeys of an operation that a smoke run tells


def operations(plan: Plan) -> Iterable[str]:
    """Those that journeys judge, and those whose answers have to keep an invariant."""
    semantics = plan.semantics
    judged = {journey.operation for journey in semantics.journeys}
    held = {each.resource for each in semantics.invariants}
    for name, places in places_of(plan.contract, semantics).items():
        if any(resource in held for resource, _ in places):
            judged.add(name)
    for invariant in semantics.invariants:
        judged.update(named(plan.contract, invariant.operations))
    return judged


def judge(bench: Bench) -> None:
    """Tell the journeys of the operation, and read what others left there.

    The invariants are held against every exchange of every pack: it is enough to see records.
    """
    told = [each for each in bench.semantics.journeys if each.operation == bench.operation.name]
    if bench.plan.profile.name == "smoke":
        told = [each for each in told if each.severity == Severity.CRITICAL][:_SMOKE]
    for journey in told:
        tell(bench, journey)
    _look_around(bench)
    if not told and not bench.caller.log:
        raise Unable("see its records", "no journey and no list leads to them")


def _look_around(bench: Bench) -> None:
    """Read the first pages of a list as it is, with the records of others."""
    operation = bench.operation
    if operation.method != "GET" or operation.parameters_in("path"):
        return
    collection = bench.semantics.collections.get(operation.name)
    paging = collection.paging if collection else None
    for page in range(1, _PAGES + 1 if paging else 2):
        query = paging.asks(page, paging.maximum) if paging else {}
        answer = bench.call(operation.name, query=query, body=NO_BODY).answer
        if answer.status != 200:
            return


PACK = Pack(
    "rules",
    "Money adds up, counts count, and only what may happen happens.",
    operations,
    judge,
    reads_only=True,
)
