"""A request takes the same steps among a thousand operations of a document as among ten."""

from __future__ import annotations

import gc
import json
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from mockserver.app import Server
from mockserver.clock import stopwatch_ns
from tests.serving.served import serve

THING = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
}
# A "#" stands for another id at each asking.
CALLS = [
    ("GET", b"/things0", b""),
    ("GET", b"/things0/1", b""),
    ("GET", b"/things1/1/parts", b""),
    ("PATCH", b"/things1/1", b'{"name":"a"}'),
    ("POST", b"/things1", b'{"name":"a"}'),
    ("DELETE", b"/things1/#", b""),
    ("GET", b"/things1/4711", b""),
]


def _answer(schema: Any, status: str = "200") -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"responses": {status: {"description": "d", "content": content}}}


def _document(number: int) -> dict[str, Any]:
    """A document of so many operations, five on each resource, which names it differently."""
    body = {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}
    missing = {"404": {"description": "d"}}
    named = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    paths: dict[str, Any] = {}
    for at in range(number // 5):
        one, several = _answer(THING), _answer({"type": "array", "items": THING})
        one["responses"] |= missing
        paths[f"/things{at}"] = {"get": several, "post": {**body, **_answer(THING, "201")}}
        paths[f"/things{at}/{{id}}"] = {
            "parameters": [named],
            "get": one,
            "patch": {**body, **one},
            "delete": {"responses": {"204": {"description": "d"}, **missing}},
        }
        paths[f"/things{at}/{{id}}/parts"] = {"parameters": [named], "get": several}
    return {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths}


@cache
def _server(number: int) -> Server:
    """A server that makes each answer anew."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "things.json"
        path.write_text(json.dumps(_document(number)))
        return serve(str(path), kept_mib=0)


def _steps(server: Server, method: str, path: bytes, body: bytes) -> int:
    """How many functions are called and left for the second request of a kind."""
    desk = server.desk
    assert desk is not None
    fields = [(b"content-type", b"application/json")] if body else []
    counted = 0

    def count(*_: Any) -> None:
        nonlocal counted
        counted += 1

    def ask(identifier: bytes) -> None:
        line = desk.line(method, path.replace(b"#", identifier), b"")
        sender = desk.sender(fields)
        exchange, credential = desk.open(line, sender)
        desk.take(line, exchange, credential, body)
        desk.answer(line, sender, exchange, stopwatch_ns())

    ask(b"2")
    desk._lines.clear()  # the route is looked for anew
    gc.disable()  # whatever is called when it runs is not counted
    sys.setprofile(count)
    try:
        ask(b"3")
    finally:
        sys.setprofile(None)
        gc.enable()
    return counted


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_a_thousand_operations_take_the_steps_of_ten(method: str, path: bytes, body: bytes) -> None:
    few, many = (_steps(_server(number), method, path, body) for number in (10, 1000))
    assert many == few
