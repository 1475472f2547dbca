"""Requests, paths, what tools print, and the load itself against a server in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from benchmarks import inside, material
from benchmarks.contenders import CONTENDERS, chosen, said_port
from benchmarks.load import Load, by_python, parsed
from benchmarks.operations import JOHN, OPERATIONS, Operation
from mockserver.app import Server
from mockserver.background import background_server
from mockserver.settings import Settings
from tests.client import Client

BY_NAME = {operation.name: operation for operation in OPERATIONS}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with background_server(Settings()) as address:
        yield int(address.rpartition(":")[2])


def put(port: int, operation: Operation, ids: tuple[str, ...] = (JOHN,)) -> Load:
    return asyncio.run(by_python(port, operation, operation.path, ids, 1_000_000, 0.05))


@pytest.mark.parametrize("name", BY_NAME)
def test_the_server_answers_every_operation_as_it_should(port: int, name: str) -> None:
    load = put(port, BY_NAME[name])
    assert load.requests > 0
    assert load.unexpected(BY_NAME[name].is_wrong) == 0
    assert load.p50_ms <= load.p99_ms


def test_answers_that_are_not_as_expected_are_counted(port: int) -> None:
    nobody = put(port, BY_NAME["get many"], ("cust_NOBODY",))
    assert nobody.refused == nobody.requests == nobody.unexpected(False)
    accepted = put(port, BY_NAME["get one"])
    assert accepted.unexpected(True) == accepted.requests


def test_a_request_carries_its_number_and_its_id() -> None:
    scope, body = inside.scope_of(BY_NAME["create"].request(7, JOHN))
    assert (scope["method"], scope["path"], b"ada7@" in body) == ("POST", "/v1/customers", True)
    scope, body = inside.scope_of(BY_NAME["get many"].request(7, "cust_X"))
    assert (scope["path"], body) == ("/v1/customers/cust_X", b"")


def test_json_server_is_asked_in_its_own_words() -> None:
    json_server = next(each for each in CONTENDERS if each.key == "json-server")
    paths = {operation.name: json_server.path(operation.path) for operation in OPERATIONS}
    assert paths["list of 25"] == "/customers?_page=1&_per_page=25"
    assert paths["get one"] == f"/customers/{JOHN}"


def test_what_wrk_printed_is_read_from_its_last_line() -> None:
    line = '{"requests": 9, "seconds": 1.5, "p50_ms": 2, "p99_ms": 3, "refused": 4, "broken": 1}'
    assert parsed(f"Running 1s test\n\nLOAD {line}\n") == Load(9, 1.5, 2, 3, 4, 1)
    with pytest.raises(RuntimeError, match="unable to connect"):
        parsed("unable to connect to 127.0.0.1:9")


def test_the_port_is_read_from_the_welcome_lines() -> None:
    assert said_port("mockserver is listening on http://127.0.0.1:35791 (stop it") == 35791
    assert said_port("starting") is None


def test_the_bare_server_is_always_among_the_chosen() -> None:
    assert [each.key for each in chosen("ours")] == ["bare", "ours"]
    assert chosen("") == CONTENDERS
    with pytest.raises(ValueError, match=r"'nobody'.*Choose from bare, ours"):
        chosen("ours, nobody")


def test_peers_get_the_rows_and_a_contract_that_answers_with_them(client: Client) -> None:
    auth = {"Authorization": "Bearer otesse_test_sk_tests"}
    page = client.request("GET", OPERATIONS[2].path, headers=auth).json()["data"]
    john = client.request("GET", f"/v1/customers/{JOHN}", headers=auth).json()
    assert material.required_members() == set(john)
    assert set(material.listed(john)) == set(page[0])
    assert set(material.listed(john)["addresses"][0]) == set(page[0]["addresses"][0])


def test_the_simple_contract_says_nothing_of_headers_and_links() -> None:
    answer = {"200": {"headers": {}, "links": {}, "description": "Fine."}}
    document = {
        "paths": {"/a": {"get": {"responses": answer}, "parameters": []}},
        "components": {"responses": {"No": {"headers": {}}}, "links": {}},
    }
    assert material.simplified(document) == {
        "paths": {
            "/a": {"get": {"responses": {"200": {"description": "Fine."}}}, "parameters": []}
        },
        "components": {"responses": {"No": {}}},
    }


def test_without_a_socket_every_operation_is_measured(server: Server) -> None:
    del server
    found = inside.measure("ours", requests=2)
    assert found.keys() == BY_NAME.keys()
    assert min(found.values()) > 0
