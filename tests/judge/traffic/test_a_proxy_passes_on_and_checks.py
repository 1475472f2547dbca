from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.packs.traffic import Bases, Judge
from tests.judge.traffic import talk
from tests.judge.traffic.proxying import LARGE, Heard, relay, upstream


@pytest.fixture
def heard(tmp_path: Path) -> Heard:
    contract = talk.contract(tmp_path)
    return Heard(Judge(contract, Bases(contract, ("",))))


@pytest.fixture
def served() -> Iterator[tuple[str, list[Any]]]:
    with upstream() as given:
        yield given


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=10) as opened:
        yield opened


def test_an_exchange_is_passed_on_and_judged(
    served: tuple[str, list[Any]], heard: Heard, client: httpx.Client
) -> None:
    url, seen = served
    with relay(url, heard) as proxy:
        answer = client.get(f"{proxy}/pets?limit=2", headers={"X-Key": "k", "Connection": "X-Mine",
                                                               "X-Mine": "1"})  # fmt: skip
        heard.wait_for(1)
    assert answer.json() == [{"id": 7, "name": "Rex"}]
    assert answer.headers["content-encoding"] == "gzip"
    assert "x-hop" not in answer.headers
    method, path, headers, _ = seen[0]
    assert (method, path) == ("GET", "/pets?limit=2")
    arrived = {name.lower(): value for name, value in headers}
    assert "x-mine" not in arrived
    assert arrived["host"] == url.removeprefix("http://")
    assert arrived["via"] == "1.1 test-proxy"
    assert talk.said(heard.judge.result(url)) == ["response_schema listPets 200:/*/id:type:"]


def test_findings_are_told_in_a_header(
    served: tuple[str, list[Any]], heard: Heard, client: httpx.Client
) -> None:
    with relay(served[0], heard, tells=True) as proxy:
        answer = client.get(f"{proxy}/pets", headers={"X-Key": "k"})
    told = json.loads(answer.headers["x-contract-findings"])
    assert [each["code"] for each in told] == ["traffic.response_schema"]
    assert answer.json() == [{"id": 7, "name": "Rex"}]
    assert len(heard.recorded) == 1


@pytest.mark.parametrize("tells", [False, True])
def test_large_bodies_pass_whole_and_are_kept_in_part(
    served: tuple[str, list[Any]], heard: Heard, client: httpx.Client, tells: bool
) -> None:
    with relay(served[0], heard, tells=tells, most_bytes=1000) as proxy:
        assert client.get(f"{proxy}/large").content == LARGE
        assert client.post(f"{proxy}/echo", content=LARGE).content == LARGE
        assert client.post(f"{proxy}/echo", content=iter([b"in", b"parts"])).content == b"inparts"
        kept = heard.wait_for(3)
    assert len(kept[0].exchange.answer.body) == 1000
    assert [each.is_request_whole for each in kept] == [True, False, True]
    assert [each.is_answer_whole for each in kept] == [False, False, True]


def test_what_http_knows_passes_through(
    served: tuple[str, list[Any]], heard: Heard, client: httpx.Client
) -> None:
    with relay(served[0], heard) as proxy:
        moved = client.get(f"{proxy}/elsewhere")
        assert (moved.status_code, moved.headers["location"]) == (302, "/pets")
        assert client.get(f"{proxy}/chunked").content == b"onetwo"
        head = client.head(f"{proxy}/large")
        assert (head.headers["content-length"], head.content) == (str(len(LARGE)), b"")
        client.cookies.clear()
        client.get(f"{proxy}/pets")
    # The cookie that one client was given is not sent for another.
    assert "cookie" not in {name.lower() for name, _ in served[1][-1][2]}


def test_an_upstream_that_is_down_is_a_problem(heard: Heard, client: httpx.Client) -> None:
    with relay("http://127.0.0.1:1", heard) as proxy:
        answer = client.get(f"{proxy}/pets")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "application/problem+json")
    assert "127.0.0.1:1" in answer.json()["detail"]
    assert heard.recorded == []


def test_a_proxy_before_itself_sees_the_loop(heard: Heard, client: httpx.Client) -> None:
    with relay("", heard) as proxy:
        assert client.get(f"{proxy}/pets").status_code == 508


def test_an_answer_that_breaks_off_is_not_judged_as_whole(
    served: tuple[str, list[Any]], heard: Heard, client: httpx.Client
) -> None:
    with relay(served[0], heard) as proxy:
        with pytest.raises(httpx.HTTPError):
            client.get(f"{proxy}/broken")
        assert not heard.wait_for(1)[0].is_answer_whole


def test_a_client_that_leaves_ends_the_call(
    served: tuple[str, list[Any]], heard: Heard, client: httpx.Client
) -> None:
    with relay(served[0], heard) as proxy:
        with client.stream("GET", f"{proxy}/endless") as answer:
            next(answer.iter_raw())
        assert not heard.wait_for(1)[0].is_answer_whole
        assert client.get(f"{proxy}/chunked").content == b"onetwo"
