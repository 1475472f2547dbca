"""Learning: what the author of a sequence takes note of in the reference's answers."""

from __future__ import annotations

from itertools import count
from typing import Any

from contract_tests import pointers
from contract_tests.bench import Bench
from contract_tests.contract import Operation
from contract_tests.exchanges import Exchange
from contract_tests.packs.differential.bodies import Bodies
from contract_tests.packs.differential.knowledge import Handle, Knowledge
from contract_tests.packs.differential.places import Places
from contract_tests.packs.differential.queries import Queries
from contract_tests.packs.differential.sides import Arena, Side
from contract_tests.packs.differential.steps import Origin, Step, origins_in
from contract_tests.records import id_in

Json = Any


class Learning:
    """What was seen in one sequence, and what expressions see of it."""

    def __init__(self, arena: Arena, places: Places) -> None:
        self.arena = arena
        self.bench: Bench = arena.bench
        self.places = places
        self.knowledge = Knowledge()
        self.queries = Queries(arena, self.knowledge)
        self.bodies = Bodies(arena, self.knowledge)
        self._serials = count(1)
        self._drawn: dict[int, tuple[str, tuple[int, ...]]] = {}
        self._creates: dict[int, Step] = {}
        self._preferred: frozenset[int] = frozenset()

    @property
    def reference(self) -> Side:
        """The side whose answers are drawn from."""
        return self.arena.reference

    def serial(self) -> int:
        """The next serial number."""
        return next(self._serials)

    def may(self, operation: str) -> bool:
        """Whether the run allows to call an operation."""
        plan = self.bench.plan
        if operation in plan.left_out:
            return False
        return plan.contract.operations[operation].is_safe or not plan.is_read_only

    # --- what is seen

    def saw(self, step: Step, exchange: Exchange) -> None:
        """Take note of the reference's answer."""
        if not 200 <= exchange.answer.status < 300:
            return
        operation = self.bench.contract.operations[step.operation]
        if step.makes:
            self._made(step, exchange)
        elif step.search is not None:
            self._found(step)
        elif step.reads and exchange.answer.header("ETag"):
            self.knowledge.etags[step.reads] = Origin(step.serial, "header:ETag")
        if operation.method == "DELETE":
            self._removed(operation, step)
        if operation.is_safe and self._learn_rows(step):
            return
        self.knowledge.learn_body(step, self.reference.body(step.serial), step.reads or step.serial)

    def _made(self, step: Step, exchange: Exchange) -> None:
        resource = self.places.resources[step.makes]
        assert resource.create is not None
        found = id_in(resource.create, exchange)
        if found is None:
            return
        self._creates[step.serial] = step
        place = resource.create.id
        place = place if place.startswith("header:") else f"body:{place}"
        mark, needs = self._drawn.get(step.serial, ("", ()))
        handle = Handle(step.serial, step.makes, Origin(step.serial, place), mark, needs)
        self.knowledge.learn_id(handle, found)

    def _found(self, step: Step) -> None:
        assert step.search is not None
        item = self.reference.items.get(step.serial)
        resource = self.places.resources[step.search.face]
        value = pointers.get(item, resource.id)
        if value is not pointers.MISSING:
            origin = Origin(step.serial, f"item:{resource.id}")
            handle = Handle(step.serial, resource.name, origin, "", (step.search.of,))
            self.knowledge.learn_id(handle, value)

    def _removed(self, operation: Operation, step: Step) -> None:
        """What is gone: a record, and its other faces; not what merely lost something."""
        deletes = [r.delete.operation for r in self.places.resources.values() if r.delete]
        if operation.name in deletes:
            serials = {o.serial for o in step.path.values() if isinstance(o, Origin)}
            faces = {s for h in self.knowledge.handles if h.serial in serials for s in h.needs}
            self.knowledge.gone |= serials | faces

    def _learn_rows(self, step: Step) -> bool:
        collection = self.bench.semantics.collections.get(step.operation)
        if collection is None:
            return False
        body = self.reference.body(step.serial)
        items = pointers.get(body, collection.items)
        total = pointers.MISSING
        if collection.paging is not None and collection.paging.total is not None:
            total = pointers.get(body, collection.paging.total)
        if isinstance(items, list):
            self.knowledge.learn_rows(step.operation, items, total)
            if self.arena.are_twins and not step.path:
                self._meet(step, collection.items, collection.resource, items)
        return True

    def _meet(self, step: Step, at: str, resource: str, items: list[Json]) -> None:
        """Take note of rows that were there before us; where they are the same on both sides."""
        known = {str(self.reference.found(h.origin)) for h in self.knowledge.handles}
        chosen = self.bench.random.sample(range(len(items)), min(len(items), 4))
        for index in chosen:
            place = self.places.resources[resource].id
            value = pointers.get(items[index], place)
            if value is not pointers.MISSING and str(value) not in known:
                origin = Origin(step.serial, f"body:{at}/{index}{place}")
                handle = Handle(-len(self.knowledge.handles) - 1, resource, origin, is_own=False)
                self.knowledge.learn_id(handle, value)
                row = Origin(step.serial, f"body:{at}/{index}")
                self.knowledge.learn_within(row, items[index], handle.serial)

    def names_of(self, handle: Handle) -> Json:
        """What expressions see of a record."""
        return {
            "id": self.reference.found(handle.origin),
            "record": self.reference.records.get(handle.serial),
            "sent": self.reference.sent.get(handle.serial),
            "mark": handle.mark,
        }

    def family(self, step: Step) -> frozenset[int]:
        """The serials of what a step touched, of what that was made for, and of its faces."""
        origins = {o for part in (step.path, step.body) for o in origins_in(part)}
        handles = self.knowledge.handles
        touched = {h.serial for h in handles if h.serial == step.serial or h.origin in origins}
        above = {need for h in handles if h.serial in touched for need in h.needs}
        faces = {h.serial for h in handles if set(h.needs) & (touched | above) and not h.mark}
        return frozenset(touched | above | faces)

    def around(self, step: Step) -> frozenset[int]:
        """The serials of what a step touched, and of all that was made for the same."""
        family = self.family(step)
        siblings = {h.serial for h in self.knowledge.handles if set(h.needs) & family}
        return family | siblings
