"""A server in this process that is asked and whose answers are kept as they were sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpx

from mockserver.app import Server, build_server
from mockserver.domain.world import World, business
from mockserver.settings import Settings

ADDRESS = "http://127.0.0.1:4010"


@dataclass(frozen=True, slots=True)
class Call:
    """A request: `target` is the encoded path with its query, `body` JSON or None for none."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A call and what it was answered: status, headers in lower case, and the text of the body."""

    call: Call
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as a value."""
        return json.loads(self.text)


class Recorder:
    """Asks a server that is built from settings; SetupError when they cannot be used.

    Its world is as it was grown until a call changes it; `renew` puts it back.
    """

    def __init__(self, settings: Settings) -> None:
        self.server: Server = build_server(settings)
        transport = httpx.ASGITransport(self.server.asgi)
        self._http = httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers=_NO_HEADERS)
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End the connection."""
        self._runner.run(self._http.aclose())
        self._runner.close()

    @property
    def world(self) -> World:
        """The world that is asked."""
        return business(self.server.worlds.default.world)

    def renew(self) -> None:
        """Put the world back to how it was grown, with counters and ids."""
        self.server.worlds.clear()

    def ask(self, call: Call) -> Recorded:
        """Send a call and keep its answer."""
        content = None if call.body is None else json.dumps(call.body, ensure_ascii=False).encode()
        request = self._http.build_request(
            call.method, call.target, headers=dict(call.headers), content=content
        )
        answer = self._runner.run(self._http.send(request))
        headers = {k: v for k, v in sorted(answer.headers.items()) if k not in _OF_TRANSPORT}
        return Recorded(call, answer.status_code, headers, answer.text)


_OF_TRANSPORT = frozenset({"content-length", "date", "server", "connection"})
# httpx would add headers of its own, which nobody asked for.
_NO_HEADERS = {"accept": "application/json"}
