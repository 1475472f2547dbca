"""Preparing: a request that an operation should answer well, with all that it needs made first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from contract_tests import pointers
from contract_tests.acting import scene
from contract_tests.bench import Bench
from contract_tests.calling import NO_BODY
from contract_tests.exchanges import Exchange
from contract_tests.records import Made, Unable
from contract_tests.semantics import Action, Credential, Journey, Resource, Step
from contract_tests.stories import Story, can_be_played

Json = Any


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that should be answered with a 2xx; `made` are the records it is about.

    `mark` is a text of small letters within the body that nothing else on the target holds; empty
    when the body has none.
    """

    operation: str
    path: dict[str, Json] = field(default_factory=dict)
    query: dict[str, Json] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: Json = NO_BODY
    made: tuple[Made, ...] = ()
    mark: str = ""

    @property
    def has_body(self) -> bool:
        """Whether anything is sent as a body."""
        return self.body is not NO_BODY

    def with_body(self, body: Json) -> Prepared:
        """The same with another body."""
        return replace(self, body=body)

    def call(
        self,
        bench: Bench,
        *,
        identity: Credential | str = "valid",
        path: dict[str, Json] | None = None,
        query: dict[str, Json] | None = None,
        headers: dict[str, str] | None = None,
        method: str | None = None,
    ) -> Exchange:
        """Send it, with these in place of its own; headers are added to its own."""
        return bench.call(
            self.operation,
            path=self.path if path is None else path,
            query=self.query if query is None else query,
            headers={**self.headers, **(headers or {})},
            body=self.body,
            identity=identity,
            method=method,
        )


def prepare(bench: Bench, operation: str) -> Prepared:
    """A request for an operation, from whatever is declared of it; Unable when nothing helps.

    What it needs is made. The request itself is not sent.
    """
    for resource in bench.semantics.resources.values():
        found = _of_resource(bench, resource, operation)
        if found is not None:
            return found
    found = _of_collection(bench, operation) or _of_journey(bench, operation)
    return found or _of_contract(bench, operation)


def _of_resource(bench: Bench, resource: Resource, operation: str) -> Prepared | None:
    create, read, update, delete = resource.create, resource.read, resource.update, resource.delete
    if create is not None and create.operation == operation:
        draft = bench.draft(resource.name)
        owners = tuple(draft.needs.values())
        return Prepared(operation, dict(draft.path), body=draft.body, made=owners, mark=draft.mark)
    if read is not None and read.operation == operation and bench.plan.is_read_only:
        return Prepared(operation, {read.parameter: _listed(bench, resource)})
    for each in (read, delete):
        if each is not None and each.operation == operation:
            made = bench.make(resource.name)
            return Prepared(operation, bench.path_to(each, made.id, made), made=(made,))
    if update is not None and update.operation == operation:
        made = bench.make(resource.name)
        number = str(bench.random.randrange(10**6, 10**7))
        mark = bench.mark(made.group)
        names = {name: each.names for name, each in made.needs.items()}
        names |= {"made": made.names, "record": made.record, "mark": mark, "number": number}
        body = update.body
        for pointer, values in update.values.items():
            body = pointers.put(body, pointer, values[0])
        filled = bench.fill(body, **names)
        path = bench.path_to(update, made.id, made)
        return Prepared(operation, path, body=filled, made=(made,))
    for action in resource.actions.values():
        if action.operation == operation:
            return _of_action(bench, resource, action)
    return None


def _listed(bench: Bench, resource: Resource) -> str:
    """The id of any record that a list shows."""
    for name, collection in bench.semantics.collections.items():
        if collection.resource != resource.name or collection.path or collection.needs_filter:
            continue
        items = pointers.get(bench.call(name).answer.json, collection.items)
        found = pointers.get(items, "/0" + resource.id)
        if isinstance(found, str | int):
            return str(found)
    raise Unable(f"read {resource.title}", "no list shows one, and the run is --read-only")


def _of_action(bench: Bench, resource: Resource, action: Action) -> Prepared:
    made = bench.make(resource.name)
    for name in action.after:
        before = scene(bench, made, resource.actions[name])
        path = {before.action.parameter: made.id} if before.action.parameter else {}
        bench.call(before.action.operation, path=path, body=before.body)
    play = scene(bench, made, action)
    path = {action.parameter: made.id} if action.parameter else {}
    involved = (made, *made.needs.values(), *play.needs.values())
    return Prepared(action.operation, path, body=play.body, made=involved)


def _of_collection(bench: Bench, operation: str) -> Prepared | None:
    collection = bench.semantics.collections.get(operation)
    if collection is None:
        return None
    # What the population needs matters here only where the path names it.
    needs = collection.population.needs if collection.population and collection.path else {}
    made = {name: bench.make(resource) for name, resource in needs.items()}
    names = {name: each.names for name, each in made.items()}
    path = bench.fill(collection.path, **names)
    return Prepared(operation, path, made=tuple(made.values()))


def _of_journey(bench: Bench, operation: str) -> Prepared | None:
    for journey, index in _told_of(bench, operation):
        try:
            can_be_played(bench, journey.steps[:index])
        except Unable:
            continue
        story = Story(bench)
        stumble = story.play(journey.steps[:index])
        if stumble is None:
            found = story.arguments(journey.steps[index])
            return Prepared(operation, **found, made=tuple(story.made.values()))
    return None


def _told_of(bench: Bench, operation: str) -> Iterator[tuple[Journey, int]]:
    """Journeys with a step, at the top, that calls an operation and expects it to do well."""
    for journey in bench.semantics.journeys:
        for index, step in enumerate(journey.steps):
            if step.kind == "call" and step.subject == operation and _does_well(step):
                yield journey, index


def _does_well(step: Step) -> bool:
    good = all(isinstance(status, int) and 200 <= status < 300 for status in step.expect)
    return good and step.identity == "valid"


def _of_contract(bench: Bench, operation: str) -> Prepared:
    what = bench.contract.operations[operation]
    needed = [each.name for each in what.parameters if each.is_required]
    if needed:
        raise Unable(
            f"call {operation}",
            f"nothing says what {', '.join(needed)} may be: declare a resource or a journey",
        )
    body = next(iter(what.body_examples.values()), NO_BODY)
    if body is NO_BODY and what.is_body_required:
        raise Unable(f"call {operation}", "its body has no example: declare a resource")
    return Prepared(operation, body=body)
