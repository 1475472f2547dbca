"""A body that is read, and can still be handed on as if nobody had read it."""

from __future__ import annotations

from typing import Any

from starlette.types import Message, Receive

from mockserver.wire.compiled.plan import NotInOrder


class Received:
    """What an ASGI `receive` gave so far."""

    __slots__ = ("_messages", "_receive")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._messages: list[Message] = []

    @property
    def transport(self) -> Any:
        """The connection below, for faults that break it; None where there is none."""
        return getattr(getattr(self._receive, "__self__", None), "transport", None)

    async def whole(self, limit: int) -> bytes:
        """The body; NotInOrder when it has more than `limit` bytes, or the client went away."""
        body = b""
        while True:
            message = await self._receive()
            self._messages.append(message)
            if message["type"] == "http.disconnect":
                raise NotInOrder("The client went away.")
            chunk: bytes = message.get("body", b"")
            body = body + chunk if body else chunk
            if len(body) > limit:
                raise NotInOrder("The body is too large.")
            if not message.get("more_body", False):
                return body

    async def again(self) -> Message:
        """The next message: those that were read, in their order, then those still to come."""
        return self._messages.pop(0) if self._messages else await self._receive()
