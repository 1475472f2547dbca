"""What each operation does, given the resources."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockserver.contract import Operation
from mockserver.engine.inference.identities import wrapper_of
from mockserver.engine.inference.lists import list_in, with_queries
from mockserver.engine.inference.model import Kind, Listing, Names, Resource, Role
from mockserver.engine.inference.paths import HOLE, Form, Spot, Template, holes, text_of
from mockserver.engine.inference.resources import Places
from mockserver.engine.inference.verbs import SELF, is_action

Json = Any
_ON_ITEM = {
    "GET": Kind.READ,
    "PUT": Kind.REPLACE,
    "PATCH": Kind.UPDATE,
    "POST": Kind.UPDATE,
    "DELETE": Kind.DELETE,
}
_ON_COLLECTION = {"POST": Kind.CREATE, "PUT": Kind.BULK_WRITE, "PATCH": Kind.BULK_WRITE,
                  "DELETE": Kind.BULK_DELETE}  # fmt: skip
_BETWEEN = frozenset({"actions", "action", "commands", "do"})


class Roles:
    """Tells the role of every operation of a document."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._sheet = places.sheet

    def of(self, spot: Spot, operation: Operation, template: Template) -> Role:
        """The role of an operation on its spot; OTHER where nothing fits."""
        form, places = spot.form, self._places
        if spot.is_item and (resource := self._holder(form[:-1])):
            return self._on_item(resource, operation, template)
        resource = places.by_form.get(form) or places.views.get(form)
        if resource is not None and resource.is_single:
            return self._on_single(resource, spot, operation, template)
        if resource is not None:
            under = text_of(form[:-1]) if form in places.views else ""
            return self._on_collection(resource, operation, template, under)
        return self._beside(spot, operation, template)

    def _holder(self, form: Form) -> Resource | None:
        found = self._places.by_form.get(form) or self._places.views.get(form)
        return found if found and not found.is_single and self._places.item_of(form) else None

    def _on_item(self, resource: Resource, operation: Operation, template: Template) -> Role:
        kind = _ON_ITEM.get(operation.method, Kind.OTHER)
        reason = f"{operation.method} on one of {resource.path}: {resource.identity.reason}"
        role = self._role(kind, reason, resource, operation, template.names[:-1])
        return replace(role, key=template.names[-1])

    def _on_single(
        self, resource: Resource, spot: Spot, operation: Operation, template: Template
    ) -> Role:
        above = self._places.resource_at(spot.form[:-1])
        if spot.form[-1] in SELF and above is not None and operation.method in _ON_ITEM:
            reason = f"{spot.form[-1]} stands for the first of {above.path}"
            role = self._role(_ON_ITEM[operation.method], reason, above, operation, template.names)
            return replace(role, is_first=True)
        if operation.method == "POST" and "GET" not in spot.operations:
            return self._beside(spot, operation, template)
        kind = _ON_ITEM.get(operation.method, Kind.OTHER)
        reason = "the only record in its place"
        return self._role(kind, reason, resource, operation, template.names)

    def _on_collection(
        self, resource: Resource, operation: Operation, template: Template, under: str
    ) -> Role:
        if operation.method == "GET":
            return self._listing(resource, operation, template, under, "GET on a collection")
        kind = _ON_COLLECTION.get(operation.method, Kind.OTHER)
        body = self._sheet.shapes.flat(self._sheet.body(operation).schema)
        if kind is Kind.CREATE and body.kind == "array":
            kind = Kind.BULK_WRITE
        reason = f"{operation.method} on the collection {resource.path}"
        role = self._role(kind, reason, resource, operation, template.names)
        owners = self._places.owners_of(template.form)
        role = replace(role, under=under, owners=self._named(owners, operation, template.names))
        member = resource.identity.member
        if kind is Kind.BULK_WRITE and body.kind == "object" and member in body.members:
            reason = f"{reason}: the body names the record by {member}"
            return replace(role, kind=_ON_ITEM[operation.method], key=str(member), reason=reason)
        return role

    def _listing(
        self, resource: Resource, operation: Operation, template: Template, under: str, reason: str
    ) -> Role:
        found = self._places.listed(operation)
        if found is None:
            return Role(Kind.OTHER, f"GET on {resource.path} answers no list")
        listing = with_queries(self._sheet.shapes, found, self._sheet.parameters(operation))
        role = self._role(Kind.LIST, f"{reason}: {found[2]}", resource, operation, template.names)
        owners = self._named(self._places.owners_of(template.form), operation, template.names)
        return replace(role, listing=listing, under=under, owners=owners)

    def _role(
        self,
        kind: Kind,
        reason: str,
        resource: Resource,
        operation: Operation,
        scope: Names,
    ) -> Role:
        shapes = self._sheet.shapes
        answer = self._sheet.success(operation)[1]
        body = self._sheet.body(operation)
        noun, record = resource.singular, resource.schema
        return Role(
            kind,
            reason,
            resource,
            scope,
            wrapper=wrapper_of(shapes, answer.schema, noun, record) if answer.is_json else (),
            body_wrapper=wrapper_of(shapes, body.schema, noun, record) if body.is_json else (),
            owners=self._named(resource.owners, operation, scope),
        )

    def _named(
        self, owners: tuple[tuple[Resource, int], ...], operation: Operation, scope: Names
    ) -> tuple[tuple[Resource, int], ...]:
        """The owners whose ids the path of an operation takes: the same place may mean another."""
        return tuple(
            (owner, number)
            for owner, number in owners
            if number > len(scope) or self._places.takes(operation, scope[number - 1], owner)
        )

    # --- below a collection, or below one of its records

    def _beside(self, spot: Spot, operation: Operation, template: Template) -> Role:
        form, places = spot.form, self._places
        above = places.resource_at(form[:-1])
        if above is not None and places.shows(above, operation, form[-1]):
            return self._listing(above, operation, template, "", f"{form[-1]} shows records")
        record = form[:-2] if len(form) > 2 and form[-2] in _BETWEEN else form[:-1]
        holder = self._holder(record[:-1]) if record and record[-1] == HOLE else None
        if holder is not None and (operation.method != "GET" or is_action(form[-1])):
            reason = f"{form[-1]} happens to one of {holder.path}"
            # What happens may have parameters of its own: `/pets/{id}/actions/{action}`.
            *scope, key = template.names[: holes(record)]
            role = self._role(Kind.ACTION, reason, holder, operation, tuple(scope))
            verb = "{" + template.names[-1] + "}" if form[-1] == HOLE else form[-1]
            return replace(role, key=key, verb=verb)
        return Role(Kind.OTHER, "fits no pattern: a valid answer that follows from the request")


def listing_of(places: Places, operation: Operation, noun: str) -> Listing | None:
    """The list in the answer of an operation, or None."""
    sheet = places.sheet
    content = sheet.success(operation)[1]
    found = list_in(sheet.shapes, content.schema, noun) if content.is_json else None
    return with_queries(sheet.shapes, found, sheet.parameters(operation)) if found else None
