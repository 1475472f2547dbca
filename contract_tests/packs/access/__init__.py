"""Access: who may not call an operation is refused, learns nothing, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from contract_tests.bench import Bench
from contract_tests.pack import Pack
from contract_tests.packs.access.effects import judge_effects
from contract_tests.packs.access.identities import Identity, identities_of, missing_kinds
from contract_tests.packs.access.order import judge_order
from contract_tests.packs.access.refusing import judge_identity
from contract_tests.plan import Plan
from contract_tests.preparing import prepare


def operations(plan: Plan) -> Iterable[str]:
    """Those that need a credential."""
    return [
        name
        for name, each in plan.contract.operations.items()
        if each.security and {} not in each.security
    ]


def judge(bench: Bench) -> None:
    """Try every identity on a request that is good in every other respect."""
    identities = identities_of(bench)
    for what, why in missing_kinds(bench, identities):
        bench.unreached(what, why)
    if bench.plan.profile.name == "smoke":
        identities = list({each.kind: each for each in reversed(identities)}.values())
    prepared = prepare(bench, bench.operation.name)
    good: list[Identity] = []
    bad: list[Identity] = []
    for identity in identities:
        (bad if identity.expected else good).append(identity)
    if bench.operation.is_safe:
        for identity in bad:
            judge_identity(bench, prepared, identity)
    else:
        judge_effects(bench, prepared, bad)
    judge_order(bench, prepared, bad)
    for identity in good:
        judge_identity(bench, prepare(bench, bench.operation.name), identity)


PACK = Pack(
    "access",
    "Who may not call is refused, learns nothing and changes nothing.",
    operations,
    judge,
    reads_only=True,
)
