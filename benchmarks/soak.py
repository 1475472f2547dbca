"""Half an hour of mixed load in many worlds, to see memory stay flat and every answer right.

    python -m benchmarks.soak --minutes 30

Starts this server as a user does, small enough that every bound is reached within the first
minute: worlds, journals, kept bytes. Callers walk through worlds (visits.py): most through the
same ones over and over, some through a new one each time, which is forgotten when it is unused,
or refused while as many live as may. Exit code 1 when memory grew by 5 % or more after the first
minute, or anything was answered that was not asked for. Linux only.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import click

from benchmarks import material
from benchmarks.connection import Connection
from benchmarks.contenders import said_port
from benchmarks.operations import JOHN
from benchmarks.processes import Running, started
from benchmarks.visits import Tally, Visit

MOST_GROWTH = 0.05
_WARM_S = 60.0
# How often every world is visited before memory is looked at: its journal is full by then.
_WARM_VISITS = 3
_SAMPLE_S = 2.0
_SAY_S = 30.0
_PASSING_EVERY = 4
_LEAVING = 0.5
_LEAST_WINDOW_S = 10.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, in how many worlds, and the bounds of the server."""

    minutes: float = 30.0
    worlds: int = 200
    spare_worlds: int = 50
    connections: int = 16
    world_idle_s: int = 30
    journal: int = 50
    kept_mib: int = 8

    def command(self) -> list[str]:
        """The server, as one starts it."""
        most = self.worlds + self.spare_worlds + 1  # and the default one
        return [
            *(sys.executable, "-m", "mockserver", "serve", "--port", "0", "--quiet"),
            *("--max-worlds", str(most), "--world-idle-s", str(self.world_idle_s)),
            *("--journal", str(self.journal), "--kept-mib", str(self.kept_mib)),
        ]


@dataclass(frozen=True, slots=True)
class Growth:
    """Memory in MiB: the median of a window after warming up, and of one at the end."""

    before_mib: float
    after_mib: float

    @property
    def part(self) -> float:
        """What was added, as a part of what was there."""
        return self.after_mib / self.before_mib - 1


def growth(samples: Sequence[tuple[float, float]], warm_s: float) -> Growth:
    """How much was added, from samples of (seconds since the start, MiB).

    The windows are a tenth of the time after `warm_s` each, at least ten seconds; ValueError when
    there is no time for two of them.
    """
    until = samples[-1][0] if samples else 0.0
    window = max(_LEAST_WINDOW_S, (until - warm_s) / 10)
    if until < warm_s + 2 * window:
        raise ValueError(
            f"After {until:.0f} s, {warm_s:.0f} s of them to warm up, there is nothing to compare: "
            "give it more --minutes."
        )
    before = [mib for at, mib in samples if warm_s <= at < warm_s + window]
    after = [mib for at, mib in samples if at > until - window]
    return Growth(median(before), median(after))


@dataclass(slots=True)
class Soak:
    """A run under way. `warm_s` is when it was warm, None until then."""

    plan: Plan
    running: Running
    tally: Tally = field(default_factory=Tally)
    samples: list[tuple[float, float]] = field(default_factory=list)
    warm_s: float | None = None
    began: float = field(default_factory=time.monotonic)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    chance: Random = field(default_factory=lambda: Random(1))

    def at_s(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began

    async def run(self) -> None:
        """Send callers through the worlds until the time is over or the server has ended."""
        callers = range(self.plan.connections)
        await asyncio.gather(self._watch(), *(self._call_on(caller) for caller in callers))

    def _is_over(self) -> bool:
        return self.at_s() >= self.plan.minutes * 60 or self.running.process.poll() is not None

    async def _call_on(self, caller: int) -> None:
        connection = Connection(self.running.port)
        own = range(caller, self.plan.worlds, self.plan.connections)
        for world in cycle([f"regular-{number}" for number in own]):
            number = next(self.numbers)
            is_passing = number % _PASSING_EVERY == 0
            name = f"passing-{number}" if is_passing else world
            visit = Visit(connection.ask, self.tally, name, number)
            await visit.walk(leave=is_passing and self.chance.random() < _LEAVING)
            if self._is_over():
                break
        connection.close()

    async def _watch(self) -> None:
        said = 0.0
        while not self._is_over():
            mib = await asyncio.to_thread(self.running.own_memory_mib)
            self.samples.append((self.at_s(), mib))
            if self.warm_s is None and self._is_warm():
                self.warm_s = self.at_s()
            if self.at_s() >= said:
                click.echo(self.progress())
                said += _SAY_S
            await asyncio.sleep(_SAMPLE_S)

    def _is_warm(self) -> bool:
        visits = (self.tally.visits[f"regular-{each}"] for each in range(self.plan.worlds))
        return self.at_s() >= _WARM_S and all(each >= _WARM_VISITS for each in visits)

    def progress(self) -> str:
        """Where it stands, on one line."""
        requests, tally = self.tally.requests, self.tally
        return (
            f"{self.at_s():6.0f} s  {requests:>10,} answers  {requests / self.at_s():>6,.0f}/s  "
            f"{self.samples[-1][1]:>7.1f} MiB{'' if self.warm_s else ' (warming up)'}  "
            f"{len(tally.visits):,} worlds seen, {tally.full:,} times full, "
            f"{tally.dropped:,} dropped by faults, {tally.errors} errors"
        )


def faults_of(soak: Soak) -> list[str]:
    """Why the run failed; empty when it did not."""
    found = []
    status = soak.running.process.poll()
    if status is not None:
        found.append(f"The server ended with {status} before it was told to.")
    if soak.tally.errors:
        found.append(f"{soak.tally.errors} answers were not asked for; the first of them:")
        found.extend(soak.tally.samples)
    if soak.warm_s is None:
        found.append(
            f"Not every world was visited {_WARM_VISITS} times: give it more --minutes, or fewer "
            "--worlds."
        )
        return found
    try:
        grown = growth(soak.samples, soak.warm_s)
    except ValueError as error:
        return [*found, str(error)]
    click.echo(
        f"memory: {grown.before_mib:.1f} MiB when warm ({soak.warm_s:.0f} s), "
        f"{grown.after_mib:.1f} MiB at the end, {grown.part:+.1%}"
    )
    if grown.part >= MOST_GROWTH:
        found.append(f"Memory grew by {grown.part:.1%}; less than {MOST_GROWTH:.0%} is flat.")
    return found


@click.command()
@click.option("--minutes", type=click.FloatRange(1.5), default=Plan().minutes, show_default=True)
@click.option("--worlds", type=click.IntRange(1, 5000), default=Plan().worlds, show_default=True)
@click.option(
    "--connections", type=click.IntRange(1, 256), default=Plan().connections, show_default=True
)
def main(minutes: float, worlds: int, connections: int) -> None:
    """Put mixed load on a server of ours for a long time, and judge its memory and answers."""
    plan = Plan(minutes=minutes, worlds=worlds, connections=min(connections, worlds))
    path = os.pathsep.join(filter(None, (str(material.ROOT), os.environ.get("PYTHONPATH"))))
    with TemporaryDirectory(prefix="mockserver-soak-") as folder:
        log = Path(folder) / "server.log"
        ready = f"/v1/customers/{JOHN}"
        with started(plan.command(), log, said_port, ready, {"PYTHONPATH": path}) as running:
            soak = Soak(plan, running)
            asyncio.run(soak.run())
            click.echo(soak.progress())
            found = faults_of(soak)
    for (label, status), number in sorted(soak.tally.answers.items()):
        click.echo(f"  {label:<12} {status} {number:>10,}")
    click.echo("\n".join(found) or "Flat, and every answer was asked for.")
    sys.exit(bool(found))


if __name__ == "__main__":
    # Stopped from outside, the server is to end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main(prog_name="python -m benchmarks.soak")
