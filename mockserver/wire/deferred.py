"""An ASGI application that is built when it is first needed."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send


class Deferred:
    """Stands for an application whose parts take long to import, until a request needs it.

    A server is ready before: start and stop are answered here.
    """

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build = build
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer start and stop; anything else by the application, built by now."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if self._app is None:
            self._app = self._build()
        await self._app(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
