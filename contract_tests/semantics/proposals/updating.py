"""How a record is changed, as a contract shows it."""

from __future__ import annotations

from typing import Any

from contract_tests.contract import Operation
from contract_tests.pointers import joined, parts_of, put
from contract_tests.semantics.proposals.draft import Path
from contract_tests.semantics.proposals.paths import Group
from contract_tests.semantics.proposals.places import Place, record_in, success
from contract_tests.semantics.proposals.references import References
from contract_tests.semantics.proposals.samples import NOTHING
from contract_tests.semantics.proposals.shapes import accessor, words
from contract_tests.semantics.proposals.sight import Sight

Json = Any
_MOST_REFUSED = 4
# Members whose values only follow each other as the business allows.
_STATES = (["status"], ["state"], ["stage"], ["phase"])


def change(
    sight: Sight, group: Group, place: Place, path: Path, create: dict[str, Json] | None
) -> dict[str, Json] | None:
    """How a record of a group is changed; None when the contract does not show it."""
    operation = group.updating
    if operation is None or operation.body_schema is None:
        return None
    schema, prefix = _writable(sight, operation.body_schema, place)
    raw: dict[str, Json] = sight.one(group, operation)
    values, references = {}, References(sight.groups, sight.shapes, group)
    for name, member in sight.shapes.members(schema).items():
        if sight.shapes.flat(member).get("readOnly") or _is_id(group, place, name):
            continue
        if references.of(name, member, joined([name])) is not None:
            continue
        chosen = sight.samples.others(name, member)
        if words(name)[-1:] in _STATES and "enum" in sight.shapes.flat(member):
            sight.draft.ask((*path, "values"), f"which changes of {name} are allowed, and when?")
        elif chosen:
            values[prefix + joined([name])] = chosen
    if not values:
        return None
    if operation.method == "PUT":
        raw["body"] = _whole(sight, group, schema, place, prefix, create)
        sight.draft.note((*path, "body"), "PUT replaces: what does not change is sent again.")
    raw["values"] = values
    clears = [
        prefix + joined([name])
        for name, member in sight.shapes.members(schema).items()
        if sight.shapes.is_nullable(member) and prefix + joined([name]) in values
    ]
    raw.update({"clears": clears} if clears else {})
    echo = sight.echo(_put_all(values), place, (*path, "echo"))
    raw.update({"echo": echo} if echo else {})
    refused = _refused(sight, operation.body_schema, values)
    raw.update({"refused": refused} if refused else {})
    return {**raw, **_update_answer(sight, group, operation)}


def _writable(sight: Sight, schema: Json, place: Place) -> tuple[Json, str]:
    """The schema of the members that may be written, below their wrapper if there is one."""
    members = sight.shapes.members(schema)
    name = next(iter(members), "")
    is_wrapped = len(members) == 1 and place.record == joined([name])
    return (members[name], joined([name])) if is_wrapped else (schema, "")


def _is_id(group: Group, place: Place, name: str) -> bool:
    """Whether a member of a body repeats the id of its record."""
    return joined([name]) == place.id or name in group.by_parameter.values()


def _whole(
    sight: Sight,
    group: Group,
    schema: Json,
    place: Place,
    prefix: str,
    create: dict[str, Json] | None,
) -> Json:
    """Every member that a replacement has to repeat, as the record holds it."""
    members, shown = sight.shapes.members(schema), sight.shapes.members(place.schema)
    sent = create["body"] if create else {}
    always = {
        *sight.shapes.flat(schema).get("required", ()),
        *sight.shapes.flat(place.schema).get("required", ()),
    }
    body: Json = {}
    for name in members:
        if _is_id(group, place, name):
            body = put(body, prefix + joined([name]), "= made.id")
        elif name in shown and (name in always or name in sent):
            body = put(body, prefix + joined([name]), f"= {accessor('made.record', name)}")
    return body


def _refused(sight: Sight, schema: Json, values: dict[str, Json]) -> list[Json]:
    """Bodies with one good member and one bad one."""
    found: list[Json] = []
    good = next((p for p, each in values.items() if isinstance(each[0], str)), None)
    for pointer in values:
        wrong = sight.samples.wrong(sight.shapes.at(schema, parts_of(pointer)) or {})
        if pointer == good or wrong is NOTHING or len(found) == _MOST_REFUSED:
            continue
        body = put({}, good, values[good][0]) if good else {}
        found.append(put(body, pointer, wrong))
    return found


def _update_answer(sight: Sight, group: Group, operation: Operation) -> dict[str, Json]:
    found = record_in(
        sight.shapes, success(operation), group.name, group.by_parameter[operation.name]
    )
    if found is None or len(sight.shapes.members(found.schema)) < 2:
        return {"record": None}
    return {"record": found.record} if found.record else {}


def _put_all(values: dict[str, Json]) -> Json:
    body: Json = {}
    for pointer, each in values.items():
        body = put(body, pointer, each[0])
    return body
