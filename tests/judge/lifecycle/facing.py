"""A bench that faces one of our mutants, or our server with its answers tampered with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count

from starlette.types import ASGIApp

from contract_tests.bench import Bench
from contract_tests.mutants.server import REFERENCE, faulty
from contract_tests.plan import Options, Plan, make_plan
from contract_tests.targets import NOW, Steering, Target
from contract_tests.wires import InProcessWire
from tests.judge.tampered import Tamper, TamperedWire

_WORLDS = count(1)


@cache
def _plan(rate: float | None) -> Plan:
    return make_plan(Options("http://reference", rate=rate))


@contextmanager
def facing(
    application: ASGIApp,
    operation: str,
    mutant: str = REFERENCE,
    tamper: Tamper | None = None,
    rate: float | None = None,
) -> Iterator[Bench]:
    """A bench of the lifecycle pack on a world of its own, for as long as the block lasts."""
    with faulty(mutant, application) as served:
        wire, world = InProcessWire(served), f"facing-{next(_WORLDS)}"
        seen = TamperedWire(wire, tamper) if tamper else wire
        target = Target(seen, (("X-Mock-World", world),), Steering(wire), world)
        target.set_clock(NOW)
        try:
            yield Bench(_plan(rate), target, "lifecycle", operation, "nonce")
        finally:
            wire.close()


def found(bench: Bench) -> set[str]:
    """What was found: codes without the pack, each with its subject."""
    return {f"{each.code.partition('.')[2]} {each.subject}" for each in bench.findings}
