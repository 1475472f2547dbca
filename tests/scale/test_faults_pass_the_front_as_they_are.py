"""What a server does on purpose to a connection or an answer is what the client meets."""

from __future__ import annotations

import httpx
import pytest

from tests.scale.arranged import Scaled

pytestmark = pytest.mark.xdist_group("scale")


def spoil(client: httpx.Client, **effect: object) -> None:
    client.delete("/~odd/__admin/faults").raise_for_status()
    client.post("/~odd/__admin/faults", json={"id": "f", "effect": effect}).raise_for_status()


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_reset_is_a_connection_closed_without_an_answer(
    together: Scaled, client: httpx.Client, method: str
) -> None:
    spoil(client, reset=True)
    client.delete("/~odd/__admin/requests").raise_for_status()
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
            client.request(method, "/~odd/v1/customers")
    assert client.get("/~odd/__admin/requests").json()["total"] == 2
    assert sum("odd" in worlds for worlds in together.worlds()) == 1


def test_a_cut_answer_is_cut(client: httpx.Client) -> None:
    spoil(client, truncate=True)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        client.get("/~odd/v1/customers")


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_status_of_a_gateway_is_the_servers_own(client: httpx.Client, status: int) -> None:
    spoil(client, status=status)
    answer = client.get("/~odd/v1/customers")
    assert answer.status_code == status
    assert answer.json()["error"]["type"]


@pytest.mark.parametrize(
    ("size", "said"), [(1024 * 1024 + 1, "error"), (3 * 1024 * 1024, "detail")]
)
def test_a_body_too_large_is_refused_at_the_same_size(
    client: httpx.Client, size: int, said: str
) -> None:
    for content in (b" " * size, iter([b" " * size])):  # with a length, and chunked
        answer = client.post(
            "/v1/customers", content=content, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 413
        assert said in answer.json()


@pytest.mark.parametrize(
    "path",
    ["//v1/customers", "/v1/customers/%2F", "/v1/customers/a%20b", "/v1/./customers",
     "/v1/customers%3Fx", "/~plain/v1/customers/%7Ea", "/v1/customers?search=%2B&%20=1",
     "/docs", "/~plain/docs", "/", "/~plain", "/v1/customers/"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT"])
def test_a_path_is_answered_as_without_nginx(
    together: Scaled, client: httpx.Client, path: str, method: str
) -> None:
    direct = httpx.Client(base_url=together.servers()[0], headers=client.headers)
    ignored = {"date", "server", "connection", "transfer-encoding", "x-ratelimit-remaining"}
    answers = [each.request(method, path) for each in (client, direct)]
    seen = [
        (a.status_code, a.content, {n: v for n, v in a.headers.items() if n not in ignored})
        for a in answers
    ]
    assert seen[0] == seen[1]
    direct.close()
