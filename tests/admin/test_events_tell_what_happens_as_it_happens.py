"""Events: who listens hears of each exchange, and what it changed, in the worlds asked for."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from mockserver.app import Server
from tests.client import OTESSE

CANCEL = "/v1/bookings/bk_01HQ3K5M7N8P9R/cancel"


async def heard(server: Server, query: str, worlds: list[str]) -> list[bytes]:
    """The frames of a stream while the sample booking is cancelled in some worlds."""
    frames: list[bytes] = []
    listening, over = asyncio.Event(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        frames.append(message.get("body", b""))
        listening.set()

    scope = {
        "type": "http", "method": "GET", "path": "/__admin/events", "raw_path": b"/__admin/events",
        "query_string": query.encode(), "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
    }  # fmt: skip
    stream: asyncio.Future[None] = asyncio.ensure_future(server.asgi(scope, receive, send))
    await listening.wait()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(server.asgi), base_url="http://localhost"
    ) as http:
        for world in worlds:
            await http.post(CANCEL, headers={**OTESSE, "X-Mock-World": world})
            await http.get("/v1/customers", headers={**OTESSE, "X-Mock-World": world})
    for _ in range(5):
        await asyncio.sleep(0)
    over.set()
    await stream
    return b"".join(frames).split(b"\n\n")


def kinds(frames: list[bytes]) -> list[str]:
    lines = [line for frame in frames for line in frame.split(b"\n")]
    return [line[7:].decode() for line in lines if line.startswith(b"event: ")]


def test_an_exchange_is_told_with_what_it_changed(server: Server) -> None:
    frames = asyncio.run(heard(server, "", ["one"]))
    assert kinds(frames) == ["exchange", "changes", "exchange"]
    assert b"/bookings/bk_01HQ3K5M7N8P9R/status" in b"".join(frames)


def test_one_may_listen_to_one_world_alone(server: Server) -> None:
    assert kinds(asyncio.run(heard(server, "world=two", ["one"]))) == []
    assert len(kinds(asyncio.run(heard(server, "world=two", ["one", "two"])))) == 3
