"""1.5, ruling 7: counted always, refused only when switched on, and only for a while."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from mockserver.app import Server, build_server
from mockserver.settings import Settings
from tests.client import LEADS, MERCHANT, Client
from tests.conftest import NOW
from tests.journeys.steps import at

PLANS = {"standard": (100, 20), "professional": (500, 50), "enterprise": (2000, 200)}
WINDOW_ENDS = int(NOW.timestamp()) + 60


@pytest.fixture(scope="module")
def limited() -> dict[str, Server]:
    return {
        plan: build_server(Settings(now=NOW, scenario="empty", rate_limit=plan)) for plan in PLANS
    }


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def strict(limited: dict[str, Server], plan: str) -> Server:
    limited[plan].worlds.reset()
    return limited[plan]


@pytest.fixture
def client(strict: Server) -> Iterator[Client]:
    with Client(strict.asgi) as client:
        yield client


def call(client: Client, key: str = "otesse_live_sk_a") -> httpx.Response:
    return client.get("/v1/invoices/inv_0", headers={"Authorization": f"Bearer {key}"})


def calls(client: Client, server: Server, count: int, burst: int) -> list[httpx.Response]:
    """So many calls, as many in one second as the plan allows."""
    answers = []
    for number in range(count):
        if number and number % burst == 0:
            at(server, seconds=1)
        answers.append(call(client))
    return answers


def test_a_minute_holds_so_many_calls_and_the_next_minute_as_many(
    strict: Server, client: Client, plan: str
) -> None:
    """1.5, Part 5 item 4: 429, Retry-After, the documented body without code; open again."""
    per_minute, burst = PLANS[plan]
    answers = calls(client, strict, per_minute, burst)
    assert {answer.status_code for answer in answers} == {404}
    left = [int(answer.headers["X-RateLimit-Remaining"]) for answer in answers]
    assert left == list(range(per_minute - 1, -1, -1))
    at(strict, seconds=1)
    passed = -(-per_minute // burst)
    refused = call(client)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == str(60 - passed)
    assert refused.json() == {
        "error": {
            "type": "rate_limit_exceeded",
            "message": f"Rate limit exceeded. Please retry after {60 - passed} seconds.",
            "retry_after": 60 - passed,
        }
    }
    assert refused.headers["X-RateLimit-Limit"] == str(per_minute)
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert refused.headers["X-RateLimit-Reset"] == str(WINDOW_ENDS)
    at(strict, seconds=60 - passed)
    opened = call(client)
    assert opened.status_code == 404
    assert opened.headers["X-RateLimit-Remaining"] == str(per_minute - 1)


def test_a_second_holds_so_many_calls(strict: Server, client: Client, plan: str) -> None:
    """1.5: the burst."""
    burst = PLANS[plan][1]
    statuses = [call(client).status_code for _ in range(burst + 2)]
    assert statuses == [404] * burst + [429, 429]
    refused = call(client)
    assert refused.headers["Retry-After"] == "1"
    assert refused.json()["error"]["retry_after"] == 1
    assert "code" not in refused.json()["error"]
    at(strict, seconds=1)
    assert call(client).status_code == 404


def test_each_key_has_its_own_count(client: Client, plan: str) -> None:
    """1.5: counted per API key, whichever header brings it."""
    for _ in range(PLANS[plan][1]):
        call(client)
    assert call(client).status_code == 429
    assert call(client, "otesse_live_sk_b").status_code == 404
    named = client.get("/v1/invoices/inv_0", headers={"X-API-Key": "otesse_live_sk_a"})
    assert named.status_code == 429


def test_who_is_not_known_is_neither_counted_nor_limited(client: Client, plan: str) -> None:
    """1.5: a 401 carries the headers of a full window."""
    per_minute, burst = PLANS[plan]
    answers = [client.get("/v1/customers") for _ in range(burst + 1)]
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.headers["X-RateLimit-Remaining"] for answer in answers} == {str(per_minute)}


def test_the_other_families_know_no_limit(client: Client, plan: str) -> None:
    """C.1, D.1: no rate limiting, no headers."""
    for path, auth in (("/api/v1/merchant/customers", MERCHANT),
                       ("/leads/v1/customers/search", LEADS)):  # fmt: skip
        answers = [client.get(path, headers=auth) for _ in range(PLANS[plan][1] + 1)]
        assert {answer.status_code for answer in answers} <= {200, 204}
        assert not any(name.startswith("x-ratelimit") for name in answers[-1].headers)


def test_refusing_is_off_unless_switched_on(empty: Client) -> None:
    """Ruling 7: the headers are there all the same."""
    answers = [call(empty) for _ in range(105)]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].headers["X-RateLimit-Remaining"] == "99"
    assert answers[-1].headers["X-RateLimit-Remaining"] == "0"
    assert answers[-1].headers["X-RateLimit-Reset"] == str(WINDOW_ENDS)
