"""What a request costs this server without a socket: the application called in this process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from statistics import median
from types import MappingProxyType
from typing import Any

from benchmarks.operations import OPERATIONS, Operation
from mockserver.app import build_server
from mockserver.settings import Settings

VARIANTS: Mapping[str, Settings] = MappingProxyType(
    {
        "ours": Settings(),
        "nothing-kept": Settings(kept_mib=0),
        "connexion": Settings(fast=False),
    }
)
_RUNS = 3
_WARMING = 3

Asked = tuple[dict[str, Any], bytes]


def measure(key: str, requests: int = 300) -> dict[str, float]:
    """µs of CPU a request by operation, medians of three runs, each on a server of its own."""
    runs = [_run(VARIANTS[key], requests) for _ in range(_RUNS)]
    return {each.name: median(run[each.name] for run in runs) for each in OPERATIONS}


def _run(settings: Settings, requests: int) -> dict[str, float]:
    server = build_server(settings)
    ids = [row.id for row in server.worlds.default.world.collections["customers"]]
    found: dict[str, float] = {}
    for operation in OPERATIONS:
        asked = [_asked(operation, number, ids) for number in range(_WARMING + requests)]
        asyncio.run(_ask_all(server.asgi, asked[:_WARMING]))
        started = time.process_time()
        asyncio.run(_ask_all(server.asgi, asked[_WARMING:]))
        found[operation.name] = (time.process_time() - started) / requests * 1e6
    return found


def _asked(operation: Operation, number: int, ids: list[str]) -> Asked:
    return scope_of(operation.request(1_000_000 + number, ids[number % len(ids)]))


async def _ask_all(app: Any, asked: list[Asked]) -> None:
    async def send(_message: Any) -> None:
        return None

    for scope, body in asked:

        async def receive(body: bytes = body) -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        await app(scope, receive, send)


def scope_of(request: bytes) -> Asked:
    """The ASGI scope of a request, and its body."""
    head, _, body = request.partition(b"\r\n\r\n")
    line, *lines = head.split(b"\r\n")
    method, target, _ = line.split(b" ")
    path, _, query = target.partition(b"?")
    pairs = [each.split(b": ", 1) for each in lines]
    scope = {
        "type": "http", "method": method.decode(), "path": path.decode(), "raw_path": path,
        "query_string": query, "headers": [(name.lower(), value) for name, value in pairs],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 4010), "scheme": "http",
        "http_version": "1.1", "root_path": "", "extensions": {}, "asgi": {"version": "3.0"},
    }  # fmt: skip
    return scope, body
