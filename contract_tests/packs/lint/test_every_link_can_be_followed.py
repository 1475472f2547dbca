"""Every link in the contract leads to an operation, with values that are where it says."""

from __future__ import annotations

from contract_tests.packs.lint.links import links_of, problems_of
from contract_tests.plan import Plan


def test_every_link_can_be_followed(plan: Plan) -> None:
    """The operation exists, takes the parameters, and the bodies hold what is passed on."""
    problems = [
        f"{link}: {problem}"
        for link in links_of(plan.document, plan.operations)
        for problem in problems_of(plan.document, plan.operations, link)
    ]
    assert problems == []
