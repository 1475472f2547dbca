"""Fresh ratios against those of `ratios.json`, to see whether a request of ours costs more.

Compared are medians of CPU a request as multiples of bare uvicorn's in the same round, which
depend on the machine far less than times do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.page import rows, shown
from benchmarks.results import Results, Spread, as_json, cpu_us

RATIOS = Path(__file__).with_name("ratios.json")
# The least growth that counts: this much comes and goes from run to run on a busy machine.
LEAST_MARGIN = 0.35
# Growth to twice as much counts however noisy the rounds were.
MOST_MARGIN = 1.0

Ratios = Mapping[str, Mapping[str, Spread]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One ratio then and now. `margin` is the growth that is allowed, as a part of `before`."""

    contender: str
    operation: str
    before: Spread | None
    now: Spread | None

    @property
    def margin(self) -> float:
        """35 %, or how far the quartiles are apart where that is more, at most 100 %."""
        spreads = [spread.relative for spread in (self.before, self.now) if spread]
        return min(MOST_MARGIN, max(LEAST_MARGIN, *spreads))

    @property
    def is_worse(self) -> bool:
        """Whether it grew by more than its margin, or is not measured any more."""
        if self.before is None:
            return False
        return self.now is None or self.now.median > self.before.median * (1 + self.margin)

    @property
    def text(self) -> str:
        """In a word or two."""
        if self.before is None:
            return "new"
        if self.now is None:
            return "NOT MEASURED"
        return "WORSE" if self.is_worse else "ok"


def ratios_of(results: Results) -> Ratios:
    """The ratios of every measured server of ours."""
    found: dict[str, dict[str, Spread]] = {}
    for entry in results.entries:
        for name in results.operations:
            ratio = results.ratio(entry.key, name, cpu_us)
            if ratio is not None:
                found.setdefault(entry.key, {})[name] = ratio
    return found


def read(path: Path = RATIOS) -> Ratios:
    """Read committed ratios; ValueError when there is no such file."""
    if not path.exists():
        raise ValueError(f"There is no {path.name} to compare with; write it with --update.")
    given = json.loads(path.read_text())["ratios"]
    return {
        contender: {name: Spread(**spread) for name, spread in operations.items()}
        for contender, operations in given.items()
    }


def write(ratios: Ratios, machine: str, path: Path = RATIOS) -> None:
    """Write ratios to compare with from now on."""
    plain = {
        contender: {name: as_json(spread) for name, spread in operations.items()}
        for contender, operations in ratios.items()
    }
    path.write_text(json.dumps({"measured": machine, "ratios": plain}, indent=1) + "\n")


def judge(before: Ratios, now: Ratios) -> list[Verdict]:
    """Every ratio that was committed or measured, in the order of the fresh run."""
    return [
        Verdict(
            contender,
            operation,
            before.get(contender, {}).get(operation),
            now.get(contender, {}).get(operation),
        )
        for contender, operation in dict.fromkeys((*_places(now), *_places(before)))
    ]


def lower_of(one: Ratios, other: Ratios) -> Ratios:
    """The lower one of two measurements of each ratio: noise adds, it does not take away."""
    places = dict.fromkeys((*_places(one), *_places(other)))
    found: dict[str, dict[str, Spread]] = {}
    for contender, operation in places:
        spreads = [each.get(contender, {}).get(operation) for each in (one, other)]
        lowest = min((each for each in spreads if each), key=lambda spread: spread.median)
        found.setdefault(contender, {})[operation] = lowest
    return found


def _places(ratios: Ratios) -> Iterator[tuple[str, str]]:
    return ((contender, name) for contender, found in ratios.items() for name in found)


def table(verdicts: list[Verdict]) -> str:
    """The verdicts for a person to read."""
    lines = [
        [
            *(each.contender, each.operation, shown(each.before), shown(each.now)),
            *(f"{each.margin:.0%}", each.text),
        ]
        for each in verdicts
    ]
    return rows(["server", "operation", "committed", "now", "margin", "verdict"], lines)
