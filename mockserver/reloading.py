"""A server that follows its files: read anew when they change, its worlds kept as they are."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from starlette.types import Receive, Scope, Send

from mockserver.app import Server
from mockserver.errors import SetupError

log = logging.getLogger("mockserver")

_EVERY_S = 0.5
_Stamp = tuple[int, int]


class Reloading:
    """An ASGI application in front of a server, which it replaces when a file has changed.

    `build` makes another server that goes on with the worlds of the one it is given; what it
    refuses is logged, and the server stays. Files are looked at from start to stop of the server.
    """

    def __init__(self, server: Server, build: Callable[[Server], Server]) -> None:
        self._server = server
        self._desk = server.desk  # the one that connections ask for as long as they last
        self._build = build
        self._seen = stamps(server.serving.files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the server of the moment."""
        if scope["type"] != "lifespan":
            await self._server.asgi(scope, receive, send)
            return
        watching = asyncio.create_task(self._watch())
        try:
            await self._server.asgi(scope, receive, send)
        finally:
            watching.cancel()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_S)
            self.look()

    def look(self) -> bool:
        """Read everything anew if a file has changed; whether the server was replaced.

        It runs between two requests, so that each is answered by one server from end to end.
        """
        seen = stamps(self._server.serving.files)
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            fresh = self._build(self._server)
        except SetupError as error:
            log.error("%s The server goes on as it was.", error)
            return False
        except Exception:
            log.exception("The changed files cannot be served. The server goes on as it was.")
            return False
        if self._desk is not None and fresh.desk is not None:
            self._desk.become(fresh.desk)
        self._server = fresh
        self._seen = stamps(fresh.serving.files)
        log.warning("The documents were read anew: %s.", ", ".join(map(str, fresh.serving.files)))
        return True


def stamps(files: Iterable[Path]) -> Mapping[Path, _Stamp | None]:
    """When each file was last written, and its size; None for one that is not there."""
    return {path: _stamp(path) for path in files}


def _stamp(path: Path) -> _Stamp | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
