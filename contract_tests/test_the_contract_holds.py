"""The server keeps its contract: one test for each pack and operation."""

from __future__ import annotations

import pytest

from contract_tests.pack import Item
from contract_tests.report.terminal import explained
from contract_tests.results import Outcome
from contract_tests.running import Judge


def test_the_contract_holds(judge: Judge, item: Item, told: list[str]) -> None:
    """What one pack says of one operation; the failure shows how to see it with curl."""
    result = judge.judge(item)
    told.extend(f"{each.what}: {each.why}" for each in result.unreached)
    if result.outcome is Outcome.BROKEN:
        pytest.fail(f"{item.name} could not be judged: {result.error}", pytrace=False)
    if result.findings:
        pytest.fail("\n\n".join(map(explained, result.findings)), pytrace=False)
    if result.outcome is Outcome.SKIPPED:
        pytest.skip("; ".join(f"{each.what}: {each.why}" for each in result.unreached))
