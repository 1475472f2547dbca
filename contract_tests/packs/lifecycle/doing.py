"""Actions: they change what is declared and nothing else, and forbid what they should."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from contract_tests import pointers
from contract_tests.acting import Scene, act, call_of, perform, scene
from contract_tests.bench import Bench
from contract_tests.calling import NO_BODY
from contract_tests.comparing import alike, is_allowed, unlike
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.lifecycle import likeness, racing
from contract_tests.packs.lifecycle.absence import judge_unknown
from contract_tests.packs.lifecycle.holding import shown_everywhere, untouched
from contract_tests.packs.lifecycle.refusing import bad_bodies, said_bad
from contract_tests.packs.lifecycle.values import Shape
from contract_tests.records import Made, Unable
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import Action, Resource
from contract_tests.sightings import Sightings, faces_of, sightings

Json = Any
Chain = tuple[Exchange, ...]
_SECONDS = timedelta(seconds=2)


def judge(report: Reporter, resource: Resource, action: Action) -> None:
    """Everything about one action."""
    bench = report.bench
    made = perform(bench, bench.make(resource.name), action.after)
    other = perform(bench, bench.make(resource.name), action.after)
    play = scene(bench, made, action)
    faces, _ = faces_of(bench, made)
    if action.parameter:
        absent = action.absent or resource.absent
        judge_unknown(report, absent, lambda unknown: _for_unknown(bench, play, unknown))
    neighbour = sightings(bench, other)
    bystanders = [(each, sightings(bench, each)) for each in _bystanders(bench, made)]
    before = sightings(bench, made, faces)
    bench.tick()
    _refusals(report, play, before, faces)
    exchange = act(bench, play)
    chain = (*made.exchanges, exchange)
    if exchange.answer.status >= 300:
        _not_done(report, action, chain)
        return
    made = play.made_after
    after = sightings(bench, made, faces)
    _done(report, play, before, after, chain)
    _handed_over(report, play, chain)
    _afterwards(report, play, after, chain)
    for each, seen in [(other, neighbour), *bystanders]:
        untouched(
            report,
            seen,
            sightings(bench, each),
            chain,
            what="changed-another-record",
            because=f"{action.name} of {resource.title} {made.id}",
            moves=() if each is other else action.moves,
        )
    if action.parameter and not action.faces:
        likeness.judge(report, resource, lambda one: act(bench, scene(bench, one, action)),
                       action.after)  # fmt: skip
        _at_once(report, resource, action)


def _at_once(report: Reporter, resource: Resource, action: Action) -> None:
    """An action that forbids itself is done once, however often it is asked for at once."""
    if action.operation in action.forbids:
        bench = report.bench
        made = perform(bench, bench.make(resource.name), action.after)
        play = scene(bench, made, action)
        racing.judge_once(report, action.operation, call_of(bench, play))


def _bystanders(bench: Bench, made: Made) -> list[Made]:
    """A record of each other kind that was made for the same; none in a smoke run."""
    found: list[Made] = []
    if bench.plan.profile.name == "smoke":
        return found
    for resource in bench.semantics.resources.values():
        create = resource.create
        if create is None or resource.name == made.resource.name:
            continue
        for name, need in create.needs.items():
            owner = next((o for o in made.needs.values() if o.resource.name == need), None)
            if owner is None or create.operation in bench.plan.left_out:
                continue
            try:
                found.append(bench.make(resource.name, needs={name: owner}))
            except Unable as reason:
                bench.unreached(reason.what, reason.why)
    return found


def _refusals(report: Reporter, play: Scene, before: Sightings, faces: dict[str, Made]) -> None:
    """Bad bodies are refused and change nothing."""
    bench, chain = report.bench, []
    bad = [
        (pointers.joined(list(template)[-1:]), f"declared, {show(template)}", template)
        for template in play.action.refused
    ]
    bad = [(p, why, bench.fill(template, **play.names)) for p, why, template in bad]
    schema = bench.contract.operations[play.action.operation].body_schema
    if play.action.has_body and schema is not None:
        bad += bad_bodies(bench, Shape(bench.contract, schema), play.body)
    for pointer, why, body in bad:
        chain.append(act(bench, play, body))
        if not said_bad(report, chain[-1], pointer, why, pointers.get(body, pointer)):
            return
    if bad:
        after = sightings(bench, play.made, faces)
        what = "refused-action-done"
        untouched(
            report,
            before,
            after,
            tuple(chain[-1:]),
            what=what,
            because=f"A refused {play.action.name}",
        )


def _not_done(report: Reporter, action: Action, chain: Chain) -> None:
    report.found(
        "action-refused",
        Severity.CRITICAL,
        f"{action.name} as declared is refused with {chain[-1].answer.status}",
        subject=action.name,
        expected="2xx",
        got=chain[-1].answer.status,
        exchanges=chain,
    )


def _done(report: Reporter, play: Scene, before: Sightings, after: Sightings, chain: Chain) -> None:
    """What was to change has changed, wherever it is shown; the rest has not."""
    action, resource = play.action, play.made.resource
    shown_everywhere(report, after, chain, f"after {action.name}")
    expected = {p: report.bench.fill(t, **play.names) for p, t in action.changes.items()}
    allowed = [*expected, *action.moves, *([resource.updated] if resource.updated else [])]
    for operation, sighting in after.items():
        here = (*chain, sighting.exchange)
        if sighting.item is pointers.MISSING:
            continue
        if sighting.made.resource.name != resource.name:
            own = [*action.moves, sighting.made.resource.updated or ""]
            _nothing_else(report, action, before.get(operation), sighting.item, own, here)
            continue
        for pointer, value in expected.items():
            got = pointers.get(sighting.item, pointer)
            parent = pointers.get(sighting.item, pointer.rpartition("/")[0])
            if got is not pointers.MISSING and not alike(value, got):
                _not_so(report, action, pointer, value, got, here)
            elif got is pointers.MISSING and parent is None:
                _not_so(report, action, pointer, value, parent, here)
        _nothing_else(report, action, before.get(operation), sighting.item, allowed, here)
    _as_answered(report, play, after, chain)


def _not_so(
    report: Reporter, action: Action, pointer: str, expected: Json, got: Json, chain: Chain
) -> None:
    operation = chain[-1].operation
    report.found(
        "action-without-effect",
        Severity.CRITICAL,
        f"After {action.name}, {operation} shows {pointer} {show(got)}, not {show(expected)}",
        subject=f"{operation} {pointer}",
        expected=expected,
        got=got,
        exchanges=chain,
        about=(pointers.parts_of(pointer)[-1],),
    )


def _nothing_else(
    report: Reporter, action: Action, before: Any, item: Json, allowed: list[str], chain: Chain
) -> None:
    if before is None or before.item is pointers.MISSING:
        return
    for pointer, old, new in pointers.differences(before.item, item):
        if not is_allowed(pointer, allowed):
            report.found(
                "changed-besides",
                Severity.CRITICAL,
                f"{action.name} moved {pointer} from {show(old)} to {show(new)}",
                subject=pointer,
                expected=old,
                got=new,
                exchanges=chain,
            )


def _as_answered(report: Reporter, play: Scene, after: Sightings, chain: Chain) -> None:
    """The record in the answer is the one that is read."""
    value = chain[-1].answer.json
    if play.action.record is None:
        return
    answered = pointers.get(value, play.action.record)
    detail = next(iter(after.values()))
    for pointer, expected, got in unlike(answered, detail.item):
        report.found(
            "read-differs",
            Severity.CRITICAL,
            f"{play.action.name} answered {pointer} {show(expected)}, reading answers {show(got)}",
            subject=pointer,
            expected=expected,
            got=got,
            exchanges=(*chain, detail.exchange),
        )


def _handed_over(report: Reporter, play: Scene, chain: Chain) -> None:
    """What was handed to another is not shown where it was before."""
    bench = report.bench
    if not play.action.hands:
        return
    for operation, sighting in sightings(bench, play.made).items():
        collection = bench.semantics.collections.get(operation)
        if collection and collection.path and sighting.item is not pointers.MISSING:
            report.found(
                "still-there",
                Severity.CRITICAL,
                f"{operation} still shows {play.made.id} after {play.action.name}",
                subject=operation,
                expected="a list without it",
                got=sighting.item,
                exchanges=(*chain, sighting.exchange),
            )


def _afterwards(report: Reporter, play: Scene, before: Sightings, chain: Chain) -> None:
    """What the action forbids is refused and changes nothing; else it can be done again."""
    bench, action = report.bench, play.action
    made = play.made_after
    faces: dict[str, Made] = {}
    for operation, status in action.forbids.items():
        if operation in bench.plan.left_out:
            continue
        bench.target.advance(_SECONDS)
        exchange = _tried(bench, replace(play, made=made), operation)
        if exchange.answer.status != status:
            report.found(
                "allowed-afterwards",
                Severity.CRITICAL,
                f"{operation} after {action.name} is answered {exchange.answer.status}, "
                f"not {status}",
                subject=operation,
                expected=status,
                got=exchange.answer.status,
                exchanges=(*chain, exchange),
                about=(str(status),),
                operation=operation,
            )
        _same_as(report, play, before, faces, (*chain, exchange), f"A refused {operation}")
    if action.operation not in action.forbids:
        again = act(bench, play)
        if again.answer.status >= 300:
            _not_done(report, action, (*chain, again))
        elif action.repeats:
            _same_as(report, play, before, faces, (*chain, again), f"{action.name} done again")
        _otherwise(report, play, chain)


def _otherwise(report: Reporter, play: Scene, chain: Chain) -> None:
    """Done again with another body, it has the effect of that."""
    bench = report.bench
    another = scene(bench, play.made_after, play.action)
    if another.body in (play.body, NO_BODY) or play.action.operation in play.action.forbids:
        return
    before = sightings(bench, another.made)
    exchange = act(bench, another)
    if exchange.answer.status < 300:
        after = sightings(bench, another.made_after)
        _done(report, another, before, after, (*chain, exchange))


def _same_as(
    report: Reporter,
    play: Scene,
    before: Sightings,
    faces: dict[str, Made],
    chain: Chain,
    because: str,
) -> None:
    updated = play.made.resource.updated
    is_refused = chain[-1].answer.status >= 400
    untouched(
        report,
        before,
        sightings(report.bench, play.made_after, faces),
        chain,
        what="changed-after-the-end" if is_refused else "repeat-differs",
        because=because,
        moves=() if is_refused or updated is None else (updated,),
    )


def _tried(bench: Bench, play: Scene, operation: str) -> Exchange:
    resource = play.made.resource
    if resource.update is not None and resource.update.operation == operation:
        pointer, values = next(iter(resource.update.values.items()))
        body = bench.fill(resource.update.body, **play.names)
        value = bench.fill(values[-1], **play.names)
        path = bench.path_to(resource.update, play.made.id, play.made)
        return bench.call(operation, path=path, body=pointers.put(body, pointer, value))
    action = next(each for each in resource.actions.values() if each.operation == operation)
    return act(bench, scene(bench, play.made, action))


def _for_unknown(bench: Bench, play: Scene, unknown: str) -> Exchange:
    body = play.body
    if isinstance(body, dict):
        body = {name: unknown if v == play.made.id else v for name, v in body.items()}
    return act(bench, play, body, unknown)
