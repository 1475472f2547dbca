"""However a request names its world, it reaches the one process that holds it."""

from __future__ import annotations

import socket
import threading

import httpx
import pytest

from tests.client import OTESSE
from tests.scale.arranged import Scaled, spread

pytestmark = pytest.mark.xdist_group("scale")

NAMES = spread("world")
ANN = {"first_name": "Ann", "last_name": "Bell", "email": "ann@example.com"}


def holders(together: Scaled, name: str) -> list[int]:
    return [number for number, held in enumerate(together.worlds()) if name in held]


def sent(together: Scaled, head: bytes) -> bytes:
    """The beginning of the answer to a request that is sent as it is."""
    host, port = together.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(head + b"\r\nConnection: close\r\n\r\n")
        return connection.recv(100)


@pytest.mark.parametrize("name", ["Case", "case", "a.b_c-d", "0", "x" * 64])
def test_header_prefix_query_and_path_lead_to_one_process(
    together: Scaled, client: httpx.Client, name: str
) -> None:
    made = client.post("/v1/customers", json=ANN, headers={"X-Mock-World": name})
    assert made.status_code == 201
    path = f"/v1/customers/{made.json()['id']}"
    assert client.get(f"/~{name}{path}").status_code == 200
    assert client.get(f"/%7E{name}{path}").status_code == 200
    assert client.get(f"/~{name}{path}", headers={"X-Mock-World": name}).status_code == 200
    states = (
        client.get(f"/__admin/state?collection=customers&world={name}"),
        client.get(f"/~nobody/__admin/state?world={name}&collection=customers"),
        client.get(f"/~{name}/__admin/state?collection=customers"),
        client.get("/__admin/state?collection=customers", headers={"X-Mock-World": name}),
    )
    assert [len(each.json()["customers"]) for each in states] == [1, 1, 1, 1]
    told = client.get(f"/__admin/worlds/{name}", headers={"X-Mock-World": "nobody"})
    assert told.json()["collections"]["customers"] == 1
    assert len(holders(together, name)) == 1
    assert client.delete(f"/__admin/worlds/{name}/").status_code == 204
    assert holders(together, name) == []


def test_worlds_are_spread_over_all_processes(together: Scaled, client: httpx.Client) -> None:
    for name in NAMES:
        client.get("/v1/customers", headers={"X-Mock-World": name})
        client.get(f"/~{name}/v1/customers")
    held = [worlds & set(NAMES) for worlds in together.worlds()]
    assert all(held), held
    assert sum(len(each) for each in held) == len(NAMES)


def test_a_request_without_a_name_meets_the_default_world(client: httpx.Client) -> None:
    made = client.post("/v1/customers", json=ANN).json()
    for path, headers in (("", {"X-Mock-World": "default"}), ("/~default", {})):
        found = client.get(f"{path}/v1/customers/{made['id']}", headers=headers)
        assert found.status_code == 200
    assert client.post("/__admin/reset").status_code == 204
    assert client.get(f"/v1/customers/{made['id']}").status_code == 404


def test_spaces_around_a_name_and_a_name_given_twice_change_nothing(
    together: Scaled, client: httpx.Client
) -> None:
    for value in (b"  spaced ", b"\tspaced", b"spaced\xa0"):
        head = b"GET /v1/customers HTTP/1.1\r\nHost: localhost\r\nX-Mock-World:" + value
        assert sent(together, head).startswith(b"HTTP/1.1 401")
    assert len(holders(together, "spaced")) == 1
    # Old versions of nginx take the first, newer ones none: never one of them here, one there.
    twice = [("X-Mock-World", "first"), ("X-Mock-World", "second")]
    answer = client.get("/v1/customers", headers=[*OTESSE.items(), *twice])
    assert answer.status_code in {200, 400}
    assert holders(together, "second") == []
    if answer.status_code == 200:
        client.get("/~first/v1/customers")
        assert len(holders(together, "first")) == 1


@pytest.mark.parametrize("path", ["/~a/v1/customers", "/~a/__admin/clock"])
def test_two_names_are_still_refused(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"X-Mock-World": "b"})
    assert (answer.status_code, answer.json()["code"]) == (400, "two_worlds")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/~ali%63e/v1/customers", 400),
        ("/__admin/worlds/ali%63e", 400),
        ("/__admin/clock?world=ali%63e", 400),
        ("/__admin/clock?w%6Frld=alice", 400),
        ("/%5F%5Fadmin/clock", 400),
        ("/~alice/__%61dmin/clock", 400),
        ("/__admin/clock?world=alice&world=bob", 400),
        ("/~a b/v1/customers", 400),
    ],
)
def test_what_would_hash_otherwise_than_it_reads_is_refused(
    together: Scaled, client: httpx.Client, path: str, status: int
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert holders(together, "alice") == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/__admin/worlds"), ("GET", "/~alice/__admin/worlds/"), ("DELETE", "/__admin/worlds"),
     ("GET", "/__admin/events"), ("GET", "/__admin/events?other=1")],
)  # fmt: skip
def test_what_concerns_all_worlds_is_refused_with_what_to_do_instead(
    client: httpx.Client, method: str, path: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 501
    assert "/__admin/worlds/NAME" in answer.json()["detail"]


def test_equal_worlds_whichever_process_serves_them(client: httpx.Client) -> None:
    client.post("/__admin/reset")
    worlds = [client.get(f"/__admin/state?world={name}").content for name in NAMES[:8]]
    assert len(set(worlds)) == 1


def test_a_whole_target_and_an_old_client_are_understood(together: Scaled) -> None:
    for target, version in ((b"http://other/~old/__admin/clock", b"1.1"), (b"/~old/docs", b"1.0")):
        head = b"GET " + target + b" HTTP/" + version + b"\r\nHost: localhost"
        assert sent(together, head).startswith(b"HTTP/1.1 200")
    assert len(holders(together, "old")) == 1


def test_events_of_a_world_are_told_at_once(client: httpx.Client) -> None:
    with client.stream("GET", "/__admin/events?world=watched") as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": listening"
        call = threading.Thread(target=lambda: client.get("/~watched/v1/customers"))
        call.start()
        assert "event: exchange" in (line for line in lines)
        call.join()
