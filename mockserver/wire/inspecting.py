"""Serving the inspector: static files, read once, with all forbidden that it does not need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from mockserver.errors import SetupError
from mockserver.wire.exchange import Exchange
from mockserver.wire.preconditions import is_unchanged, tag_of
from mockserver.wire.replies import Answered

_MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
    }
)
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "cache-control": "no-cache",
        "content-security-policy": _POLICY,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
)


class _File(NamedTuple):
    """One file; `tag` is its entity tag."""

    media_type: str
    content: bytes
    tag: str


class Inspector:
    """The page at a path, its other files below that path."""

    def __init__(self, directory: Path, path: str) -> None:
        """Read every file; SetupError for one of a kind that no browser is told about."""
        files = [file for file in sorted(directory.iterdir()) if file.is_file()]
        self._files = {f"{path}/{file.name}": _read(file) for file in files}
        self._files[path] = self._files[f"{path}/index.html"]
        self._path = path

    def owns(self, path: str) -> bool:
        """Whether a path, less the prefix that names a world, is the page or lies below it."""
        return path == self._path or path.startswith(f"{self._path}/")

    def answer(self, exchange: Exchange) -> Answered:
        """A file; 304 for one that is known, 404 and 405 in plain text, and no slash at the end."""
        if exchange.method not in {"GET", "HEAD"}:
            return _told(405, f"{exchange.method} is not possible here; it answers GET, HEAD.")
        if exchange.path == f"{self._path}/":
            return Answered(307, {"location": exchange.prefix + self._path}, b"")
        file = self._files.get(exchange.path)
        if file is None:
            return _told(404, f"The inspector has no file {exchange.path}: it is {self._path}.")
        headers = {**_HEADERS, "content-type": file.media_type, "etag": file.tag}
        condition = exchange.headers.get("if-none-match", "")
        if condition and is_unchanged(condition, file.tag):
            return Answered(304, headers, b"")
        return Answered(200, headers, file.content)


def _read(file: Path) -> _File:
    media_type = _MEDIA_TYPES.get(file.suffix)
    if media_type is None:
        raise SetupError(f"The inspector has a file of an unknown kind: {file}.")
    content = file.read_bytes()
    return _File(media_type, content, tag_of(content))


def _told(status: int, sentence: str) -> Answered:
    printable = re.sub(r"[^ -~]", "?", sentence)
    headers = {**_HEADERS, "content-type": "text/plain; charset=utf-8"}
    if status == 405:
        headers["allow"] = "GET, HEAD"
    return Answered(status, headers, printable.encode())
