"""Judges items in this process, each in a world of its own where there are worlds."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, field
from typing import Any

from contract_tests.bench import Bench
from contract_tests.exchanges import Sent
from contract_tests.pack import Item, load_pack
from contract_tests.plan import Plan
from contract_tests.records import OutOfTime, Unable
from contract_tests.results import ItemResult, Outcome
from contract_tests.targets import Target, connect
from contract_tests.watching import Watch
from contract_tests.wires import TargetGone


@dataclass
class Judge:
    """Judges items of a plan. `nonce` is a text of letters that no other run has.

    `started` and `deadline` are on the clock of `time.monotonic`.
    """

    plan: Plan
    nonce: str
    started: float = field(default_factory=time.monotonic)
    deadline: float | None = None

    def __post_init__(self) -> None:
        self._watch = Watch(self.plan)
        self._kept: dict[str, Any] = {}

    def judge(self, item: Item) -> ItemResult:
        """What one item shows; whatever goes wrong is told in the result, never raised."""
        began = time.monotonic()
        if self.deadline is not None and began > self.deadline:
            return ItemResult(item.pack, item.operation, Outcome.STOPPED)
        try:
            target = connect(self.plan.options.url, f"check-{self.nonce}-{item.name}".lower())
        except TargetGone as gone:
            return ItemResult(item.pack, item.operation, Outcome.BROKEN, error=str(gone))
        try:
            return self._judged(item, target, began)
        finally:
            target.close()

    def _judged(self, item: Item, target: Target, began: float) -> ItemResult:
        bench = Bench(self.plan, target, item.pack, item.operation, self.nonce, self._kept)
        bench.deadline = self.deadline
        outcome, error, leftovers = Outcome.PASSED, "", []
        try:
            load_pack(item.pack).judge(bench)
        except Unable as unable:
            bench.unreached(unable.what, unable.why)
            outcome = Outcome.SKIPPED
        except OutOfTime:
            outcome = Outcome.STOPPED
        except TargetGone as gone:
            outcome, error = Outcome.BROKEN, str(gone)
        except Exception:
            outcome, error = Outcome.BROKEN, traceback.format_exc()
        try:
            self._watch.look_over(bench)
        except Exception:
            outcome, error = Outcome.BROKEN, error or traceback.format_exc()
        try:
            leftovers = bench.clean_up()
        except TargetGone as gone:
            outcome, error = Outcome.BROKEN, error or str(gone)
        if bench.findings:
            outcome = Outcome.FAILED
        elif outcome is Outcome.PASSED and item.pack != "lint" and not bench.requests:
            outcome = Outcome.SKIPPED
        first = bench.first_finding_at
        return ItemResult(
            item.pack,
            item.operation,
            outcome,
            tuple(bench.findings),
            tuple(bench.unreached_things),
            tuple(leftovers),
            bench.requests,
            time.monotonic() - began,
            dict(bench.caller.seen),
            error,
            None if first is None else first - self.started,
        )


def unreachable(url: str) -> str:
    """Why nobody can be judged at an address; empty when somebody answers there."""
    try:
        target = connect(url)
        target.send(Sent("GET", "/", (), None))
        target.close()
    except TargetGone as gone:
        return str(gone)
    return ""
