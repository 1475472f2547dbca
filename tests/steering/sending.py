"""Sending the request of a recipe."""

from __future__ import annotations

from typing import Any

import httpx
import orjson

from mockserver.contract.recipes import Request
from tests.client import Client


def send(client: Client, request: Request, **headers: str) -> httpx.Response:
    """Send it as often as it says; the last answer."""
    more: dict[str, Any] = {"headers": {**request.headers, **headers}}
    if request.content is not None:
        more["content"] = request.content.encode()
    elif request.body is not None:
        more["content"] = orjson.dumps(request.body)
    for _ in range(request.times - 1):
        client.request(request.method, request.path, **more)
    return client.request(request.method, request.path, **more)
