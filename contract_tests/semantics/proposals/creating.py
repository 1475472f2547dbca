"""How a record is made, as a contract shows it."""

from __future__ import annotations

from typing import Any

from contract_tests.contract import Operation
from contract_tests.contract.schemas import leaves
from contract_tests.pointers import joined, parts_of, put
from contract_tests.semantics.proposals.draft import Path
from contract_tests.semantics.proposals.paths import Group
from contract_tests.semantics.proposals.places import Place, record_in, success
from contract_tests.semantics.proposals.references import Reference, References
from contract_tests.semantics.proposals.samples import NOTHING
from contract_tests.semantics.proposals.sight import Sight

Json = Any


def creation(sight: Sight, group: Group, place: Place, path: Path) -> dict[str, Json] | None:
    """How a record of a group is made; None when the contract does not show it."""
    operation = group.creating
    if operation is None:
        return None
    owners = sight.owners(group, operation)
    if group.owners(operation) and not owners:
        sight.draft.todo.append(
            f"{'/'.join(path)}: nothing says where the ids in {operation.path} come from, "
            "so its records are not made."
        )
        return None
    references = References(sight.groups, sight.shapes, group)
    needs, body, fixed = _body(sight, operation, references, path)
    if group.parent is not None:
        needs = {group.parent.name: group.parent.name, **needs}
    raw: dict[str, Json] = {"operation": operation.name}
    raw.update({"needs": needs} if needs else {})
    raw.update({"path": owners} if owners else {})
    raw["body"] = body
    raw.update({"fixed": fixed} if fixed else {})
    answer = _answered(sight, group, operation, path)
    if answer is None:
        return None
    raw.update(answer)
    echo = sight.echo(body, place, (*path, "echo"))
    raw.update({"echo": echo} if echo else {})
    starts = _starts(sight, operation, body, place)
    raw.update({"starts": starts} if starts else {})
    return raw


def _body(
    sight: Sight, operation: Operation, references: References, path: Path
) -> tuple[dict[str, str], Json, list[str]]:
    schema = operation.body_schema
    if schema is None:
        return {}, {}, []
    examples = [e for e in operation.body_examples.values() if sight.samples.fits(schema, e)]
    start = examples[0] if examples else sight.samples.value(schema)
    if start is NOTHING or not isinstance(start, dict):
        sight.draft.ask((*path, "body"), f"no body could be drawn for {operation.name}.")
        return {}, {}, []
    body = _with_optional(sight, schema, start) if not examples else start
    body, used = _templates(sight, schema, body, references)
    for found in used:
        if found.resource is None:
            sight.draft.ask(
                (*path, "body"), f"{found.pointer} looks like an id of something unknown."
            )
    needs = {each.name: each.resource for each in used if each.resource}
    return needs, body, [each.pointer for each in used]


def _with_optional(sight: Sight, schema: Json, body: dict[str, Json]) -> dict[str, Json]:
    """A drawn body with those optional members whose value the document itself gives."""
    for name, member in sight.shapes.members(schema).items():
        flat = sight.shapes.flat(member)
        if name in body or flat.get("readOnly") or "default" in flat:
            continue
        own = sight.samples.template(name, member)
        if {"example", "examples", "enum"} & set(flat) or own is not None:
            value = sight.samples.value(member)
            body = body if value is NOTHING else {**body, name: value}
    return body


def _templates(
    sight: Sight, schema: Json, body: Json, references: References
) -> tuple[Json, list[Reference]]:
    used = []
    for pointer, value in list(leaves(body)):
        parts = parts_of(pointer)
        member = sight.shapes.at(schema, parts)
        if member is None:
            continue
        name = next((part for part in reversed(parts) if not part.isdigit()), "")
        reference = references.of(name, member, pointer)
        if reference is not None:
            used.append(reference)
            template = reference.template if reference.resource else value
        else:
            is_own = len(parts) == 1 or (len(parts) == 2 and len(body) == 1)
            template = sight.samples.template(name, member, value) if is_own else None
        body = put(body, pointer, template) if template is not None else body
    return body, used


def _answered(
    sight: Sight, group: Group, operation: Operation, path: Path
) -> dict[str, Json] | None:
    """Where the answer to a creation holds the id and the record."""
    schema = success(operation)
    parameter = next(iter(group.by_parameter.values()), "id")
    found = record_in(sight.shapes, schema, group.name, parameter)
    if found is None:
        has_location = any("location" in each.headers for each in operation.answers.values())
        if not has_location:
            sight.draft.todo.append(
                f"{'/'.join(path)}: the answer of {operation.name} names no id, so nothing can "
                "be done with what it makes. Declare it, or the header Location."
            )
            return None
        return {"id": "header:Location", "record": None}
    raw: dict[str, Json] = {"id": found.record + found.id}
    holds_record = len(sight.shapes.members(found.schema)) > 1
    record = found.record if holds_record else None
    return {**raw, **({"record": record} if record != "" else {})}


def _starts(sight: Sight, operation: Operation, body: Json, place: Place) -> dict[str, Json]:
    """Defaults of members that are not sent, where the record shows them."""
    shown = sight.shapes.members(place.schema)
    return {
        joined([name]): sight.shapes.flat(member)["default"]
        for name, member in sight.shapes.members(operation.body_schema).items()
        if "default" in sight.shapes.flat(member) and name not in body and name in shown
    }
