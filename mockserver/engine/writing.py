"""From what a client sends to the record that is kept."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from mockserver.engine.facts import agreeing, beginnings_of, is_ending, time_members, told
from mockserver.engine.inference import Resource
from mockserver.engine.patches import is_json_patch, json_patch, merge_patch
from mockserver.engine.seeding import Nursery
from mockserver.engine.shapes import Shape, Shapes
from mockserver.engine.world import Row, World

Json = Any


class Absence(NamedTuple):
    """A member that may be absent from a new record: where the body could have had it, or later."""

    name: str
    is_offered: bool
    is_ending: bool
    is_required: bool
    is_nullable: bool


@dataclass(frozen=True, slots=True)
class Making:
    """What is known of a new record of one shape, made by a body of another, before it is sent.

    `beginnings` and `defaults` are members with their values, `times` those that tell the time.
    """

    beginnings: Mapping[str, Json]
    times: tuple[tuple[str, Json], ...]
    defaults: Mapping[str, Json]
    absences: tuple[Absence, ...]


class Writer:
    """Makes and changes records; the world stays as it is."""

    def __init__(self, nursery: Nursery, shapes: Shapes) -> None:
        self._nursery, self._shapes = nursery, shapes
        self._makings: dict[tuple[str, int], Making] = {}
        self._changes: dict[str, tuple[tuple[str, Json], ...]] = {}

    def made(
        self,
        world: World,
        resource: Resource,
        place: tuple[Json, ...],
        value: Json,
        body: Json,
        asked: Shape,
        chance: random.Random,
    ) -> Json:
        """A new record: what was sent, and what a server adds of its own.

        `asked` is the shape of the body. What a client could have sent and did not is at its
        default, else left out where that may be, else null, else made up.
        """
        shape = self._shapes.flat(resource.schema)
        if body is None or (shape.members and not isinstance(body, dict)):
            body = {}  # a word or a file of which the server makes the record
        if not isinstance(body, dict):
            return body
        making = self._making(resource, asked)
        given = self._nursery.given(world, resource, place, value, chance)
        own = {**making.beginnings, **told(self._shapes, making.times, world.now()), **given}
        sent = {**making.defaults, **body, **self._identity(resource, given)}
        record = self._nursery.drawn(world, resource, {**own, **sent}, chance)
        if not isinstance(record, dict):
            return record
        for each in making.absences:
            is_offered = each.is_offered and each.name not in own
            if each.name not in sent and (is_offered or each.is_ending):
                _leave_out(record, each)
        return {**record, **sent}

    def _making(self, resource: Resource, asked: Shape) -> Making:
        key = (resource.name, id(asked))  # shapes are kept for as long as the document is
        making = self._makings.get(key)
        if making is None:
            making = self._makings[key] = self._read(self._shapes.flat(resource.schema), asked)
        return making

    def _read(self, shape: Shape, asked: Shape) -> Making:
        absences = [
            Absence(
                name,
                asked.named(name) is not None,
                is_ending(self._shapes, name, node),
                name in shape.required,
                self._shapes.flat(node).is_nullable,
            )
            for name, node in shape.members.items()
        ]
        return Making(
            beginnings_of(self._shapes, shape),
            time_members(self._shapes, shape, is_new=True),
            self._defaults(shape, asked),
            tuple(each for each in absences if each.is_offered or each.is_ending),
        )

    def replaced(
        self, resource: Resource, before: Json, body: Json, asked: Shape, now: datetime
    ) -> Json:
        """A record as it was sent, with what only the server decides as it was before."""
        if not isinstance(body, dict) or not isinstance(before, dict):
            return before if body is None else body
        shape = self._shapes.flat(resource.schema)
        identity = resource.identity.member
        kept = {
            name: value
            for name, value in before.items()
            if asked.named(name) is None or name == identity or self._is_read_only(shape, name)
        }
        left_out = [name for name in asked.members if name not in body and name in shape.members]
        defaults = {
            name: self._default(shape, asked, name, before.get(name))
            for name in left_out
            if name not in kept and name in shape.required
        }
        times = self._times(resource, before, body, now)
        return {**defaults, **body, **kept, **times}

    def changed(self, resource: Resource, before: Json, body: Json, now: datetime) -> Json:
        """A record with a change merged in, or with the operations of a JSON Patch applied."""
        if is_json_patch(body):
            return json_patch(before, body)
        if not isinstance(body, dict) or not isinstance(before, dict):
            return before if body is None else body
        shape = self._shapes.flat(resource.schema)
        identity = resource.identity.member
        patch = {name: value for name, value in body.items() if name != identity}
        merged = merge_patch(before, patch)
        for name in [name for name, value in patch.items() if value is None]:
            if name in shape.members and self._shapes.flat(shape.members[name]).is_nullable:
                merged[name] = None
            elif name in shape.required:
                merged[name] = before.get(name)
        return {**merged, **self._times(resource, before, body, now)}

    def _times(
        self, resource: Resource, before: dict[str, Json], body: dict[str, Json], now: datetime
    ) -> dict[str, Json]:
        members = self._changes.get(resource.name)
        if members is None:
            shape = self._shapes.flat(resource.schema)
            members = self._changes[resource.name] = time_members(self._shapes, shape, is_new=False)
        wanted = [each for each in members if each[0] in before and each[0] not in body]
        return told(self._shapes, wanted, now)

    def _defaults(self, shape: Shape, asked: Shape) -> dict[str, Json]:
        """What a member of the body is when it is not sent, as far as the record has it."""
        marks = {name: self._shapes.flat(node).marks for name, node in asked.members.items()}
        return {n: m["default"] for n, m in marks.items() if "default" in m and n in shape.members}

    def _identity(self, resource: Resource, given: dict[str, Json]) -> dict[str, Json]:
        member = resource.identity.member
        return {member: given[member]} if member in given else {}

    def _is_read_only(self, shape: Shape, name: str) -> bool:
        marks = self._shapes.flat(shape.members.get(name)).marks
        return marks.get("readOnly") is True

    def _default(self, shape: Shape, asked: Shape, name: str, before: Json) -> Json:
        member = self._shapes.flat(shape.members[name])
        marks = self._shapes.flat(asked.members[name]).marks
        if "default" in marks:
            return marks["default"]
        return None if member.is_nullable else before

    def merged_where_it_fits(self, resource: Resource, row: Row, body: Json) -> Json:
        """A record with those members of a body that it has under the same name and kind."""
        if not isinstance(body, dict) or not isinstance(row["value"], dict):
            return row["value"]
        shape = self._shapes.flat(resource.schema)
        fitting = agreeing(self._shapes, shape, body)
        fitting.pop(resource.identity.member or "", None)
        return {**row["value"], **fitting}


def _leave_out(record: dict[str, Json], absence: Absence) -> None:
    """Let a member be as absent as the schema allows."""
    if not absence.is_required:
        record.pop(absence.name, None)
    elif absence.is_nullable:
        record[absence.name] = None
