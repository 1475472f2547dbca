"""One record under change: every update of it is held to what it was told, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.comparing import Echo, is_allowed, unlike
from contract_tests.contract.schemas import leaves
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.lifecycle.holding import (
    reflected,
    same_through_faces,
    shown_everywhere,
)
from contract_tests.packs.lifecycle.making import renewed
from contract_tests.packs.lifecycle.values import Shape
from contract_tests.records import Made
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import Resource, Update
from contract_tests.sightings import current, sightings

Json = Any
_SECONDS = timedelta(seconds=2)


@dataclass
class Change:
    """Updates of one record, judged one after another; `made` is the record as it is now."""

    report: Reporter
    resource: Resource
    update: Update
    made: Made
    faces: dict[str, Made]
    other: Made
    dependents: list[Made] = field(default_factory=list)

    @property
    def bench(self) -> Bench:
        """The bench."""
        return self.report.bench

    @property
    def shape(self) -> Shape:
        """The shape of the body."""
        schema = self.bench.contract.operations[self.update.operation].body_schema
        return Shape(self.bench.contract, schema or {})

    def filled(self, template: Json) -> Json:
        """A template with what it may name."""
        number = str(self.bench.random.randrange(10**6, 10**7))
        names = {name: each.names for name, each in self.made.needs.items()}
        names |= {"made": self.made.names, "record": self.made.record, "other": self.other.names}
        mark = self.bench.mark(self.made.group)
        return self.bench.fill(template, **{**names, "mark": mark, "number": number})

    def send(self, body: Json, headers: dict[str, str] | None = None) -> Exchange:
        """Send a change."""
        path = self.bench.path_to(self.update, self.made.id, self.made)
        return self.bench.call(self.update.operation, path=path, body=body, headers=headers)

    def body_of(self, pointer: str, value: Json) -> Json:
        """The body that changes one member."""
        return pointers.put(self.filled(self.update.body), pointer, value)

    def pass_time(self) -> bool:
        """Let a new second begin, where that costs nothing; whether one did."""
        return self.bench.target.advance(_SECONDS)

    # --- one change

    def apply(
        self,
        changed: dict[str, Json],
        why: str,
        *,
        everywhere: bool = False,
        holds: dict[str, Json] | None = None,
        is_later: bool = True,
        may_be_refused: bool = False,
    ) -> bool:
        """Change members, and hold the record to it; False when it was refused or lost."""
        body = self.filled(self.update.body)
        for pointer, value in changed.items():
            body = pointers.put(body, pointer, value)
        before = self.made.record
        exchange = self.send(body)
        if exchange.answer.status >= 300:
            if not may_be_refused:
                self._refused(why, exchange)
            return False
        seen = current(self.bench, self.made)
        chain = (*self.made.exchanges[:1], exchange, seen.exchange)
        if seen.item is pointers.MISSING:
            self._lost(chain)
            return False
        self._answered(exchange, seen.item, chain)
        if holds is None:
            self._echoed(body, seen.item, chain)
        for pointer, expected in (holds or {}).items():
            self._held(pointer, expected, pointers.get(seen.item, pointer), chain)
        self._only_that(changed, before, seen.item, chain)
        self._later(before, seen.item, chain, is_later=is_later)
        self.made = renewed(self.made, seen.item)
        if everywhere:
            self.everywhere(chain)
        return True

    def everywhere(self, chain: tuple[Exchange, ...]) -> None:
        """Every list and every other part of the API shows the record as it is now."""
        seen = sightings(self.bench, self.made, self.faces)
        shown_everywhere(self.report, seen, chain, "after the change")
        same_through_faces(self.report, self.made, self.faces, seen, chain)
        for dependent in self.dependents:
            needs = {
                name: self.made if need.id == self.made.id else need
                for name, need in dependent.needs.items()
            }
            now = Made(**{**_members(dependent), "needs": needs})
            reflected(self.report, now, chain, sightings(self.bench, now))

    def _refused(self, why: str, exchange: Exchange) -> None:
        self.report.found(
            "valid-change-refused",
            Severity.MAJOR,
            f"A change that the contract allows ({why}) is refused with {exchange.answer.status}",
            subject=why,
            expected="2xx",
            got=exchange.answer.status,
            exchanges=(*self.made.exchanges[:1], exchange),
        )

    def _lost(self, chain: tuple[Exchange, ...]) -> None:
        self.report.found(
            "lost-by-change",
            Severity.CRITICAL,
            f"The {self.resource.title} {self.made.id} cannot be read after a change",
            subject="read",
            expected=f"{self.resource.title} {self.made.id}",
            got=f"status {chain[-1].answer.status}",
            exchanges=chain,
        )

    def _answered(self, exchange: Exchange, read: Json, chain: tuple[Exchange, ...]) -> None:
        if self.update.record is None:
            return
        answered = pointers.get(exchange.answer.json, self.update.record)
        for pointer, expected, got in unlike(answered, read):
            self.report.found(
                "read-differs",
                Severity.CRITICAL,
                f"The update answered {pointer} {show(expected)}, reading answers {show(got)}",
                subject=pointer,
                expected=expected,
                got=got,
                exchanges=chain,
            )

    def _echoed(self, body: Json, record: Json, chain: tuple[Exchange, ...]) -> None:
        echo = Echo(self.bench, self.update.echo)
        for pointer, sent, got in echo.faults(body, record, {"made": self.made.names}):
            self._held(pointer, sent, got, chain)

    def _held(self, pointer: str, sent: Json, got: Json, chain: tuple[Exchange, ...]) -> None:
        if list(unlike(sent, got)):
            self.report.found(
                "change-not-kept",
                Severity.CRITICAL,
                f"{pointer} was changed to {show(sent)} and the record has {show(got)}",
                subject=pointer,
                expected=sent,
                got=got,
                exchanges=chain,
                about=(pointers.parts_of(pointer)[0], "changes the members"),
            )

    def _only_that(
        self, changed: dict[str, Json], before: Json, after: Json, chain: tuple[Exchange, ...]
    ) -> None:
        allowed = self.allowed(changed)
        for pointer, old, new in pointers.differences(before, after):
            if not is_allowed(pointer, allowed):
                self.report.found(
                    "changed-besides",
                    Severity.CRITICAL,
                    f"Changing {', '.join(changed) or 'nothing'} moved {pointer} "
                    f"from {show(old)} to {show(new)}",
                    subject=pointer,
                    expected=old,
                    got=new,
                    exchanges=chain,
                    about=("leaves the others", "stay as they are", "keeps its value", "absent"),
                )

    def allowed(self, changed: dict[str, Json]) -> list[str]:
        """Pointers that a change may move."""
        echo = Echo(self.bench, self.update.echo)
        found = [self.resource.updated] if self.resource.updated else []
        found += self.update.follows.get("*", ())
        for pointer, value in changed.items():
            found += [echo.place(pointer + leaf) or "" for leaf, _ in leaves(value)]
            found += [echo.place(pointer) or ""]
            for above, follows in self.update.follows.items():
                if pointers.matches(pointer, above) or pointers.matches(above, pointer):
                    found += follows
        return [each for each in found if each]

    def _later(
        self, before: Json, after: Json, chain: tuple[Exchange, ...], *, is_later: bool
    ) -> None:
        pointer = self.resource.updated
        if pointer is None or not is_later:
            return
        old, new = pointers.get(before, pointer), pointers.get(after, pointer)
        moved = [p for p, _, _ in pointers.differences(before, after) if p != pointer]
        if moved and not (isinstance(new, str) and new > str(old)):
            self.report.found(
                "updated-not-moved",
                Severity.MAJOR,
                f"{moved[0]} was changed and {pointer} stayed {show(new)}",
                subject=pointer,
                expected=f"later than {old}",
                got=new,
                exchanges=chain,
                about=(pointers.parts_of(pointer)[-1],),
            )


def _members(made: Made) -> dict[str, Json]:
    return {name: getattr(made, name) for name in Made.__slots__}
