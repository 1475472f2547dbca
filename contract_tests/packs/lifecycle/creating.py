"""Creates: what was sent is there, is shown everywhere, and stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.comparing import Echo, alike, is_allowed, unlike
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.lifecycle import racing, refusing, repeating
from contract_tests.packs.lifecycle.holding import same_through_faces, shown_everywhere
from contract_tests.packs.lifecycle.making import attempt, renewed
from contract_tests.packs.lifecycle.values import (
    Shape,
    capitals,
    choice,
    empty,
    longest,
    many_lines,
    many_scripts,
)
from contract_tests.records import Draft, Made
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import Create, ExpressionError, Resource
from contract_tests.semantics.expressions import instant, is_expression
from contract_tests.sightings import current, faces_of, sightings

Json = Any
_LINES = "texts of several lines"
_EMPTY = "empty texts"
_PLENTY = {"smoke": 2, "standard": 10, "deep": 40}


@dataclass(frozen=True, slots=True)
class Variant:
    """A body that must be taken, and what its record must hold besides what is sent.

    `may_be_refused`: it need not be taken, and is held to nothing when it is not.
    """

    name: str
    body: Json
    holds: Mapping[str, Json]
    may_be_refused: bool = False


def judge(report: Reporter, resource: Resource) -> None:
    """Everything about the create of a resource."""
    assert resource.create is not None
    Creation(report.bench, resource, resource.create, report).judge()


@dataclass
class Creation:
    """Creates of one resource, judged; `made` are the records that came of them."""

    bench: Bench
    resource: Resource
    create: Create
    report: Reporter
    made: list[Made] = field(default_factory=list)

    @property
    def shape(self) -> Shape:
        """The shape of its body."""
        schema = self.bench.contract.operations[self.create.operation].body_schema
        return Shape(self.bench.contract, schema or {})

    def judge(self) -> None:
        """Everything about the create."""
        bench, group = self.bench, self.bench.new_group()
        draft = bench.draft(self.resource.name, group=group)
        first = self._take(draft, Variant("as declared", draft.body, self.create.starts))
        if first is None:
            return
        self._everywhere(first)
        self._holder(draft)
        for number in range(_PLENTY[bench.plan.profile.name]):
            more = bench.draft(self.resource.name, needs=draft.needs, group=group)
            variants = self._variants(more) if number == 0 else []
            for variant in variants:
                fresh = bench.draft(self.resource.name, needs=draft.needs, group=group)
                self._take(fresh, self._moved(variant, more, fresh))
            self._take(more, Variant(f"record {number + 2}", more.body, self.create.starts))
        self._all_there()
        refusing.judge_creates(self.report, self.resource, self.shape, draft.needs)
        repeating.judge_creates(self.report, self.resource, draft.needs)
        racing.judge_creates(self.report, self.resource, draft.needs)

    def _take(self, draft: Draft, variant: Variant) -> Made | None:
        """Create it; what comes of it when it was taken and can be read."""
        tried = attempt(self.bench, self.resource, draft, variant.body)
        if not tried.is_taken:
            if not variant.may_be_refused:
                self._refused(variant, tried.exchange)
            return None
        if tried.made is None:
            self.report.found(
                "no-id",
                Severity.CRITICAL,
                f"{draft.create.operation} does not tell the id of what it made",
                subject="id",
                expected=f"an id at {draft.create.id}",
                got=f"status {tried.exchange.answer.status} without one",
                exchanges=(tried.exchange,),
            )
            return None
        return self._compared(tried.made, draft, variant)

    def _compared(self, made: Made, draft: Draft, variant: Variant) -> Made | None:
        seen = current(self.bench, made)
        chain = (*made.exchanges, seen.exchange)
        if seen.item is pointers.MISSING:
            self.report.found(
                "lost",
                Severity.CRITICAL,
                f"The {self.resource.title} {made.id} was made and cannot be read",
                subject="read",
                expected=f"{self.resource.title} {made.id}",
                got=f"status {seen.exchange.answer.status}",
                exchanges=chain,
            )
            return None
        answered = made.record
        if answered is not None:
            self._echoed(variant, draft, answered, made.exchanges)
            self._as_answered(answered, seen.item, chain)
        self._echoed(variant, draft, seen.item, chain)
        made = renewed(made, seen.item)
        self.made.append(made)
        return made

    def _echoed(
        self, variant: Variant, draft: Draft, record: Json, chain: tuple[Exchange, ...]
    ) -> None:
        names = {name: each.names for name, each in draft.needs.items()}
        echo = Echo(self.bench, self.create.echo)
        for pointer, sent, got in echo.faults(variant.body, record, names):
            self.report.found(
                "not-as-sent",
                Severity.CRITICAL,
                f"{pointer} was sent as {show(sent)} and the record has {show(got)}",
                subject=pointer,
                expected=sent,
                got=got,
                exchanges=chain,
                about=(pointers.parts_of(pointer)[0],),
            )
        for pointer, template in variant.holds.items():
            expected = self.bench.fill(template, **names, record=record, sent=variant.body)
            got = pointers.get(record, pointer)
            if list(unlike(expected, got)):
                self.report.found(
                    "starts-otherwise",
                    Severity.MAJOR,
                    f"A new {self.resource.title} ({variant.name}) has {pointer} {show(got)}, "
                    f"not {show(expected)}",
                    subject=f"{pointer} {variant.name}" if "without" in variant.name else pointer,
                    expected=expected,
                    got=got,
                    exchanges=chain,
                    about=(pointers.parts_of(pointer)[-1],),
                )

    def _as_answered(self, answered: Json, read: Json, chain: tuple[Exchange, ...]) -> None:
        for pointer, expected, got in unlike(answered, read):
            self.report.found(
                "read-differs",
                Severity.CRITICAL,
                f"The create answered {pointer} {show(expected)}, reading answers {show(got)}",
                subject=pointer,
                expected=expected,
                got=got,
                exchanges=chain,
            )

    def _refused(self, variant: Variant, exchange: Exchange) -> None:
        self.report.found(
            "valid-create-refused",
            Severity.CRITICAL,
            f"A body that the contract allows ({variant.name}) is refused "
            f"with {exchange.answer.status}",
            subject=variant.name,
            expected="2xx",
            got=exchange.answer.status,
            exchanges=(exchange,),
        )

    def _everywhere(self, made: Made) -> None:
        faces, missing = faces_of(self.bench, made)
        for name in missing:
            face = self.resource.faces[name]
            title = self.bench.semantics.resources[name].title
            self.report.found(
                "not-shown",
                Severity.CRITICAL,
                f"{face.operation} does not show the new {self.resource.title} {made.id}",
                subject=face.operation,
                expected=f"the same as a {title}",
                got="it is not there",
                exchanges=(*made.exchanges, self.bench.caller.log[-1]),
                operation=face.operation,
            )
        seen = sightings(self.bench, made, faces)
        shown_everywhere(self.report, seen, made.exchanges, "that was just made")
        same_through_faces(self.report, made, faces, seen, made.exchanges)
        self._timely(made)

    def _holder(self, draft: Draft) -> None:
        """What holds the new record has changed by it, where that is declared."""
        inside = self.resource.inside
        holder = draft.needs[inside.need] if inside and inside.is_change else None
        pointer = holder.resource.updated if holder else None
        if holder is None or pointer is None:
            return
        before = current(self.bench, holder)
        self.bench.tick()
        more = self.bench.draft(self.resource.name, needs=draft.needs, group=draft.mark)
        tried, after = attempt(self.bench, self.resource, more), current(self.bench, holder)
        old, new = pointers.get(before.item, pointer), pointers.get(after.item, pointer)
        if tried.is_taken and not (isinstance(new, str) and new > str(old)):
            self.report.found(
                "updated-not-moved",
                Severity.MAJOR,
                f"A {self.resource.title} was added, and {pointer} stayed {show(new)}",
                subject=pointer,
                expected=f"later than {old}",
                got=new,
                exchanges=(before.exchange, tried.exchange, after.exchange),
                rule=f"{pointer} moves with every change.",
            )
        seen = sightings(self.bench, holder)
        shown_everywhere(self.report, seen, (tried.exchange,), "that it was added to")

    def _timely(self, made: Made) -> None:
        """On a clock that stands still, a record is made at that very second."""
        now = self.bench.target.now()
        for pointer in (self.resource.created, self.resource.updated):
            got = pointers.get(made.record, pointer) if pointer else None
            if now is not None and got is not None and not _is_about(got, now):
                self.report.found(
                    "made-at-another-time",
                    Severity.MAJOR,
                    f"{pointer} of a new {self.resource.title} is {show(got)}, "
                    f"and it is {now.isoformat()}",
                    subject=str(pointer),
                    expected=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    got=got,
                    exchanges=made.exchanges,
                )

    def _variants(self, draft: Draft) -> list[Variant]:
        shape, found = self.shape, []
        for name, body in self._varied(shape, draft.body):
            if shape.fits(body) and body != draft.body:
                found.append(Variant(name, body, {}, may_be_refused=name in (_LINES, _EMPTY)))
        if self.bench.plan.profile.name == "smoke":
            found = found[:3]
        for pointer, holds in self.create.left_out.items():
            body = pointers.dropped(draft.body, pointer)
            if shape.fits(body) and body != draft.body:
                found.append(Variant(f"without {pointer}", body, holds))
        return found

    def _varied(self, shape: Shape, body: Json) -> list[tuple[str, Json]]:
        fields = [each for each in shape.fields(body) if self._is_free(each.pointer)]
        scripts = tall = loud = lines = bare = body
        turns = [body, body, body]
        for each in fields:
            value = pointers.get(body, each.pointer)
            if value is pointers.MISSING:
                continue
            if each.kind == "string" and "enum" not in each.schema and isinstance(value, str):
                loud = _put(shape, loud, each.pointer, capitals(shape, each, value))
            if each.is_text and isinstance(value, str):
                scripts = _put(shape, scripts, each.pointer, many_scripts(shape, each, value))
                tall = _put(shape, tall, each.pointer, longest(shape, each, value))
                bare = _put(shape, bare, each.pointer, empty(shape, each, value))
                if each.pointer not in self.create.echo:
                    lines = _put(shape, lines, each.pointer, many_lines(shape, each, value))
            for turn in range(len(turns)):
                chosen = choice(each, turn)
                turns[turn] = _put(shape, turns[turn], each.pointer, chosen)
        named = [(f"other values {turn + 1}", each) for turn, each in enumerate(turns)]
        texts = [("texts in many scripts", scripts), ("the longest texts", tall)]
        return [*texts, ("texts in capitals", loud), *named, (_LINES, lines), (_EMPTY, bare)]

    def _is_free(self, pointer: str) -> bool:
        """Whether a member may be varied: it is not fixed, and names no other record."""
        template = pointers.get(self.create.body, pointer)
        is_computed = is_expression(template)
        is_own = is_computed and ("mark" in template or "number" in template)
        return (is_own or not is_computed) and not is_allowed(pointer, self.create.fixed)

    def _moved(self, variant: Variant, drawn: Draft, fresh: Draft) -> Variant:
        """A variant with the mark of a new draft, so that what is unique stays so."""
        body = _with_mark(variant.body, drawn.mark, fresh.mark)
        holds = _with_mark(dict(variant.holds), drawn.mark, fresh.mark)
        return replace(variant, body=body, holds=holds)

    def _all_there(self) -> None:
        """Many creates make as many different records, and leave the earlier ones as they were."""
        ids = [made.id for made in self.made]
        for made in self.made:
            if ids.count(made.id) > 1:
                self.report.found(
                    "id-given-twice",
                    Severity.CRITICAL,
                    f"Two creates answered the id {made.id}",
                    subject="id",
                    expected="another id for each record",
                    got=made.id,
                    exchanges=[each.exchanges[0] for each in self.made if each.id == made.id],
                )
        for made in self.made:
            self._still_there(made)
        for made in (self.made[-1], self.made[len(self.made) // 2]):
            seen = sightings(self.bench, made)
            shown_everywhere(self.report, seen, made.exchanges, "that was made among others")

    def _still_there(self, made: Made) -> None:
        seen = current(self.bench, made)
        moves = self.resource.inside.moves if self.resource.inside else ()
        for pointer, expected, got in pointers.differences(made.record, seen.item):
            if not is_allowed(pointer, moves) and not alike(expected, got):
                self.report.found(
                    "changed-by-another-create",
                    Severity.CRITICAL,
                    f"{pointer or self.resource.title} of {made.id} was {show(expected)} and is "
                    f"{show(got)} after further creates",
                    subject=pointer or "record",
                    expected=expected,
                    got=got,
                    exchanges=(*made.exchanges, seen.exchange),
                )


def _is_about(value: Json, now: datetime) -> bool:
    try:
        return abs((instant(value) - now).total_seconds()) < 2
    except (ExpressionError, TypeError):
        return False


def _put(shape: Shape, body: Json, pointer: str, value: Json) -> Json:
    """A body with another value, if that leaves it one that the schema allows."""
    if value is None:
        return body
    changed = pointers.put(body, pointer, value)
    return changed if shape.fits(changed) else body


def _with_mark(value: Json, old: str, new: str) -> Json:
    if isinstance(value, dict):
        return {name: _with_mark(member, old, new) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_mark(member, old, new) for member in value]
    if not isinstance(value, str):
        return value
    return value.replace(old, new).replace(old.upper(), new.upper())
