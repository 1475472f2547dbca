"""Whoever listens to events does not keep a server from stopping, and hears the end properly."""

from __future__ import annotations

import httpx

from mockserver.background import background_server
from mockserver.settings import Settings
from tests.conftest import NOW


def test_a_stream_ends_with_its_last_chunk() -> None:
    with httpx.Client(timeout=20) as client:
        with background_server(Settings(now=NOW, scenario="empty")) as url:
            request = client.build_request("GET", f"{url}/__admin/events")
            stream = client.send(request, stream=True)
            heard = stream.iter_raw()
            assert next(heard) == b": listening\n\n"
        assert b"".join(heard) == b""  # a stream that is torn off raises instead
        stream.close()
