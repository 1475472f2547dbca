"""Sides: the reference and the target, brought to the same start and asked the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.calling import Caller
from contract_tests.exchanges import Exchange
from contract_tests.packs.differential.steps import Origin, Step, with_parts
from contract_tests.records import Unable
from contract_tests.semantics import Face
from contract_tests.targets import References, Target, connect

Json = Any
Call = Callable[..., Exchange]
_NOTHING: Json = None


class Unplayable(Exception):
    """A step that cannot be played: what it needs was not in an earlier answer of this side."""


@dataclass
class Side:
    """One of the two servers with its answers so far, by the serial number of the step.

    `own` are the ids of what was made, under every name that it has.
    """

    target: Target
    call: Call
    answers: dict[int, Exchange] = field(default_factory=dict)
    items: dict[int, Json] = field(default_factory=dict)
    records: dict[int, Json] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    sent: dict[int, Json] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    _bodies: dict[int, Json] = field(default_factory=dict)

    def forget(self) -> None:
        """Forget every answer."""
        for each in (self.answers, self.items, self.records, self.ids, self.sent, self._bodies):
            each.clear()
        self.own.clear()

    def body(self, serial: int) -> Json:
        """The JSON of the answer to a step, or NO_JSON."""
        if serial not in self._bodies:
            self._bodies[serial] = self.answers[serial].answer.json
        return self._bodies[serial]

    def play(self, step: Step) -> Exchange:
        """The answer to a step; Unplayable when an earlier answer does not hold what it needs."""
        filled = with_parts(step, self.value)
        exchange = self.call(
            step.operation,
            path=filled.path,
            query=filled.query,
            headers=filled.headers,
            body=filled.body,
        )
        self.answers[step.serial] = exchange
        self.sent[step.serial] = filled.body
        return exchange

    def value(self, leaf: Json) -> Json:
        """What stands for a leaf of a template on this side."""
        return self.found(leaf) if isinstance(leaf, Origin) else leaf

    def found(self, origin: Origin) -> Json:
        """The value of an origin on this side."""
        kind, _, place = origin.place.partition(":")
        if kind == "item":
            value = pointers.get(self.items.get(origin.serial), place)
        elif origin.serial not in self.answers:
            raise Unplayable(f"step {origin.serial} was not played")
        elif kind == "header":
            value = header_value(self.answers[origin.serial], place)
        else:
            value = pointers.get(self.body(origin.serial), place)
        if value is pointers.MISSING or value is None or isinstance(value, dict | list):
            raise Unplayable(f"the answer to step {origin.serial} has nothing at {origin.place}")
        return value


def header_value(exchange: Exchange, name: str) -> Json:
    """A header of an answer, of `Location` the last segment; MISSING when it is absent."""
    text = exchange.answer.header(name)
    if text is None:
        return pointers.MISSING
    return text.rstrip("/").rsplit("/", 1)[-1] if name == "Location" else text


@dataclass
class Arena:
    """Both sides and what is known of them.

    `is_frozen`: both clocks stand still and are moved together. `are_twins`: both hold the same
    rows at the start, so that everything may be compared and read. `can_begin_anew`: the rows can
    be put back.
    """

    bench: Bench
    reference: Side
    target: Side
    is_frozen: bool
    are_twins: bool
    can_begin_anew: bool
    start: datetime
    group: str = ""
    is_clean: bool = True

    def begin(self) -> None:
        """Forget what was answered; put rows and clocks back where that can be done."""
        for side in (self.reference, self.target):
            side.forget()
            if not self.is_clean and side.target.is_ours_alone:
                side.target.reset()
                if side.target.now() is not None:
                    side.target.set_clock(self.start)
        self.is_clean = False

    def let_pass(self, seconds: int) -> None:
        """Move both clocks, where both can be moved; else set the reference's to the target's."""
        if self.is_frozen:
            if seconds:
                self.reference.target.advance(timedelta(seconds=seconds))
                self.target.target.advance(timedelta(seconds=seconds))
            return
        clock = self.reference.target
        now = self.bench.now().replace(microsecond=0)
        if clock.now() is not None and clock.now() != now:
            clock.set_clock(now)

    def now(self) -> datetime:
        """The time on both sides; without clocks of our own, about that."""
        return self.bench.now().astimezone(UTC)

    def close(self) -> None:
        """Forget the reference's world."""
        self.reference.target.close() if self._is_remote else _forget(self)

    @property
    def _is_remote(self) -> bool:
        return bool(self.bench.plan.options.reference)


def _forget(arena: Arena) -> None:
    kept = arena.bench.kept.get("references")
    if isinstance(kept, References):
        kept.forget(arena.reference.target)


def open_arena(bench: Bench) -> Arena:
    """Both sides, ready; Unable when there is nothing to compare with."""
    reference = _reference(bench)
    caller = Caller(bench.plan.contract, reference, bench.plan.credentials)
    is_frozen = bench.target.now() is not None and reference.now() is not None
    arena = Arena(
        bench,
        Side(reference, caller.call),
        Side(bench.target, bench.call),
        is_frozen=is_frozen,
        are_twins=is_frozen and _are_twins(bench, reference),
        can_begin_anew=bench.target.is_ours_alone and reference.is_ours_alone,
        start=bench.now().astimezone(UTC),
    )
    if bench.plan.is_read_only and not arena.are_twins:
        raise Unable(
            "compare with the reference",
            "its rows are not the target's, and a run that is --read-only can make none",
        )
    return arena


def _reference(bench: Bench) -> Target:
    name = "reference"
    if bench.plan.options.reference:
        return connect(bench.plan.options.reference, name)
    references = bench.kept.get("references")
    now = bench.now().replace(microsecond=0)
    if not isinstance(references, References) or now.date() < references.now.date():
        references = bench.kept["references"] = References(now)
    if not references.serves(bench.plan.contract):
        raise Unable(
            "compare with a reference",
            "our own server does not serve this contract: name one that does with --reference URL",
        )
    return references.open_world(name, now)


def _are_twins(bench: Bench, reference: Target) -> bool:
    """Whether both worlds hold the same rows; asked once for each target."""
    key = f"twins {bench.target.url}"
    if key not in bench.kept:
        bench.kept[key] = (
            bench.target.rows() is not None and bench.target.rows() == reference.rows()
        )
    return bool(bench.kept[key])


def face_item(side: Side, bench: Bench, step: Step, face: Face) -> Json:
    """The item of a list that is what an earlier step made; MISSING when it is not listed."""
    assert step.search is not None
    made = step.search.of
    items = pointers.get(side.body(step.serial), face.items)
    record = side.records.get(made, _NOTHING)
    known = {"id": side.ids.get(made), "record": record, "sent": side.sent.get(made), "mark": ""}
    # What was made last is often listed last.
    for item in reversed(items) if isinstance(items, list) else ():
        names: Mapping[str, Json] = {
            "item": item,
            "record": record,
            "sent": known["sent"],
            "made": known,
        }
        if bench.expressions.holds(face.where, bench.scope(**names)):
            return item
    return pointers.MISSING
