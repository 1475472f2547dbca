"""The admin API is safe by default: this machine, or whoever holds the token."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.app import Server, build_server
from mockserver.settings import Settings
from mockserver.wire.exchange import Exchange
from mockserver.wire.guard import Guard
from mockserver.wire.problems import NotAllowed, Unauthenticated
from tests.client import Client
from tests.conftest import NOW


def knock(guard: Guard, peer: str, host: str, token: str = "") -> None:
    headers = [(b"host", host.encode())]
    if token:
        headers.append((b"authorization", token.encode()))
    scope: dict[str, Any] = {
        "type": "http", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b"",
        "headers": headers, "client": (peer, 1),
    }  # fmt: skip
    guard.check(scope, Exchange.of(scope, (), None))  # type: ignore[arg-type]  # no world is asked


@pytest.mark.parametrize("host", ["localhost:4010", "127.0.0.1", "[::1]:4010", "LOCALHOST"])
def test_this_machine_is_let_in(host: str) -> None:
    knock(Guard("", "127.0.0.1"), "127.0.0.1", host)


@pytest.mark.parametrize(
    ("peer", "host"),
    [("10.0.0.7", "localhost"), ("127.0.0.1", "evil.example"), ("127.0.0.1", "localhost.evil"),
     ("127.0.0.1", ""), ("127.0.0.1", "127.0.0.1.evil.example:4010")],
)  # fmt: skip
def test_strangers_and_rebound_names_are_not(peer: str, host: str) -> None:
    with pytest.raises(NotAllowed):
        knock(Guard("", "127.0.0.1"), peer, host)


def test_a_server_open_to_others_answers_to_any_name_but_still_to_this_machine_alone() -> None:
    knock(Guard("", "0.0.0.0"), "127.0.0.1", "mock.internal")
    with pytest.raises(NotAllowed):
        knock(Guard("", "0.0.0.0"), "10.0.0.7", "mock.internal")


@pytest.mark.parametrize("sent", ["", "Bearer wrong", "Bearer", "Basic right", "Bearer right2"])
def test_with_a_token_nobody_gets_in_without_it(sent: str) -> None:
    with pytest.raises(Unauthenticated):
        knock(Guard("right", "0.0.0.0"), "127.0.0.1", "x", sent)


def test_with_the_token_one_gets_in_from_anywhere() -> None:
    knock(Guard("right", "0.0.0.0"), "10.0.0.7", "x", "Bearer right")


def test_refusals_are_problem_documents_as_the_admin_contract_says() -> None:
    server: Server = build_server(Settings(now=NOW, scenario="empty", admin_token="secret"))
    with Client(server.asgi) as client:
        refused = client.get("/__admin/version")
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")
        assert refused.json()["status"] == 401
        let_in = client.get("/__admin/version", headers={"Authorization": "Bearer secret"})
        assert let_in.json()["contract"]


@pytest.mark.parametrize("path", ["/__admin/health", "/~alice/__admin/health"])
def test_whether_it_is_ready_anybody_may_ask(path: str) -> None:
    server = build_server(Settings(now=NOW, scenario="empty", admin_token="secret"))
    with Client(server.asgi) as client:
        answer = client.get(path, headers={"Host": "mock.internal"})
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert client.post(path).status_code == 401


def test_only_a_named_origin_may_steer_from_a_page() -> None:
    named = "https://board.example"
    server = build_server(Settings(now=NOW, scenario="empty", cors_origin=(named,)))
    with Client(server.asgi) as client:
        for origin, allowed in ((named, named), ("http://localhost:5173", None)):
            answer = client.get("/__admin/health", headers={"Origin": origin})
            assert answer.headers.get("Access-Control-Allow-Origin") == allowed
