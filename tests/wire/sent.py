"""One request and one answer, to the byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Sent:
    """One request, as bytes on their way to an ASGI application; the body comes in chunks."""

    method: str
    path: str
    query: str = ""
    headers: Headers = ()
    chunks: tuple[bytes, ...] = (b"",)

    @property
    def scope(self) -> dict[str, Any]:
        """The ASGI scope, with a path that a server would have decoded."""
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": self.method,
            "path": self.path.partition("%")[0],
            "raw_path": self.path.encode("latin-1"),
            "query_string": self.query.encode("latin-1"),
            "root_path": "",
            "headers": [(b"host", b"localhost"), *self.headers],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 4010),
            "extensions": {},
        }


@dataclass(frozen=True)
class Got:
    """One answer, to the byte."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
