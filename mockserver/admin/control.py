"""What the handlers of the admin API work with: the server's worlds, contract and settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from inspect import iscoroutinefunction
from typing import Any

from mockserver.archive import BusinessKeeper, Keeper, SnapshotFiles
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.contract.explain import Explainer
from mockserver.contract.naming import find_handler
from mockserver.contract.recipes import Recipe
from mockserver.store import StoredWorld
from mockserver.traffic import Events, Recorded
from mockserver.worlds import ServedWorld, Worlds

QUESTIONS = frozenset({"findRequests", "findLines", "countRequests"})
"""The operations that change nothing although they are POSTed."""
STREAMED = "streamEvents"
"""The operation that the edge answers itself, event by event."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What to grow another world from; None keeps what the server was started with."""

    seed: int | None = None
    scenario: str | None = None
    size: int | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """The server as its own API sees it.

    `grow` makes a world of a name; `recipes` makes the ways to provoke every answer, once; `replay`
    sends a recorded request again, after the present call; `admin_document` is the contract of this
    API itself.
    """

    worlds: Worlds
    contracts: tuple[Contract, ...]
    grow: Callable[[str, Growth], StoredWorld]
    events: Events
    explainers: tuple[Explainer, ...]
    replay: Callable[[Recorded], None]
    admin_document: dict[str, Any]
    snapshot_files: SnapshotFiles | None = None
    recipes: Callable[[], list[Recipe]] = list
    keeper: Keeper = field(default_factory=BusinessKeeper)


Handler = Callable[[Control, ServedWorld, Arguments], Reply]
Gradual = Callable[[ServedWorld, Arguments], Awaitable[Reply]]


class Admin:
    """Answers the operations of `admin/openapi.yaml`, each by its handler in `admin/<tag>.py`.

    `gradual` answers those that take long, by operationId: their handlers are coroutines, which
    change nothing and let other requests in between.
    """

    def __init__(self, control: Control, contract: Contract) -> None:
        self._control = control
        self._handlers: dict[str, Handler] = {}
        self.gradual: dict[str, Gradual] = {}
        for operation in contract.operations:
            if operation.operation_id == STREAMED:
                continue
            handler = find_handler("mockserver.admin", operation)
            if iscoroutinefunction(handler):
                gradual = partial(self._gradually, operation, handler)
                self.gradual[operation.operation_id] = gradual
            else:
                self._handlers[operation.uid] = handler

    def answer(self, operation: Operation, served: ServedWorld, call: Arguments) -> Reply:
        """The reply of the handler, for the world that `?world=` or the request names."""
        target = self._target(operation, served, call)
        reply = self._handlers[operation.uid](self._control, target, call)
        if operation.method != "GET" and operation.operation_id not in QUESTIONS:
            data = {"operation_id": operation.operation_id, "world": target.name}
            self._control.events.publish("steered", data, world=target.name)
        return reply

    async def _gradually(
        self,
        operation: Operation,
        handler: Callable[[Control, ServedWorld, Arguments], Awaitable[Reply]],
        served: ServedWorld,
        call: Arguments,
    ) -> Reply:
        return await handler(self._control, self._target(operation, served, call), call)

    def _target(self, operation: Operation, served: ServedWorld, call: Arguments) -> ServedWorld:
        """The world that is meant, brought up to date."""
        named = call.query.get("world")
        target = self._control.worlds.pick(named) if named else served
        if operation.tag != "clock":  # those tell how much happens
            self._control.keeper.catch_up(target.world)
        return target
