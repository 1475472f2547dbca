"""The framework serves the contract as it is: common tools can work with the file."""

from __future__ import annotations

import asyncio
from typing import Any

from connexion import AsyncApp
from connexion.resolver import Resolution, Resolver

from mockserver.bundle import contract_path
from tests.documents import read_contract


class _AnyHandler(Resolver):  # type: ignore[misc]
    """Gives every operation the same handler, so that nothing but the document is tried."""

    def __init__(self) -> None:
        super().__init__()
        self.resolved: set[str] = set()

    def resolve(self, operation: Any) -> Resolution:
        """The handler of an operation, under the operation's own name."""

        async def answer(**_arguments: Any) -> tuple[str, int]:
            return "", 200

        self.resolved.add(operation.operation_id)
        return Resolution(answer, operation.operation_id)


def test_every_operation_is_resolved_and_routed() -> None:
    application, resolver = AsyncApp("contract"), _AnyHandler()
    application.add_api(str(contract_path()), resolver=resolver)
    said = asyncio.run(_lifespan(application))
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    names = {each.operation_id for each in read_contract(contract_path()).operations}
    assert resolver.resolved == names


async def _lifespan(application: AsyncApp) -> list[str]:
    """Start and stop an application, and give what it said to that."""
    told = iter(["lifespan.startup", "lifespan.shutdown"])
    said: list[str] = []

    async def receive() -> dict[str, str]:
        return {"type": next(told)}

    async def send(message: dict[str, Any]) -> None:
        said.append(message["type"])

    await application({"type": "lifespan"}, receive, send)
    return said
