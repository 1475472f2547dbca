"""Changing: bodies that change a record in ways that are declared, and a little beyond."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from contract_tests import pointers
from contract_tests.calling import NO_BODY
from contract_tests.contract import Operation
from contract_tests.packs.differential.learning import Learning
from contract_tests.packs.differential.steps import Step
from contract_tests.semantics import Resource

Json = Any


class Changing(Learning):
    """Draws bodies of updates."""

    def changes(self, resource: Resource, path: Mapping[str, Json]) -> Iterator[Json]:
        """Bodies that change one member each, then those that are declared to be refused."""
        update = resource.update
        assert update is not None
        names = self._names_for_change(path)
        base = self.bodies.filled(update.body, names)
        for pointer, templates in update.values.items():
            for template in templates:
                value = self.bodies.filled(template, names)
                if base is not pointers.MISSING and value is not pointers.MISSING:
                    yield pointers.put(base, pointer, value)
        if base is not pointers.MISSING:
            yield from (pointers.put(base, pointer, None) for pointer in update.clears)
        yield from self._unchanging(update.unchanging, base, names)
        for refused in update.refused:
            body = self.bodies.filled(refused, names)
            if body is not pointers.MISSING and base is not pointers.MISSING:
                yield {**base, **body}

    def edges(self, operation: Operation, body: Json) -> list[dict[str, Json]]:
        """Changes of the body of an operation, by pointer, to what is easily mangled."""
        return self.bodies.edges(operation, {} if body is NO_BODY else body)

    def changed(self, step: Step, changes: Mapping[str, Json]) -> Step:
        """A step with members of its body changed."""
        body = {} if step.body is NO_BODY else step.body
        for place, value in changes.items():
            body = pointers.put(body, place, value)
        return replace(step, serial=self.serial(), body=self.knowledge.tokens(body))

    def _unchanging(
        self, templates: tuple[Json, ...], base: Json, names: Mapping[str, Json]
    ) -> Iterator[Json]:
        for template in templates:
            body = self.bodies.filled(template, names)
            if isinstance(body, dict) and isinstance(base, dict):
                yield {**base, **body}

    def pointed_at(self, operation: Operation) -> list[Resource]:
        """The resources that are made for another, and that members of a body may name."""
        names = self.bodies.pointers_of(operation)
        return [
            resource
            for resource in self.places.resources.values()
            if resource.create is not None
            and resource.create.needs
            and any(stem in resource.name or resource.name in stem for stem in names)
        ]

    def pointing(self, operation: Operation, path: Mapping[str, Json]) -> list[Json]:
        """Bodies that point at something else near what a path names."""
        self.bodies.near = self.around(Step(0, operation.name, path))
        return self.bodies.pointing(operation, path)

    def change(self, resource: Resource, path: Mapping[str, Json]) -> Json:
        """A body that changes one to three members."""
        random = self.bench.random
        update = resource.update
        assert update is not None
        operation = self.bench.contract.operations[update.operation]
        single = list(self.changes(resource, path))
        if not single:
            return self.bodies.drawn(operation, {})
        if random.random() < 0.3:
            return random.choice(single)
        good = single[: len(single) - len(update.refused)] or single
        body: Json = {}
        for each in random.sample(good, min(len(good), random.choice((1, 2, 3)))):
            body = merged(body, each)
        kept = {place for place, template in update.values.items() if "mark" in str(template)}
        body = self.bodies.varied(operation, body, kept, 0.6)
        concrete = {name: self.reference.value(value) for name, value in path.items()}
        body = self.bodies.with_another_id(operation, body, concrete)
        return self.bodies.in_capitals(operation, body, kept)

    def _names_for_change(self, path: Mapping[str, Json]) -> dict[str, Json]:
        """What templates of an update see: the record that the path names, and marks."""
        found: Json = {"id": None, "record": None, "sent": None, "mark": ""}
        for value in path.values():
            handle = next((h for h in self.knowledge.handles if h.origin == value), None)
            found = (
                self.names_of(handle) if handle else {**found, "id": self.reference.value(value)}
            )
        number = str(self.bench.random.randrange(10**6, 10**7))
        return {"made": found, "mark": self.bench.mark(self.arena.group), "number": number, **found}


def merged(one: Json, other: Json) -> Json:
    """Two bodies in one, objects member by member."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return other
    return {**one, **{n: merged(one[n], v) if n in one else v for n, v in other.items()}}
