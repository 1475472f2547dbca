"""Differential: the same random sequences on a reference and on the target; what they answer.

No rule is written for it. Whatever the reference does by definition, the target must do as well,
but for ids, the time of day, and what is declared to be free (`masks`).
"""

from __future__ import annotations

from collections.abc import Iterable

from contract_tests.bench import Bench
from contract_tests.pack import Pack
from contract_tests.packs.differential.judging import judge_operation
from contract_tests.plan import Plan


def _operations(plan: Plan) -> Iterable[str]:
    return plan.contract.operations


def _judge(bench: Bench) -> None:
    judge_operation(bench)


PACK = Pack(
    "differential",
    "The same requests get the same answers as from the reference.",
    _operations,
    _judge,
    reads_only=True,
)
