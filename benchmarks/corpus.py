"""Mocks of real documents: how many start, how many answers are right, how many lives are whole.

    python -m benchmarks.corpus DIRECTORY [--jobs 2] [--faults 20]

For each document: whether it starts, operations with a valid documented success, the same after a
random sequence of writes, round trips (create, read, list, delete, not found) of the resources that
allow one, seconds to start, seconds for all, and megabytes. Each document runs in a process of its
own. Answers are made in that process, without HTTP.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import click

from benchmarks.lives import Caller, Score, answers, round_trips, write
from mockserver.contract.foreign import foreign_contract, load_foreign
from mockserver.engine import Engine
from mockserver.errors import SetupError

_SUFFIXES = (".json", ".yaml", ".yml")
_HEAD = ("document", "ops", "valid", "%", "after writes", "%", "lives", "%", "start s", "s", "MB")
_ROW = "{:<44}{:>6}{:>7}{:>8}{:>14}{:>8}{:>10}{:>8}{:>9}{:>8}{:>7}"


@dataclass(frozen=True, slots=True)
class Line:
    """What was found of one document; `trouble` says why it did not start."""

    name: str
    trouble: str = ""
    first: Score = field(default_factory=Score)
    later: Score = field(default_factory=Score)
    lives: Score = field(default_factory=Score)
    start_s: float = 0.0
    took_s: float = 0.0
    megabytes: float = 0.0

    def cells(self) -> tuple[str, ...]:
        """The cells of its row."""
        scores = (self.first, self.later, self.lives)
        shown = [c for each in scores for c in (f"{each.good}/{each.tried}", _percent(each))]
        return (
            self.name[:43],
            str(self.first.tried),
            *(str(self.first.good), *shown[1:]),
            f"{self.start_s:.2f}",
            f"{self.took_s:.1f}",
            f"{self.megabytes:.0f}",
        )


def examined(path: Path, seed: int, most_writes: int) -> Line:
    """One document, put through everything."""
    started = time.process_time()
    try:
        contract = foreign_contract(load_foreign(str(path)))
        engine = Engine(contract)
    except SetupError as error:
        return Line(path.name, error.message)
    start_s = time.process_time() - started
    caller = Caller(contract, engine, seed)
    first = answers(caller, caller.world)
    lives = round_trips(caller)
    write(caller, caller.world, most_writes)
    later = answers(caller, caller.world)
    took_s = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Line(path.name, "", first, later, lives, start_s, took_s, megabytes)


def lines(paths: list[Path], jobs: int, seed: int, most_writes: int) -> Iterator[Line]:
    """Every document in its own process, in order."""
    with ProcessPoolExecutor(jobs, get_context("spawn"), max_tasks_per_child=1) as pool:
        waiting = [pool.submit(examined, path, seed, most_writes) for path in paths]
        for path, each in zip(paths, waiting, strict=True):
            try:
                yield each.result()
            except Exception as error:
                yield Line(path.name, f"crashed: {type(error).__name__}: {error}")


def _percent(score: Score) -> str:
    return f"{100 * score.good / score.tried:.1f}" if score.tried else "-"


def _summed(scores: list[Score]) -> Score:
    return Score(sum(each.good for each in scores), sum(each.tried for each in scores))


@click.command()
@click.argument("directory", type=click.Path(exists=True, path_type=Path))
@click.option("--jobs", default=1, help="Processes at once.")
@click.option("--seed", default=1, help="Decides every value and every choice.")
@click.option("--writes", default=300, help="The most writes before the second pass.")
@click.option("--faults", default=0, help="How many faults to tell of each document.")
@click.option("--only", default="", help="Only documents whose name has this in it.")
def main(directory: Path, jobs: int, seed: int, writes: int, faults: int, only: str) -> None:
    """Put mocks of all documents in a directory to the test."""
    found = [p for p in sorted(directory.iterdir()) if p.suffix in _SUFFIXES and only in p.name]
    print(_ROW.format(*_HEAD))
    done: list[Line] = []
    for line in lines(found, jobs, seed, writes):
        done.append(line)
        print(f"{line.name:<44}{line.trouble}" if line.trouble else _ROW.format(*line.cells()))
        for score in (line.first, line.later, line.lives):
            for fault in score.faults[:faults]:
                print(f"    {fault[:220]}")
    _print_totals(done)


def _print_totals(done: list[Line]) -> None:
    running = [line for line in done if not line.trouble]
    total = Line(
        f"{len(running)} of {len(done)} started",
        first=_summed([line.first for line in running]),
        later=_summed([line.later for line in running]),
        lives=_summed([line.lives for line in running]),
        start_s=sum(line.start_s for line in running),
        took_s=sum(line.took_s for line in running),
        megabytes=max((line.megabytes for line in running), default=0.0),
    )
    print(_ROW.format(*total.cells()))


if __name__ == "__main__":
    main()
