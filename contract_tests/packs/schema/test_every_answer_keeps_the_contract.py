"""Whatever an operation is sent, its answer is one that the contract documents."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from schemathesis import Case

from contract_tests.plan import Operation


@pytest.mark.usefixtures("fresh_target")
def test_every_answer_keeps_the_contract(
    request: pytest.FixtureRequest, operation: Operation
) -> None:
    """Documented examples, every boundary of every keyword, and random requests; all checks.

    The cases are made here and not when tests are collected: that takes seconds. Schemathesis
    reports a finding as a subtest and gives the test another name meanwhile, for good when pytest
    stops there. So the test takes its name back and fails with its subtest: `--lf` finds it again.
    """
    name, failed_before = request.node.nodeid, request.session.testsfailed
    schema = schemathesis.pytest.from_fixture("api").include(name=operation.label)
    try:
        schema.parametrize()(_keeps_the_contract)(request=request)
    finally:
        request.node._nodeid = name
    if request.session.testsfailed > failed_before:
        pytest.fail(f"{operation.label} breaks the contract, as reported above.", pytrace=False)


def _keeps_the_contract(case: Case[Any]) -> None:
    case.call_and_validate()
