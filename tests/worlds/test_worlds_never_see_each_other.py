"""Isolation: whatever is done in one world, every other one answers byte for byte as before.

The transcripts see state, ids, clock, outbox, faults, the count of the journal, rate-limit headers
and idempotency keys; the noise moves all of them.
"""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.app import Server, build_server
from mockserver.chaos import read_faults
from mockserver.settings import Settings
from tests.client import LEADS, MERCHANT, OTESSE
from tests.conftest import NOW

CLIENTS, STEPS = 64, 200
JOHN, ADDRESS = "cust_01HQ3K5M7N", "addr_01HQ3K5M7N"


@pytest.fixture(scope="module")
def own() -> Server:
    """A server that counts its rates for everybody to see."""
    return build_server(Settings(now=NOW, rate_limit="standard"))


def call(number: int, chance: random.Random, seen: dict[str, list[str]]) -> tuple[str, str, Any]:
    """One of many operations, reading what earlier answers made known."""
    customer = chance.choice([JOHN, *seen["customers"]])
    uuid = chance.choice(seen["uuids"] or ["a1b2c3d4-e5f6-7890-abcd-ef1234567890"])
    booking = chance.choice(["bk_01HQ3K5M7N8P9R", *seen["bookings"]])
    person = {"first_name": "Ada", "last_name": f"N{number}", "email": f"a{number}@example.com"}
    cleaning = {"bedrooms": chance.randrange(5), "bathrooms": 1}
    lead = {"firstName": "Ada", "lastName": "Byron", "phoneNumber": f"+1555{number:07}"}
    calls: list[tuple[str, str, Any]] = [
        ("GET", f"/v1/customers?page={chance.randrange(1, 4)}", None),
        ("GET", "/api/v1/merchant/customers", None),
        ("GET", "/leads/v1/customers/search?firstName=ada", None),
        ("POST", "/v1/customers", person),
        ("PATCH", f"/v1/customers/{customer}", {"phone": f"+1555{number:07}"}),
        ("POST", "/v1/bookings", {
            "customer_id": JOHN, "address_id": ADDRESS, "industry": "cleaning",
            "configuration": cleaning, "scheduled_at": "2026-03-05T10:00:00Z"}),
        ("POST", f"/v1/bookings/{booking}/cancel", {"reason": "x"}),
        ("GET", f"/v1/customers/{customer}", None),
        ("POST", "/leads/v1/customers", lead),
        ("POST", "/api/v1/merchant/customers", {"first_name": "Bo", "last_name": "Li"}),
        ("PUT", f"/api/v1/merchant/customers/{uuid}/blacklist", {"id": uuid}),
        ("DELETE", f"/api/v1/merchant/customers/{uuid}", None),
        ("GET", "/v1/nothing", None),
        ("GET", "/leads/v1/nothing", None),
        ("GET", "/__admin/outbox", None),
        ("GET", "/__admin/clock", None),
        ("GET", "/__admin/faults", None),
        ("POST", "/__admin/requests/count", {}),
        ("POST", "/v1/customers", {**person, "email": "same@example.com", "last_name": "Same"}),
        ("POST", "/v1/customers", {"first_name": ""}),
    ]  # fmt: skip
    return chance.choice(calls)


def learn(answer: httpx.Response, seen: dict[str, list[str]]) -> None:
    """Remember the ids that an answer made known."""
    if answer.status_code == 201 and answer.content:
        body = answer.json()
        if "id" in body:
            seen["bookings" if body["id"].startswith("bk_") else "customers"].append(body["id"])
        elif "data" in body:
            seen["uuids"].append(body["data"]["customerId"])


def auth(url: str) -> dict[str, str]:
    return OTESSE if url.startswith("/v1") else MERCHANT if url.startswith("/api") else LEADS


async def transcript(server: Server, world: str, seed: int, steps: int) -> list[bytes]:
    """Everything one client is answered, headers included, while others may be at work."""
    chance = random.Random(seed)
    seen: dict[str, list[str]] = {"customers": [], "bookings": [], "uuids": []}
    lines: list[bytes] = []
    transport = httpx.ASGITransport(server.asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        for number in range(steps):
            method, url, body = call(number, chance, seen)
            headers = {**auth(url), "X-Mock-World": world}
            if url == "/v1/customers" and method == "POST":
                headers["Idempotency-Key"] = f"key-{number % 3}"
            try:
                answer = await http.request(method, url, json=body, headers=headers)
            except ConnectionResetError:  # a fault of a noisy world
                lines.append(b"reset")
                continue
            learn(answer, seen)
            head = repr((answer.status_code, sorted(answer.headers.items())))
            lines.append(head.encode() + answer.content)
            await asyncio.sleep(0)
    return lines


async def together(server: Server) -> list[list[bytes]]:
    """All clients at once, each in its own world."""
    seeds = range(CLIENTS)
    return list(await asyncio.gather(*(transcript(server, f"p{s}", s, STEPS) for s in seeds)))


async def alone(server: Server) -> list[list[bytes]]:
    """The same clients, one after the other, in fresh worlds."""
    return [await transcript(server, f"s{seed}", seed, STEPS) for seed in range(CLIENTS)]


def test_64_clients_at_once_are_answered_as_if_they_were_alone(own: Server) -> None:
    own.worlds.clear()
    assert asyncio.run(together(own)) == asyncio.run(alone(own))


@settings(max_examples=10, deadline=None, derandomize=True)
@given(noise=st.integers(0, 2**16), moved=st.integers(0, 90))
def test_nothing_done_in_one_world_changes_what_another_answers(
    own: Server, noise: int, moved: int
) -> None:
    own.worlds.clear()
    expected = asyncio.run(transcript(own, "quiet", 1, 30))
    own.worlds.clear()
    first = asyncio.run(transcript(own, "quiet", 1, 15))
    asyncio.run(transcript(own, "noisy", noise, 30))
    noisy = own.worlds.pick("noisy")
    noisy.world.clock.advance(timedelta(days=moved))
    noisy.faults.add(read_faults({"preset": "flaky"}).rules)
    asyncio.run(transcript(own, "noisy", noise + 1, 10))
    own.worlds.reset("noisy")
    own.worlds.clear()
    assert first == expected[:15]
    assert asyncio.run(transcript(own, "quiet", 1, 30)) == expected
