"""Judges one operation: sequences are played until two answers differ."""

from __future__ import annotations

from contract_tests.bench import Bench
from contract_tests.packs.differential.author import Author
from contract_tests.packs.differential.comparing import Comparison, Divergence
from contract_tests.packs.differential.finale import Finale
from contract_tests.packs.differential.match import Match
from contract_tests.packs.differential.places import find_places
from contract_tests.packs.differential.sequences import Sequence
from contract_tests.packs.differential.shrinking import Shrinking
from contract_tests.packs.differential.sides import Arena, Unplayable, open_arena
from contract_tests.packs.differential.steps import Step
from contract_tests.packs.differential.telling import tell
from contract_tests.plan import Profile

_SHRINK_S = {"smoke": 1.5, "standard": 3.0}
_SHRINK_LONG_S = 20.0


def judge_operation(bench: Bench) -> None:
    """Play the sequences of an operation; the first divergence is a finding and ends it."""
    arena = open_arena(bench)
    try:
        _judge(arena)
    finally:
        arena.close()


def _judge(arena: Arena) -> None:
    bench, profile = arena.bench, arena.bench.plan.profile
    match = Match(arena, find_places(bench.contract, bench.semantics), Comparison(arena))
    reached = 0
    for number, kind in enumerate(_kinds(profile)):
        steps, divergence = _played(match, kind, number)
        if divergence is not None and _is_so(match, steps, divergence):
            seconds = _SHRINK_S.get(profile.name, _SHRINK_LONG_S)
            shortest = Shrinking(match, divergence, seconds).shortest(tuple(steps))
            tell(match, shortest, divergence, tuple(steps))
            return
        reached += sum(_is_reached(match, bench.operation.name, step) for step in steps)
    if not reached:
        bench.unreached(
            f"{bench.operation.name} answered with success",
            "no sequence got there; declare how its records are made in the semantics",
        )


def _kinds(profile: Profile) -> list[type[Sequence]]:
    """The sequences of one operation; a run that plays no more than one has no finale."""
    return [Sequence] * max(profile.sequences, 1) + [Finale] * (profile.sequences > 1)


def _played(
    match: Match, kind: type[Sequence], number: int
) -> tuple[list[Step], Divergence | None]:
    """Play one sequence: its steps, up to the first that was answered differently."""
    bench = match.arena.bench
    match.arena.group = match.drawn_group = bench.new_group()
    match.begin()
    author = Author(match.arena, match.places)
    steps: list[Step] = []
    for step in kind(author, bench.operation, number, bench.plan.profile.steps).steps():
        try:
            played = match.play(step)
        except Unplayable:
            continue
        steps.append(step)
        if played.divergence is not None:
            return steps, played.divergence
        author.saw(step, played.expected)
    return steps, None


def _is_so(match: Match, steps: list[Step], divergence: Divergence) -> bool:
    """Whether a divergence is seen again, where somebody else may have caused it."""
    if match.arena.can_begin_anew:
        return True
    found = match.run(steps)
    return found is not None and found.key == divergence.key


def _is_reached(match: Match, operation: str, step: Step) -> bool:
    answered = match.arena.reference.answers.get(step.serial)
    if step.operation != operation or answered is None:
        return False
    return 200 <= answered.answer.status < 400
