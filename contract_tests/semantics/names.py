"""Names that a file of semantics uses, held against the contract and the file itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contract_tests import pointers
from contract_tests.contract import Contract
from contract_tests.semantics.model import Semantics
from contract_tests.semantics.rules import Step


def unknown_names(semantics: Semantics, contract: Contract) -> Iterator[str]:
    """Names of the file that neither it nor the contract knows."""
    tags = {f"tag:{tag}" for each in contract.operations.values() for tag in each.tags}
    known = tags | set(contract.operations)
    for where, operation in _named_operations(semantics):
        if operation not in known:
            yield f"{where} names the operation {operation!r}, which the contract does not have."
    for where, resource in _named_resources(semantics):
        if resource not in semantics.resources:
            yield f"{where} names the resource {resource!r}, which 'resources' does not have."
    yield from _unknown_members(semantics)
    for first, lesser in semantics.access.outranks.items():
        for scheme in (first, *lesser):
            if scheme not in contract.security_schemes:
                yield f"/access names the scheme {scheme!r}, which the contract does not have."
    codes = [each.code for each in semantics.invariants]
    codes += [each.code for each in semantics.journeys]
    for code in sorted({each for each in codes if codes.count(each) > 1}):
        yield f"the code {code!r} is given twice."


def _unknown_members(semantics: Semantics) -> Iterator[str]:
    for name, resource in semantics.resources.items():
        if resource.create is None:
            continue
        for pointer in resource.create.unique:
            if pointers.get(resource.create.body, pointer) is pointers.MISSING:
                where = f"/resources/{name}/create/unique"
                yield f"{where} names {pointer}, which the body of the create does not have."


def _named_operations(semantics: Semantics) -> Iterator[tuple[str, str]]:
    for name, resource in semantics.resources.items():
        parts = (resource.create, resource.read, resource.update, resource.delete)
        for part in (*parts, *resource.views, *resource.actions.values()):
            if part is not None:
                yield f"/resources/{name}", part.operation
        yield from ((f"/resources/{name}", face.operation) for face in resource.faces.values())
    for operation, collection in semantics.collections.items():
        twins = (twin.operation for twin in collection.twins)
        yield from (("/collections", each) for each in (operation, *twins))
    for journey in semantics.journeys:
        called = [step.subject for step in _all_steps(journey.steps) if step.kind == "call"]
        yield from ((f"journey {journey.code}", each) for each in (journey.operation, *called))
    for invariant in semantics.invariants:
        yield from ((f"invariant {invariant.code}", each) for each in invariant.operations)
    yield from (("/differential/bodies", each) for each in semantics.differential.bodies)
    for refusal in semantics.refusals:
        yield from (("/refusals", each) for each in refusal.operations)
    for unreachable in semantics.unreachable:
        if unreachable.operation != "*":
            yield "/unreachable", unreachable.operation


def _named_resources(semantics: Semantics) -> Iterator[tuple[str, str]]:
    for name, each in semantics.resources.items():
        made_first = each.create.needs.values() if each.create else ()
        for_actions = (need for a in each.actions.values() for need in a.needs.values())
        needed = (*made_first, *for_actions)
        yield from ((f"/resources/{name}", resource) for resource in (*needed, *each.faces))
    for operation, collection in semantics.collections.items():
        yield f"/collections/{operation}", collection.resource
        populated = collection.population.needs.values() if collection.population else ()
        yield from ((f"/collections/{operation}", resource) for resource in populated)
    for journey in semantics.journeys:
        for step in _all_steps(journey.steps):
            if step.kind in ("make", "face"):
                yield f"journey {journey.code}", step.subject
    for invariant in semantics.invariants:
        if invariant.resource is not None:
            yield f"invariant {invariant.code}", invariant.resource


def _all_steps(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _all_steps(step.steps)
