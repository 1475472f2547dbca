"""The lifecycle pack: a record is there once it is made, changes when told, and goes for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from contract_tests.bench import Bench
from contract_tests.pack import Pack
from contract_tests.packs.lifecycle import changing, creating, doing, reading, removing
from contract_tests.plan import Plan
from contract_tests.records import Unable
from contract_tests.reporter import Reporter
from contract_tests.semantics import Resource, Semantics

Part = Callable[[Reporter], None]


def operations(plan: Plan) -> Iterable[str]:
    """Every operation that does something with a declared resource."""
    return [each for each in plan.contract.operations if list(_parts(plan.semantics, each))]


def judge(bench: Bench) -> None:
    """Judge all that the operation does; one part that cannot be looked at stops no other."""
    report = Reporter(bench)
    parts = list(_parts(bench.semantics, bench.operation.name))
    unable: list[Unable] = []
    for part in parts:
        try:
            part(report)
        except Unable as reason:
            unable.append(reason)
    if len(unable) == len(parts):
        raise unable[-1]
    for each in unable:
        bench.unreached(each.what, each.why)


def _parts(semantics: Semantics, operation: str) -> Iterator[Part]:
    for resource in semantics.resources.values():
        yield from _of_resource(resource, operation)
    collection = semantics.collections.get(operation)
    if collection is not None:
        resource = semantics.resources[collection.resource]
        yield partial(reading.judge_list, resource=resource, collection=collection)


def _of_resource(resource: Resource, operation: str) -> Iterator[Part]:
    if resource.create is not None and resource.create.operation == operation:
        yield partial(creating.judge, resource=resource)
    for read in (resource.read, *resource.views):
        if read is not None and read.operation == operation:
            yield partial(reading.judge_read, resource=resource, read=read)
    if resource.update is not None and resource.update.operation == operation:
        yield partial(changing.judge, resource=resource)
    if resource.delete is not None and resource.delete.operation == operation:
        yield partial(removing.judge, resource=resource)
    for action in resource.actions.values():
        if action.operation == operation:
            yield partial(doing.judge, resource=resource, action=action)


PACK = Pack(
    name="lifecycle",
    says="A record is there once it is made, changes only when told, and goes for good.",
    operations=operations,
    judge=judge,
)
