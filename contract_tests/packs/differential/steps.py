"""Steps of a sequence: requests that can be played on any server, again and again.

What one server calls `cust_1` another calls `7`. A step holds no id of either; it says where the id
is found: in the answer to which earlier step, and at which place of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from contract_tests.calling import NO_BODY

Json = Any


@dataclass(frozen=True, slots=True)
class Origin:
    """A value of an earlier answer: step `serial`, `place` a pointer into its body, or a header.

    A place is `body:/id`, `header:Location` (its last segment), `header:ETag`, or `item:/id`, for
    the item that a search found.
    """

    serial: int
    place: str


@dataclass(frozen=True, slots=True)
class Search:
    """What a list is searched for: what step `of` made (a `resource`), as `face` shows it."""

    of: int
    resource: str
    face: str


@dataclass(frozen=True, slots=True)
class Step:
    """One request; path, query, headers and body may hold origins.

    `seconds` pass before it. `makes` names the resource of what it makes, `reads` the step that
    made what it reads. `is_probe`: it only looks. `is_vague`: more than one thing is wrong with it,
    so that right servers may refuse it in different ways.
    """

    serial: int
    operation: str
    path: Mapping[str, Json] = field(default_factory=dict)
    query: Mapping[str, Json] = field(default_factory=dict)
    headers: Mapping[str, Json] = field(default_factory=dict)
    body: Json = NO_BODY
    seconds: int = 0
    makes: str = ""
    reads: int = 0
    search: Search | None = None
    is_probe: bool = False
    is_vague: bool = False

    @property
    def needs(self) -> set[int]:
        """The steps without which it cannot be played."""
        parts = (self.path, self.query, self.headers, self.body)
        found = {each.serial for part in parts for each in origins_in(part)}
        return found | ({self.search.of} if self.search else set())


def origins_in(template: Json) -> Iterator[Origin]:
    """Every origin in a template."""
    if isinstance(template, Origin):
        yield template
    elif isinstance(template, Mapping):
        for member in template.values():
            yield from origins_in(member)
    elif isinstance(template, list):
        for member in template:
            yield from origins_in(member)


def mapped(template: Json, change: Callable[[Json], Json]) -> Json:
    """A template with each of its leaves as `change` makes it."""
    if isinstance(template, Mapping):
        return {name: mapped(member, change) for name, member in template.items()}
    if isinstance(template, list):
        return [mapped(member, change) for member in template]
    return change(template)


def with_parts(step: Step, change: Callable[[Json], Json]) -> Step:
    """A step with each leaf of its path, query, headers and body as `change` makes it."""
    return replace(
        step,
        path=mapped(step.path, change),
        query=mapped(step.query, change),
        headers=mapped(step.headers, change),
        body=mapped(step.body, change),
    )


def playable(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Those of some steps whose needs are among them."""
    there: set[int] = set()
    kept = []
    for step in steps:
        if step.needs <= there:
            kept.append(step)
            there.add(step.serial)
    return tuple(kept)
