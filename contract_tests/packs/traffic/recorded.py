"""Exchanges that somebody else made, with what is known of them and what was not kept."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from contract_tests.exchanges import Answer, Exchange, Pairs, Sent

Json = Any
# What recorders write for a value they would not show.
MARKERS = ("[redacted]", "redacted", "[filtered]", "***")
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key"})
SECRET_ANSWER_HEADERS = frozenset({"set-cookie"})
_NOISE = frozenset(
    {
        "host",
        "connection",
        "content-length",
        "accept-encoding",
        "user-agent",
        "transfer-encoding",
        "expect",
    }
)
_MOST_DECODED = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recorded:
    """One exchange of some traffic; `place` says where in its source it stands.

    A body that is not known whole (cut, or left out) is never judged.
    """

    exchange: Exchange
    place: str = ""
    is_request_whole: bool = True
    is_answer_whole: bool = True


@dataclass(frozen=True, slots=True)
class Traffic:
    """What was read from a source; `ignored` counts what is no exchange with an API, by reason."""

    source: str
    recorded: tuple[Recorded, ...]
    ignored: Counter[str] = field(default_factory=Counter)


class TrafficError(ValueError):
    """Traffic that cannot be read; the message says what is wrong with it."""


class NoServerError(TrafficError):
    """No server gives its journal; the message says how it failed."""


def make_sent(method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes) -> Sent:
    """A request without the headers that a client sets by itself; an empty body is none."""
    kept = tuple((name, value) for name, value in headers if not _is_noise(name))
    return Sent(method.upper(), target or "/", kept, body or None)


def make_exchange(origin: str, sent: Sent, answer: Answer) -> Exchange:
    """The exchange, its credentials marked as secrets."""
    return Exchange("", origin, sent, answer, secrets_of(sent))


def is_redacted(value: Json) -> bool:
    """Whether a value, or one within it, was made unreadable by a recorder."""
    if isinstance(value, str):
        return any(marker in value.lower() for marker in MARKERS)
    if isinstance(value, dict):
        return any(map(is_redacted, value.values()))
    return isinstance(value, list) and any(map(is_redacted, value))


def decoded(body: bytes, encoding: str) -> bytes | None:
    """A body without its content codings; None when it cannot be undone here, or was cut."""
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name == "identity":
            continue
        if name not in ("gzip", "x-gzip", "deflate"):
            return None
        inflated = _inflated(body, 47) or (_inflated(body, -15) if name == "deflate" else None)
        if inflated is None:
            return None
        body = inflated
    return body


def _inflated(body: bytes, window: int) -> bytes | None:
    if not body:
        return b""
    inflater = zlib.decompressobj(window)
    try:
        plain = inflater.decompress(body, _MOST_DECODED)
    except zlib.error:
        return None
    return plain if inflater.eof else None


def _is_noise(name: str) -> bool:
    lower = name.lower()
    return lower in _NOISE or lower.startswith((":", "sec-"))


def secrets_of(sent: Sent, names: frozenset[str] = frozenset()) -> Pairs:
    """The credentials of a request with names for them; `names` are further headers and keys."""
    found = []
    query = parse_qsl(sent.target.partition("?")[2])
    keys = [(name, value) for name, value in query if name.lower() in names]
    carried = [each for each in sent.headers if each[0].lower() in SECRET_HEADERS | names]
    for name, value in carried + keys:
        secret = value.partition(" ")[2] if "authorization" in name.lower() else value
        if secret or value:
            found.append((secret or value, re.sub(r"\W", "_", name.upper())))
    return tuple(found)
