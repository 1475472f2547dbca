"""Likeness: what is done to one record is not done to another that has the same values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from contract_tests import pointers
from contract_tests.acting import perform
from contract_tests.bench import Bench
from contract_tests.exchanges import Exchange
from contract_tests.packs.lifecycle.holding import untouched
from contract_tests.packs.lifecycle.making import attempt
from contract_tests.records import Made
from contract_tests.reporter import Reporter
from contract_tests.semantics import Resource
from contract_tests.sightings import sightings


def judge(
    report: Reporter,
    resource: Resource,
    do: Callable[[Made], Exchange],
    after: tuple[str, ...] = (),
) -> None:
    """Do it to one of two records that are alike once the actions `after` were done to both."""
    bench = report.bench
    if resource.create is None or bench.plan.profile.name == "smoke":
        return
    pair = _alike(bench, resource)
    if pair is None:
        why = "the second one was refused; `unique` in the semantics names what they may not share"
        bench.unreached(f"two {resource.title}s alike", why)
        return
    one, like = (perform(bench, each, after) for each in pair)
    before = sightings(bench, like)
    exchange = do(one)
    untouched(
        report,
        before,
        sightings(bench, like),
        (*one.exchanges[:1], *like.exchanges[:1], exchange),
        what="changed-its-like",
        because=f"{exchange.operation} for {one.id}",
    )


def _alike(bench: Bench, resource: Resource) -> tuple[Made, Made] | None:
    """Two records that differ in nothing but what must be unique; None where that is refused."""
    assert resource.create is not None
    one = bench.make(resource.name)
    draft = bench.draft(resource.name, needs=one.needs)
    body = one.sent
    for pointer in resource.create.unique:
        body = pointers.put(body, pointer, pointers.get(draft.body, pointer))
    like = attempt(bench, resource, draft, body).made
    return None if like is None else (one, replace(like, group=one.group))
