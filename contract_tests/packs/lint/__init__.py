"""The contract itself: that it is valid, and that a server can be tested against it.

Nothing enters that needs a server.
"""

from __future__ import annotations

from contract_tests.bench import Bench
from contract_tests.findings import Severity
from contract_tests.pack import Pack
from contract_tests.packs.lint.operations import problems_of_operation
from contract_tests.packs.lint.problem import Problem
from contract_tests.packs.lint.schemas import problems_of_schemas
from contract_tests.packs.lint.validity import problems_of_document
from contract_tests.plan import Plan


def _operations(plan: Plan) -> tuple[str, ...]:
    return plan.operations


def _judge(bench: Bench) -> None:
    """One operation; the first one also has what concerns the whole document."""
    found = [
        *problems_of_operation(bench.plan, bench.operation),
        *problems_of_schemas(bench.contract, bench.operation),
    ]
    if bench.operation.name == bench.plan.operations[0]:
        found += problems_of_document(bench.contract)
    for problem in dict.fromkeys(found):
        _tell(bench, problem)


def _tell(bench: Bench, problem: Problem) -> None:
    bench.found(
        problem.code,
        Severity(problem.severity),
        problem.says,
        rule=problem.rule,
        source=f"{bench.contract.document.path.name}, {problem.place}",
        expected=problem.cure,
        got=problem.says,
        subject=problem.place,
    )


PACK = Pack(
    "lint",
    "the contract is valid, and says enough to be tested",
    _operations,
    _judge,
    reads_only=True,
)
