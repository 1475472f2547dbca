"""What a comparison found: plain values, written as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.checking import Facts
from benchmarks.contenders import BASELINE


def machine() -> str:
    """When and on what this is measured."""
    load = os.getloadavg()[0]
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    return (
        f"{when}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {load:.1f} at the start"
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some rounds, with the quartiles."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of at least one value."""
        if len(values) == 1:
            return cls(values[0], values[0], values[0])
        low, _, high = quantiles(values, n=4, method="inclusive")
        return cls(median(values), low, high)

    @property
    def relative(self) -> float:
        """How far the quartiles are apart, as a part of the median."""
        return (self.high - self.low) / self.median if self.median else 0.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One contender under one load in one round.

    `unexpected` counts the requests that were not answered as they should be.
    """

    contender: str
    operation: str
    round: int
    requests_s: float
    cpu_us: float
    p50_ms: float
    p99_ms: float
    unexpected: int


@dataclass(slots=True)
class Entry:
    """A contender's line: why it was not measured, or what it does and takes."""

    key: str
    title: str
    version: str = ""
    note: str = ""
    missing: str = ""
    facts: Facts = field(default_factory=Facts)
    start_s: list[float] = field(default_factory=list)
    start_cpu_s: list[float] = field(default_factory=list)
    idle_mib: float = 0.0
    loaded_mib: float = 0.0


@dataclass(slots=True)
class Results:
    """Everything a run found. `inside` is µs a request by contender and operation."""

    tool: str
    rounds: int
    seconds: int
    operations: tuple[str, ...]
    entries: list[Entry] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    inside: dict[str, dict[str, float]] = field(default_factory=dict)
    machine: str = field(default_factory=machine)

    def of(self, contender: str, operation: str) -> list[Sample]:
        """The samples of a contender and an operation, by round."""
        found = [s for s in self.samples if (s.contender, s.operation) == (contender, operation)]
        return sorted(found, key=lambda sample: sample.round)

    def spread(
        self, contender: str, operation: str, figure: Callable[[Sample], float]
    ) -> Spread | None:
        """A figure over the rounds; None when it was not measured."""
        found = self.of(contender, operation)
        return Spread.of([figure(sample) for sample in found]) if found else None

    def ratio(
        self, contender: str, operation: str, figure: Callable[[Sample], float]
    ) -> Spread | None:
        """A figure as a multiple of bare uvicorn's in the same round."""
        bare = {sample.round: figure(sample) for sample in self.of(BASELINE, operation)}
        ratios = [
            figure(sample) / bare[sample.round]
            for sample in self.of(contender, operation)
            if bare.get(sample.round)
        ]
        return Spread.of(ratios) if ratios else None

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n")


def cpu_us(sample: Sample) -> float:
    """CPU time a request, in µs."""
    return sample.cpu_us


def requests_s(sample: Sample) -> float:
    """Requests a second."""
    return sample.requests_s


def as_json(spread: Spread) -> dict[str, Any]:
    """A spread with two digits after the point."""
    return {name: round(value, 2) for name, value in asdict(spread).items()}
