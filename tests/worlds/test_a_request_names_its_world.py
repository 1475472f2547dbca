"""A request meets the world it names, by header or by the start of its path, or the default one."""

from __future__ import annotations

import pytest

from mockserver.app import Server
from mockserver.worlds import WorldLimits
from tests.client import MERCHANT, OTESSE, Client

NEW = {"first_name": "Ada", "last_name": "Byron", "email": "ada.byron@worlds.example"}


def names_of(client: Client, **more: str) -> set[str]:
    url = f"{more.get('prefix', '')}/v1/customers?search=ada.byron@worlds.example"
    headers = {**OTESSE, **({"X-Mock-World": more["world"]} if "world" in more else {})}
    return {row["email"] for row in client.get(url, headers=headers).json()["data"]}


def test_header_and_path_name_the_same_world_and_no_other(client: Client) -> None:
    made = client.post("/~one/v1/customers", headers=OTESSE, json=NEW)
    assert made.status_code == 201
    assert names_of(client, world="one") == names_of(client, prefix="/~one") == {NEW["email"]}
    assert names_of(client) == names_of(client, world="two") == set()


def test_location_stays_inside_the_prefix(client: Client) -> None:
    made = client.post("/~one/v1/customers", headers=OTESSE, json=NEW)
    assert made.headers["Location"] == f"/~one/v1/customers/{made.json()['id']}"
    assert client.get(made.headers["Location"], headers=OTESSE).json() == made.json()
    by_header = client.post(
        "/api/v1/merchant/customers",
        headers={**MERCHANT, "X-Mock-World": "one"},
        json={"first_name": "A", "last_name": "B"},
    )
    assert by_header.headers["Location"].startswith("/api/v1/merchant/customers/")


def test_the_pages_stay_inside_the_prefix(client: Client) -> None:
    assert client.get("/~one/").headers["Location"] == "/~one/docs"
    assert 'url: "/~one/openapi.json"' in client.get("/~one/docs").text
    assert client.get("/~one/openapi.json").json()["servers"] == [{"url": "/~one"}]
    assert client.get("/openapi.json").json()["servers"][0]["url"] == "/"


def test_refusals_inside_the_prefix_keep_their_dialect(client: Client) -> None:
    assert client.get("/~one/v1/nothing").json()["error"]["code"] == "resource_not_found"
    assert client.get("/~one/leads/v1/x").json()["code"] == "NOT_FOUND"


@pytest.mark.parametrize("name", ["-a", ".a", "a b", "a/b", "ä", "x" * 65, "a?b", "<a>"])
def test_a_name_that_cannot_be_one_is_refused_plainly(client: Client, name: str) -> None:
    headers = {**OTESSE, "X-Mock-World": name.encode("latin-1")}
    answer = client.get("/v1/customers", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_world_name"
    assert "1 to 64 letters" in answer.json()["detail"]


def test_header_and_path_that_disagree_are_refused(client: Client) -> None:
    answer = client.get("/~one/v1/customers", headers={**OTESSE, "X-Mock-World": "two"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "two_worlds"


def test_the_number_of_worlds_is_capped_and_unused_ones_make_room(server: Server) -> None:
    worlds, now = server.worlds, 0.0
    worlds.clear()
    limits, uptime = worlds._limits, worlds._uptime
    try:
        worlds._limits, worlds._uptime = WorldLimits(most=3, idle_s=60), lambda: now
        worlds.pick("a")
        worlds.pick("b")
        with Client(server.asgi) as client:
            refused = client.get("/v1/customers", headers={**OTESSE, "X-Mock-World": "c"})
        assert refused.status_code == 409
        assert refused.json()["code"] == "too_many_worlds"
        now = 30.0
        worlds.pick("a")
        now = 70.0
        worlds.pick("c")
        assert [served.name for served in worlds.everyone()] == ["default", "a", "c"]
    finally:
        worlds._limits, worlds._uptime = limits, uptime
        worlds.clear()
