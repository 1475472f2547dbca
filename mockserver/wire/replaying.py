"""Sending a recorded request again: through the whole server, as if its client had."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Scope

from mockserver.traffic import Recorded
from mockserver.wire.picking import HEADER

log = logging.getLogger("mockserver")

MARK = b"x-mock-replay"
"""The header by which a request tells which one it repeats."""


class Replays:
    """Sends requests to an application, each in a task of its own."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        """The server, once it is built: it is built with this in it."""
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, recorded: Recorded) -> None:
        """Send a request soon; what becomes of it is recorded as for any other."""
        task = asyncio.get_running_loop().create_task(self._run(recorded))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, recorded: Recorded) -> None:
        if self.app is None:
            raise RuntimeError("A request was sent again before the server was built.")
        left = [{"type": "http.request", "body": recorded.request_body, "more_body": False}]

        async def receive() -> Message:
            return left.pop() if left else {"type": "http.disconnect"}

        async def send(_message: Message) -> None:
            """Nobody waits for the answer but the journal."""

        try:
            await self.app(_scope(recorded), receive, send)
        except Exception:
            log.exception("Request %s could not be sent again", recorded.number)


def _scope(recorded: Recorded) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": recorded.method,
        "scheme": "http",
        "path": unquote(recorded.path),
        "raw_path": recorded.path.encode("latin-1", "replace"),
        "query_string": recorded.query.encode("latin-1", "replace"),
        "root_path": "",
        "headers": _headers(recorded),
        "client": ("127.0.0.1", 0),
        "server": None,
        "extensions": {},
    }


def _headers(recorded: Recorded) -> list[tuple[bytes, bytes]]:
    """Those that were sent, with the world, and what the query may have preferred."""
    sent = {
        name.lower().encode("latin-1"): value.encode("latin-1")
        for name, value in recorded.request_headers.items()
    }
    if recorded.preferences:
        sent.setdefault(b"prefer", ", ".join(recorded.preferences).encode("latin-1", "replace"))
    sent[HEADER] = recorded.world.encode()
    sent[MARK] = str(recorded.number).encode()
    return list(sent.items())
