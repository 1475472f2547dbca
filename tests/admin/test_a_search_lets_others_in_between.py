"""A search through the rows of a world does not hold up whoever else asks."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from mockserver.app import Server
from mockserver.archive import rows
from tests.client import OTESSE

SEARCH = "/__admin/state/bookings?q=nowhere"
BOOKING = "/v1/bookings/bk_01HQ3K5M7N8P9R"


async def _ended(client: httpx.AsyncClient, url: str, order: list[str]) -> httpx.Response:
    answer = await client.get(url, headers=OTESSE)
    order.append(url)
    return answer


@pytest.mark.parametrize("other", ["/__admin/health", BOOKING, "/__admin/state/bookings"])
def test_a_request_that_came_later_is_answered_first(
    server: Server, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.setattr(rows, "ROWS_AT_ONCE", 1)
    order: list[str] = []

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(server.asgi)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            await _ended(client, other, [])  # from here on both take the same way
            return await asyncio.gather(*(_ended(client, u, order) for u in (SEARCH, other)))

    answers = asyncio.run(ask())
    assert [answer.status_code for answer in answers] == [200, 200]
    assert order == [other, SEARCH]


def test_a_search_finds_what_was_there_when_it_began(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "ROWS_AT_ONCE", 1)

    async def search() -> tuple[int, int]:
        world = server.worlds.default.world
        before = await rows.find_rows(world, "outbox", text="@")
        found = asyncio.create_task(rows.find_rows(world, "outbox", text="@"))
        await asyncio.sleep(0)  # it has looked at one row
        for mail in list(world.collections["outbox"]):
            world.collections["outbox"].remove(mail.id)
        return before.total, (await found).total

    before, found = asyncio.run(search())
    assert found == before > 2
