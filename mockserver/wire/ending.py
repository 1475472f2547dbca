"""The end of a server: streams of events end first, since they would never end by themselves."""

from __future__ import annotations

import socket

import uvicorn

from mockserver.traffic import Events


class EndingServer(uvicorn.Server):
    """Uvicorn, which waits when it stops for what is still being answered: not for listeners."""

    def __init__(self, config: uvicorn.Config, events: Events) -> None:
        super().__init__(config)
        self._events = events

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let every stream end, then stop as usual."""
        self._events.close()
        await super().shutdown(sockets)
