"""Deletes: what is removed is gone everywhere, with what belongs to it, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.lifecycle import likeness, racing
from contract_tests.packs.lifecycle.absence import judge_elsewhere, judge_unknown
from contract_tests.packs.lifecycle.holding import shown_everywhere, untouched
from contract_tests.packs.lifecycle.making import attempt
from contract_tests.records import Made
from contract_tests.reporter import Reporter
from contract_tests.semantics import Read, Resource
from contract_tests.sightings import Sightings, faces_of, sightings

Json = Any


@dataclass(frozen=True, slots=True)
class Victim:
    """A record to remove: as it was made, as its delete knows it, and what goes with it."""

    made: Made
    target: Made
    faces: dict[str, Made]
    dependents: list[Made]


def judge(report: Reporter, resource: Resource) -> None:
    """Everything about the delete of a resource."""
    bench, delete = report.bench, resource.delete
    assert delete is not None
    absent = delete.absent or resource.absent
    if not delete.path:
        judge_unknown(report, absent, lambda unknown: _remove(bench, delete, unknown))
    judge_elsewhere(report, resource, delete, absent)
    for kind in _kinds(bench, resource):
        victim = _victim(bench, resource, kind)
        neighbour = bench.make(kind.name)
        before = sightings(bench, neighbour)
        exchange = _remove(bench, delete, victim.target.id, victim.target)
        chain = (*victim.target.exchanges[:1], exchange)
        if exchange.answer.status >= 300:
            _refused(report, victim.target, chain)
            continue
        _gone(report, victim, chain)
        judge_unknown(
            report,
            absent,
            _remover(bench, delete, victim.target),
            victim.target.id,
            "was removed before",
        )
        after = sightings(bench, neighbour)
        untouched(
            report,
            before,
            after,
            chain,
            what="removed-another",
            because=f"Removing {victim.target.id}",
        )
        _made_again(report, victim, chain)
    likeness.judge(report, resource, lambda one: _remove(bench, delete, one.id, one))
    _at_once(report, resource, delete)


def _at_once(report: Reporter, resource: Resource, delete: Read) -> None:
    """Of several deletes at once, one finds the record; where that can be told."""
    if resource.create is not None and (delete.absent or resource.absent) >= 400:
        made = report.bench.make(resource.name)
        path = report.bench.path_to(delete, made.id, made)
        racing.judge_once(report, delete.operation, {"path": path})


def _kinds(bench: Bench, resource: Resource) -> list[Resource]:
    """The resources whose records this delete removes: its own, and those with a face in it."""
    others = [
        each
        for each in bench.semantics.resources.values()
        if resource.name in each.faces and each.create is not None
    ]
    usable = [resource, *others] if resource.create is not None else others
    left_out = bench.plan.left_out
    return [each for each in usable if each.create and each.create.operation not in left_out]


def _victim(bench: Bench, resource: Resource, kind: Resource) -> Victim:
    made = bench.make(kind.name)
    dependents = []
    for each in bench.semantics.resources.values():
        create = each.create
        if create is None or create.operation in bench.plan.left_out:
            continue
        names = [name for name in each.goes_with if create.needs.get(name) == kind.name]
        dependents += [bench.make(each.name, needs={name: made}) for name in names]
    target = made if kind.name == resource.name else bench.face(made, resource.name)
    faces, _ = faces_of(bench, made)
    return Victim(made, target, faces, dependents)


def _remove(bench: Bench, delete: Read, found: str, made: Made | None = None) -> Exchange:
    return bench.call(delete.operation, path=bench.path_to(delete, found, made))


def _remover(bench: Bench, delete: Read, beside: Made) -> Callable[[str], Exchange]:
    return lambda found: _remove(bench, delete, found, beside)


def _refused(report: Reporter, made: Made, chain: tuple[Exchange, ...]) -> None:
    report.found(
        "delete-refused",
        Severity.MAJOR,
        f"Removing {made.resource.title} {made.id} is refused with {chain[-1].answer.status}",
        subject=made.resource.name,
        expected="2xx",
        got=chain[-1].answer.status,
        exchanges=chain,
    )


def _gone(report: Reporter, victim: Victim, chain: tuple[Exchange, ...]) -> None:
    """Nothing shows the record any more, nor what belonged to it; reads say so as declared."""
    _unseen(report, sightings(report.bench, victim.made, victim.faces), chain)
    for dependent in victim.dependents:
        if dependent.resource.read is not None:
            _unseen(report, sightings(report.bench, dependent), chain)


def _unseen(report: Reporter, seen: Sightings, chain: tuple[Exchange, ...]) -> None:
    for operation, sighting in seen.items():
        made, status = sighting.made, sighting.exchange.answer.status
        absent = made.resource.absent
        if sighting.item is not pointers.MISSING:
            got: Json = sighting.item
        elif not sighting.is_list and status != absent:
            got = status
        else:
            continue
        report.found(
            "not-gone",
            Severity.CRITICAL,
            f"{operation} still answers for {made.resource.title} {made.id} after it was removed"
            if sighting.item is not pointers.MISSING
            else f"{operation} answers {status}, not {absent}, for the removed {made.id}",
            subject=operation,
            expected=absent if not sighting.is_list else "a list without it",
            got=got,
            exchanges=(*chain, sighting.exchange),
        )


def _made_again(report: Reporter, victim: Victim, chain: tuple[Exchange, ...]) -> None:
    """The same values make a new record, with another id and nothing of the old one."""
    bench, made = report.bench, victim.made
    draft = bench.draft(made.resource.name, needs=made.needs)
    tried = attempt(bench, made.resource, replace(draft, mark=made.mark), made.sent)
    if not tried.is_taken or tried.made is None or tried.made.id == made.id:
        got = tried.made.id if tried.made else tried.exchange.answer.status
        report.found(
            "cannot-be-made-again",
            Severity.MAJOR,
            f"After {made.id} was removed, the same values made {got}",
            subject=made.resource.name,
            expected="a new record with another id",
            got=got,
            exchanges=(*chain, tried.exchange),
        )
        return
    seen = sightings(bench, tried.made)
    shown_everywhere(report, seen, (*chain, tried.exchange), "that was made again")
    record = next(iter(seen.values())).item
    create = made.resource.create
    for pointer, template in (create.starts if create else {}).items():
        expected = bench.fill(template, record=record, sent=made.sent)
        got = pointers.get(record, pointer)
        if got != expected:
            report.found(
                "old-left-in-new",
                Severity.MAJOR,
                f"A record made again with the same values has {pointer} {got}, not {expected}",
                subject=pointer,
                expected=expected,
                got=got,
                exchanges=(*chain, tried.exchange),
            )
