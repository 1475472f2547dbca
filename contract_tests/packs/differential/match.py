"""A match: the same steps played on both sides, until they answer differently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from contract_tests import pointers
from contract_tests.exchanges import Exchange
from contract_tests.packs.differential.comparing import Comparison, Divergence
from contract_tests.packs.differential.places import Places
from contract_tests.packs.differential.sides import Arena, Side, Unplayable, face_item
from contract_tests.packs.differential.steps import Step, with_parts
from contract_tests.records import Made, id_in

Json = Any


@dataclass(frozen=True, slots=True)
class Played:
    """A step with both answers, and where they differ."""

    step: Step
    expected: Exchange
    got: Exchange
    divergence: Divergence | None = None


@dataclass
class Match:
    """Plays steps on both sides, from the same start."""

    arena: Arena
    places: Places
    comparison: Comparison
    played: list[Played] = field(default_factory=list)
    drawn_group: str = ""

    def begin(self) -> None:
        """From the start again."""
        self.arena.begin()
        self.comparison.forget()
        self.played = []

    def play(self, step: Step) -> Played:
        """Play one step; Unplayable when the reference's answers do not hold what it needs."""
        self.arena.let_pass(step.seconds)
        expected = self.arena.reference.play(step)
        try:
            got = self.arena.target.play(step)
        except Unplayable as missing:
            raise Unplayable(f"the target: {missing}") from missing
        divergence = self.comparison.first(step, expected, got)
        divergence = divergence or self._learned(step, expected, got)
        played = Played(step, expected, got, divergence)
        self.played.append(played)
        return played

    def run(self, steps: Iterable[Step]) -> Divergence | None:
        """Play steps from the start; the first divergence, or None.

        Where the rows cannot be put back, what is made holds another mark each time.
        """
        self.begin()
        for step in self._anew(steps):
            try:
                played = self.play(step)
            except Unplayable:
                continue
            if played.divergence is not None:
                return played.divergence
        return None

    def _anew(self, steps: Iterable[Step]) -> Iterable[Step]:
        if self.arena.can_begin_anew:
            return steps
        drawn, fresh = self.drawn_group, self.arena.bench.new_group()
        self.arena.group = fresh

        def renamed(leaf: Json) -> Json:
            if not isinstance(leaf, str):
                return leaf
            return leaf.replace(drawn, fresh).replace(drawn.upper(), fresh.upper())

        return [with_parts(step, renamed) for step in steps]

    def _learned(self, step: Step, expected: Exchange, got: Exchange) -> Divergence | None:
        """Learn what a step made or found, on both sides."""
        if not 200 <= expected.answer.status < 300:
            return None
        if step.makes:
            return self._made(step, expected, got)
        if step.search is not None:
            return self._found(step)
        if step.reads:
            self._read(step)
        return None

    def _made(self, step: Step, expected: Exchange, got: Exchange) -> Divergence | None:
        create = self.places.resources[step.makes].create
        assert create is not None
        ids = id_in(create, expected), id_in(create, got)
        if ids[0] is None:
            return None
        if ids[1] is None or not self.comparison.identities.bind(ids[0], ids[1]):
            return Divergence(step, "body", create.id, ids[0], ids[1])
        for side, known in zip(self._sides, ids, strict=True):
            side.ids[step.serial] = str(known)
            side.own.add(str(known))
            if create.record is not None:
                side.records[step.serial] = pointers.get(side.body(step.serial), create.record)
        self._enter(step, got, str(ids[1]))
        return None

    def _enter(self, step: Step, got: Exchange, found: str) -> None:
        """Put what was made on the target into the ledger, so that it is removed."""
        bench = self.arena.bench
        if self.arena.target.target.is_ours_alone:
            return
        side, serials = self.arena.target, sorted(step.needs)
        needs = {str(s): m for s in serials for m in bench.ledger if m.id == side.ids.get(s)}
        record = side.records.get(step.serial)
        resource = self.places.resources[step.makes]
        for name, wanted in resource.create.needs.items() if resource.create else ():
            owner = next((m for m in needs.values() if m.resource.name == wanted), None)
            needs |= {name: owner} if owner is not None else {}
        sent = side.sent[step.serial]
        bench.ledger.append(Made(resource, found, sent, record, "", "", needs, (got,)))

    def _found(self, step: Step) -> Divergence | None:
        search = step.search
        assert search is not None
        resource = self.places.resources[search.resource]
        face = resource.faces[search.face]
        for side in self._sides:
            item = face_item(side, self.arena.bench, step, face)
            if item is not pointers.MISSING:
                side.items[step.serial] = item
        mine, other = (side.items.get(step.serial, pointers.MISSING) for side in self._sides)
        if mine is pointers.MISSING:
            return None
        if other is pointers.MISSING:
            return Divergence(step, "body", face.items, mine, "(not listed)")
        place = self.places.resources[search.face].id
        ids = [str(pointers.get(item, place)) for item in (mine, other)]
        for side, known in zip(self._sides, ids, strict=True):
            side.own.add(known)
        if not self.comparison.identities.bind(*ids):
            return Divergence(step, "body", face.items + place, *ids)
        return None

    def _read(self, step: Step) -> None:
        for resource in self.places.resources.values():
            if resource.read is None or resource.read.operation != step.operation:
                continue
            for side in self._sides:
                record = pointers.get(side.body(step.serial), resource.read.record)
                if isinstance(record, dict):
                    side.records[step.reads] = record

    @property
    def _sides(self) -> tuple[Side, Side]:
        return self.arena.reference, self.arena.target
