"""Resources as a contract shows them: where a record lies, and what can be done with it."""

from __future__ import annotations

from typing import Any

from contract_tests.pointers import parts_of
from contract_tests.semantics.proposals.creating import creation
from contract_tests.semantics.proposals.draft import Path
from contract_tests.semantics.proposals.paths import Group
from contract_tests.semantics.proposals.places import Place, items_in, record_in, success, times
from contract_tests.semantics.proposals.sight import Sight
from contract_tests.semantics.proposals.updating import change

Json = Any


def propose_resource(sight: Sight, group: Group) -> None:
    """Put a resource into the draft, unless nothing says what its records look like."""
    place = _place(sight, group)
    if place is None:
        return
    sight.places[group.name] = place
    raw: dict[str, Json] = {"title": group.name.replace("_", " "), "id": place.id}
    sight.draft.raw.setdefault("resources", {})[group.name] = raw
    path = ("resources", group.name)
    raw["unknown"] = _unknown(sight, group, place, path)
    raw.update(times(sight.shapes, place.schema))
    absent = _absent(sight, group, path)
    raw.update({"absent": absent} if absent != 404 else {})
    create = creation(sight, group, place, (*path, "create"))
    raw.update({"create": create} if create else {})
    reading, deleting = group.reading, group.deleting
    if reading is not None:
        read = sight.one(group, reading)
        raw["read"] = {**read, **({"record": place.record} if place.record else {})}
    update = change(sight, group, place, (*path, "update"), create)
    raw.update({"update": update} if update else {})
    if deleting is not None:
        raw["delete"] = sight.one(group, deleting)


def _place(sight: Sight, group: Group) -> Place | None:
    """The record as it is read; else as it is listed, or as its creation answers it."""
    parameter = next(iter(group.by_parameter.values()), "id")
    if group.reading is not None:
        found = record_in(sight.shapes, success(group.reading), group.name, parameter)
        if found is not None:
            return found
    if group.listing is not None:
        items = items_in(sight.shapes, success(group.listing), group.plural)
        found = record_in(sight.shapes, items[1], group.name, parameter) if items else None
        if found is not None and found.record == "":
            return found
    if group.creating is None:
        return None
    found = record_in(sight.shapes, success(group.creating), group.name, parameter)
    return Place("", found.id, found.schema) if found else None


def _unknown(sight: Sight, group: Group, place: Place, path: Path) -> str:
    operation = group.reading or group.updating or group.deleting
    schema = sight.shapes.at(place.schema, parts_of(place.id)) or {}
    if operation is not None:
        name = group.by_parameter[operation.name]
        schema = next((p.schema for p in operation.parameters if p.name == name), schema)
    examples = [sight.samples.value(sight.shapes.at(place.schema, parts_of(place.id)) or {})]
    found = sight.samples.unknown_id(schema, examples)
    if found is None:
        sight.draft.ask((*path, "unknown"), "write an id that fits its schema and names nothing.")
    return found or "unknown"


def _absent(sight: Sight, group: Group, path: Path) -> int:
    if group.reading is None or 404 in group.reading.statuses:
        return 404
    declared = [each for each in (410, 204) if each in group.reading.statuses]
    if not declared:
        sight.draft.ask(path, f"{group.reading.name} does not say what an unknown id gets; 404?")
    return declared[0] if declared else 404
