"""Cross-origin calls: a frontend on another port of this machine works without a setting."""

from __future__ import annotations

import re

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VARY = (b"vary", b"Origin")
"""What every answer carries that no browser asked for from elsewhere."""
_THIS_MACHINE = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_EXPOSED = ("Allow", "ETag", "Idempotent-Replayed", "Link", "Location", "Preference-Applied",
            "Retry-After", "WWW-Authenticate", "X-Mock-Explain", "X-Mock-Note",
            "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")  # fmt: skip


class Cors:
    """Adds the cross-origin headers.

    To the served families every port of this machine may call, cookies included, and each origin
    named beside it. To the server's own API, under `private`, only the origins named: a page that
    happens to be open in a browser must not steer the server.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...], private: str) -> None:
        self._app = app
        self._private_name = private
        self._private = re.compile(rf"(/~[^/]*)?{private}(/|$)")
        self._open = _allowing(app, origins, _THIS_MACHINE)
        self._narrow = _allowing(app, origins, None) if origins else app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer preflights, pass everything else on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if self._private_name in path and self._private.match(path):
            await self._narrow(scope, receive, send)
            return
        for name, _ in scope["headers"]:
            if name == b"origin":
                await self._open(scope, receive, send)
                return
        await self._app(scope, receive, _varying(send))


def _varying(send: Send) -> Send:
    """For a call that no browser made from elsewhere: only say that it depends on the origin."""

    async def varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message["headers"]
            for name, _ in headers:
                if name == b"vary":
                    message["headers"] = _joined(headers)
                    break
            else:
                headers.append(VARY)
        await send(message)

    return varied


def _joined(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    known = [value for name, value in headers if name == b"vary"]
    others = [pair for pair in headers if pair[0] != b"vary"]
    return [*others, (b"vary", b", ".join([*known, b"Origin"]))]


def _allowing(app: ASGIApp, origins: tuple[str, ...], pattern: str | None) -> ASGIApp:
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_origin_regex=pattern,
        allow_methods=_METHODS,
        allow_headers=["*"],
        allow_credentials=True,
        expose_headers=_EXPOSED,
    )
