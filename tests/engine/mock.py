"""A mock of one of the foreign contracts, called without HTTP."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mockserver.clock import Clock, parse_instant
from mockserver.contract import Arguments, Contract, Reply, Routes, build_contract, load_document
from mockserver.contract.parameters import read_path, read_query
from mockserver.engine import Engine, World

CONTRACTS = Path(__file__).parents[2] / "fixtures" / "contracts"
NOW = parse_instant("2026-02-20T15:00:00Z")


@cache
def contract(name: str) -> Contract:
    """A foreign contract by the name of its file."""
    path = CONTRACTS / f"{name}.yaml"
    source = path.read_text()
    return build_contract(load_document(source, str(path)), source)


@cache
def engine(name: str) -> Engine:
    """The engine of a foreign contract; it keeps nothing of any world."""
    return Engine(contract(name))


def document(paths: dict[str, Any], **schemas: Any) -> dict[str, Any]:
    """A small document; the parameters of its paths are texts unless it declares them."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {path: _with_parameters(path, item) for path, item in paths.items()},
        "components": {"schemas": schemas},
    }


def operation(schema: Any = None, status: str = "200", **more: Any) -> dict[str, Any]:
    """An operation with one answer, without content unless there is a schema."""
    content = {} if schema is None else {"content": {"application/json": {"schema": schema}}}
    return {"responses": {status: {"description": "d", **content}}, **more}


def body(schema: Any) -> dict[str, Any]:
    """The member of an operation that takes a body."""
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


def _with_parameters(path: str, item: dict[str, Any]) -> dict[str, Any]:
    names = re.findall(r"{(\w+)}", path)
    place = {"in": "path", "required": True, "schema": {"type": "string"}}
    return {"parameters": [{"name": name, **place} for name in names], **item}


class Mock:
    """One world of a foreign contract; every answer is held to the document."""

    def __init__(self, name: str, *, seed: int = 1, now: datetime = NOW) -> None:
        self._begin(contract(name), engine(name), seed, now)

    @classmethod
    def of(cls, paths: dict[str, Any], **schemas: Any) -> Mock:
        """A mock of a small document."""
        mock = cls.__new__(cls)
        built = build_contract(document(paths, **schemas), "")
        mock._begin(built, Engine(built), 1, NOW)
        return mock

    def _begin(self, contract: Contract, engine: Engine, seed: int, now: datetime) -> None:
        self.engine = engine
        self.world: World = engine.world(seed=seed, clock=Clock.frozen(now))
        self._routes = Routes(contract.operations)

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Reply:
        """The answer to a call, which is in order."""
        match = self._routes.match(path)
        assert match is not None, path
        operation = match.operations[method]
        values, wrong = read_path(operation, match.values(operation))
        asked, also = read_query(
            operation, "&".join(f"{n}={quote(str(v))}" for n, v in query.items())
        )
        assert not [*wrong, *also]
        call = Arguments(values, asked, {}, body, body is not None)
        reply = self.engine.answer_in(operation, self.world, call)
        rule = operation.response_for(reply.status)
        assert rule is not None, reply
        assert set(rule.required_headers) <= set(reply.headers)
        if rule.media_types:
            validator = rule.media_types.match(reply.media_type)
            assert validator is not None, reply.media_type
            problems = validator.problems(reply.body, "body")
            assert not problems, [problem.sentence for problem in problems]
        else:
            assert reply.body is None
        return reply

    def get(self, path: str, **query: Any) -> Any:
        """The body of a GET."""
        return self.call("GET", path, **query).body

    def post(self, path: str, body: Any = None) -> Any:
        """The body of a POST."""
        return self.call("POST", path, body).body

    def state(self) -> str:
        """All rows as text."""
        return json.dumps({name: list(rows) for name, rows in self.world.collections.items()})
