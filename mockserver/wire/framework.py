"""Our contracts, mounted in Connexion: routes, security, validators and handlers by name.

The framework gets each contract as a lowered skeleton (`contract.skeleton`) with an explicit base
path, our security under the scheme `contract`, our parameter and body validators through
`validator_map`, and our resolver. Each of them finds the exchange in the ASGI scope.
"""

from __future__ import annotations

import warnings
from collections.abc import Awaitable, Callable, Iterable
from inspect import Signature
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Message, Receive, Scope

from mockserver.contract import Reply, lower_to_skeleton
from mockserver.contract.skeleton import SECURITY_SCHEME
from mockserver.wire.answering import answer, problem_of, take_body, take_parameters
from mockserver.wire.api import Api
from mockserver.wire.exchange import Exchange, exchange_of
from mockserver.wire.problems import BodyTooLarge
from mockserver.wire.replies import Answered, finish, refuse
from mockserver.wire.security import ContractSecurity

with warnings.catch_warnings():
    # Connexion imports parts of its dependencies that these have deprecated.
    warnings.simplefilter("ignore")
    from connexion import AsyncApp
    from connexion.context import scope as current_scope
    from connexion.datastructures import MediaTypeDict
    from connexion.lifecycle import ConnexionResponse
    from connexion.options import SwaggerUIOptions
    from connexion.resolver import Resolution, Resolver


def build_connexion(
    apis: Iterable[Api], security: ContractSecurity, max_body_bytes: int
) -> AsyncApp:
    """The Connexion application that serves the contracts."""
    app = AsyncApp("mockserver")
    for api in apis:
        app.add_api(
            lower_to_skeleton(api.contract),
            base_path=api.base_path,
            resolver=_ContractResolver(api),
            swagger_ui_options=SwaggerUIOptions(swagger_ui=False, serve_spec=False),
            security_map={SECURITY_SCHEME: lambda: security},
            validator_map={
                "parameter": _ParameterStep,
                "body": MediaTypeDict({"*": _body_step(max_body_bytes)}),
            },
        )
    for kind in (HTTPException, Exception):
        app.add_error_handler(kind, _error_handler)
    return app


class _ContractResolver(Resolver):  # type: ignore[misc]  # ships no types
    """Gives every operation the same endpoint; the exchange says which operation it is."""

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._endpoint = _endpoint(api)

    def resolve(self, operation: Any) -> Resolution:
        """The endpoint under the uid that the skeleton gave the operation."""
        return Resolution(self._endpoint, operation.operation_id)


def _endpoint(api: Api) -> Callable[..., Awaitable[Response]]:
    async def endpoint(**_path: str) -> Response:
        exchange = exchange_of(current_scope)
        reply = exchange.steered.reply or await _answered(api, exchange)
        answered = finish(reply, exchange)
        return Response(answered.body, answered.status, answered.headers)

    # Connexion passes the path parameters by name whatever the signature says, but where it sees
    # `**` it parses query and body once more, in its own way.
    endpoint.__signature__ = Signature()  # type: ignore[attr-defined]
    return endpoint


async def _answered(api: Api, exchange: Exchange) -> Reply:
    """The reply of the handler, at once or, where it takes long, with others in between."""
    operation, call = exchange.operation, exchange.arguments
    assert operation is not None
    gradual = api.gradual.get(operation.operation_id)
    if gradual is None:
        return answer(api, exchange)
    assert call is not None
    return await gradual(exchange.served, call)


class _ParameterStep:
    """Connexion's parameter validator: reads path, query and header values of the exchange."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take what Connexion offers each validator; the contract knows better."""

    def validate(self, scope: Scope) -> None:
        """Fill in the arguments; ViolationError when they break the contract."""
        take_parameters(exchange_of(scope))


def _body_step(max_body_bytes: int) -> type:
    class BodyStep:
        """Connexion's body validator: reads, parses and checks the body of the exchange."""

        def __init__(self, **_: Any) -> None:
            """Take what Connexion offers each validator; the contract knows better."""

        async def wrap_receive(self, receive: Receive, *, scope: Scope) -> tuple[Receive, Scope]:
            """Fill in the body; afterwards there is nothing left to receive."""
            exchange = exchange_of(scope)
            if exchange.operation is not None and exchange.operation.body is not None:
                exchange.body = await _read(receive, max_body_bytes)
                take_body(exchange, exchange.body)
            return _nothing_left, scope

    return BodyStep


async def _read(receive: Receive, limit: int) -> bytes:
    """The whole body, chunked or not; BodyTooLarge once it has more than `limit` bytes."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise BodyTooLarge(limit)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


async def _nothing_left() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _error_handler(request: Any, error: Exception) -> ConnexionResponse:
    exchange = exchange_of(request.scope)
    return _to_connexion(refuse(problem_of(exchange, error), exchange))


def _to_connexion(answered: Answered) -> ConnexionResponse:
    return ConnexionResponse(
        status_code=answered.status, body=answered.body, headers=answered.headers
    )
