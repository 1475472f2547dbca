"""From operationId to handler by name: tag `bookings`, id `createBooking` → `create_booking`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from importlib import import_module

from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.domain.agenda import catch_up
from mockserver.domain.world import World
from mockserver.errors import SetupError
from mockserver.worlds import ServedWorld

Handler = Callable[[World, Arguments], Awaitable[Reply]]
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def handler_name(operation_id: str) -> str:
    """The function name of an operationId: `listCustomers` → `list_customers`."""
    return _HUMP.sub("_", operation_id).lower()


class Families:
    """The documented families: finds every handler at start, brings the world up to date first."""

    def __init__(self, contract: Contract) -> None:
        self._handlers = {o.uid: _handler(o) for o in contract.operations}

    async def answer(self, operation: Operation, served: ServedWorld, call: Arguments) -> Reply:
        """The reply of the operation's handler; what time has made due happens before it."""
        catch_up(served.world)
        return await self._handlers[operation.uid](served.world, call)


def _handler(operation: Operation) -> Handler:
    name = handler_name(operation.operation_id)
    try:
        module = import_module(f"mockserver.api.{operation.tag}")
        handler: Handler = getattr(module, name)
    except (ImportError, AttributeError) as error:
        raise SetupError(
            f"{operation.operation_id} has no handler: write {name} in api/{operation.tag}.py."
        ) from error
    return handler
