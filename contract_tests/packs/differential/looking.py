"""Looking: what was touched is looked at, and tried in other ways; in the end, all there is."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.contract import Operation
from contract_tests.packs.differential.author import Author
from contract_tests.packs.differential.knowledge import Handle
from contract_tests.packs.differential.steps import Origin, Step, origins_in


class Looking:
    """The part of a sequence that looks at what was done."""

    def __init__(self, author: Author, focus: Operation, number: int, steps: int) -> None:
        self._author = author
        self._focus = focus
        self._number = number
        self._length = steps
        self._random = author.bench.random
        self._places = author.places
        self._contract = author.bench.contract

    def _looked(self, step: Step, most: int = 3) -> Iterator[Step]:
        """Look at what a step touched."""
        if self._contract.operations[step.operation].is_safe:
            return
        origins = [o for part in (step.path, step.body) for o in origins_in(part)]
        handles = self._author.knowledge.handles
        touched = [h for h in handles if self._is_touched(h, origins, step)]
        for handle in touched[:2]:
            yield from self._looks(handle, most)
        related = [h for h in handles if h not in touched and self._is_related(h, touched)]
        is_removal = self._contract.operations[step.operation].method == "DELETE"
        chosen = (
            related if is_removal else self._random.sample(related, min(len(related), most - 1))
        )
        for handle in chosen:
            readers = self._places.readers(self._contract, handle.resource)
            if readers:
                yield from some(self._author.look(self._random.choice(readers), handle))

    def _is_touched(self, handle: Handle, origins: list[Origin], step: Step) -> bool:
        return handle.serial == step.serial or handle.origin in origins

    def _is_related(self, handle: Handle, touched: list[Handle]) -> bool:
        """Whether a record was made for another, or is another face of it."""
        family = {serial for each in touched for serial in (each.serial, *each.needs)}
        return bool(family & {handle.serial, *handle.needs})

    def _looks(self, handle: Handle, most: int) -> Iterator[Step]:
        readers = self._places.readers(self._contract, handle.resource)
        read = self._places.resources[handle.resource].read
        readers.sort(key=lambda operation: read is None or operation.name != read.operation)
        rest = readers[1:]
        self._random.shuffle(rest)
        for operation in [*readers[:1], *rest][:most]:
            yield from some(self._author.look(operation, handle))

    def _everything(self, share: float) -> Iterator[Step]:
        """Look at all there is, or at a share of it."""
        for handle in list(self._author.knowledge.handles):
            if self._random.random() < (share if handle.is_own else 0.3 * share):
                yield from self._looks(handle, 9)
        for operation in self._contract.operations.values():
            is_list = operation.method == "GET" and not operation.parameters_in("path")
            if is_list and self._random.random() < share:
                yield from self._listed(operation)

    def _listed(self, operation: Operation) -> Iterator[Step]:
        narrow = self._author.queries.narrow(operation)
        if narrow:
            yield from some(self._author.listing(operation, narrow))
        if self._author.arena.are_twins or not narrow:
            query = {} if self._random.random() < 0.4 else self._author.queries.any(operation)
            yield from some(self._author.listing(operation, query))
        if self._number == 0:
            single = list(self._author.queries.single(operation))
            for query in self._random.sample(single, min(len(single), 4)):
                yield from some(self._author.listing(operation, query))

    def _after_a_while(self) -> Iterator[Step]:
        """Let time pass, so that what is due happens, and look again."""
        if not self._author.arena.is_frozen:
            return
        steps = self._everything(0.4)
        first = next(steps, None)
        if first is not None:
            yield self._author.later(first)
            yield from steps

    def _followed(self, step: Step, chance: float) -> Iterator[Step]:
        """Do something else with what a step touched, to see what may still be done with it."""
        if self._contract.operations[step.operation].is_safe:
            return
        for _ in range(3):
            if self._random.random() > chance:
                return
            following = self._author.follow(step)
            if following is not None:
                yield following
                yield from self._looked(following, 1)


def some(step: Step | None) -> Iterator[Step]:
    """A step, where there is one."""
    if step is not None:
        yield step
