"""Server-sent events: what happens in the worlds, told while it happens."""

from __future__ import annotations

import asyncio

from starlette.types import Receive, Send

from mockserver.traffic import Events, Subscription

MEDIA_TYPE = "text/event-stream"
_KEEP_ALIVE_S = 15.0


async def stream_events(events: Events, world: str | None, receive: Receive, send: Send) -> None:
    """Send every event of a world (None: of all) until the client goes away."""
    awake = asyncio.Event()
    with events.subscribe(awake.set, world=world) as subscription:
        gone = asyncio.ensure_future(_gone(receive, subscription))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send(_chunk(b": listening\n\n"))
            while not subscription.is_closed:
                await _send_what_came(subscription, awake, send)
        finally:
            gone.cancel()
    await send({"type": "http.response.body", "body": b""})


_HEADERS = [
    (b"content-type", MEDIA_TYPE.encode()),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def _send_what_came(subscription: Subscription, awake: asyncio.Event, send: Send) -> None:
    try:
        await asyncio.wait_for(awake.wait(), _KEEP_ALIVE_S)
    except TimeoutError:
        await send(_chunk(b": still here\n\n"))
        return
    awake.clear()
    frames = b"".join(event.frame() for event in subscription.take())
    if frames:
        await send(_chunk(frames))


async def _gone(receive: Receive, subscription: Subscription) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    subscription.close()


def _chunk(body: bytes) -> dict[str, object]:
    return {"type": "http.response.body", "body": body, "more_body": True}
