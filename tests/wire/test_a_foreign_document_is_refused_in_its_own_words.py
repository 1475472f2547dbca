"""Over HTTP: a foreign document's refusals are told in its own error schemas, else as problems."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from starlette.types import ASGIApp

from mockserver.clock import Clock
from mockserver.inspector import PAGE
from mockserver.rates import PLANS
from mockserver.traffic import Events, Limits, declare
from mockserver.wire.api import Api
from mockserver.wire.credentials import Credentials
from mockserver.wire.dialects import DocumentDialect
from mockserver.wire.edge import Edge
from mockserver.wire.framework import build_connexion
from mockserver.wire.inspecting import Inspector
from mockserver.wire.pages import Pages
from mockserver.wire.security import ContractSecurity
from mockserver.worlds import WorldKit, Worlds
from tests.client import Client
from tests.engine.mock import NOW, contract, engine

KEY = {"X-Key": "let-me-in"}
MEBIBYTE = 1024 * 1024


def _served(name: str) -> ASGIApp:
    """A foreign contract behind the edge."""
    document, mock = contract(name), engine(name)
    dialect = DocumentDialect(mock.refusal)
    dialects = {operation.tag: dialect for operation in document.operations}
    apis = (Api(document, "", mock.answer, dialects),)
    kit = WorldKit(PLANS["standard"], False, declare(document), Limits())
    worlds = Worlds(mock.world(seed=1, clock=Clock.frozen(NOW)), kit)
    framework = build_connexion(apis, ContractSecurity(Credentials()), MEBIBYTE)
    inspector = Inspector(PAGE, "/__admin/ui")
    return Edge(framework, apis, Pages(apis), worlds, Events(), inspector)


@pytest.fixture
def books() -> Iterator[Client]:
    """A client of the books."""
    with Client(_served("books")) as client:
        yield client


@pytest.fixture
def orders() -> Iterator[Client]:
    """A client of the orders."""
    with Client(_served("orders")) as client:
        yield client


@pytest.fixture
def shop() -> Iterator[Client]:
    """A client of the pet shop."""
    with Client(_served("petshop")) as client:
        yield client


def test_a_whole_life_over_http(books: Client) -> None:
    made = books.post("/books", json={"title": "Dune", "genre": "novel"}, headers=KEY)
    assert made.status_code == 201
    path = made.headers["Location"]
    assert books.get(path).json() == made.json()
    assert books.delete(path).status_code == 204
    assert books.get(path).status_code == 404


def test_an_unknown_record_is_told_in_the_declared_schema(books: Client) -> None:
    answer = books.get("/books/999")
    assert answer.status_code == 404
    assert answer.json() == {"code": "not_found", "message": "There is no book '999'."}


def test_a_bad_body_is_told_in_the_declared_schema(books: Client) -> None:
    answer = books.post("/books", json={"title": "", "genre": "novel"}, headers=KEY)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_request"
    assert "'title' must have at least 1 characters" in answer.json()["message"]


def test_a_missing_credential_is_told_in_the_declared_schema(books: Client) -> None:
    answer = books.post("/books", json={"title": "Dune", "genre": "novel"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json() == {"code": "unauthorized", "message": "The credential is missing."}


def test_a_range_of_statuses_is_a_declaration_too(orders: Client) -> None:
    answer = orders.get("/orders/00000000-0000-4000-8000-000000000000")
    error: dict[str, Any] = answer.json()["error"]
    assert answer.status_code == error["code"] == 404
    assert error["message"].startswith("There is no order '00000000")


def test_default_is_a_declaration_too(orders: Client) -> None:
    answer = orders.get("/customers/cus_00000000")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "There is no customer 'cus_00000000'."


def test_every_failing_member_stands_in_a_list_of_errors(orders: Client) -> None:
    answer = orders.post("/orders", json={"amount": -1, "currency": "XYZ"})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert {problem["field"] for problem in error["errors"]} == {"/amount", "/currency"}


def test_what_is_not_declared_is_told_as_a_problem_that_says_so(orders: Client) -> None:
    answer = orders.post("/customers", json={"name": 1, "email": "a@example.com"})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["note"] == "The document declares no 400 for this operation."
    assert [(v["location"], v["pointer"], v["code"]) for v in problem["violations"]] == [
        ("body", "/name", "type")
    ]


def test_a_declared_refusal_without_content_has_none(shop: Client) -> None:
    answer = shop.get("/pet/4711")
    assert (answer.status_code, answer.content) == (404, b"")


def test_a_taken_id_is_the_declared_conflict(shop: Client) -> None:
    send = partial(shop.post, "/user", json={"username": "ada"})
    assert [send().status_code, send().status_code] == [201, 409]


def test_an_unknown_path_is_told_as_a_problem(shop: Client) -> None:
    answer = shop.get("/nothing")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no path /nothing."
