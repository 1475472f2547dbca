"""Sequences: a scene is set, the operation in focus is called in it, and all is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.contract import Operation
from contract_tests.packs.differential.knowledge import Handle
from contract_tests.packs.differential.looking import Looking, some
from contract_tests.packs.differential.steps import Step
from contract_tests.semantics import Resource

Json = Any
_FEW = 4
_MOST_CHANGES = 18
_MOST_QUERIES = 40


class Sequence(Looking):
    """One sequence for one operation, drawn while it is played.

    The first of an operation is a tour: every operation that writes is called once, so that most
    faults show early, whatever the operation. The second is orderly: it tries each change and each
    parameter of the operation by itself. The others are by chance.
    """

    def steps(self) -> Iterator[Step]:
        """The steps; each is to be played, and its answer shown to the author, before the next."""
        yield from self._scene()
        kinds = (self._tour, self._orderly, self._by_chance)
        yield from kinds[min(self._number, 2)]()
        yield from self._everything(1.0 if self._number == 0 else 0.5)
        if self._number != 1 and self._random.random() < 0.5:
            yield from self._after_a_while()

    # --- the scene

    def _scene(self) -> Iterator[Step]:
        if self._author.arena.are_twins:
            yield from self._meet()
        if self._author.bench.plan.is_read_only:
            return
        concerned = self._concerned()
        main = self._main(concerned)
        rate = 0.4 if self._number == 0 else 1.0
        roots = [main, main] if main else []
        others = list(self._places.resources.values()) if self._number == 0 else concerned
        roots += [r for r in others if r is not main and not _needs(r)]
        for resource in roots:
            yield from self._make(resource, {}, rate)
        for resource in self._places.resources.values():
            if _needs(resource) and (resource in concerned or self._random.random() < 0.6):
                yield from self._dependents(resource, 2 if resource in concerned else 1, rate)
        yield from self._faces(concerned)

    def _concerned(self) -> list[Resource]:
        """The resources that the operation is about."""
        focus, found = self._focus, list(self._places.owners[self._focus.name].values())
        collection = self._author.bench.semantics.collections.get(focus.name)
        found += [collection.resource] if collection else []
        for resource in self._places.resources.values():
            operations = {
                each.operation
                for each in (resource.create, resource.read, resource.update, resource.delete)
                if each is not None
            }
            tags = {tag for each in operations for tag in self._contract.operations[each].tags}
            if focus.name in operations or (not found and tags & set(focus.tags)):
                found.append(resource.name)
        return [self._places.resources[name] for name in dict.fromkeys(found)]

    def _main(self, concerned: list[Resource]) -> Resource | None:
        """What others are made for."""
        needed = [name for r in concerned for name in _needs(r)]
        every = [name for r in self._places.resources.values() for name in _needs(r)]
        for name in (*needed, *every):
            return self._places.resources[name]
        return next((r for r in concerned if r.create), None)

    def _make(self, resource: Resource, needs: dict[str, Handle], rate: float) -> Iterator[Step]:
        step = self._author.create(resource.name, needs, rate)
        if step is None:
            return
        yield step
        made = [h for h in self._author.knowledge.handles if h.serial == step.serial]
        if made and resource.create is not None and resource.create.record is None:
            yield from some(self._author.read(made[0]))

    def _dependents(self, resource: Resource, most: int, rate: float) -> Iterator[Step]:
        assert resource.create is not None
        for index in range(2):
            needs: dict[str, Handle] = {}
            for name, wanted in resource.create.needs.items():
                there = [h for h in self._author.knowledge.of(wanted) if h.is_own]
                if there:
                    needs[name] = there[index % len(there)]
            if len(needs) == len(resource.create.needs):
                for _ in range(most if index == 0 else 1):
                    yield from self._make(resource, needs, rate)

    def _faces(self, concerned: list[Resource]) -> Iterator[Step]:
        for handle in [h for h in self._author.knowledge.handles if h.is_own]:
            for face in self._places.resources[handle.resource].faces:
                is_wanted = self._number == 0 or self._places.resources[face] in concerned
                if is_wanted or self._random.random() < 0.25:
                    yield from some(self._author.search(handle, face))

    def _meet(self) -> Iterator[Step]:
        """Look at rows that were there before, so that they can be acted on."""
        concerned = {resource.name for resource in self._concerned()}
        for name, collection in self._author.bench.semantics.collections.items():
            operation = self._contract.operations[name]
            if collection.resource in concerned and not operation.parameters_in("path"):
                step = self._author.listing(operation, {})
                yield from some(step)
                for handle in [h for h in self._author.knowledge.handles if not h.is_own][-2:]:
                    yield from some(self._author.read(handle))
                if self._random.random() < 0.7:
                    yield from some(
                        self._author.listing(operation, self._author.queries.any(operation))
                    )

    # --- the middle

    def _tour(self) -> Iterator[Step]:
        """Every operation that writes, in an order that is drawn, those in focus first."""
        writing = [o for o in self._contract.operations.values() if not o.is_safe]
        self._random.shuffle(writing)
        writing.sort(
            key=lambda o: (o.method == "DELETE" and o is not self._focus, o is not self._focus)
        )
        if self._focus.is_safe:
            yield from some(self._author.act(self._focus))
        for operation in writing:
            for step in (self._author.change_all(operation), self._author.act(operation)):
                if step is None:
                    continue
                yield step
                if not step.makes and self._random.random() < 0.4:
                    yield self._author.again(step)
                yield from self._looked(step, 2)
                yield from self._followed(step, 0.7)
        for step in self._author.made_again():
            yield step
            yield from self._looked(step, 1)

    def _orderly(self) -> Iterator[Step]:
        focus, author = self._focus, self._author
        if focus.is_safe:
            yield from self._asked()
            return
        resource = next(
            (r for r in self._concerned() if r.update and r.update.operation == focus.name), None
        )
        if resource is not None:
            yield from self._changed(resource)
        yield from self._varied()
        for index in range(3):
            step = author.act(focus)
            if step is None:
                return
            yield step
            yield from self._looked(step)
            if index == 0:
                yield author.again(step)
                yield from self._looked(step, 1)
        good = author.change_all(focus) or author.act(focus)
        if good is not None:
            yield from author.misleading(good)
        yield from self._after_others()

    def _after_others(self) -> Iterator[Step]:
        """The operation on a record that another one has changed before."""
        focus, author = self._focus, self._author
        owners = list(self._places.owners[focus.name].values())
        for other in author.beside(focus) if owners else ():
            handles = [h for h in author.knowledge.of(owners[0]) if h.is_own]
            if self._places.resources[owners[0]].create is not None:
                before = len(author.knowledge.handles)
                yield from self._make_one(self._places.resources[owners[0]])
                handles = author.knowledge.handles[before:][:1] or handles
            if handles:
                handle = self._random.choice(handles)
                yield from some(author.act_on(other, handle.serial))
                yield from some(author.act_on(focus, handle.serial))
                yield from self._looks(handle, 2)

    def _make_one(self, resource: Resource) -> Iterator[Step]:
        needs = self._owners(resource)
        if needs is not None:
            yield from self._make(resource, needs, 0.5)

    def _varied(self) -> Iterator[Step]:
        """The operation for records made in every telling way."""
        focus, author = self._focus, self._author
        made = next(
            (r for r in self._concerned() if r.create and r.create.operation == focus.name), None
        )
        owners = list(self._places.owners[focus.name].values())
        resource = made or (self._places.resources[owners[0]] if owners else None)
        if resource is None or resource.create is None or resource.create.body is None:
            return
        yield from self._for_others(resource) if made else ()
        refused = author.refused(resource) if made else []
        for changes in [*refused, *author.variants(resource)[: _MOST_CHANGES + _FEW]]:
            needs = self._owners(resource)
            step = (
                author.create(resource.name, needs, changes=changes) if needs is not None else None
            )
            if step is None:
                continue
            yield step
            then = author.follow(step) if made else author.act_on(focus, step.serial)
            yield from some(then)
            yield from self._looked(then or step, 1)

    def _owners(self, resource: Resource) -> dict[str, Handle] | None:
        assert resource.create is not None
        needs: dict[str, Handle] = {}
        for name, wanted in resource.create.needs.items():
            there = [h for h in self._author.knowledge.of(wanted) if h.is_own]
            if not there:
                return None
            needs[name] = self._random.choice(there)
        return needs

    def _for_others(self, resource: Resource) -> Iterator[Step]:
        """Creates for records that were there before, in each state that they can be in."""
        if not self._author.arena.are_twins or resource.create is None:
            return
        for name, collection in self._author.bench.semantics.collections.items():
            operation = self._contract.operations[name]
            if collection.resource not in resource.create.needs.values() or "{" in operation.path:
                continue
            for query in self._author.queries.states(operation):
                before = len(self._author.knowledge.handles)
                yield from some(self._author.listing(operation, query))
                for handle in self._author.knowledge.handles[before:][:1]:
                    yield from some(self._author.read(handle))
                    needs = dict.fromkeys(resource.create.needs, handle)
                    yield from some(self._author.create(resource.name, needs, 0.5))

    def _asked(self) -> Iterator[Step]:
        """Ask in every way, after others have acted."""
        for operation in self._others(4):
            yield from self._acted(operation)
        plain = self._author.listing(self._focus, {})
        yield from some(plain)
        narrow = self._author.queries.narrow(self._focus)
        if narrow:
            yield from some(self._author.listing(self._focus, narrow))
        for query in list(self._author.queries.single(self._focus))[:_MOST_QUERIES]:
            mixed = {**narrow, **query} if self._random.random() < 0.4 else query
            yield from some(self._author.listing(self._focus, mixed))
        for handle in self._author.knowledge.handles[:12]:
            yield from self._looks(handle, 2)
        yield from self._after_others()

    def _changed(self, resource: Resource) -> Iterator[Step]:
        path = self._author.path(self._focus)
        if path is None:
            return
        yield from self._targets(path)
        bodies = self._author.pointing(self._focus, path)
        bodies += list(self._author.changes(resource, path))
        for body in bodies[: _MOST_CHANGES + _FEW]:
            tokens = self._author.knowledge.tokens(body)
            step = Step(self._author.serial(), self._focus.name, path, body=tokens, seconds=2)
            yield step
            yield from self._looked(step, 1)

    def _targets(self, path: dict[str, Json]) -> Iterator[Step]:
        """Make what a change may point at: each kind that it names, in each telling way."""
        author = self._author
        origins = list(path.values())
        above = {n for h in author.knowledge.handles if h.origin in origins for n in h.needs}
        owners = [h for h in author.knowledge.handles if h.serial in above]
        for resource in author.pointed_at(self._focus):
            assert resource.create is not None
            needs = {
                name: owner
                for name, wanted in resource.create.needs.items()
                for owner in owners
                if owner.resource == wanted
            }
            if needs and len(needs) == len(resource.create.needs):
                made = self._contract.operations[resource.create.operation]
                for changes in author.bodies.hinted(made)[:_FEW]:
                    yield from some(author.create(resource.name, needs, changes=changes))

    def _by_chance(self) -> Iterator[Step]:
        focus = self._focus
        others = self._others(self._length)
        for index in range(self._length):
            is_late = self._random.random() < 0.12
            if self._random.random() < 0.5 or not others:
                yield from self._acted(focus, is_late=is_late)
                for _ in range(2 if focus.is_safe else 0):
                    yield from some(self._author.act(focus))
            else:
                yield from self._acted(others[index % len(others)], is_late=is_late)

    def _others(self, most: int) -> list[Operation]:
        """Operations that write, more often those of the same family."""
        writing = [
            operation
            for operation in self._contract.operations.values()
            if not operation.is_safe
            and operation.name != self._focus.name
            and self._author.may(operation.name)
        ]
        if not writing:
            return []
        weights = [3 if set(o.tags) & set(self._focus.tags) else 1 for o in writing]
        return self._random.choices(writing, weights, k=most)

    def _acted(self, operation: Operation, *, is_late: bool = False) -> Iterator[Step]:
        step = self._author.act(operation)
        if step is None:
            return
        step = self._author.perhaps_spoilt(step, 0.1)
        yield self._author.later(step) if is_late else step
        if self._random.random() < 0.12 and not operation.is_safe:
            yield self._author.again(step)
        yield from self._looked(step, 2)
        yield from self._followed(step, 0.4)
        if self._random.random() < 0.06:
            yield from self._author.made_again()


def _needs(resource: Resource) -> list[str]:
    return list(resource.create.needs.values()) if resource.create else []
