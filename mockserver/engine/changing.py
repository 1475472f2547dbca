"""Answers that change the world: make, replace, change and delete records, act on one."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from mockserver.contract import Reply
from mockserver.engine.effects import effect_of
from mockserver.engine.facts import agreeing
from mockserver.engine.inference import Inference, Resource
from mockserver.engine.inference.identities import inside
from mockserver.engine.names import plain
from mockserver.engine.reading import Reader, absent
from mockserver.engine.replies import UNKNOWN, Fitted, Printer
from mockserver.engine.seeding import Nursery
from mockserver.engine.shapes import Shape, Shapes
from mockserver.engine.sheet import Sheet
from mockserver.engine.tasks import Task, path_of
from mockserver.engine.world import Row, World, key_of, place_of, text_of
from mockserver.engine.writing import Writer
from mockserver.errors import Conflict

Json = Any
_CREATED = (201, 200, 202, 204)
_CHANGED = (200, 204, 202, 201)
_DELETED = (204, 200, 202)


class Changer:
    """Carries out what a call changes."""

    def __init__(
        self,
        sheet: Sheet,
        inference: Inference,
        nursery: Nursery,
        reader: Reader,
        printer: Printer,
        base_path: str,
    ) -> None:
        self._sheet, self._inference, self._nursery = sheet, inference, nursery
        self._reader, self._printer, self._base_path = reader, printer, base_path
        self._writer = Writer(nursery, sheet.shapes)
        self._bodies: dict[str, Json] = {}
        self._below: dict[str, tuple[Resource, ...]] = {}

    @property
    def _shapes(self) -> Shapes:
        return self._sheet.shapes

    def _asked(self, task: Task) -> Shape:
        """The shape of the record that the body may hold."""
        uid = task.operation.uid
        if uid not in self._bodies:
            schema = self._sheet.body(task.operation).schema
            self._bodies[uid] = inside(self._shapes, schema, task.role.body_wrapper)
        return self._shapes.flat(self._bodies[uid])

    # --- making

    def create(self, task: Task) -> Reply:
        """Store what was sent; Conflict ``already_exists`` for an id that is taken."""
        self._reader.demand_owners(task)
        self._nursery.settle(task.world, task.resource, task.place, task.under)
        if task.resource.is_single:
            return self.replace(task)
        row = self._stored(task, task.body, self._given_id(task, task.body))
        return self._made(task, row)

    def _made(self, task: Task, row: Row) -> Reply:
        location = self._base_path + path_of(task.resource, task.place, row["id"])
        return self._reader.shown(task, _CREATED, row, {"Location": location})

    def _given_id(self, task: Task, body: Json) -> Json:
        """The id that the client chose, None when it did not or may not."""
        member = task.resource.identity.member
        if not isinstance(body, dict) or member is None or member not in body:
            return None
        offered = self._asked(task).members.get(member)
        if self._shapes.flat(offered).marks.get("readOnly") is True:
            return None
        value = body[member]
        return value if self._nursery.accepts_id(task.world, task.resource, value) else None

    def _stored(self, task: Task, body: Json, value: Json) -> Row:
        """A new row; one with an id that is taken is replaced where no 409 is declared."""
        world, resource, place = task.world, task.resource, task.place
        is_taken = value is not None and (
            key_of(place_of(place), value) in world.collections[resource.name]
        )
        if is_taken and task.operation.response_for(409) is not None:
            message = f"There is already a {resource.singular} '{text_of(value)}'."
            raise Conflict("already_exists", message, resource.identity.member)
        chance = self._nursery.birth(world, resource, place)
        if value is None:
            value = self._nursery.fresh_id(world, resource, place, chance)
            value = world.ids.uuid4() if value is None else value
        record = self._writer.made(world, resource, place, value, body, self._asked(task), chance)
        return self._put(task, value, record)

    def _put(self, task: Task, value: Json, record: Json) -> Row:
        place = place_of(task.place)
        key = key_of(place, value)
        rows = task.world.collections[task.resource.name]
        before = rows.get(key)
        under = list(before["under"]) if before else [task.under] if task.under else []
        row = {"key": key, "place": place, "id": value, "under": under, "value": record}
        rows.put(row)
        return row

    # --- changing

    def replace(self, task: Task) -> Reply:
        """Store what was sent in place of the record, which is made where the document says so."""
        self._reader.demand_owners(task)
        row = self._reader.found(task)
        if row is None:
            if not self._may_make(task):
                raise absent(task.resource, task.key)
            value = "" if task.resource.is_single else task.key
            return self._made(task, self._stored(task, task.body, value))
        record = self._writer.replaced(
            task.resource, row["value"], task.body, self._asked(task), task.world.now()
        )
        return self._reader.shown(task, _CHANGED, self._kept(task, row, record))

    def _may_make(self, task: Task) -> bool:
        """Whether a PUT makes a record: it can say 201, it only links, or it cannot say 404."""
        operation = task.operation
        is_silent = operation.response_for(404) is None
        says_made = "201" in operation.responses
        return says_made or operation.body is None or is_silent or task.resource.is_single

    def update(self, task: Task) -> Reply:
        """Merge what was sent into the record."""
        row = self._reader.demand(task)
        record = self._writer.changed(task.resource, row["value"], task.body, task.world.now())
        return self._reader.shown(task, _CHANGED, self._kept(task, row, record))

    def act(self, task: Task) -> Reply:
        """Let an action take effect on the record; the answer tells of it."""
        row = self._reader.demand(task)
        shape = self._shapes.flat(task.resource.schema)
        effect = task.role.effect
        if effect is None:
            effect = effect_of(self._shapes, shape, task.verb, task.world.now())
        record = self._writer.merged_where_it_fits(task.resource, row, task.body)
        if isinstance(record, dict):
            record = {**record, **effect}
        return self._reader.shown(task, _CHANGED, self._kept(task, row, record))

    def _kept(self, task: Task, row: Row, record: Json) -> Row:
        kept = {**row, "value": record}
        task.world.collections[task.resource.name].put(kept)
        return kept

    # --- deleting

    def delete(self, task: Task) -> Reply:
        """Remove the record, and all that lies below it."""
        row = self._reader.demand(task)
        self._remove(task.world, task.resource, task.place, row)
        gone = row["value"]
        if isinstance(gone, dict):
            gone = {**gone, "deleted": True, "success": True}
        return self._reader.shown(task, _DELETED, {**row, "value": gone})

    def remove(self, world: World, resource: Resource, row: Row) -> None:
        """Remove a record that no call names, and all that lies below it."""
        place = tuple(unquote(part) for part in row["place"].split("/") if part)
        where = place_of(place)
        is_at_home = where == row["place"] and key_of(where, row["id"]) == row["key"]
        if is_at_home and len(place) == resource.depth:
            self._nursery.settle(world, resource, place)
            self._remove(world, resource, place, row)
        else:  # it was put where no path leads
            world.collections[resource.name].remove(row["key"])

    def _remove(self, world: World, resource: Resource, place: tuple[Json, ...], row: Row) -> None:
        world.collections[resource.name].remove(row["key"])
        self._nursery.note_gone(world, resource, row)
        view = path_of(resource, place, row["id"])
        for other in self._concerned(resource):
            below = any(owner is resource for owner, _ in other.owners)
            rows = world.collections[other.name]
            lost = [r["key"] for r in rows if below and _lies_in(r, row["key"])]
            lost += [r["key"] for r in rows.rows("under", view)]
            for key in dict.fromkeys(lost):
                rows.remove(key)

    def _concerned(self, resource: Resource) -> tuple[Resource, ...]:
        """The resources whose records lie below one of this, or were made in a view."""
        if resource.name not in self._below:
            roles = self._inference.roles.values()
            viewed = {role.resource.name for role in roles if role.under and role.resource}
            self._below[resource.name] = tuple(
                other
                for other in self._inference.resources.values()
                if other.name in viewed or any(owner is resource for owner, _ in other.owners)
            )
        return self._below[resource.name]

    # --- many at once

    def bulk_write(self, task: Task) -> Reply:
        """Make or change every record in the body; those with a known id are changed."""
        self._reader.demand_owners(task)
        self._nursery.settle(task.world, task.resource, task.place, task.under)
        written = [self._written(task, body) for body in _records_in(task.body)]
        value = [row["value"] for row in written] if written else UNKNOWN
        schema = self._printer.form(task.operation, _CHANGED).content.schema
        if self._shapes.flat(schema).kind != "array":
            value = UNKNOWN
        return self._printer.reply(task.operation, _CHANGED, value, task.source)

    def _written(self, task: Task, body: Json) -> Row:
        rows = task.world.collections[task.resource.name]
        value = self._given_id(task, body)
        row = rows.get(key_of(place_of(task.place), value)) if value is not None else None
        if row is None:
            return self._stored(task, body, value)
        record = self._writer.changed(task.resource, row["value"], body, task.world.now())
        return self._kept(task, row, record)

    def bulk_delete(self, task: Task) -> Reply:
        """Remove the records whose ids are named; all of the place when the call names nothing."""
        self._reader.demand_owners(task)
        rows = self._nursery.rows(task.world, task.resource, task.place, task.under)
        named = self._named_ids(task)
        is_bare = not task.call.query and not task.call.body
        for row in rows:
            if is_bare or text_of(row["id"]) in named:
                self._remove(task.world, task.resource, task.place, row)
        return self._printer.reply(task.operation, _DELETED, UNKNOWN, task.source)

    def _named_ids(self, task: Task) -> set[str]:
        noun = plain(task.resource.singular)
        names = {"id", "ids", f"{noun}id", f"{noun}ids", "uuids", "keys"}
        body = task.call.body if isinstance(task.call.body, dict) else {"ids": task.call.body}
        sent = {**body, **task.call.query}
        found = [value for name, value in sent.items() if plain(name) in names]
        ids = [i for each in found for i in (each if isinstance(each, list) else [each])]
        return {text_of(each) for each in ids}

    # --- what fits no pattern

    def other(self, task: Task) -> Reply:
        """A made-up answer that follows from the request: what was sent is told back."""
        statuses = (200, 201, 202, 204)
        schema = self._printer.form(task.operation, statuses).content.schema
        value = UNKNOWN
        shape = self._shapes.flat(schema)
        if shape.members:
            body = task.call.body if isinstance(task.call.body, dict) else {}
            sent = {**task.call.query, **body, **task.call.path}
            given = agreeing(self._shapes, shape, sent)
            value = Fitted(self._printer.drawn(schema, given, task.source))
        return self._printer.reply(task.operation, statuses, value, task.source)


def _lies_in(row: Row, key: str) -> bool:
    place = row["place"]
    return bool(place == key or place.startswith(key + "/"))


def _records_in(body: Json) -> list[Json]:
    """The records of a body: a list, the only list in an object, or the object itself."""
    if isinstance(body, list):
        return body
    if not isinstance(body, dict):
        return []
    lists = [each for each in body.values() if isinstance(each, list)]
    if len(lists) == 1 and all(isinstance(each, dict) for each in lists[0]):
        return lists[0]
    return []
