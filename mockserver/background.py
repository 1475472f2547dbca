"""A server in a thread of this process, for tests and scripts."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from mockserver.app import build_server
from mockserver.settings import Settings
from mockserver.wire.ending import EndingServer

_PATIENCE_S = 10


@contextmanager
def background_server(settings: Settings) -> Iterator[str]:
    """The address of a server that answers for as long as the block lasts.

    It listens on a free port unless the settings name one other than the default. SetupError says
    what is wrong with the settings.
    """
    built = build_server(settings)
    host = settings.host
    # The socket takes connections at once; they wait for the server, so nobody waits for it here.
    port = 0 if settings.port == Settings().port else settings.port
    with socket.create_server((host, port)) as listening:
        config = uvicorn.Config(
            built.asgi,
            http=built.protocol(settings.http),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        server = EndingServer(config, built.events)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listening]}, name="mockserver", daemon=True
        )
        thread.start()
        try:
            yield f"http://{host}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_S)
