"""Effects: a write that is refused changes nothing, makes nothing and removes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.packs.access.identities import Identity
from contract_tests.packs.access.refusing import judge_identity
from contract_tests.preparing import Prepared, prepare
from contract_tests.records import Made

Json = Any


@dataclass(frozen=True, slots=True)
class View:
    """What was seen of the records that a write is about, by place; and how it was seen."""

    seen: dict[str, Json]
    exchanges: dict[str, Exchange]


def judge_effects(bench: Bench, prepared: Prepared, identities: list[Identity]) -> None:
    """Everybody who may not tries the write; then the records are as they were before."""
    before = _view(bench, prepared)
    attempts = [(each, judge_identity(bench, prepared, each)) for each in identities]
    refused = [(each, tried) for each, tried in attempts if tried.answer.status >= 400]
    if len(refused) < len(attempts):
        return  # Somebody was let in, and that was said: what changed is no news.
    if _difference(before, _view(bench, prepared)) is None:
        return
    _find_out_who(bench, identities)


def _find_out_who(bench: Bench, identities: list[Identity]) -> None:
    """Try them one by one, on records of their own."""
    for identity in identities:
        prepared = prepare(bench, bench.operation.name)
        before = _view(bench, prepared)
        exchange = judge_identity(bench, prepared, identity)
        after = _view(bench, prepared)
        place = _difference(before, after)
        if place is not None:
            shown = [v.exchanges[place] for v in (before, after) if place in v.exchanges]
            bench.found(
                "side-effect",
                "critical",
                f"A call {identity.title} was refused with {exchange.answer.status}, and changed "
                f"{place} all the same",
                rule="A request that is refused has no effect.",
                source="OWASP API5:2023",
                expected=before.seen.get(place),
                got=after.seen.get(place),
                exchanges=(shown[0], exchange, shown[-1]) if shown else (exchange,),
                subject=identity.kind,
            )
            return


def _difference(before: View, after: View) -> str | None:
    for place in {**before.seen, **after.seen}:
        if before.seen.get(place) != after.seen.get(place):
            return place
    return None


def _view(bench: Bench, prepared: Prepared) -> View:
    """Everything that reading tells of the records, and whether the new one is listed."""
    view = View({}, {})
    for made in _all_made(prepared):
        for name, path in _reads_of(bench, made):
            if name in bench.plan.left_out:
                continue
            exchange = bench.call(name, path=path)
            place = f"{name} of {made.resource.title} {made.id}"
            value = exchange.answer.json
            view.seen[place] = [exchange.answer.status, None if value is NO_JSON else value]
            view.exchanges[place] = exchange
    if prepared.mark:
        for name, exchange in _lists(bench, prepared):
            text = exchange.answer.body.decode("utf-8", "replace")
            view.seen[f"the list {name}"] = prepared.mark in text
            view.exchanges[f"the list {name}"] = exchange
    return view


def _all_made(prepared: Prepared) -> list[Made]:
    found: dict[tuple[str, str], Made] = {}
    waiting = list(prepared.made)
    while waiting:
        made = waiting.pop(0)
        if (made.resource.name, made.id) not in found:
            found[made.resource.name, made.id] = made
            waiting += made.needs.values()
    return list(found.values())


def _reads_of(bench: Bench, made: Made) -> Iterator[tuple[str, dict[str, Json]]]:
    """The reads below the path of a record: itself, and what belongs to it."""
    read = made.resource.read
    if read is None:
        return
    own = bench.contract.operations[read.operation]
    for each in bench.contract.operations.values():
        is_below = each.path == own.path or each.path.startswith(own.path + "/")
        if each.method == "GET" and is_below and len(each.parameters_in("path")) == 1:
            yield each.name, {each.parameters_in("path")[0].name: made.id}


def _lists(bench: Bench, prepared: Prepared) -> Iterator[tuple[str, Exchange]]:
    """The lists in which a new record would be seen."""
    kinds = [
        each
        for each in bench.semantics.resources.values()
        if each.create is not None and each.create.operation == prepared.operation
    ]
    for name, collection in bench.semantics.collections.items():
        if collection.resource not in [each.name for each in kinds]:
            continue
        if bench.contract.operations[name].parameters_in("path"):
            continue
        query = _narrow(bench, name, prepared)
        if query is None and collection.needs_filter:
            continue
        if name not in bench.plan.left_out:
            yield name, bench.call(name, query=query or {})


def _narrow(bench: Bench, operation: str, prepared: Prepared) -> dict[str, Json] | None:
    """A query for a value of the body that holds the mark, by a filter that cuts texts."""
    collection = bench.semantics.collections[operation]
    for name, filter_ in collection.filters.items():
        if not filter_.cuts:
            continue
        for pointer in ("/email", "/last_name", "/firstName"):
            value = pointers.get(prepared.body, pointer)
            if isinstance(value, str) and prepared.mark in value:
                return {name: value}
    return None
