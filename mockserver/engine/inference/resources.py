"""Which kinds of records the paths of a document hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mockserver.contract import Operation
from mockserver.engine.inference.identities import agree, identity_of, inside, widened, wrapper_of
from mockserver.engine.inference.lists import list_in
from mockserver.engine.inference.model import Identity, Names, Resource
from mockserver.engine.inference.overrides import with_resource_marks
from mockserver.engine.inference.paths import HOLE, Form, Spot, Template, holes, noun_of, text_of
from mockserver.engine.inference.verbs import crud_of, is_action, is_search
from mockserver.engine.names import same_kind, singular, words
from mockserver.engine.sheet import Sheet

Json = Any
Found = tuple[Names, Json, str]
_BY_ID = frozenset({"id", "by-id", "byid", "by_id"})


class Places:
    """The forms under which records lie, each with its resource."""

    def __init__(self, sheet: Sheet, spots: dict[Form, Spot]) -> None:
        self.sheet = sheet
        self.spots = spots
        self.by_form: dict[Form, Resource] = {}
        self.views: dict[Form, Resource] = {}
        """Forms that show the records of another form: `/projects/{}/tasks` those of `/tasks`."""
        self._below = _parameters_below(spots)
        self._lists: dict[str, Found | None] = {}
        self._names: set[str] = set()

    # --- what is asked of an operation

    def listed(self, operation: Operation) -> Found | None:
        """Where the success of an operation holds a list, or None."""
        if operation.uid not in self._lists:
            noun = noun_of(Template.of(operation.path).form)
            content = self.sheet.success(operation)[1]
            found = list_in(self.sheet.shapes, content.schema, noun) if content.is_json else None
            self._lists[operation.uid] = found
        return self._lists[operation.uid]

    def operation(self, form: Form, method: str) -> Operation | None:
        """The operation of a form and a method."""
        spot = self.spots.get(form)
        return spot.operations[method][0] if spot and method in spot.operations else None

    def item_of(self, form: Form) -> Form | None:
        """The form of one record of a collection, if it has one with operations."""
        item = (*form, HOLE)
        return item if item in self.spots and self._holds_records(self.spots[item]) else None

    # --- finding them

    def find(self) -> None:
        """Find every resource, those around others first."""
        collections = {s.form[:-1] for s in self.spots.values() if self._holds_records(s)}
        for form in sorted(collections, key=lambda form: (holes(form), len(form))):
            self._add_collection(form)
        for spot in self.spots.values():
            known = spot.form in self.by_form or self._is_view(spot) or self._is_search(spot)
            if not known:
                self._add_without_items(spot)

    def _holds_records(self, spot: Spot) -> bool:
        """Whether a form that ends in a parameter is that of one record."""
        if not spot.is_item or (crud_of(spot.form[-2])[0] and spot.form[-2] != HOLE):
            return False
        read = spot.operations.get("GET")
        if read is None:
            return bool({"PUT", "PATCH", "DELETE"} & set(spot.operations))
        writes = {"PUT", "PATCH", "DELETE"} & set(spot.operations)
        return bool(writes) or self.listed(read[0]) is None

    def _add_collection(self, form: Form) -> None:
        if form and form[-1].lower() in _BY_ID and form[:-1] in self.by_form:
            self.views[form] = self.by_form[form[:-1]]
            return
        spot = self.spots[(*form, HOLE)]
        operation, template = next(iter(spot.operations.values()))
        parameter = template.names[-1]
        named = self.declared(operation, parameter)
        node = named.get("schema")
        noun = noun_of(form)
        schema = self._record(form, noun)
        identity = identity_of(self.sheet.shapes, schema, parameter, node, singular(noun))
        identity = replace(identity, examples=self._examples(identity, named))
        identity = widened(self.sheet.shapes, identity, self._schemas_below(form))
        self._add(form, Resource(self._name(form), text_of(form), singular(noun), identity, schema))

    def declared(self, operation: Operation, name: str) -> dict[str, Any]:
        """The path parameter of a name, as it is declared; empty when it is not."""
        declared = self.sheet.parameters(operation)
        return next((p for p in declared if p.get("name") == name and p.get("in") == "path"), {})

    def takes(self, operation: Operation, name: str, resource: Resource) -> bool:
        """Whether a path parameter of an operation takes the ids of a resource."""
        node, shapes = self._schema_of_id(operation, name), self.sheet.shapes
        return node is None or all(agree(shapes, node, e) for e in resource.identity.schemas)

    def _schema_of_id(self, operation: Operation, name: str) -> Json:
        """The schema of a path parameter, of one of its values where it takes several."""
        node = self.declared(operation, name).get("schema")
        shape = self.sheet.shapes.flat(node)
        return shape.items if shape.kind == "array" else node

    def _examples(self, identity: Identity, parameter: dict[str, Any]) -> tuple[Json, ...]:
        """The ids that the document shows: with the parameter, or in the schemas of an id."""
        shown = [parameter.get("example")]
        shown += [self.sheet.shapes.flat(node).marks.get("example") for node in identity.schemas]
        return tuple(e for e in shown if isinstance(e, str | int) and not isinstance(e, bool))[:1]

    def _add_without_items(self, spot: Spot) -> None:
        """A list whose records have no path of their own, or a single record."""
        read = self.operation(spot.form, "GET")
        noun = noun_of(spot.form)
        found = self.listed(read) if read else None
        if found is not None:
            self._place(spot.form, self._identity_below(spot, found[1]), found[1], is_single=False)
        elif read is not None:
            self._add_single(spot, read)
        elif (make := self.operation(spot.form, "POST")) and self._makes_records(spot, make):
            schema = self._wrapped(make, noun) or self.sheet.body(make).schema
            self._place(spot.form, self._identity_below(spot, schema), schema, is_single=False)
        elif {"PUT", "PATCH", "DELETE"} & set(spot.operations) and not is_action(spot.form[-1]):
            write = next(iter(spot.operations.values()))[0]
            identity = Identity(None, (), "one record in each place")
            self._place(spot.form, identity, self._wrapped(write, noun), is_single=True)

    def _identity_below(self, spot: Spot, record: Json) -> Identity:
        """How records without a path of their own are told apart: as paths below them name them."""
        shapes, noun = self.sheet.shapes, singular(noun_of(spot.form))
        operation, name = next(iter(self._below.get(spot.form, ())), (None, ""))
        node = self.declared(operation, name).get("schema") if operation else None
        identity = identity_of(shapes, record, name, node, noun)
        return widened(shapes, identity, self._schemas_below(spot.form))

    def _schemas_below(self, form: Form) -> Iterator[Json]:
        """What the paths below a collection say of the id of a record."""
        for operation, name in self._below.get(form, ()):
            node = self._schema_of_id(operation, name)
            if node is not None:
                yield node

    def _add_single(self, spot: Spot, read: Operation) -> None:
        """A record that is alone in its place, unless what is read depends on the query."""
        asked = [p for p in self.sheet.parameters(read) if p.get("in") == "query"]
        depends = any(p.get("required") for p in asked) and len(spot.operations) == 1
        content = self.sheet.success(read)[1]
        if depends or spot.is_item or not content.is_json:
            return
        schema = self._wrapped(read, noun_of(spot.form))
        if self.sheet.shapes.flat(schema).kind in ("object", ""):
            identity = Identity(None, (), "one record in each place")
            self._place(spot.form, identity, schema, is_single=True)

    def _makes_records(self, spot: Spot, make: Operation) -> bool:
        """Whether a POST without a list beside it puts something into a collection."""
        last = spot.form[-1]
        if spot.is_item or is_action(last) or crud_of(last)[0] or len(words(last)) > 2:
            return False
        return "201" in make.responses and singular(last) != "_".join(words(last))

    def _is_search(self, spot: Spot) -> bool:
        above = self.resource_at(spot.form[:-1])
        asked = [self.operation(spot.form, method) for method in ("GET", "POST")]
        return above is not None and any(
            each is not None and self.shows(above, each, spot.form[-1]) for each in asked
        )

    def shows(self, resource: Resource, operation: Operation, last: str) -> bool:
        """Whether an operation below a collection lists some of its records."""
        found = self.listed(operation)
        if found is None or operation.method not in ("GET", "POST"):
            return False
        known = self.sheet.shapes.flat(resource.schema).reference
        if known and self.sheet.shapes.flat(found[1]).reference == known:
            return True
        return is_search(last)

    def _is_view(self, spot: Spot) -> bool:
        """Whether a form shows the records of a form that has items: noted as a view then."""
        read, make = self.operation(spot.form, "GET"), self.operation(spot.form, "POST")
        found = self.listed(read) if read else None
        if spot.is_item or (found is None and (read is not None or make is None)):
            return False
        node = found[1] if found else self._wrapped(make, noun_of(spot.form)) if make else None
        reference = self.sheet.shapes.flat(node).reference
        last = spot.form[-1]
        for form, resource in self.by_form.items():
            if HOLE in form or resource.is_single or not same_kind(form[-1], last):
                continue
            known = self.sheet.shapes.flat(resource.schema).reference
            if (*form, HOLE) in self.spots and holes(spot.form) and known == reference != "":
                self.views[spot.form] = resource
                return True
        return False

    # --- making one

    def _place(self, form: Form, identity: Identity, schema: Json, *, is_single: bool) -> None:
        noun = singular(noun_of(form))
        name = self._name(form)
        self._add(form, Resource(name, text_of(form), noun, identity, schema, is_single))

    def place(self, form: Form, identity: Identity, schema: Json) -> None:
        """Add a collection that other signs than its paths speak of."""
        self._place(form, identity, schema, is_single=False)

    def _add(self, form: Form, resource: Resource) -> None:
        placed = replace(resource, owners=self.owners_of(form))
        self.by_form[form] = with_resource_marks(placed, self._marks(form))

    def _marks(self, form: Form) -> dict[str, Any]:
        """What the author says of the operations on a collection and its items."""
        marks: dict[str, Any] = {}
        for each in (form, (*form, HOLE)):
            spot = self.spots.get(each)
            for operation, _ in spot.operations.values() if spot else ():
                marks.update(self.sheet.marks(operation))
        return marks

    def owners_of(self, form: Form) -> tuple[tuple[Resource, int], ...]:
        """The resources whose records a form names on its way."""
        ends = [at for at in range(1, len(form)) if form[at] == HOLE]
        known = [(self.resource_at(form[:at]), holes(form[: at + 1])) for at in ends]
        return tuple((resource, number) for resource, number in known if resource is not None)

    def resource_at(self, form: Form) -> Resource | None:
        """The resource whose records lie under a form, if there are several of them."""
        found = self.by_form.get(form)
        return found if found is not None and not found.is_single else None

    def _record(self, form: Form, noun: str) -> Json:
        """The schema of one record: as it is read, else listed, made, or changed."""
        item = (*form, HOLE)
        if (read := self.operation(item, "GET")) and (node := self._wrapped(read, noun)):
            return node
        listing = self.operation(form, "GET")
        if listing is not None and (found := self.listed(listing)):
            return found[1]
        for place, method in ((form, "POST"), (item, "PUT"), (item, "PATCH"), (item, "POST")):
            operation = self.operation(place, method)
            node = self._wrapped(operation, noun) if operation else None
            if node is not None and self.sheet.shapes.flat(node).members:
                return node
        makers = [self.operation(*p) for p in ((form, "POST"), (item, "PUT"), (item, "PATCH"))]
        bodies = [self.sheet.body(each).schema for each in makers if each is not None]
        return next((node for node in bodies if self.sheet.shapes.flat(node).members), None)

    def _wrapped(self, operation: Operation, noun: str) -> Json:
        """The schema of the record that the success of an operation holds, or None."""
        content = self.sheet.success(operation)[1]
        if not content.is_json:
            return None
        place = wrapper_of(self.sheet.shapes, content.schema, singular(noun))
        return inside(self.sheet.shapes, content.schema, place)

    def _name(self, form: Form) -> str:
        """A name that no other resource has: the noun, with what stands before it if need be."""
        literals = [each for each in form if "{" not in each] or ["record"]
        noun = noun_of(form)
        before = literals[: literals.index(noun)] if noun in literals else []
        name = "_".join(words(noun)) or "record"
        while name in self._names and before:
            name = "_".join((*words(before.pop()), name))
        number = 2
        while name in self._names:
            name, number = f"{name}_{number}", number + 1
        self._names.add(name)
        return name


def _parameters_below(spots: dict[Form, Spot]) -> dict[Form, list[tuple[Operation, str]]]:
    """By each form that a parameter follows somewhere: an operation for each spot, and its name."""
    found: dict[Form, list[tuple[Operation, str]]] = {}
    for spot in spots.values():
        operation, template = next(iter(spot.operations.values()))
        for at, part in enumerate(spot.form):
            if part == HOLE:
                name = template.names[holes(spot.form[:at])]
                found.setdefault(spot.form[:at], []).append((operation, name))
    return found
