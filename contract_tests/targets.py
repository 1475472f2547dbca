"""Targets: the servers that are judged, one that we start or one that is there already."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.request import Request, urlopen

# The instant at which tests and exported worlds stand still.
NOW = datetime(2026, 2, 20, 15, tzinfo=UTC)
_PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Target:
    """A server under judgement, reached at `url` (without a trailing slash).

    `reset_path` is where a POST puts its world back; None when the server belongs to others, and
    then nothing is ever put back.
    """

    url: str
    reset_path: str | None = None

    @property
    def can_reset(self) -> bool:
        """Whether its world can be put back."""
        return self.reset_path is not None

    def reset(self) -> None:
        """Put the world back to the moment it was grown, where the target can."""
        if self.reset_path is not None:
            request = Request(self.url + self.reset_path, method="POST")
            urlopen(request, timeout=_PATIENCE_S).close()


@contextmanager
def open_target(base_url: str | None) -> Iterator[Target]:
    """The server at `base_url`, or one of our own that lives as long as the context."""
    if base_url is not None:
        yield Target(base_url.rstrip("/"))
        return
    with _our_server() as target:
        yield target


@contextmanager
def _our_server() -> Iterator[Target]:
    """Our server on a real socket with a frozen clock, on a thread that cannot outlive us.

    The socket listens before the server runs, so the first request simply waits for it. Nothing
    of ours is imported before it is wanted: whoever judges another server does not need it.
    """
    import uvicorn  # noqa: PLC0415

    from mockserver.app import ADMIN_PATH, build_server  # noqa: PLC0415
    from mockserver.settings import Settings  # noqa: PLC0415

    application = build_server(Settings(now=NOW)).asgi
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(application, log_level="warning", access_log=False, lifespan="on")
    )
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True, name="target")
    thread.start()
    try:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        yield Target(url, f"{ADMIN_PATH}/reset")
    finally:
        server.should_exit = True
        thread.join(_PATIENCE_S)
        listening.close()
