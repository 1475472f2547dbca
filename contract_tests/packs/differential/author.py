"""The author: draws sequences, each step from what the reference answered to the ones before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from contract_tests import pointers
from contract_tests.calling import NO_BODY
from contract_tests.contract import Operation
from contract_tests.packs.differential.bodies import marked
from contract_tests.packs.differential.changing import Changing, merged
from contract_tests.packs.differential.knowledge import Handle
from contract_tests.packs.differential.misleading import broken, misled, repeating
from contract_tests.packs.differential.sides import Side
from contract_tests.packs.differential.steps import Search, Step
from contract_tests.semantics import Resource
from contract_tests.semantics.expressions import duration
from contract_tests.values import spoilt

Json = Any
_TICK_S = 2


class Author(Changing):
    """Draws the steps of one sequence. What it draws depends on the seed and the answers alone."""

    def create(
        self,
        name: str,
        needs: Mapping[str, Handle],
        rate: float = 1.0,
        changes: Mapping[str, Json] | None = None,
    ) -> Step | None:
        """A step that makes a record; None where that cannot be drawn."""
        resource = self.places.resources[name]
        create = resource.create
        if create is None or not self.may(create.operation):
            return None
        operation = self.bench.contract.operations[create.operation]
        mark = self.bench.mark(self.arena.group)
        names = {each: self.names_of(handle) for each, handle in needs.items()}
        names |= {"mark": mark, "number": str(self.bench.random.randrange(10**6, 10**7))}
        path = self.bodies.filled(create.path, names)
        template = create.body
        body = self.bodies.filled(template, names) if template is not None else NO_BODY
        if body is pointers.MISSING or path is pointers.MISSING:
            return None
        if changes is not None:
            body = self.bodies.put(body, changes, names)
        elif template is None and operation.body_schema is not None:
            body = self.bodies.drawn(operation, {})
        elif rate:
            body = self.bodies.varied(operation, body, marked(template), rate)
            body = self.bodies.in_capitals(operation, body, marked(template))
        serial = self.serial()
        self._drawn[serial] = mark, tuple(handle.serial for handle in needs.values())
        return self._step(operation, path, {}, body, serial=serial, makes=name)

    def again(self, step: Step) -> Step:
        """The same request once more."""
        serial = self.serial()
        self._drawn[serial] = self._drawn.get(step.serial, ("", ()))
        return replace(step, serial=serial)

    def made_again(self) -> Iterator[Step]:
        """The same creates once more: of a record that is there, and of one that is gone."""
        handles = [h for h in self.knowledge.handles if h.serial in self._creates]
        gone = [h for h in handles if h.serial in self.knowledge.gone]
        there = [h for h in handles if h not in gone]
        for group in (gone, there):
            if group:
                handle = self.bench.random.choice(group)
                yield self.again(self._creates[handle.serial])

    def read(self, handle: Handle) -> Step | None:
        """A step that reads a record."""
        read = self.places.resources[handle.resource].read
        if read is None or not self.may(read.operation):
            return None
        path = self._beside(self.bench.contract.operations[read.operation], handle)
        path[read.parameter] = handle.origin
        return Step(self.serial(), read.operation, path, reads=handle.serial, is_probe=True)

    def look(self, operation: Operation, handle: Handle) -> Step | None:
        """A step that reads something of a record."""
        read = self.places.resources[handle.resource].read
        if read is not None and read.operation == operation.name:
            return self.read(handle)
        if not self.may(operation.name):
            return None
        parameter = operation.parameters_in("path")[0].name
        return Step(self.serial(), operation.name, {parameter: handle.origin}, is_probe=True)

    def listing(self, operation: Operation, query: Mapping[str, Json]) -> Step | None:
        """A step that asks a list, of something or of all."""
        path = self.path(operation)
        if path is None or not self.may(operation.name):
            return None
        return self._step(operation, path, query, NO_BODY, is_probe=True)

    def search(self, handle: Handle, face: str) -> Step | None:
        """A step that finds a record as another resource shows it."""
        resource = self.places.resources[handle.resource]
        how = resource.faces.get(face)
        if how is None or not self.may(how.operation):
            return None
        made = self.names_of(handle)
        query = self.bodies.filled(
            how.query, {"made": made, "record": made["record"], "sent": made["sent"]}
        )
        if query is pointers.MISSING:
            return None
        search = Search(handle.serial, handle.resource, face)
        return Step(self.serial(), how.operation, query=query, search=search, is_probe=True)

    def act(self, operation: Operation) -> Step | None:
        """A step that calls an operation with something drawn; None where nothing can be."""
        if not self.may(operation.name):
            return None
        made = self._making(operation)
        if made is not None:
            return self._create_for(made)
        path = self.path(operation)
        if path is None:
            return None
        if operation.is_safe:
            step = self._step(operation, path, self.queries.any(operation), NO_BODY, is_probe=True)
            return replace(step, headers=self._conditions(operation, path))
        body = self._body(operation, path)
        step = self._step(operation, path, {}, body)
        return replace(step, headers=self._conditions(operation, path))

    def change_all(self, operation: Operation, serial: int = 0) -> Step | None:
        """A step that changes every member that can be changed; None for another operation.

        Of what step `serial` made, or of something drawn.
        """
        resource = self._updated_by(operation)
        path = self._path_for(operation, serial) if resource else None
        if resource is None or path is None or resource.update is None:
            return None
        body: Json = {}
        singles = list(self.changes(resource, path))
        update = resource.update
        rest = len(update.refused) + len(update.clears) + len(update.unchanging)
        for each in singles[: max(1, len(singles) - rest)]:
            body = merged(body, each)
        return self._step(operation, path, {}, body)

    def plain_change(self, operation: Operation, serial: int) -> Step | None:
        """A step that updates what a step made, and changes nothing yet."""
        resource = self._updated_by(operation)
        path = self._path_for(operation, serial) if resource else None
        if resource is None or path is None or resource.update is None:
            return None
        base = self.bodies.filled(resource.update.body, self._names_for_change(path))
        return None if base is pointers.MISSING else self._step(operation, path, {}, base)

    def _path_for(self, operation: Operation, serial: int) -> dict[str, Json] | None:
        self._preferred = frozenset({serial} if serial else ())
        try:
            return self.path(operation) if self.may(operation.name) else None
        finally:
            self._preferred = frozenset()

    def act_on(self, operation: Operation, serial: int) -> Step | None:
        """A step that calls an operation for what a step made."""
        self._preferred = frozenset({serial})
        try:
            return self.act(operation)
        finally:
            self._preferred = frozenset()

    def variants(self, resource: Resource) -> list[dict[str, Json]]:
        """What creates of a resource may be given to tell servers apart, by pointer."""
        assert resource.create is not None
        return self.bodies.variants(
            self.bench.contract.operations[resource.create.operation], resource.create.body
        )

    def refused(self, resource: Resource) -> list[dict[str, Json]]:
        """What a create is declared to refuse, by pointer."""
        return list(resource.create.refused) if resource.create else []

    def misleading(self, step: Step) -> Iterator[Step]:
        """The step again, each time with one thing in its body that is wrong or another's."""
        schema = self.bench.contract.operations[step.operation].body_schema
        if schema is None or step.body is NO_BODY:
            return
        body = _concrete(step.body, self.reference)
        for make in (misled, repeating, broken):
            for other in make(self, schema, body):
                yield replace(self.again(step), body=self.knowledge.tokens(other))

    def beside(self, operation: Operation) -> list[Operation]:
        """Other operations that write to the same kind of record, but do not remove it."""
        owners = set(self.places.owners[operation.name].values())
        return [
            other
            for other in self.bench.contract.operations.values()
            if other.name != operation.name
            and not other.is_safe
            and other.method != "DELETE"
            and owners & set(self.places.owners[other.name].values())
        ]

    def follow(self, step: Step) -> Step | None:
        """A step that does something else with what a step touched; None where nothing can be."""
        family = self.family(step)
        kinds = {handle.resource for handle in self.knowledge.handles if handle.serial in family}
        able = [
            operation
            for operation in self.bench.contract.operations.values()
            if not operation.is_safe and self._can_use(operation, kinds)
        ]
        if not able or not family:
            return None
        self._preferred = family
        try:
            touched = {h.resource for h in self.knowledge.handles if h.serial == step.serial}
            weights = [
                6 if touched & set(self.places.owners[each.name].values()) else 1 for each in able
            ]
            return self.act(self.bench.random.choices(able, weights)[0])
        finally:
            self._preferred = frozenset()

    def _can_use(self, operation: Operation, kinds: set[str]) -> bool:
        owners = set(self.places.owners[operation.name].values())
        made = self._making(operation)
        if made is not None and made.create is not None:
            owners = set(made.create.needs.values())
        return bool(owners) and owners <= kinds

    def _making(self, operation: Operation) -> Resource | None:
        for resource in self.places.resources.values():
            if resource.create is not None and resource.create.operation == operation.name:
                return resource
        return None

    def _create_for(self, resource: Resource) -> Step | None:
        assert resource.create is not None
        needs: dict[str, Handle] = {}
        for name, wanted in resource.create.needs.items():
            read = [h for h in self.knowledge.of(wanted) if self._is_read(h)]
            own = [h for h in read if h.is_own]
            there = own if own and self.bench.random.random() < 0.75 else read
            there = [h for h in there if h.serial in self._preferred] or there
            if not there:
                return None
            needs[name] = self.bench.random.choice(there)
        step = self.create(resource.name, needs)
        return self._spoilt(step) if step and self.bench.random.random() < 0.15 else step

    def _is_read(self, handle: Handle) -> bool:
        return self.reference.records.get(handle.serial) is not None

    def path(self, operation: Operation) -> dict[str, Json] | None:
        """Ids for the path of an operation; None where there is no record for it."""
        path: dict[str, Json] = {}
        # The innermost first: what it lies in is then known.
        named = sorted(
            operation.parameters_in("path"),
            key=lambda each: -operation.path.find("{" + each.name + "}"),
        )
        for parameter in named:
            resource = self.places.owners[operation.name].get(parameter.name)
            found = path.get(parameter.name) or (self._one(resource) if resource else None)
            if found is None:
                return None
            path[parameter.name] = found
            handle = next((h for h in self.knowledge.handles if h.origin == found), None)
            path = {**(self._beside(operation, handle) if handle else {}), **path}
        return path

    def _beside(self, operation: Operation, handle: Handle) -> dict[str, Json]:
        """The ids in the path of an operation that are those of what a record was made for."""
        owners = self.places.owners[operation.name]
        made_for = [each for each in self.knowledge.handles if each.serial in handle.needs]
        return {
            name: each.origin
            for name, resource in owners.items()
            for each in made_for
            if each.resource == resource
        }

    def _one(self, resource: str) -> Json:
        random = self.bench.random
        there = self.knowledge.of(resource)
        preferred = [handle for handle in there if handle.serial in self._preferred]
        if preferred:
            return random.choice(preferred).origin
        chance = random.random()
        gone = [h for h in self.knowledge.handles if h.resource == resource and h not in there]
        if gone and chance < 0.06:
            return random.choice(gone).origin
        if chance > 0.98:
            return self.places.resources[resource].unknown
        own = [handle for handle in there if handle.is_own]
        met = [handle for handle in there if not handle.is_own]
        if own and (not met or random.random() < 0.8):
            return random.choice(own).origin
        return random.choice(met).origin if met else None

    def _body(self, operation: Operation, path: Mapping[str, Json]) -> Json:
        random = self.bench.random
        if operation.body_schema is None or (
            not operation.is_body_required and random.random() < 0.25
        ):
            return NO_BODY
        concrete = {name: self.reference.value(value) for name, value in path.items()}
        self.bodies.near = self.around(Step(0, operation.name, path))
        resource = self._updated_by(operation)
        if resource is not None and random.random() < 0.75:
            body = self.change(resource, path)
        else:
            body = self.bodies.drawn(operation, concrete)
            body = self.bodies.varied(operation, body, set(), 0.5)
        return self.bodies.with_ids(operation, body, concrete) if random.random() < 0.15 else body

    def _updated_by(self, operation: Operation) -> Resource | None:
        for resource in self.places.resources.values():
            if resource.update is not None and resource.update.operation == operation.name:
                return resource
        return None

    def _spoilt(self, step: Step) -> Step:
        operation = self.bench.contract.operations[step.operation]
        schema = operation.body_schema
        if schema is None or step.body is NO_BODY:
            return step
        concrete = _concrete(step.body, self.reference)
        if not self.bench.contract.schemas.fits(schema, concrete):
            return step
        broken = next(spoilt(schema, concrete, self.bench.random, self.bench.contract), None)
        return replace(step, body=self.knowledge.tokens(broken.value)) if broken else step

    def perhaps_spoilt(self, step: Step, chance: float) -> Step:
        """A step, sometimes with one thing wrong in its body."""
        return self._spoilt(step) if self.bench.random.random() < chance else step

    def _conditions(self, operation: Operation, path: Mapping[str, Json]) -> dict[str, Json]:
        """Header parameters, now and then: a condition on the version that was read."""
        names = {each.name.lower(): each.name for each in operation.parameters_in("header")}
        name = names.get("if-none-match") or names.get("if-match")
        if name is None or self.bench.random.random() > 0.08:
            return {}
        known = [h for h in self.knowledge.handles if h.origin in path.values()]
        tags = [self.knowledge.etags[h.serial] for h in known if h.serial in self.knowledge.etags]
        return {name: tags[0]} if tags else {}

    def _step(
        self,
        operation: Operation,
        path: Mapping[str, Json],
        query: Mapping[str, Json],
        body: Json,
        *,
        serial: int = 0,
        makes: str = "",
        is_probe: bool = False,
    ) -> Step:
        tokens = self.knowledge.tokens
        return Step(
            serial or self.serial(),
            operation.name,
            tokens(path),
            tokens(query),
            {},
            body if body is NO_BODY else tokens(body),
            0 if operation.is_safe else _TICK_S,
            makes,
            is_probe=is_probe,
        )

    def later(self, step: Step) -> Step:
        """A step before which more time passes, where the clocks can be moved."""
        lengths = self.bench.semantics.differential.lengths or ("PT1H", "P1D", "P15D")
        if not self.arena.is_frozen:
            return step
        length = duration(self.bench.random.choice(lengths))
        return replace(step, seconds=int(length.total_seconds()))


def _concrete(template: Json, side: Side) -> Json:
    if isinstance(template, Mapping):
        return {name: _concrete(member, side) for name, member in template.items()}
    if isinstance(template, list):
        return [_concrete(member, side) for member in template]
    return side.value(template)
