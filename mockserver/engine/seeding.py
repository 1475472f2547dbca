"""The records that a world begins with: made when their place is first looked at.

A record follows from the seed of the world, its resource and its place alone, so that it is the
same whatever was asked before; but the ids of others that it holds are those of records there are.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from mockserver.engine.data import Maker, UnfillableError
from mockserver.engine.inference import Inference, Resource
from mockserver.engine.inference.identities import narrows
from mockserver.engine.names import plain, singular, words
from mockserver.engine.shapes import Shapes
from mockserver.engine.world import PLACES, Row, World, key_of, place_of, text_of
from mockserver.store import Collection

Json = Any
_ON_TOP, _BELOW = 10, 3
_TYPES: dict[str, type] = {"integer": int, "string": str}
_MOST_TRIES = 20
_UUID: dict[str, str] = {"type": "string", "format": "uuid"}
_ID_WORDS = ("id", "uuid", "guid", "sid", "gid")


class Nursery:
    """Makes the records of a world, and numbers those to come."""

    def __init__(self, inference: Inference, shapes: Shapes, maker: Maker) -> None:
        self._inference, self._shapes, self._maker = inference, shapes, maker
        roots = [r for r in inference.resources.values() if r.depth == 0 and not r.is_single]
        self._roots = {plain(resource.singular): resource for resource in reversed(roots)}
        self._keys: dict[str, tuple[tuple[str, Resource], ...]] = {}
        # What is made of a schema is kept by its identity: one object for each resource.
        self._id_nodes: dict[str, Json] = {}

    # --- what is there

    def rows(
        self, world: World, resource: Resource, place: tuple[Json, ...], under: str = ""
    ) -> tuple[Row, ...]:
        """The rows of a place, or of a view, in the order in which they were put."""
        self.settle(world, resource, place, under)
        collection = world.collections[resource.name]
        return (
            collection.rows("under", under) if under else collection.rows("place", place_of(place))
        )

    def find(
        self, world: World, resource: Resource, place: tuple[Json, ...], value: Json
    ) -> Row | None:
        """The row with an id. Where nobody can know the ids there are, any id that fits is one."""
        self.settle(world, resource, place)
        key = key_of(place_of(place), value)
        row = world.collections[resource.name].get(key)
        if row is not None or resource.name in self._inference.known or resource.is_single:
            return row
        if text_of(value) in self._note(world, resource, place_of(place))["gone"]:
            return None
        return self.put(world, resource, place, value)

    def note_gone(self, world: World, resource: Resource, row: Row) -> None:
        """Remember a deleted id, where every other id exists."""
        if resource.name not in self._inference.known and not resource.is_single:
            note = self._note(world, resource, row["place"])
            gone = [*note["gone"], text_of(row["id"])]
            world.collections[PLACES].put({**note, "gone": gone})

    def birth(self, world: World, resource: Resource, place: tuple[Json, ...]) -> random.Random:
        """The stream of chance for the next record that a client makes in a place."""
        where = place_of(place)
        note = self._note(world, resource, where)
        world.collections[PLACES].put({**note, "made": note["made"] + 1})
        return world.ids.stream(f"{resource.path}/{where}+{note['made']}")

    # --- making it

    def settle(
        self, world: World, resource: Resource, place: tuple[Json, ...], under: str = ""
    ) -> None:
        """Make the records that a place begins with, unless it has been looked at."""
        where = under or place_of(place)
        if f"{resource.name}:{where}" in world.collections[PLACES]:
            return
        count = self._count(resource, place, under)
        start = self._number_of_first(resource)
        note = {"key": f"{resource.name}:{where}", "next": start, "made": 0, "gone": []}
        world.collections[PLACES].put(note)
        if under:
            self.settle(world, resource, place)
        for number in range(count):
            self._put_numbered(world, resource, place, number, under)

    def _count(self, resource: Resource, place: tuple[Json, ...], under: str) -> int:
        if resource.is_single:
            return 1
        if resource.count is not None:
            return resource.count
        if resource.name not in self._inference.known:
            return 1
        return _BELOW if place or under else _ON_TOP

    def _put_numbered(
        self, world: World, resource: Resource, place: tuple[Json, ...], number: int, under: str
    ) -> None:
        where = f"{resource.path}/{place_of(place)}/{under}"
        chance = world.ids.stream(f"{where}#{number}")
        value = "" if resource.is_single else self.fresh_id(world, resource, place, chance)
        if value is not None:
            self.put(world, resource, place, value, (under,) if under else ())

    def put(
        self,
        world: World,
        resource: Resource,
        place: tuple[Json, ...],
        value: Json,
        under: tuple[str, ...] = (),
    ) -> Row:
        """Put the record that an id has at the beginning."""
        key = key_of(place_of(place), value)
        chance = world.ids.stream(f"{resource.path}={key}")
        given = self.given(world, resource, place, value, chance)
        record = self.drawn(world, resource, given, chance)
        row = {
            "key": key,
            "place": place_of(place),
            "id": value,
            "under": list(under),
            "value": record,
        }
        world.collections[resource.name].put(row)
        return row

    def drawn(
        self, world: World, resource: Resource, given: dict[str, Json], chance: random.Random
    ) -> Json:
        """A whole record with the given members; what cannot be drawn is what was given."""
        if resource.schema is None:
            return given
        try:
            return self._maker.draw(
                resource.schema,
                chance,
                now=world.started_at,
                name=resource.singular,
                given=given,
            )
        except UnfillableError:
            return given

    # --- ids

    def fresh_id(
        self, world: World, resource: Resource, place: tuple[Json, ...], chance: random.Random
    ) -> Json:
        """An id that no record of the place has, in the form the document asks for.

        None when the document has no more of them.
        """
        rows = world.collections[resource.name]
        where = place_of(place)
        kinds = {self._shapes.flat(node).kind for node in resource.identity.schemas}
        if kinds & {"integer", "number"}:
            while (value := self._next_number(world, resource, where)) is not None:
                if key_of(where, value) not in rows:
                    return value
        for value in self._candidates(world, resource, chance):
            if key_of(where, value) not in rows:
                return value
        return None

    def accepts_id(self, world: World, resource: Resource, value: Json) -> bool:
        """Whether a value can stand for an id, in the record and in a path."""
        if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
            return False
        return all(self._fits(world, node, value) for node in resource.identity.schemas)

    def _fits(self, world: World, node: Json, value: Json) -> bool:
        kind = self._shapes.flat(node).kind
        if kind == "string" and not isinstance(value, str):
            value = text_of(value)
        if kind == "integer" and isinstance(value, str) and value.isdecimal():
            value = int(value)
        if isinstance(value, _TYPES.get(kind, ())) and not narrows(node):
            return True  # no rule but its type
        try:
            chance = world.ids.late_stream("fits")
            return bool(self._maker.project(node, value, chance, now=world.started_at) == value)
        except UnfillableError:
            return False

    def _candidates(
        self, world: World, resource: Resource, chance: random.Random
    ) -> Iterator[Json]:
        drawn = self._drawn_ids(world, resource, self._node_of_id(resource), chance)
        for value in itertools.chain(resource.identity.examples, drawn):
            if self.accepts_id(world, resource, value):
                yield value

    def _node_of_id(self, resource: Resource) -> Json:
        """What an id is drawn from: its schemas, as far as they say more than a type."""
        if resource.name not in self._id_nodes:
            schemas = resource.identity.schemas or (_UUID,)
            # The path comes first: of two formats the one that requests are held to counts.
            different = [n for at, n in enumerate(schemas) if n not in schemas[:at]]
            telling = [node for node in reversed(different) if narrows(node)]
            whole = telling[0] if len(telling) == 1 else {"allOf": telling}
            self._id_nodes[resource.name] = whole if telling else schemas[0]
        return self._id_nodes[resource.name]

    def _drawn_ids(
        self, world: World, resource: Resource, node: Json, chance: random.Random
    ) -> Iterator[Json]:
        name, parent = resource.identity.member or "id", resource.singular
        for _ in range(_MOST_TRIES):
            try:
                yield self._maker.draw(node, chance, now=world.started_at, name=name, parent=parent)
            except UnfillableError:
                return

    def _number_of_first(self, resource: Resource) -> int:
        wanted = [each for each in resource.identity.examples if isinstance(each, int)]
        marks = [self._shapes.flat(node).marks for node in resource.identity.schemas]
        least = [m["minimum"] for m in marks if isinstance(m.get("minimum"), int | float)]
        return int(max([*wanted[:1], *least, 1]))

    def _next_number(self, world: World, resource: Resource, where: str) -> int | None:
        note = self._note(world, resource, where)
        world.collections[PLACES].put({**note, "next": note["next"] + 1})
        value: int = note["next"]
        return value if self.accepts_id(world, resource, value) else None

    def _note(self, world: World, resource: Resource, where: str) -> Row:
        note = world.collections[PLACES].get(f"{resource.name}:{where}")
        assert note is not None, "a place is settled before anything else happens in it"
        return note

    # --- records that name others

    def given(
        self,
        world: World,
        resource: Resource,
        place: tuple[Json, ...],
        value: Json,
        chance: random.Random,
    ) -> dict[str, Json]:
        """The members that follow from where a record lies: its id, and the ids of others."""
        found = {
            member: chosen
            for member, target in self._foreign_keys(resource)
            if (chosen := self._chosen(world, resource, target, place, chance)) is not None
        }
        if resource.identity.member is not None and value != "":
            found[resource.identity.member] = self.typed(resource, resource.identity.member, value)
        return found

    def typed(self, resource: Resource, member: str, value: Json) -> Json:
        """A value from a path in the type that a member has."""
        kind = self._shapes.member(resource.schema, member).kind
        if kind == "string":
            return text_of(value)
        if kind in ("integer", "number") and isinstance(value, str):
            try:
                return int(value)
            except ValueError:
                return value
        return value

    def _chosen(
        self,
        world: World,
        resource: Resource,
        target: Resource,
        place: tuple[Json, ...],
        chance: random.Random,
    ) -> Json:
        """The id of another record: of the one around it, else of any there is."""
        for owner, number in resource.owners:
            if owner is target and number <= len(place):
                return place[number - 1]
        if f"{target.name}:" not in world.collections[PLACES]:
            self.settle(world, target, ())
        rows: Collection[Row] = world.collections[target.name]
        there = rows.rows("place", "")
        return chance.choice(there)["id"] if there else None

    def _foreign_keys(self, resource: Resource) -> tuple[tuple[str, Resource], ...]:
        """The members that hold the id of a record of another resource."""
        if resource.name not in self._keys:
            shape = self._shapes.flat(resource.schema)
            owners = {plain(owner.singular): owner for owner, _ in resource.owners}
            known = {**self._roots, **owners}
            found = [
                (member, known[noun])
                for member, node in shape.members.items()
                if (noun := _referred(member)) in known
                and known[noun] is not resource
                and self._shapes.flat(node).kind in ("string", "integer")
            ]
            self._keys[resource.name] = tuple(found)
        return self._keys[resource.name]


def _referred(member: str) -> str:
    """What a member such as `owner_id` refers to; empty when it refers to nothing."""
    parts = words(member)
    if len(parts) < 2 or parts[-1] not in _ID_WORDS:
        return ""
    return plain(singular("_".join(parts[:-1])))
