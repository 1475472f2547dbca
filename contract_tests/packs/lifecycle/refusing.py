"""Refused writes: a body that breaks a rule is refused, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.findings import Severity
from contract_tests.listing import walk
from contract_tests.packs.lifecycle.making import attempt
from contract_tests.packs.lifecycle.values import Shape, bad_values
from contract_tests.records import Draft, Made, Unable
from contract_tests.reporter import Reporter, show
from contract_tests.semantics import Collection, ExpressionError, Resource
from contract_tests.sightings import current

Json = Any
Bad = tuple[str, str, Json]
_MOST = {"smoke": 8, "standard": 80, "deep": 400}


def judge_creates(
    report: Reporter, resource: Resource, shape: Shape, needs: Mapping[str, Made]
) -> None:
    """Bad creates are refused and leave nothing behind."""
    bench, group = report.bench, report.bench.new_group()
    before = _traces(bench, resource, group, needs)
    exchanges = []
    for pointer, why, draft, body in _bad_creates(bench, resource, shape, needs, group):
        tried = attempt(bench, resource, draft, body)
        exchanges.append(tried.exchange)
        said_bad(report, tried.exchange, pointer, why, pointers.get(body, pointer))
        if tried.is_taken:
            return
    after = _traces(bench, resource, group, needs)
    for place, rows in after.items():
        left = sorted(rows - before.get(place, set()))
        if left:
            report.found(
                "refused-create-left-something",
                Severity.CRITICAL,
                f"Refused creates left {', '.join(left)} in {place}",
                subject=place,
                expected="nothing",
                got=left,
                exchanges=(*exchanges[:3], bench.caller.log[-1]),
            )


def said_bad(
    report: Reporter, exchange: Exchange, pointer: str, why: str, value: Json = pointers.MISSING
) -> bool:
    """Whether a bad write was refused as it should be; put down when it was not."""
    status = exchange.answer.status
    if 400 <= status < 500:
        return True
    is_taken = 200 <= status < 300
    shown = "" if value is pointers.MISSING else f" {show(value)}"
    report.found(
        "bad-write-taken" if is_taken else "bad-write-fails",
        Severity.MAJOR,
        f"{pointer or 'The body'}{shown} breaks its rule ({why}) and was "
        + ("taken" if is_taken else f"answered with {status}"),
        subject=f"{pointer} {why}".strip(),
        expected="4xx",
        got=status,
        exchanges=(exchange,),
        about=tuple(pointers.parts_of(pointer)[-1:]),
    )
    return False


def _bad_creates(
    bench: Bench, resource: Resource, shape: Shape, needs: Mapping[str, Made], group: str
) -> Iterator[tuple[str, str, Draft, Json]]:
    assert resource.create is not None
    if resource.create.refused:
        other = bench.make(resource.name)
        for changes in resource.create.refused:
            draft = bench.draft(resource.name, changes, needs, group, {"other": other.names})
            yield next(iter(changes)), "declared", draft, draft.body
    drawn = bench.draft(resource.name, None, needs, group)
    for pointer, why, body in bad_bodies(bench, shape, drawn.body):
        yield pointer, why, drawn, body


def bad_bodies(bench: Bench, shape: Shape, body: Json) -> list[Bad]:
    """Bodies that break the schema in one place each."""
    found: list[Bad] = []
    for field in shape.fields(body):
        good = pointers.get(body, field.pointer)
        parent = field.pointer.rpartition("/")[0]
        if not isinstance(pointers.get(body, parent), dict):
            continue
        for why, value in bad_values(shape, field, good):
            found.append((field.pointer, why, pointers.put(body, field.pointer, value)))
        if field.is_required and good is not pointers.MISSING:
            found.append((field.pointer, "required", pointers.dropped(body, field.pointer)))
    for at in shape.closed(body):
        pointer = f"{at}/no_such_member"
        found.append((pointer, "additionalProperties", pointers.put(body, pointer, 1)))
    broken = [each for each in found if not shape.fits(each[2])]
    most = _MOST[bench.plan.profile.name]
    return broken if len(broken) <= most else bench.random.sample(broken, most)


def _traces(
    bench: Bench, resource: Resource, group: str, needs: Mapping[str, Made]
) -> dict[str, set[str]]:
    """The ids of what a group of creates has left, by where it was looked for."""
    found: dict[str, set[str]] = {}
    names = {name: each.names for name, each in needs.items()}
    if resource.inside is not None:
        owner = current(bench, needs[resource.inside.need])
        rows = pointers.get(owner.item, resource.inside.at)
        found[owner.exchange.operation] = _ids(rows, resource.id)
    shown_in = {resource.name, *resource.faces}
    for operation, collection in bench.semantics.collections.items():
        if collection.resource in shown_in and operation not in bench.plan.left_out:
            rows = _rows_of(bench, collection, group, names)
            if rows is not None:
                found[operation] = _ids(rows, bench.semantics.resources[collection.resource].id)
    return found


def _rows_of(
    bench: Bench, collection: Collection, group: str, names: Mapping[str, Json]
) -> list[Json] | None:
    """The rows of a list that a group has made; None when they cannot be told from others."""
    narrow = collection.population.narrow if collection.population else {}
    if collection.needs_filter or (collection.paging and not (narrow or collection.path)):
        return None
    try:
        query = {name: bench.fill(each, group=group, **names) for name, each in narrow.items()}
        path = {name: bench.fill(each, **names) for name, each in collection.path.items()}
        rows = walk(bench, collection, query, path).items
    except (ExpressionError, Unable):
        return None
    if narrow or path:
        return rows
    return [row for row in rows if group in json.dumps(row, ensure_ascii=False)]


def _ids(rows: Json, pointer: str) -> set[str]:
    return {str(pointers.get(row, pointer)) for row in rows} if isinstance(rows, list) else set()
