"""Races: requests that are sent at once end as if they had come one after another, in some order.

All of them are on their way before the first answer is read, each over a connection of its own. A
server may refuse as many as it likes: only what it says it has done is held against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.comparing import Echo
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.packs.lifecycle.change import Change
from contract_tests.packs.lifecycle.making import Attempt, received
from contract_tests.records import Draft, Made
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import Resource
from contract_tests.sightings import current

Json = Any
Call = Mapping[str, Json]
_AT_ONCE = 6
_RULE = "Requests that are sent at once have the effect of the same requests in some order."


def judge_creates(report: Reporter, resource: Resource, needs: Mapping[str, Made]) -> None:
    """Creates at once make as many records; of those that share a unique value, one."""
    bench = report.bench
    if not _may(bench):
        return
    create = resource.create
    assert create is not None
    tried = _created(bench, resource, _drafts(bench, resource, needs), {})
    _all_there(report, tried, Echo(bench, create.echo))
    for pointer in create.unique:
        drafts = _drafts(bench, resource, needs)
        value = pointers.get(drafts[0].body, pointer)
        tried = _created(bench, resource, drafts, {pointer: value})
        exchanges = [each.exchange for each in tried]
        _at_most_one(report, exchanges, f"creates that share the {pointer} {show(value)}", pointer)


def judge_key(report: Reporter, resource: Resource, needs: Mapping[str, Made], header: str) -> None:
    """The same create several times at once with one idempotency key happens once."""
    bench = report.bench
    if not _may(bench):
        return
    draft = bench.draft(resource.name, needs=needs)
    headers = {header: f"key-{bench.mark()}"}
    call = {"path": draft.path, "headers": headers, "body": draft.body}
    exchanges = bench.together(draft.create.operation, [call] * _AT_ONCE)
    tried = [received(bench, resource, draft, draft.body, each) for each in exchanges]
    ids = sorted({each.made.id for each in tried if each.made is not None})
    if len(ids) > 1:
        report.found(
            "done-twice-at-once",
            Severity.CRITICAL,
            f"The same create, sent {_AT_ONCE} times at once with one idempotency key, made "
            f"{len(ids)} records",
            subject="idempotency key",
            expected="one record",
            got=ids,
            exchanges=exchanges,
        )


def judge_changes(change: Change) -> None:
    """Changes of different members at once are all kept, as far as they are taken."""
    bench, update = change.bench, change.update
    # Of each member one part: who writes a part may write the whole anew.
    members: dict[str, str] = {}
    for pointer in update.values:
        members.setdefault(pointers.parts_of(pointer)[0], pointer)
    if len(members) < 2 or not _may(bench):
        return
    chosen = list(members.values())[:_AT_ONCE]
    bodies = [change.body_of(each, change.filled(update.values[each][0])) for each in chosen]
    path = bench.path_to(update, change.made.id, change.made)
    exchanges = bench.together(update.operation, [{"path": path, "body": body} for body in bodies])
    seen = current(bench, change.made)
    echo, names = Echo(bench, update.echo), {"made": change.made.names}
    for body, exchange in zip(bodies, exchanges, strict=True):
        if exchange.answer.status >= 300:
            continue
        others = [each for each in bodies if each is not body]
        for pointer, sent, got in echo.faults(body, seen.item, names):
            if any(pointers.get(each, pointer) is not pointers.MISSING for each in others):
                continue
            change.report.found(
                "lost-at-once",
                Severity.CRITICAL,
                f"{pointer} was changed to {show(sent)} while others changed other members, and "
                f"the record has {show(got)}",
                subject=pointer,
                expected=sent,
                got=got,
                exchanges=(*change.made.exchanges[:1], *exchanges, seen.exchange),
                rule=_RULE,
            )


def judge_once(report: Reporter, operation: str, call: Call) -> None:
    """What can be done once only is done once, however often it is asked for at once."""
    if _may(report.bench):
        exchanges = report.bench.together(operation, [call] * _AT_ONCE)
        _at_most_one(report, exchanges, f"calls of {operation}, which can be done once,", operation)


def _may(bench: Bench) -> bool:
    """Whether requests may be sent at once: not in a smoke run, nor where the rate is capped."""
    if bench.plan.rate is not None:
        bench.unreached("requests at once", "--rate caps how many are sent in a second")
    return bench.plan.rate is None and bench.plan.profile.name != "smoke"


def _drafts(bench: Bench, resource: Resource, needs: Mapping[str, Made]) -> list[Draft]:
    group = bench.new_group()
    return [bench.draft(resource.name, None, needs, group) for _ in range(_AT_ONCE)]


def _created(
    bench: Bench, resource: Resource, drafts: list[Draft], shared: Mapping[str, Json]
) -> list[Attempt]:
    """Send drafts at once, with some members put into each, and keep what comes of them."""
    bodies = [each.body for each in drafts]
    for pointer, value in shared.items():
        bodies = [pointers.put(body, pointer, value) for body in bodies]
    calls = [{"path": d.path, "body": body} for d, body in zip(drafts, bodies, strict=True)]
    exchanges = bench.together(drafts[0].create.operation, calls)
    return [
        received(bench, resource, draft, body, exchange)
        for draft, body, exchange in zip(drafts, bodies, exchanges, strict=True)
    ]


def _all_there(report: Reporter, tried: list[Attempt], echo: Echo) -> None:
    """What was taken is there, each record under an id of its own and as it was sent."""
    chain = [each.exchange for each in tried]
    for made in [each.made for each in tried if each.made is not None]:
        seen = current(report.bench, made)
        needs = {name: each.names for name, each in made.needs.items()}
        for pointer, sent, got in echo.faults(made.sent, seen.item, needs):
            report.found(
                "lost-at-once",
                Severity.CRITICAL,
                f"{made.resource.title} {made.id} was made at once with others: {pointer} was "
                f"sent as {show(sent)}, and is {show(got)}",
                subject=pointer,
                expected=sent,
                got=got,
                exchanges=(*chain, seen.exchange),
                rule=_RULE,
            )


def _at_most_one(report: Reporter, exchanges: list[Exchange], what: str, subject: str) -> None:
    taken = sum(200 <= each.answer.status < 300 for each in exchanges)
    if taken > 1:
        report.found(
            "done-twice-at-once",
            Severity.CRITICAL,
            f"Of {len(exchanges)} {what} sent at once, {taken} were taken",
            subject=subject,
            expected="one of them taken at most",
            got=[each.answer.status for each in exchanges],
            exchanges=exchanges,
            rule=_RULE,
        )
