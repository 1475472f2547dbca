"""Secrets made unreadable before an exchange is shown; the work is bounded by what was kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

import orjson

REDACTED = "[redacted]"

_HEADERS = frozenset({"authorization", "proxyauthorization", "cookie", "setcookie", "xapikey"})
_SCHEMES = frozenset(
    {"basic", "bearer", "digest", "negotiate", "ntlm", "hoba", "oauth", "dpop", "token", "apikey"}
)
_SECRET = re.compile(r"secret|password|passwd|passphrase|(?:token|tokens|apikey|privatekey)\Z")
# A quoted name, a colon, and what follows it: a text (perhaps cut off), or anything else.
_MEMBER = re.compile(
    r'("(?:[^"\\]|\\.){0,200}+")\s{0,100}+:\s{0,100}+("(?:[^"\\]|\\.)*+"?|[^\s,}\]"]+)', re.DOTALL
)


def is_secret(name: str) -> bool:
    """Whether what goes by this name is a secret: a password, a token, a key."""
    plain = name.lower().replace("-", "").replace("_", "")
    return plain in _HEADERS or _SECRET.search(plain) is not None


def redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers; of a secret value nothing is left but a well-known scheme word before it."""
    return {n: _credential(value) if is_secret(n) else value for n, value in headers.items()}


def _credential(value: str) -> str:
    scheme, _, rest = value.partition(" ")
    return f"{scheme} {REDACTED}" if rest and scheme.lower() in _SCHEMES else REDACTED


def redact_query(query: str) -> str:
    """The query, or a form, with the values of secret names replaced; the rest as it was sent."""
    return "&".join(_pair(pair) for pair in query.split("&"))


def _pair(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}={REDACTED}" if equals and is_secret(unquote_plus(name)) else pair


def redact_json(value: Any) -> Any:
    """The value with every secret member replaced; null and booleans stay, they tell nothing.

    The value is nested at most 100 deep, as `contract.read_json` makes sure.
    """
    if isinstance(value, dict):
        return {name: _member(name, below) for name, below in value.items()}
    if isinstance(value, list):
        return [redact_json(below) for below in value]
    return value


def _member(name: str, value: Any) -> Any:
    if is_secret(name) and value is not None and not isinstance(value, bool):
        return REDACTED
    return redact_json(value)


def redact_text(text: str) -> str:
    """Text that looks like JSON but is not, or was cut: secret members are replaced as well.

    Where an object or a list stands for a secret, nobody can say where it ends: the rest goes too.
    """
    parts: list[str] = []
    end = 0
    for found in _MEMBER.finditer(text):
        if not is_secret(_name(found[1])):
            continue
        parts += [text[end : found.start(2)], f'"{REDACTED}"']
        if found[2][0] in "{[":
            return "".join(parts)
        end = found.end()
    return "".join([*parts, text[end:]])


def _name(quoted: str) -> str:
    try:
        return str(orjson.loads(quoted))
    except orjson.JSONDecodeError:
        return quoted[1:-1]
