"""What is counted: how many of how many were right, and what was wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Score:
    """How many of how many; `faults` tells of each of the others.

    `impossible` are those of the others that nobody could get right: it is proved that no value
    keeps to the schema of their body or their answer.
    """

    good: int = 0
    tried: int = 0
    faults: list[str] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)

    def note(self, what: str, fault: str, *, is_impossible: bool = False) -> None:
        """Count one; no fault is good."""
        self.tried += 1
        if not fault:
            self.good += 1
        elif is_impossible:
            self.impossible.append(f"{what}: {fault}")
        else:
            self.faults.append(f"{what}: {fault}")

    def lost(self, fault: str) -> Score:
        """As many tried, and all of them wrong for one reason."""
        return Score(0, self.tried, [fault] * self.tried)

    @property
    def percent(self) -> float:
        """How many of a hundred were right, of those that nobody can get right as well."""
        return 100 * self.good / self.tried if self.tried else 100.0

    @property
    def percent_of_possible(self) -> float:
        """How many of a hundred that can be right were."""
        possible = self.tried - len(self.impossible)
        return 100 * self.good / possible if possible else 100.0


def summed(scores: Iterable[Score]) -> Score:
    """All together, the faults left out but for their number."""
    total = Score()
    for each in scores:
        total.good += each.good
        total.tried += each.tried
        total.faults += each.faults
        total.impossible += each.impossible
    return total
