"""Events: who listens hears of each exchange, and what it changed, in the worlds asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from mockserver.app import Server
from tests.client import OTESSE

Action = Callable[[httpx.AsyncClient, list[str]], Awaitable[None]]
CANCEL = "/v1/bookings/bk_01HQ3K5M7N8P9R/cancel"


async def cancelled(http: httpx.AsyncClient, worlds: list[str]) -> None:
    """Cancel the sample booking in some worlds."""
    for world in worlds:
        await http.post(CANCEL, headers={**OTESSE, "X-Mock-World": world})
        await http.get("/v1/customers", headers={**OTESSE, "X-Mock-World": world})


async def looked_and_steered(http: httpx.AsyncClient, worlds: list[str]) -> None:
    """Ask for exchanges, which changes nothing, and start some worlds over."""
    for world in worlds:
        for question in ("find", "lines", "count"):
            await http.post(f"/__admin/requests/{question}?world={world}", json={})
        await http.post(f"/__admin/reset?world={world}")


async def heard(
    server: Server, query: str, worlds: list[str], act: Action = cancelled
) -> list[bytes]:
    """The frames of a stream while something is done in some worlds."""
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
        await act(http, worlds)
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
    assert b'{"exchange":1,"world":"one","patch":[' in b"".join(frames)


def test_steering_is_told_and_looking_is_not(server: Server) -> None:
    frames = asyncio.run(heard(server, "", ["one"], looked_and_steered))
    assert kinds(frames) == ["steered"]
    assert b'{"operation_id":"resetWorld","world":"one"}' in b"".join(frames)


def test_one_may_listen_to_one_world_alone(server: Server) -> None:
    assert kinds(asyncio.run(heard(server, "world=two", ["one"]))) == []
    assert len(kinds(asyncio.run(heard(server, "world=two", ["one", "two"])))) == 3
