"""Whether each operation says enough: its refusals, its ids, its place among the paths."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.contract import Contract, Operation
from contract_tests.packs.lint.links import links_of
from contract_tests.packs.lint.problem import Problem
from contract_tests.plan import Plan


def problems_of_operation(plan: Plan, operation: Operation) -> Iterator[Problem]:
    """What keeps one operation from being tested well."""
    yield from _answers(operation)
    yield from _refusals(operation)
    yield from _location(operation)
    yield from _ambiguity(plan.contract, operation)
    yield from _ids(plan, operation)


def _answers(operation: Operation) -> Iterator[Problem]:
    if set(operation.answers) == {"default"}:
        yield Problem(
            "default-only",
            "major",
            operation.label,
            f"{operation.name} declares only a `default` answer.",
            "A `default` answer allows every status: no check of the status can fail.",
            "Declare each status by itself.",
        )
    elif not any(status.startswith(("2", "3")) for status in operation.answers):
        yield Problem(
            "no-success",
            "major",
            operation.label,
            f"{operation.name} declares no successful answer.",
            "What is never right cannot be tested.",
            "Declare its 2xx answer with a schema.",
        )


def _refusals(operation: Operation) -> Iterator[Problem]:
    wanted: list[tuple[tuple[str, ...], str]] = []
    if operation.security and {} not in operation.security:
        wanted.append((("401",), "without a credential"))
    if operation.parameters_in("query") or operation.bodies:
        wanted.append((("400", "422"), "with a value that breaks its schema"))
    if operation.parameters_in("path"):
        wanted.append((("404", "410", "400", "204"), "with an id that names nothing"))
    for statuses, case in wanted:
        if not {*statuses, "4XX", "default"} & set(operation.answers):
            yield Problem(
                f"no-{statuses[0]}",
                "minor",
                operation.label,
                f"{operation.name} does not say what it answers {case}.",
                "A refusal that is not documented cannot be told from a fault.",
                f"Declare {' or '.join(statuses)}.",
            )


def _location(operation: Operation) -> Iterator[Problem]:
    created = operation.answers.get("201")
    if created is None or created.schemas or "location" in created.headers:
        return
    yield Problem(
        "created-nowhere",
        "minor",
        operation.label,
        f"The 201 of {operation.name} has neither a body nor a `Location`.",
        "A client that made something has to learn where it is (RFC 9110, 15.3.2).",
        "Declare the header `Location`, or a body with the id.",
    )


def _ambiguity(contract: Contract, operation: Operation) -> Iterator[Problem]:
    """A literal segment that another operation of the same method would take for its parameter."""
    own = operation.path.strip("/").split("/")
    for other in contract.operations.values():
        parts = other.path.strip("/").split("/")
        if other.method != operation.method or len(parts) != len(own) or parts == own:
            continue
        pairs = list(zip(own, parts, strict=True))
        if all(a == b or (not _is_variable(a) and _is_variable(b)) for a, b in pairs):
            taken = [(a, b) for a, b in pairs if a != b]
            if all(_accepts(contract, other, b, a) for a, b in taken):
                yield Problem(
                    "ambiguous-path",
                    "minor",
                    operation.label,
                    f"{operation.path} could also be {other.path} with {taken[0][0]!r} as its id.",
                    "Which of two operations is meant must not depend on the order of routes.",
                    f"Give the parameter of {other.name} a pattern that {taken[0][0]!r} breaks.",
                )


def _is_variable(part: str) -> bool:
    return "{" in part


def _accepts(contract: Contract, operation: Operation, part: str, value: str) -> bool:
    """Whether a path parameter takes a text."""
    for parameter in operation.parameters_in("path"):
        if part == "{" + parameter.name + "}":
            return contract.schemas.fits(parameter.schema, value)
    return True


def _ids(plan: Plan, operation: Operation) -> Iterator[Problem]:
    for parameter in operation.parameters_in("path"):
        if not (
            _is_linked(plan.contract, operation, parameter.name)
            or _is_declared(plan, operation.name, parameter.name)
            or _is_listed(plan.contract, operation, parameter.name)
        ):
            yield Problem(
                "no-way-to-an-id",
                "minor",
                f"{operation.label}, {parameter.name}",
                f"Nothing says where a value for {parameter.name!r} of {operation.name} is found.",
                "Without an id that exists, only the 404 of an operation is ever tested.",
                "Add a link to the answer that holds it, or a resource to the semantics.",
            )


def _is_linked(contract: Contract, operation: Operation, name: str) -> bool:
    operations = tuple(contract.operations.values())
    return any(
        link.definition.get("operationId") == operation.name
        and any(each.rpartition(".")[2] == name for each in link.definition.get("parameters", {}))
        for link in links_of(contract.document.root, operations)
    )


def _is_declared(plan: Plan, operation: str, name: str) -> bool:
    reads = [
        (part.operation, part.parameter)
        for resource in plan.semantics.resources.values()
        for part in (resource.read, resource.update, resource.delete)
        if part is not None
    ]
    return (operation, name) in reads


def _is_listed(contract: Contract, operation: Operation, name: str) -> bool:
    """Whether the path before the parameter is a collection that can be read or added to."""
    before = operation.path.partition("/{" + name + "}")[0]
    return any(
        each.path == before and each.method in ("GET", "POST")
        for each in contract.operations.values()
    )
