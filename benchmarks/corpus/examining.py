"""One document put through everything, in a process of its own, and what was found of it."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.corpus.apart import NotDoneError, apart
from benchmarks.corpus.calls import Caller, answers, write
from benchmarks.corpus.lives import round_trips
from benchmarks.corpus.rivals import RIVALS, Heat, heat, pinned_queries, questions
from benchmarks.corpus.scores import Score
from mockserver.contract.foreign import foreign_contract, load_foreign
from mockserver.engine import Engine
from mockserver.errors import SetupError

NOTHING = "no operations under 'paths'"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds of each rival, seconds in all besides, memory."""

    seconds: float = 900
    rival_seconds: float = 120
    gibibytes: int = 6


@dataclass(frozen=True, slots=True)
class Line:
    """What was found of one document; `trouble` says why it did not start.

    `first` are the operations, `later` the same after writes, `lives` the round trips; `rivals`
    are the servers that were asked over HTTP, by their keys.
    """

    name: str
    trouble: str = ""
    first: Score = field(default_factory=Score)
    later: Score = field(default_factory=Score)
    lives: Score = field(default_factory=Score)
    start_s: float = 0.0
    took_s: float = 0.0
    megabytes: float = 0.0
    rivals: dict[str, Heat] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the document has no operation that could be served."""
        return NOTHING in self.trouble


@dataclass(frozen=True, slots=True)
class Course:
    """What a document is put through: at most so many writes, and the rivals by their keys."""

    seed: int
    writes: int
    rivals: tuple[str, ...]
    limits: Limits


def line_of(path: Path, course: Course, known: Line | None) -> Line:
    """What is found of a document within the limits, besides what is known of it."""
    line = known or _apart(path, course)
    wanted = tuple(key for key in course.rivals if key not in line.rivals)
    if line.trouble or not wanted:
        return line
    limits = course.limits
    seconds = limits.seconds + 2 * len(wanted) * limits.rival_seconds
    work = (path, course.seed, wanted, limits.rival_seconds)
    try:
        heats = apart(_heats, *work, seconds=seconds, gibibytes=limits.gibibytes)
    except NotDoneError as error:
        heats = {key: Heat(str(error), line.first.lost(str(error))) for key in wanted}
    return replace(line, rivals={**line.rivals, **heats})


def _apart(path: Path, course: Course) -> Line:
    limits, work = course.limits, (path, course.seed, course.writes)
    try:
        found: Line = apart(_examined, *work, seconds=limits.seconds, gibibytes=limits.gibibytes)
    except NotDoneError as error:
        return Line(path.name, str(error))
    return found


def _examined(path: Path, seed: int, writes: int) -> Line:
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
    write(caller, caller.world, writes)
    later = answers(caller, caller.world)
    took_s = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Line(path.name, "", first, later, lives, start_s, took_s, megabytes)


def _heats(path: Path, seed: int, rivals: tuple[str, ...], seconds: float) -> dict[str, Heat]:
    loaded = load_foreign(str(path))
    contract = foreign_contract(loaded)
    caller = Caller(contract, Engine(contract), seed)
    asked = list(questions(caller, pinned_queries(loaded, contract)))
    return {key: heat(RIVALS[key], path, caller, asked, seconds) for key in rivals}
