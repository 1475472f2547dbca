"""What a mock of a document keeps of its answers is never shown when it is no longer true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from mockserver.app import Server
from mockserver.engine.replies import Printer
from tests.client import Client
from tests.serving.served import BOOKS, SHOP, client_of, serve

JSON = "application/json"
TASK = {"$ref": "#/components/schemas/Task"}
TASKS = {"type": "array", "items": TASK}
SCHEMAS = {
    "Task": {
        "type": "object",
        "required": ["id", "title"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "title": {"type": "string", "enum": ["dig", "mow", "rake", "sow"]},
            "done": {"type": "boolean"},
            "changed_at": {"type": "string", "format": "date-time", "readOnly": True},
        },
    }
}


def _object(**members: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*members], "properties": members}


# Ways to answer a list, by the path it is answered on.
LISTS: dict[str, Any] = {
    "bare": TASKS,
    "tagged": _object(total={"type": "integer"}, data=TASKS),
    "nested": _object(page=_object(items=TASKS, total={"type": "integer"})),
    "bounded": _object(items={**TASKS, "maxItems": 1000}),
    "stamped": _object(items=TASKS, served_at={"type": "string", "format": "date-time"}),
}


def _answer(schema: Any, status: str = "200") -> dict[str, Any]:
    return {"responses": {status: {"description": "d", "content": {JSON: {"schema": schema}}}}}


def _paths() -> Iterator[tuple[str, dict[str, Any]]]:
    body = {"requestBody": {"content": {JSON: {"schema": TASK}}}}
    named = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    asked = [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}},
        {"name": "title", "in": "query", "schema": {"type": "string"}},
    ]
    for name, listed in LISTS.items():
        made = {**body, **_answer(_object(task=TASK), "201")}
        yield f"/{name}", {"get": {"parameters": asked, **_answer(listed)}, "post": made}
        yield (
            f"/{name}/{{id}}",
            {
                "parameters": [named],
                "get": _answer(TASK),
                "patch": {**body, **_answer(TASK)},
                "delete": {"responses": {"204": {"description": "d"}}},
            },
        )


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A document with every way to answer a list."""
    info = {"title": "Tasks", "version": "1"}
    document = {
        "openapi": "3.0.3",
        "info": info,
        "paths": dict(_paths()),
        "components": {"schemas": SCHEMAS},
    }
    path = tmp_path_factory.mktemp("documents") / "tasks.json"
    path.write_text(json.dumps(document))
    return str(path)


@pytest.fixture(scope="module")
def servers(tasks: str) -> tuple[Server, Server]:
    """One that keeps bytes, and one that does not."""
    return serve(tasks), serve(tasks, kept_mib=0)


def _walk(server: Server, name: str, chance: Random) -> Iterator[bytes]:
    """Lists, reads and changes in turn, the clock moved between them; what was answered."""
    with Client(server.asgi) as client:
        for number in range(12):
            listed = client.get(f"/{name}?limit={chance.choice((2, 50))}")
            yield listed.content
            yield client.get(f"/{name}?title=mow").content
            one = f"/{name}/{chance.choice(sorted(set(_ids(listed.json()))))}"
            yield client.get(one).content
            if number % 2:
                method, url = chance.choice((("POST", f"/{name}"), ("PATCH", one), ("DELETE", one)))
                body = {"json": {"title": "mow"}} if method != "DELETE" else {}
                yield client.request(method, url, **body).content
            server.worlds.default.world.clock.advance(timedelta(minutes=61))


def _ids(body: Any) -> Iterator[str]:
    if isinstance(body, dict):
        yield from (str(value) for name, value in body.items() if name == "id")
    for each in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from _ids(each)


@pytest.mark.parametrize("name", LISTS)
def test_answers_are_those_of_a_server_that_keeps_nothing(
    servers: tuple[Server, Server], name: str
) -> None:
    given, wanted = (list(_walk(each, name, Random(1))) for each in servers)
    assert given == wanted


def test_what_was_shown_is_not_made_again_until_it_changes(
    tasks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    fitted = Printer.fitted

    def counting(self: Printer, schema: Any, value: Any, source: Any) -> Any:
        made.append(value)
        return fitted(self, schema, value, source)

    monkeypatch.setattr(Printer, "fitted", counting)
    with client_of(tasks) as client:
        rows = client.get("/tagged").json()["data"]
        assert len(made) == len(rows)
        client.get("/tagged?limit=3")
        client.get("/tagged")
        assert len(made) == len(rows)
        client.patch(f"/tagged/{rows[0]['id']}", json={"title": "sow"})
        made.clear()
        assert client.get("/tagged").json()["data"][0]["title"] == "sow"
        assert len(made) <= 1


def test_several_documents_share_one_budget() -> None:
    kept = {id(api.kept) for api in serve(BOOKS, SHOP).serving.apis}
    assert len(kept) == 1
