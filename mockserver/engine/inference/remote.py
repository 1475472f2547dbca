"""Remote procedure calls that mean CRUD: `POST /pet.create`, `/pets/list`, `/getPet/{id}`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockserver.contract import Operation
from mockserver.engine.inference.identities import identity_of, inside, wrapper_of
from mockserver.engine.inference.model import Kind, Names, Resource, Role
from mockserver.engine.inference.paths import HOLE, Form, Spot, Template, holes, noun_of, text_of
from mockserver.engine.inference.resources import Places
from mockserver.engine.inference.roles import listing_of
from mockserver.engine.inference.verbs import crud_of
from mockserver.engine.names import plain, singular
from mockserver.engine.sheet import NOTHING

Json = Any
Call = tuple[Kind, Operation, Template]
_NEEDED = {Kind.LIST, Kind.CREATE}


def remote_roles(places: Places, spots: list[Spot]) -> dict[str, Role]:
    """The roles of operations that are named by verbs, by uid, and their resources in `places`."""
    groups: dict[Form, list[Call]] = {}
    for spot in spots:
        for operation, template in spot.operations.values():
            called = _called(spot.form)
            if called is not None and operation.method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                groups.setdefault(called[1], []).append((called[0], operation, template))
    roles: dict[str, Role] = {}
    for form, calls in groups.items():
        resource = places.resource_at(form)
        kinds = {kind for kind, _, _ in calls}
        if resource is None and not (len(kinds) > 1 and kinds & _NEEDED):
            continue
        roles.update(_Group(places, form, calls, resource).roles())
    return roles


def _called(form: Form) -> tuple[Kind, Form] | None:
    """The verb of a form and the form of the collection that it speaks of."""
    at = -2 if form[-1] == HOLE and len(form) > 1 else -1
    last = form[at]
    kind, noun = crud_of(last)
    if kind is None:
        return None
    above = form[:at]
    if noun:
        return kind, (*above, singular(noun))
    return (kind, above) if above and above[-1] != HOLE else None


class _Group:
    """The calls that speak of one kind of record."""

    def __init__(
        self, places: Places, form: Form, calls: list[Call], resource: Resource | None
    ) -> None:
        self._places, self._sheet, self._form = places, places.sheet, form
        self._noun = singular(noun_of(form))
        self._calls = calls
        self.resource = resource or self._made()

    def roles(self) -> dict[str, Role]:
        """The roles of the calls; one that cannot be told which record it means has none."""
        found = {call[1].uid: self._role(*call) for call in self._calls}
        return {uid: role for uid, role in found.items() if role is not None}

    def _made(self) -> Resource:
        schema = self._record()
        keys = ((o, k) for _, o, t in self._calls if (k := self._key(o, t, schema)))
        operation, key = next(keys, (None, ""))
        node = self._places.declared(operation, key).get("schema") if operation else None
        identity = identity_of(self._sheet.shapes, schema, key, node, self._noun)
        self._places.place(self._form, identity, schema)
        return self._places.by_form[self._form]

    def _record(self) -> Json:
        order = (Kind.READ, Kind.CREATE, Kind.UPDATE)
        ranked = sorted(
            (call for call in self._calls if call[0] in order),
            key=lambda call: order.index(call[0]),
        )
        for _, operation, _ in ranked:
            schema = self._answer(operation)
            node = inside(self._sheet.shapes, schema, self._wrapper(schema))
            if self._sheet.shapes.flat(node).members:
                return node
        for kind, operation, _ in self._calls:
            listing = listing_of(self._places, operation, self._noun)
            if kind is Kind.LIST and listing is not None:
                return listing.item
        return None

    def _role(self, kind: Kind, operation: Operation, template: Template) -> Role | None:
        resource = self.resource
        scope = template.names[: holes(self._form)]
        key = self._key(operation, template, resource.schema)
        listing = listing_of(self._places, operation, self._noun) if kind is Kind.LIST else None
        if (kind is Kind.LIST and listing is None) or (
            not key and kind in (Kind.READ, Kind.UPDATE, Kind.DELETE)
        ):
            return None
        reason = f"the call {operation.path} means to {kind} {text_of(self._form)}"
        body = self._sheet.body(operation)
        record = resource.schema
        role = Role(kind, reason, resource, scope, key, listing=listing, owners=resource.owners)
        return replace(
            role,
            wrapper=self._wrapper(self._answer(operation), record),
            body_wrapper=self._wrapper(body.schema, record) if body.is_json else (),
        )

    def _answer(self, operation: Operation) -> Json:
        content = self._sheet.success(operation)[1]
        return (content if content.is_json else NOTHING).schema

    def _wrapper(self, schema: Json, record: Json = None) -> Names:
        return wrapper_of(self._sheet.shapes, schema, self._noun, record)

    def _key(self, operation: Operation, template: Template, record: Json) -> str:
        """The parameter or the member of the body that names the record, empty when none does."""
        below = template.names[holes(self._form) :]
        if below:
            return below[-1]
        queries = [str(p.get("name")) for p in self._sheet.parameters(operation)]
        members = self._sheet.shapes.flat(self._sheet.body(operation).schema).members
        noun = plain(self._noun)
        wanted = [noun + "id", "id", noun + "uuid", "uuid", noun, noun + "key", noun + "name"]
        identity = identity_of(self._sheet.shapes, record, "", None, self._noun).member
        wanted += [plain(identity)] if identity else []
        offered = [name for name in [*members, *queries] if name not in template.names]
        by_name = {plain(name): name for name in offered}
        return next((by_name[name] for name in wanted if name in by_name), "")
