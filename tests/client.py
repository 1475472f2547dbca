"""A synchronous HTTP client for an ASGI application in this process."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Self

import httpx
from starlette.types import ASGIApp

OTESSE = {"Authorization": "Bearer otesse_test_sk_tests"}
MERCHANT = {"Cookie": "session_token=abc"}
LEADS = {"Authorization": "Bearer leads-token"}


class Client:
    """Sends each request to the application and waits for its answer."""

    def __init__(self, app: ASGIApp) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        self._http = httpx.AsyncClient(transport=transport, base_url="http://localhost")
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close the loop."""
        self._loop.run_until_complete(self._http.aclose())
        self._loop.close()

    def request(self, method: str, url: str, **more: Any) -> httpx.Response:
        """Send one request; keywords are those of httpx."""
        return self._loop.run_until_complete(self._http.request(method, url, **more))

    def get(self, url: str, **more: Any) -> httpx.Response:
        """GET."""
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> httpx.Response:
        """POST."""
        return self.request("POST", url, **more)

    def put(self, url: str, **more: Any) -> httpx.Response:
        """PUT."""
        return self.request("PUT", url, **more)

    def patch(self, url: str, **more: Any) -> httpx.Response:
        """PATCH."""
        return self.request("PATCH", url, **more)

    def delete(self, url: str, **more: Any) -> httpx.Response:
        """DELETE."""
        return self.request("DELETE", url, **more)
