"""What a server does on purpose to a connection or an answer is what the client meets."""

from __future__ import annotations

import httpx
import pytest

from tests.scale.arranged import Scaled, client_of

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
def test_a_path_is_answered_as_without_nginx(
    together: Scaled, client: httpx.Client, path: str
) -> None:
    with client_of(together.servers()[0]) as direct:
        for method in ("GET", "HEAD", "OPTIONS", "PUT"):
            assert seen(client.request(method, path)) == seen(direct.request(method, path))


def seen(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """What is the same for both: all but what a proxy says for itself, and what counts calls."""
    own = {"date", "server", "connection", "x-ratelimit-remaining"}
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    return answer.status_code, answer.content, headers
