"""A document that nobody here wrote, mounted like ours: routes, media types, styles, replies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from mockserver.bundle import scenario_directory
from mockserver.clock import Clock
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.contract.foreign import foreign_contract, load_foreign
from mockserver.inspector import PAGE
from mockserver.rates import PLANS
from mockserver.seed import grow, load_scenario
from mockserver.traffic import Events, Limits, declare
from mockserver.wire.api import Api
from mockserver.wire.compiled import CompiledDoor, Desk
from mockserver.wire.cors import Cors
from mockserver.wire.credentials import Credentials
from mockserver.wire.edge import Edge
from mockserver.wire.framework import build_connexion
from mockserver.wire.inspecting import Inspector
from mockserver.wire.pages import Pages
from mockserver.wire.security import ContractSecurity
from mockserver.worlds import DEFAULT, WorldKit, Worlds
from tests.client import Client

BIG = 1024 * 1024
ANY = {"type": "object"}
FORM = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}


def _content(*media_types: str, schema: Any = ANY) -> Any:
    return {"content": {name: {"schema": schema} for name in media_types}}


def _operation(answer: str = "application/json", **more: Any) -> Any:
    schema = ANY if answer == "application/json" else {"type": "string"}
    fine = {"description": "Fine.", **_content(answer, schema=schema)}
    refused = {"description": "Refused.", **_content("application/problem+json")}
    return {"responses": {"200": fine, "default": refused}, **more}


FORMS = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Foreign", "version": "1"},
    "paths": {
        "/forms": {"post": _operation(requestBody=_content(*FORMS, schema=FORM))},
        "/any": {"post": _operation(requestBody=_content("*/*", schema={}))},
        "/text": {"post": _operation(requestBody=_content("text/plain", schema={
            "type": "string", "maxLength": 3}))},
        "/jobs/{id}": {"get": _operation()},
        "/jobs/{id}:cancel": {"post": _operation()},
        "/files/{name}.{ext}": {"get": _operation("text/csv")},
        "/closed/": {"get": _operation()},
        "/": {"get": _operation()},
        "/probe": {"head": {"responses": {"200": {"description": "Fine."}}}},
        "/find": {"get": _operation(parameters=[
            {"name": "p", "in": "query", "style": "deepObject", "schema": FORM}])},
        "/variant#a": {"get": _operation()},
        "/variant#b": {"get": _operation()},
    },
}  # fmt: skip


def _answer(operation: Operation, _served: Any, call: Arguments) -> Reply:
    """What was understood of the call, in the media type that is declared."""
    if operation.method == "HEAD":
        return Reply(200)
    if operation.path.startswith("/files"):
        return Reply(200, f"{call.path['name']};{call.path['ext']}", media_type="text/csv")
    told = {"path": operation.path, **call.path, **call.query}
    return Reply(200, {**told, "body": call.body} if call.has_body else told)


def _served(contract: Contract, way: str) -> Any:
    declared, events = declare(contract), Events()
    clock = Clock.frozen(datetime(2026, 2, 20, tzinfo=UTC))
    empty = grow(load_scenario("empty", scenario_directory()), seed=1, clock=clock, name=DEFAULT)
    worlds = Worlds(empty, WorldKit(PLANS["standard"], False, declared, Limits()))
    apis = (Api(contract, "", _answer),)
    security = ContractSecurity(Credentials())
    framework = build_connexion(apis, security, BIG)
    edge = Edge(framework, apis, Pages(apis), worlds, events, Inspector(PAGE, "/__admin/ui"))
    cors = partial(Cors, origins=("*",), private="/__admin")
    if way == "slow":
        return cors(edge)
    desk = Desk(apis, worlds, declared, events, security, BIG)
    return CompiledDoor(edge, desk, cors)


@pytest.fixture(scope="module", params=["fast", "slow"])
def mounted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = tmp_path_factory.mktemp("foreign") / "api.json"
    file.write_text(json.dumps(DOCUMENT))
    return _served(foreign_contract(load_foreign(str(file))), request.param)


@pytest.fixture
def foreign(mounted: Any) -> Iterator[Client]:
    with Client(mounted) as client:
        yield client


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("application/json", b'{"n":1}'),
        ("application/json; charset=utf-8", b'{"n":1}'),
        ("application/x-www-form-urlencoded", b"n=1"),
        ("multipart/form-data; boundary=b",
         b'--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n--b--\r\n'),
    ],
)  # fmt: skip
def test_a_body_is_the_same_in_every_media_type(
    foreign: Client, content_type: str, text: bytes
) -> None:
    answer = foreign.request("POST", "/forms", headers={"Content-Type": content_type}, content=text)
    assert answer.status_code == 200
    assert answer.json()["body"] == {"n": 1}


@pytest.mark.parametrize(
    ("path", "content_type", "text", "status"),
    [
        ("/forms", "application/x-www-form-urlencoded", b"n=x", 400),
        ("/forms", "multipart/form-data", b"n=1", 400),
        ("/forms", "application/xml", b"<n/>", 415),
        ("/any", "application/xml", b"<n/>", 200),
        ("/any", "image/png", b"\x89PNG\xff", 200),
        ("/any", "", b"anything", 200),
        ("/text", "text/plain", b"abc", 200),
        ("/text", "text/plain", b"abcd", 400),
    ],
)
def test_what_is_declared_is_taken_and_nothing_else(
    foreign: Client, path: str, content_type: str, text: bytes, status: int
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = foreign.request("POST", path, headers=headers, content=text)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/jobs/7", {"path": "/jobs/{id}", "id": "7"}),
        ("POST", "/jobs/7:cancel", {"path": "/jobs/{id}:cancel", "id": "7"}),
        ("POST", "/jobs/7%3Acancel", {"path": "/jobs/{id}:cancel", "id": "7"}),
        ("GET", "/closed/", {"path": "/closed/"}),
        ("GET", "/", {"path": "/"}),
        ("GET", "/find?p[n]=3", {"path": "/find", "p": {"n": 3}}),
        ("GET", "/variant", {"path": "/variant"}),
        ("GET", "/variant%23b", {"path": "/variant#b"}),
    ],
)
def test_a_request_finds_its_operation(
    foreign: Client, method: str, path: str, told: dict[str, Any]
) -> None:
    answer = foreign.request(method, path)
    assert (answer.status_code, answer.json()) == (200, told)


def test_a_reply_that_is_no_json_is_sent_as_it_is(foreign: Client) -> None:
    answer = foreign.get("/files/a.txt")
    assert (answer.headers["content-type"], answer.text) == ("text/csv", "a;txt")


def test_an_operation_of_head_alone_is_answered(foreign: Client) -> None:
    assert foreign.request("HEAD", "/probe").status_code == 200
    assert foreign.get("/probe").status_code == 405
