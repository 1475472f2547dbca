"""Small servers of foreign contracts: routes, credentials and schemas come from the contract."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contract_tests.contract import Contract, Operation, Parameter, load_contract

Json = Any
CONTRACTS = Path(__file__).parents[3] / "fixtures" / "contracts"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that keeps the contract, its values read by their schemas."""

    path: Mapping[str, Json]
    query: Mapping[str, Json]
    body: Json


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; no body for None."""

    status: int
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """A request that is not taken."""

    def __init__(self, status: int, said: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(said)
        self.status = status
        self.said = said
        self.headers = dict(headers or {})


class Service:
    """A server of one contract. A subclass has a method for each operation, named as it is."""

    contract_file = ""
    error_type = "application/json"
    bad_value = 400

    def __init__(self) -> None:
        self.contract: Contract = load_contract(CONTRACTS / self.contract_file)

    def let_pass(self, seconds: float) -> None:
        """Move the clock of the server, if it has one."""

    def is_let_in(self, operation: Operation, request: Request) -> bool:
        """Whether the credential of a request is good."""
        raise NotImplementedError

    def problem(self, refused: Refused) -> Json:
        """The body of a refusal."""
        raise NotImplementedError

    @property
    def application(self) -> Starlette:
        """The server as an ASGI application."""
        paths = dict.fromkeys(each.path for each in self.contract.operations.values())
        routes = [
            Route(
                self.contract.base_path + path,
                self._endpoint(path),
                methods=list(self.contract.methods_at(path)),
            )
            for path in paths
        ]
        return Starlette(routes=routes, exception_handlers={HTTPException: self._no_route})

    def _endpoint(self, path: str) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            method = "GET" if request.method == "HEAD" else request.method
            operation = self.contract.operation_at(method, request.url.path)
            assert operation is not None, path
            body = await request.body()
            try:
                return self._answer(operation, request, body)
            except Refused as refused:
                return self._refusal(refused)

        return endpoint

    def _answer(self, operation: Operation, request: Request, body: bytes) -> Response:
        if operation.security and not self.is_let_in(operation, request):
            raise Refused(401, "There is no good credential.", {"WWW-Authenticate": "Bearer"})
        call = Call(
            {
                p.name: self._value(p, request.path_params[p.name], 404)
                for p in _in(operation, "path")
            },
            self._query(operation, request),
            self._body(operation, request, body),
        )
        reply: Reply = getattr(self, operation.name)(call)
        content = b"" if reply.body is None else json.dumps(reply.body, ensure_ascii=False).encode()
        media_type = None if reply.body is None else "application/json"
        return Response(content, reply.status, dict(reply.headers), media_type)

    def _query(self, operation: Operation, request: Request) -> dict[str, Json]:
        found = {}
        for parameter in _in(operation, "query"):
            given = request.query_params.getlist(parameter.name)
            if given:
                found[parameter.name] = self._value(parameter, given[-1], self.bad_value)
            elif "default" in parameter.schema:
                found[parameter.name] = parameter.schema["default"]
        return found

    def _value(self, parameter: Parameter, text: str, status: int) -> Json:
        schema = self.contract.document.resolve(parameter.schema)
        value: Json = text
        if schema.get("type") == "integer":
            value = int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else text
        elif schema.get("type") == "boolean":
            value = {"true": True, "false": False}.get(text, text)
        if not self.contract.schemas.fits(parameter.schema, value):
            is_form = schema.get("format") == "uuid"
            raise Refused(self.bad_value if is_form else status, f"{parameter.name} is not good.")
        return value

    def _body(self, operation: Operation, request: Request, body: bytes) -> Json:
        schema = operation.body_schema
        if schema is None:
            return None
        media_type = request.headers.get("content-type", "").split(";")[0].strip()
        if media_type.lower() != "application/json":
            raise Refused(415, "The body is not JSON.")
        try:
            value = json.loads(body)
            json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
        except (ValueError, RecursionError) as error:
            raise Refused(400, "The body is not JSON.") from error
        breaches = self.contract.schemas.breaches(schema, value)
        if breaches:
            raise Refused(self.bad_value, f"{breaches[0].pointer} is not good.")
        return value

    def _refusal(self, refused: Refused) -> Response:
        content = json.dumps(self.problem(refused)).encode()
        return Response(content, refused.status, refused.headers, self.error_type)

    async def _no_route(self, _request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return self._refusal(Refused(error.status_code, error.detail, error.headers))


def _in(operation: Operation, place: str) -> tuple[Parameter, ...]:
    return operation.parameters_in(place)


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """The address of a server on a real socket, as long as the block lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        service.application, log_level="critical", access_log=False, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True, name="foreign")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
