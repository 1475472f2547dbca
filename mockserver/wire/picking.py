"""Which world a request is for: by header, by the start of its path, or the default one."""

from __future__ import annotations

from mockserver.errors import BadRequest
from mockserver.headers import Headers
from mockserver.wire.exchange import Exchange
from mockserver.worlds import Worlds

HEADER = b"x-mock-world"
SIGN = "/~"


def pick_world(exchange: Exchange, worlds: Worlds) -> None:
    """Give the exchange its world, and take the world's name off the start of its path.

    `X-Mock-World: name` and `/~name/…` mean the same; both together must name the same world.
    Raises BadRequest for a name that cannot be one, Conflict when there are too many worlds.
    """
    if exchange.path.startswith(SIGN):
        exchange.prefix, exchange.path = split_prefix(exchange.path)
    if exchange.prefix or HEADER in exchange.headers.raw:
        name = world_named(exchange.prefix, exchange.headers)
        if name:
            exchange.served = worlds.pick(name)


def world_named(prefix: str, headers: Headers) -> str:
    """The world that a path prefix or the header names; empty for none, BadRequest for two."""
    named = headers.raw.get(HEADER, b"").decode("latin-1").strip()
    if not prefix:
        return named
    name = prefix[len(SIGN) :]
    if named not in {"", name}:
        raise BadRequest(
            "two_worlds",
            f"The path names the world {name!r}, the header X-Mock-World {named!r}: name one.",
            "world",
        )
    if not name:
        raise BadRequest("invalid_world_name", "The path names no world after '/~'.", "world")
    return name


def split_prefix(path: str) -> tuple[str, str]:
    """The start of a path that names a world (`/~name`), and what the path is without it."""
    end = path.find("/", len(SIGN))
    return (path, "/") if end < 0 else (path[:end], path[end:])


def named_world(exchange: Exchange) -> str | None:
    """The world that a call of the server's own API names in any way; None when it names none."""
    if exchange.prefix or world_named("", exchange.headers):
        return exchange.served.name
    return exchange.query_value("world") or None
