"""What one answer leads to keeps the contract too: create, read, change, cancel, delete."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import hypothesis
from hypothesis.errors import Flaky
from schemathesis.schemas import BaseSchema

from contract_tests.targets import Target

JOURNEYS = 25
STEPS = 8


def test_journeys_along_the_links_keep_the_contract(
    api: BaseSchema, target: Target, seed: int
) -> None:
    """Random journeys of several steps, each step fed from the answers before it; all checks.

    Each journey begins in a fresh world. Where the world cannot be put back, the engine may notice
    that it moved, and ends its journeys there: that says nothing about the contract.
    """
    journey = _journey(api, target, seed).TestCase
    journey.settings = hypothesis.settings(
        journey.settings, max_examples=JOURNEYS, stateful_step_count=STEPS, database=None
    )
    with suppress(*() if target.can_reset else (Flaky,)):
        journey().runTest()


def _journey(api: BaseSchema, target: Target, seed: int) -> Any:
    machine: Any = api.as_state_machine()

    class Journey(machine):  # type: ignore[misc]
        """A journey through the contract, over a fresh world."""

        rule_order_seed = seed

        def setup(self) -> None:
            """Put the world back before the first step."""
            target.reset()

    return hypothesis.seed(seed)(Journey)
