"""Updates: what is told changes, with what follows from it, and nothing else anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.comparing import Echo, is_allowed
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.lifecycle import conditions, likeness, racing
from contract_tests.packs.lifecycle.absence import judge_elsewhere, judge_unknown
from contract_tests.packs.lifecycle.change import Change
from contract_tests.packs.lifecycle.holding import (
    untouched,
)
from contract_tests.packs.lifecycle.making import attempt, renewed
from contract_tests.packs.lifecycle.refusing import bad_bodies, said_bad
from contract_tests.packs.lifecycle.values import (
    Field,
    capitals,
    empty,
    longest,
    many_lines,
    many_scripts,
)
from contract_tests.records import Made, Unable
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import Resource
from contract_tests.sightings import current, faces_of, sightings

Json = Any
# Which a server may refuse, but not take and change.
_LINES, _EMPTY = "texts of several lines", "empty texts"
_EDGES = {
    "texts in many scripts": many_scripts,
    "the longest texts": longest,
    "texts in capitals": capitals,
    _LINES: many_lines,
    _EMPTY: empty,
}


def judge(report: Reporter, resource: Resource) -> None:
    """Everything about the update of a resource."""
    bench, update = report.bench, resource.update
    assert update is not None
    group = bench.new_group()
    made = bench.make(resource.name, group=group)
    other = bench.make(resource.name)
    faces, _ = faces_of(bench, made)
    dependents = _dependents(bench, made)
    made = _read(bench, made)
    change = Change(report, resource, update, made, faces, other, dependents)
    neighbour = sightings(bench, other)
    bench.tick()
    _each_member(change)
    _together(change)
    racing.judge_changes(change)
    change.made = _read(bench, change.made)
    _clears(change)
    _nothing(change)
    _refusals(change)
    conditions.judge(change)
    _given_up(change, made.sent)
    judge_unknown(
        report, update.absent or resource.absent, lambda unknown: _unknown(change, unknown)
    )
    if update.values:
        pointer, values = next(iter(update.values.items()))
        body = change.body_of(pointer, change.filled(values[0]))
        judge_elsewhere(report, resource, update, update.absent or resource.absent, body)
    untouched(
        report,
        neighbour,
        sightings(bench, other),
        change.made.exchanges[:1],
        what="changed-another-record",
        because=f"Changing {resource.title} {made.id}",
    )
    likeness.judge(report, resource, lambda one: _each_changed(replace(change, made=one)))


def _each_member(change: Change) -> None:
    is_later, is_brief = True, change.bench.plan.profile.name == "smoke"
    for place, (pointer, values) in enumerate(change.update.values.items()):
        for number, template in enumerate(values[:1] if is_brief else values):
            value = change.filled(template)
            everywhere = number == 0 and not (is_brief and place)
            done = change.apply({pointer: value}, pointer, everywhere=everywhere, is_later=is_later)
            if number == 0 and done:
                body = change.body_of(pointer, value)
                _repeated(change, body, pointer)
            is_later = change.pass_time()


def _repeated(change: Change, body: Json, pointer: str) -> None:
    """The same change again changes nothing but the time of the last change."""
    exchange = change.send(body)
    seen = current(change.bench, change.made)
    allowed = [change.resource.updated] if change.resource.updated else []
    moved = [
        each
        for each in pointers.differences(change.made.record, seen.item)
        if not is_allowed(each[0], allowed)
    ]
    if exchange.answer.status >= 300 or moved:
        place, old, new = moved[0] if moved else ("", "2xx", exchange.answer.status)
        change.report.found(
            "repeat-differs",
            Severity.MAJOR,
            f"Sending the change of {pointer} again had another effect: {place} {show(new)}",
            subject=pointer,
            expected=old,
            got=new,
            exchanges=(exchange, exchange, seen.exchange),
        )
    elif seen.item is not pointers.MISSING:
        change.made = renewed(change.made, seen.item)


def _together(change: Change) -> None:
    """Several members in one body all change; so do texts at their edges."""
    all_values = {p: change.filled(values[0]) for p, values in change.update.values.items()}
    change.pass_time()
    shape, base = change.shape, change.filled(change.update.body)
    together = base
    for pointer, value in all_values.items():
        together = pointers.put(together, pointer, value)
    if shape.fits(together):
        change.apply(all_values, "several members at once", everywhere=True, is_later=False)
    for name, edge in _EDGES.items():
        texts = {}
        for each in shape.fields(together):
            value = all_values.get(each.pointer)
            is_mapped = name == _LINES and each.pointer in change.update.echo
            if isinstance(value, str) and _is_varied(name, each) and not is_mapped:
                texts[each.pointer] = edge(shape, each, value)
        texts = {pointer: text for pointer, text in texts.items() if text is not None}
        if texts:
            may = name in (_LINES, _EMPTY)
            # Lists that are searched by an empty text show anybody, or nobody.
            seen = name != _EMPTY
            change.apply(texts, name, everywhere=seen, is_later=False, may_be_refused=may)


def _is_varied(name: str, each: Field) -> bool:
    if _EDGES[name] is capitals:
        return each.kind == "string" and each.schema.get("format") in (None, "email")
    return each.is_text


def _clears(change: Change) -> None:
    is_brief = change.bench.plan.profile.name == "smoke"
    for pointer in change.update.clears[:1] if is_brief else change.update.clears:
        is_later = change.pass_time()
        holds = change.update.cleared.get(pointer)
        place = Echo(change.bench, change.update.echo).place(pointer) or pointer
        change.apply(
            {pointer: None}, f"{pointer} null", holds=holds or {place: None}, is_later=is_later
        )
        values = change.update.values.get(pointer)
        if values:
            change.apply({pointer: change.filled(values[-1])}, pointer, is_later=False)


def _nothing(change: Change) -> None:
    """Bodies that change nothing move nothing."""
    change.pass_time()
    for template in change.update.unchanging:
        before = sightings(change.bench, change.made, change.faces)
        exchange = change.send(change.filled(template))
        if exchange.answer.status >= 300:
            change.report.found(
                "valid-change-refused",
                Severity.MAJOR,
                f"A body that changes nothing is refused with {exchange.answer.status}",
                subject="nothing",
                expected="2xx",
                got=exchange.answer.status,
                exchanges=(exchange,),
            )
        after = sightings(change.bench, change.made, change.faces)
        untouched(
            change.report,
            before,
            after,
            (exchange,),
            what="nothing-changed-something",
            because=f"The body {show(template)}",
        )


def _refusals(change: Change) -> None:
    """Refused changes change nothing, not even the member beside the bad one."""
    bench = change.bench
    change.pass_time()
    before = sightings(bench, change.made, change.faces)
    for pointer, why, body in _bad(change):
        exchange = change.send(body)
        said_bad(change.report, exchange, pointer, why, pointers.get(body, pointer))
        if exchange.answer.status < 400:
            before = sightings(bench, change.made, change.faces)
            continue
        seen = current(bench, change.made)
        detail = next(iter(before.values()))
        if seen.item != detail.item:
            untouched(
                change.report,
                {"": detail},
                {"": seen},
                (*change.made.exchanges[:1], exchange),
                what="refused-change-kept",
                because=f"A refused change ({pointer}, {why})",
            )
            before = sightings(bench, change.made, change.faces)
    untouched(
        change.report,
        before,
        sightings(bench, change.made, change.faces),
        change.made.exchanges[:1],
        what="refused-change-kept",
        because="Refused changes",
    )
    change.made = renewed(change.made, current(bench, change.made).item)


def _given_up(change: Change, first: Json) -> None:
    """What must be unique and was given up by a change may be had by a new record."""
    bench, create = change.bench, change.resource.create
    if create is None or bench.plan.profile.name == "smoke":
        return
    for pointer in create.unique:
        former = pointers.get(first, pointer)
        if former in (pointers.MISSING, None, pointers.get(change.made.record, pointer)):
            continue
        draft = bench.draft(change.resource.name, needs=change.made.needs)
        tried = attempt(bench, change.resource, draft, pointers.put(draft.body, pointer, former))
        if not tried.is_taken:
            change.report.found(
                "given-up-and-still-taken",
                Severity.MAJOR,
                f"{pointer} {show(former)} was given up by a change, and a new "
                f"{change.resource.title} with it is refused with {tried.exchange.answer.status}",
                subject=pointer,
                expected="2xx",
                got=tried.exchange.answer.status,
                exchanges=(*change.made.exchanges[:1], tried.exchange),
                operation=create.operation,
            )


def _bad(change: Change) -> Iterator[tuple[str, str, Json]]:
    for template in change.update.refused:
        body = change.filled(template)
        if isinstance(body, dict):
            body = {**_good(change, set(body)), **body}
        named = list(template) if isinstance(template, dict) else [""]
        yield pointers.joined(named[-1:]), f"declared, {show(template)}", body
    shape, base = change.shape, change.filled(change.update.body)
    full = base
    for pointer, values in change.update.values.items():
        full = pointers.put(full, pointer, change.filled(values[0]))
    for pointer, why, body in bad_bodies(change.bench, shape, full):
        top = pointers.joined(pointers.parts_of(pointer)[:1])
        kept = {name: member for name, member in body.items() if pointers.joined([name]) == top}
        good = _good(change, {*pointers.parts_of(pointer)[:1]})
        small = {**good, **kept}
        if why == "required":
            small = pointers.dropped(small, pointer)
        if not shape.fits(small):
            yield pointer, why, small


def _good(change: Change, beside: set[str]) -> Json:
    """A body that changes every member but those, for the good."""
    body = change.filled(change.update.body)
    for pointer, values in change.update.values.items():
        if pointers.parts_of(pointer)[0] not in beside:
            body = pointers.put(body, pointer, change.filled(values[-1]))
    return body


def _each_changed(change: Change) -> Exchange:
    """Change every member, one after another, the last one first; the last of the answers."""
    members = reversed(change.update.values.items())
    bodies = [change.body_of(pointer, change.filled(values[-1])) for pointer, values in members]
    return [change.send(body) for body in bodies][-1]


def _unknown(change: Change, unknown: str) -> Exchange:
    pointer, values = next(iter(change.update.values.items()))
    body = change.body_of(pointer, change.filled(values[0]))
    body = {name: unknown if value == change.made.id else value for name, value in body.items()}
    path = change.bench.path_to(change.update, unknown, change.made)
    return change.bench.call(change.update.operation, path=path, body=body)


def _read(bench: Bench, made: Made) -> Made:
    seen = current(bench, made)
    if seen.item is pointers.MISSING:
        raise Unable(f"read {made.resource.title} {made.id}", "it was made and cannot be read")
    return renewed(made, seen.item)


def _dependents(bench: Bench, made: Made) -> list[Made]:
    """Records made for this one, of each resource that shows members of it."""
    found = []
    for resource in bench.semantics.resources.values():
        create = resource.create
        if create is None or not resource.reflects or create.operation in bench.plan.left_out:
            continue
        for name, need in create.needs.items():
            if need == made.resource.name:
                found.append(bench.make(resource.name, needs={name: made}, group=made.group))
    return found
