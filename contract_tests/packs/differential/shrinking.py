"""Shrinking: the shortest sequence that still shows a divergence, found by playing it again."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations

from contract_tests import pointers
from contract_tests.calling import NO_BODY
from contract_tests.packs.differential.comparing import Divergence
from contract_tests.packs.differential.match import Match
from contract_tests.packs.differential.steps import Step, playable

Steps = tuple[Step, ...]


class Shrinking:
    """Tries shorter and shorter sequences, as long as there is time."""

    def __init__(self, match: Match, divergence: Divergence, seconds: float) -> None:
        self._match = match
        self._key = divergence.key
        self._until = time.monotonic() + seconds
        self._tried: set[tuple[int, ...]] = set()

    def shortest(self, steps: Steps) -> Steps:
        """The shortest of the sequences tried; `steps` themselves when nothing shorter will do."""
        steps = self._direct(steps)
        steps = self._without_chunks(steps)
        return self._simpler(steps)

    def _direct(self, steps: Steps) -> Steps:
        """What the last step needs, alone or with one or two acts before it, if that will do."""
        last = steps[-1].serial
        acts = [step.serial for step in reversed(steps[:-1]) if not step.is_probe]
        likely = [{last}, *({last, act} for act in acts)]
        likely += [{last, act, other} for act, other in combinations(acts[:4], 2)]
        for wanted in likely:
            fewer = _closed(steps, wanted)
            if not self._is_time:
                return steps
            if len(fewer) < len(steps) and self._shows(fewer):
                return fewer
        fewer = _closed(steps, {last, *acts})
        return fewer if len(fewer) < len(steps) and self._shows(fewer) else steps

    def _without_chunks(self, steps: Steps) -> Steps:
        size = max(1, (len(steps) - 1) // 2)
        while self._is_time:
            start = len(steps) - 1 - size
            is_shorter = False
            while start > -size and self._is_time:
                low = max(start, 0)
                fewer = playable(steps[:low] + steps[low + size : -1] + steps[-1:])
                if low < len(steps) - 1 and fewer[-1:] == steps[-1:] and self._shows(fewer):
                    steps, is_shorter = fewer, True
                start = min(start, len(steps) - 1) - size
            if size == 1 and not is_shorter:
                return steps
            size = max(1, size // 2)
        return steps

    def _simpler(self, steps: Steps) -> Steps:
        """The steps with fewer members in their bodies and fewer parameters."""
        for index in reversed(range(len(steps))):
            for part in ("body", "query", "headers"):
                steps = self._with_less(steps, index, part)
            if steps[index].seconds and self._is_time:
                calm = _put(steps, index, replace(steps[index], seconds=0))
                steps = calm if self._shows(calm, is_new=True) else steps
        return steps

    def _with_less(self, steps: Steps, index: int, part: str) -> Steps:
        value = getattr(steps[index], part)
        if not isinstance(value, dict):
            return steps
        for name in list(value):
            less = pointers.dropped(getattr(steps[index], part), pointers.joined([name]))
            if part == "body" and not less and not value:
                less = NO_BODY
            fewer = _put(steps, index, replace(steps[index], **{part: less}))
            if self._is_time and self._shows(fewer, is_new=True):
                steps = fewer
        return steps

    def _shows(self, steps: Steps, *, is_new: bool = False) -> bool:
        serials = tuple(step.serial for step in steps)
        if serials in self._tried and not is_new:
            return False
        self._tried.add(serials)
        found = self._match.run(steps)
        return found is not None and found.key == self._key and found.step.serial == serials[-1]

    @property
    def _is_time(self) -> bool:
        return time.monotonic() < self._until


def _put(steps: Steps, index: int, step: Step) -> Steps:
    return (*steps[:index], step, *steps[index + 1 :])


def _closed(steps: Steps, wanted: set[int]) -> Steps:
    """Some of the steps with what they need."""
    for step in reversed(steps):
        if step.serial in wanted:
            wanted |= step.needs
    return tuple(step for step in steps if step.serial in wanted)
