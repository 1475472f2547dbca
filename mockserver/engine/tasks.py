"""One call of an operation, as its role understands it."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import orjson

from mockserver.contract import Arguments, Operation
from mockserver.engine.inference import Resource, Role
from mockserver.engine.replies import Source
from mockserver.engine.world import World, place_of, text_of

Json = Any


class Task(NamedTuple):
    """An operation, its role, the world, and what the caller sent."""

    operation: Operation
    role: Role
    world: World
    call: Arguments

    @property
    def resource(self) -> Resource:
        """The resource of the role."""
        assert self.role.resource is not None, "only roles with a resource ask for it"
        return self.role.resource

    @property
    def place(self) -> tuple[Json, ...]:
        """The path values that name the place of the records."""
        if not self.role.scope:
            return ()
        values = tuple([self.call.path.get(name, "") for name in self.role.scope])
        return values[: self.resource.depth]

    @property
    def under(self) -> str:
        """The place that a view narrows to, with its path values; empty without a view."""
        under = self.role.under
        return filled(under, [self.call.path.get(n, "") for n in self.role.scope]) if under else ""

    @property
    def key(self) -> Json:
        """The id that the caller names, None when there is none; the first one of several."""
        name = self.role.key
        if not name:
            return ""
        if name in self.call.path:
            value = self.call.path[name]
            return value[0] if isinstance(value, list) and value else value
        body = self.call.body if isinstance(self.call.body, dict) else {}
        return body.get(name, self.call.query.get(name))

    @property
    def verb(self) -> str:
        """What an action is called, also where a parameter of the path says it."""
        verb = self.role.verb
        return text_of(self.call.path.get(verb[1:-1], verb)) if verb[:1] == "{" else verb

    @property
    def body(self) -> Json:
        """The record in the body, out of its wrapper; None when none was sent."""
        body = self.call.body
        for name in self.role.body_wrapper:
            body = body.get(name) if isinstance(body, dict) else None
        return body

    @property
    def source(self) -> Source:
        """What made-up parts of the answer come from: they follow from the request alone."""
        return Source(self._chance, self.world.now())

    def _chance(self) -> random.Random:
        call = self.call
        sent = orjson.dumps(
            [dict(call.path), dict(call.query), call.body],
            option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS,
            default=str,
        )
        return self.world.ids.stream(f"{self.operation.uid}?{sent.decode()}")


def filled(path: str, values: list[Json]) -> str:
    """A path with its holes filled, percent-encoded."""
    parts = path.split("{}")
    texts = [place_of([value]) for value in values[: len(parts) - 1]]
    return "".join(part + text for part, text in zip(parts, [*texts, ""], strict=True))


def path_of(resource: Resource, place: tuple[Json, ...], value: Json) -> str:
    """The path of a record."""
    own = place_of([value]) if text_of(value) else ""
    return filled(resource.path, list(place)) + (f"/{own}" if own else "")
