"""The contract is a valid OpenAPI document, and common tools can work with it."""

from __future__ import annotations

import asyncio
from typing import Any

from connexion import AsyncApp
from connexion.resolver import Resolution, Resolver
from openapi_spec_validator import validate

from contract_tests.plan import Plan


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


def test_the_contract_is_valid_openapi(plan: Plan) -> None:
    """It passes openapi-spec-validator."""
    validate(plan.document)


def test_the_contract_starts_in_plain_connexion(plan: Plan) -> None:
    """The framework serves the file as it is: every operation is resolved and routed."""
    application, resolver = AsyncApp("contract"), _AnyHandler()
    application.add_api(str(plan.contract), resolver=resolver)
    said = asyncio.run(_lifespan(application))
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert resolver.resolved == {operation.name for operation in plan.operations}


def test_every_operation_has_a_name_of_its_own(plan: Plan) -> None:
    """An operationId stands for exactly one operation: links and test names depend on it."""
    names = [operation.name for operation in plan.operations]
    assert len(set(names)) == len(names)


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
