"""The answers of `/__admin`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mockserver.clock import instant_text
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.domain.records import Mail
from mockserver.domain.world import World
from mockserver.version import VERSION
from mockserver.worlds import ServedWorld, Worlds


class Admin:
    """Answers the operations of `admin/openapi.yaml` for one server."""

    def __init__(self, worlds: Worlds, contract: Contract) -> None:
        self._worlds = worlds
        self._contract = contract
        self._handlers: dict[str, Callable[[World, Arguments], Reply]] = {
            "getHealth": lambda _world, _call: Reply(200, {"status": "ok"}),
            "getVersion": self._version,
            "getWorld": lambda world, _call: Reply(200, describe(world)),
            "listOutbox": _outbox,
            "resetWorld": self._reset,
        }

    @property
    def answer(self) -> Callable[[Operation, ServedWorld, Arguments], Awaitable[Reply]]:
        """What the edge calls for each request."""
        return self._answer

    async def _answer(self, operation: Operation, served: ServedWorld, call: Arguments) -> Reply:
        return self._handlers[operation.operation_id](served.world, call)

    def _version(self, _world: World, _call: Arguments) -> Reply:
        contract = self._contract
        body = {
            "mockserver": VERSION,
            "contract": contract.title,
            "contract_version": contract.version,
        }
        return Reply(200, body)

    def _reset(self, _world: World, _call: Arguments) -> Reply:
        self._worlds.reset()
        return Reply(204)


def describe(world: World) -> dict[str, Any]:
    """Seed, scenario, clock and the number of rows of a world, as `GET /world` shows them."""
    return {
        "name": world.name,
        "seed": world.seed,
        "scenario": world.scenario,
        "now": instant_text(world.now()),
        "clock": "frozen" if world.clock.is_frozen else "running",
        "collections": {name: len(rows) for name, rows in world.collections.items()},
    }


def _outbox(world: World, call: Arguments) -> Reply:
    kind = call.query.get("kind")
    mails = [_mail(mail) for mail in world.outbox if kind is None or mail.kind == kind]
    return Reply(200, {"data": mails})


def _mail(mail: Mail) -> dict[str, Any]:
    return {
        "id": mail.id,
        "kind": mail.kind,
        "to": mail.to,
        "subject": mail.subject,
        "text": mail.text,
        "customer_id": mail.customer_id,
        "at": instant_text(mail.at),
    }
