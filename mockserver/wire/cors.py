"""Cross-origin calls: a frontend on another port of this machine works without a setting."""

from __future__ import annotations

import re

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_THIS_MACHINE = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_EXPOSED = ("Allow", "ETag", "Idempotent-Replayed", "Link", "Location", "Preference-Applied",
            "Retry-After", "WWW-Authenticate", "X-Mock-Explain", "X-Mock-Note",
            "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")  # fmt: skip


class Cors:
    """Adds the cross-origin headers to everything but the server's own API.

    Every port of this machine is an allowed origin, cookies included, and each origin named
    beside it. Pages of other origins must not steer the server, hence no headers under `private`.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...], private: str) -> None:
        self._app = app
        self._private = re.compile(rf"(/~[^/]*)?{private}(/|$)")
        self._open = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_origin_regex=_THIS_MACHINE,
            allow_methods=_METHODS,
            allow_headers=["*"],
            allow_credentials=True,
            expose_headers=_EXPOSED,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer preflights, pass everything else on."""
        is_private = scope["type"] == "http" and self._private.match(scope["path"]) is not None
        await (self._app if is_private else self._open)(scope, receive, send)
