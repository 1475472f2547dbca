"""Starting every contender, checking it, and taking it in turns with all others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import material
from benchmarks.checking import Facts, check
from benchmarks.contenders import BASELINE, OURS, Contender
from benchmarks.load import Load, Loader
from benchmarks.operations import JOHN, OPERATIONS, Operation
from benchmarks.processes import Running, StartError, free_port, started
from benchmarks.results import Entry, Results, Sample

Say = Callable[[str], None]
_READY = f"/v1/customers/{JOHN}"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: rounds of `seconds` for each load, and how often each one is started.

    The first `warm_ups` rounds do not count.
    """

    rounds: int = 7
    seconds: int = 1
    warm_ups: int = 1
    starts: int = 3


def compare(contenders: Sequence[Contender], plan: Plan, loader: Loader, say: Say) -> Results:
    """Measure the contenders that are installed; the others are listed with the reason."""
    names = tuple(operation.name for operation in OPERATIONS)
    results = Results(loader.tool, plan.rounds, plan.seconds, names)
    with TemporaryDirectory(prefix="mockserver-bench-") as temporary, ExitStack() as stack:
        folder = Path(temporary)
        ids = _prepare(folder)
        competing = []
        for contender in contenders:
            entry = Entry(contender.key, contender.title, note=contender.note)
            results.entries.append(entry)
            running = _entered(stack, contender, entry, folder, plan.starts)
            say(f"{contender.key}: {entry.missing or f'{entry.start_s[-1]:.2f} s to start'}")
            if running is not None:
                competing.append(_Competing(contender, entry, running))
        results.samples = list(_measured(competing, plan, loader, ids, say))
        for each in competing:
            each.entry.loaded_mib = each.running.memory_mib()
    return results


@dataclass(frozen=True, slots=True)
class _Competing:
    contender: Contender
    entry: Entry
    running: Running


def _prepare(folder: Path) -> list[str]:
    """Write what the peers are given, taken from a server of ours; give the ids of customers."""
    with _serving(OURS, folder) as running:
        rows = material.customers(running.port)
    material.write_material(rows, folder)
    return material.many_ids(rows)


@contextmanager
def _serving(contender: Contender, folder: Path) -> Iterator[Running]:
    port = 0 if contender.is_ours else free_port()
    path = os.pathsep.join(filter(None, (str(material.ROOT), os.environ.get("PYTHONPATH"))))
    environment = {
        "PYTHONPATH": path,
        "BENCH_CUSTOMERS": str(folder / material.CUSTOMERS_FILE),
    }
    with started(
        contender.command(port, folder),
        folder / f"{contender.key}.log",
        contender.port_in(port),
        contender.path(_READY),
        environment,
    ) as running:
        yield running


def _entered(
    stack: ExitStack, contender: Contender, entry: Entry, folder: Path, starts: int
) -> Running | None:
    """Start it several times, keep the last, and see what it does; None when it cannot be used."""
    entry.missing = contender.missing()
    if entry.missing:
        return None
    try:
        for _ in range(starts - 1):
            with _serving(contender, folder) as running:
                _note_start(entry, running)
        running = stack.enter_context(_serving(contender, folder))
    except StartError as error:
        entry.missing = f"not available: {error}"
        return None
    _note_start(entry, running)
    entry.version = contender.version()
    entry.idle_mib = running.memory_mib()
    if contender.key != BASELINE:
        entry.facts = check(contender, running.port, material.required_members())
        entry.missing = entry.facts.fault and f"does not work: {entry.facts.fault}"
    return None if entry.missing else running


def _note_start(entry: Entry, running: Running) -> None:
    entry.start_s.append(running.start_s)
    entry.start_cpu_s.append(running.start_cpu_s)


def _measured(
    competing: Sequence[_Competing], plan: Plan, loader: Loader, ids: Sequence[str], say: Say
) -> Iterator[Sample]:
    """Take turns: contender by contender, operation by operation, round by round.

    What adds rows has its rounds after all others, so that lists stay what they are till then.
    """
    for adds in (False, True):
        operations = [each for each in OPERATIONS if each.adds is adds]
        for number in range(-plan.warm_ups, plan.rounds):
            names = ", ".join(each.name for each in operations)
            say(f"round {number + 1} of {plan.rounds}: {names}" if number >= 0 else "warm-up")
            for operation in operations:
                for each in competing:
                    sample = _sample(each, operation, number, loader, ids)
                    if number >= 0:
                        yield sample


def _sample(
    each: _Competing, operation: Operation, number: int, loader: Loader, ids: Sequence[str]
) -> Sample:
    before = each.running.cpu_us()
    load = loader.put(each.running.port, operation, each.contender.path(operation.path), ids)
    cpu_us = each.running.cpu_us() - before
    return sample_of(each.contender.key, operation, number, load, cpu_us, each.entry.facts)


def sample_of(
    key: str, operation: Operation, number: int, load: Load, cpu_us: float, facts: Facts
) -> Sample:
    """The figures of one load; a contender that refuses nothing is expected to accept."""
    return Sample(
        contender=key,
        operation=operation.name,
        round=number,
        requests_s=load.requests / load.seconds,
        cpu_us=cpu_us / max(1, load.requests),
        p50_ms=load.p50_ms,
        p99_ms=load.p99_ms,
        unexpected=load.unexpected(operation.is_wrong and facts.refuses),
    )
