"""The finale: texts and dates at their edges, and all that follows from what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from typing import Any

from contract_tests import pointers
from contract_tests.contract import Operation
from contract_tests.packs.differential.knowledge import Handle
from contract_tests.packs.differential.looking import some
from contract_tests.packs.differential.sequences import Sequence
from contract_tests.packs.differential.steps import Step
from contract_tests.semantics import Resource

Json = Any
Drawn = Callable[[dict[str, Json]], Step | None]
_MOST_SHOWN = 3
_AT_ONCE = 2


class Finale(Sequence):
    """The last sequence of an operation that writes: on a small scene, seen from all sides."""

    def steps(self) -> Iterator[Step]:
        """The steps; each is to be played, and its answer shown to the author, before the next."""
        resource = self._written()
        if resource is None or not self._author.may(self._focus.name):
            return
        assert resource.create is not None
        for wanted in resource.create.needs.values():
            yield from self._make(self._places.resources[wanted], {}, 0.0)
        owners = list(self._author.knowledge.handles)
        if resource.create.operation == self._focus.name:
            yield from self._made(resource, owners)
        elif resource.update is not None and resource.update.operation == self._focus.name:
            yield from self._updated(resource, owners)
        else:
            yield from self._acted_on(resource, owners)

    def _written(self) -> Resource | None:
        """What the operation makes or changes, where that can be made from a template."""
        focus, resources = self._focus, self._places.resources
        if focus.is_safe or focus.method == "DELETE":
            return None
        made = [r for r in resources.values() if r.create and r.create.operation == focus.name]
        owners = [resources[name] for name in self._places.owners[focus.name].values()]
        for resource in (*made, *owners[:1]):
            return resource if resource.create and resource.create.body is not None else None
        return None

    # --- what is written

    def _made(self, resource: Resource, owners: list[Handle]) -> Iterator[Step]:
        assert resource.create is not None
        for changes in self._author.edges(self._focus, resource.create.body):
            yield from self._tried(changes, lambda chosen: self._creation(resource, chosen))
        made = self._author.knowledge.handles[len(owners) :]
        for handle in made[:-_MOST_SHOWN]:
            yield from self._looks(handle, 1)
        yield from self._all_round([*owners, *made[-_MOST_SHOWN:]])

    def _creation(self, resource: Resource, changes: dict[str, Json]) -> Step | None:
        needs = self._owners(resource)
        if needs is None:
            return None
        return self._author.create(resource.name, needs, changes=changes)

    def _updated(self, resource: Resource, owners: list[Handle]) -> Iterator[Step]:
        author, focus = self._author, self._focus
        yield from self._one_more(resource)
        handle = self._newest(resource)
        plain = author.plain_change(focus, handle.serial) if handle else None
        if handle is None or plain is None:
            return
        for kind in author.pointed_at(focus):
            yield from self._one_more(kind)
        yield from self._faces_of([handle, *owners])
        views = self._views()
        yield from self._seen(views)  # what is kept from now on must not be shown later
        in_turn = self._seen(cycle(views))
        for body in author.pointing(focus, plain.path):
            yield author.changed(plain, {pointers.joined([n]): v for n, v in body.items()})
            yield from islice(in_turn, _AT_ONCE)
        yield from some(author.change_all(focus, handle.serial))
        yield from self._all_round([handle, *owners])
        for changes in author.edges(focus, plain.body):
            yield from self._tried(changes, lambda chosen: author.changed(plain, chosen))
            yield from self._looks(handle, 1)
            yield from islice(in_turn, _AT_ONCE)
        yield from self._all_round([handle, *owners])

    def _acted_on(self, resource: Resource, owners: list[Handle]) -> Iterator[Step]:
        author, focus = self._author, self._focus
        for changes in author.edges(focus, {}) or [{}]:
            yield from self._one_more(resource)
            handle = self._newest(resource)
            plain = author.act_on(focus, handle.serial) if handle else None
            if handle is not None and plain is not None:
                yield author.changed(plain, changes) if changes else plain
                yield from self._looks(handle, 1)
        yield from self._all_round([*owners, *author.knowledge.handles[-1:]])

    def _one_more(self, resource: Resource) -> Iterator[Step]:
        needs = self._owners(resource) if resource.create else None
        if needs is not None:
            yield from self._make(resource, needs, 0.0)

    def _newest(self, resource: Resource) -> Handle | None:
        handles = self._author.knowledge.of(resource.name)
        return handles[-1] if handles else None

    def _tried(self, changes: dict[str, Json], drawn: Drawn) -> Iterator[Step]:
        """All changes in one request; where the reference refuses that, one request for each."""
        whole = drawn(changes)
        yield from some(whole)
        if whole is None or len(changes) == 1 or self._did_well(whole):
            return
        for place, value in changes.items():
            yield from some(drawn({place: value}))

    def _did_well(self, step: Step) -> bool:
        answered = self._author.reference.answers.get(step.serial)
        return answered is not None and 200 <= answered.answer.status < 300

    # --- what is seen

    def _views(self) -> list[tuple[Operation, Handle]]:
        """Everything that shows something of any record."""
        return [
            (operation, handle)
            for handle in self._author.knowledge.handles
            for operation in self._places.readers(self._contract, handle.resource)
            if self._author.may(operation.name)
        ]

    def _seen(self, views: Iterable[tuple[Operation, Handle]]) -> Iterator[Step]:
        for operation, handle in views:
            yield from some(self._author.look(operation, handle))

    def _all_round(self, handles: list[Handle]) -> Iterator[Step]:
        """Look at records in every way, as other families show them too, and at their lists."""
        for handle in handles:
            yield from self._looks(handle, 9)
        yield from self._faces_of(handles)
        faces = [h for h in self._author.knowledge.handles if self._is_face(h, handles)]
        for handle in faces:
            yield from self._looks(handle, 9)
        kinds = {handle.resource for handle in (*handles, *faces)}
        for name, collection in self._author.bench.semantics.collections.items():
            operation = self._contract.operations[name]
            narrow = self._author.queries.narrow(operation)
            is_open = bool(narrow) or not collection.needs_filter
            if collection.resource in kinds and is_open and not operation.parameters_in("path"):
                yield from some(self._author.listing(operation, narrow))

    def _faces_of(self, handles: list[Handle]) -> Iterator[Step]:
        """Find the other faces of records, where they are not known yet."""
        for handle in handles:
            for face in self._places.resources[handle.resource].faces:
                known = self._author.knowledge.of(face)
                if not any(self._is_face(each, [handle]) for each in known):
                    yield from some(self._author.search(handle, face))

    def _is_face(self, handle: Handle, of: list[Handle]) -> bool:
        return not handle.mark and any(each.serial in handle.needs for each in of)
