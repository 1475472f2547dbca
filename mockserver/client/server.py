"""A server in the hands of a test."""

from __future__ import annotations

import re
from itertools import count
from types import TracebackType
from typing import Self

from mockserver.client.admin import Admin
from mockserver.client.connection import Connection
from mockserver.client.world import MockWorld

_LONGEST_NAME = 64


class MockServer:
    """A running mockserver: its address, its admin API, its worlds.

    `token` is the admin token it was started with, if any. `prefix` begins the name of each fresh
    world, for servers that are shared with others.
    """

    def __init__(self, url: str, *, token: str = "", prefix: str = "") -> None:
        self._connection = Connection(url, token)
        self._prefix = prefix
        self._numbers = count(1)
        self.url = self._connection.url
        self.admin = Admin(self._connection)

    def __repr__(self) -> str:
        return f"<MockServer {self.url}>"

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close its sockets."""
        self.close()

    def world(self, name: str) -> MockWorld:
        """The world of a name; it is made on the server when it is first used."""
        return MockWorld(self._connection, name)

    def fresh_world(self, name: str = "world") -> MockWorld:
        """A world that nobody else has, called like this; remove it when it is no longer needed."""
        number = f"-{next(self._numbers)}"
        wanted = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{self._prefix}{name}").strip("-._") or "world"
        world = self.world(wanted[: _LONGEST_NAME - len(number)] + number)
        if self._prefix:
            world.remove()  # what an earlier run, broken off, may have left
        return world

    def close(self) -> None:
        """Close its sockets."""
        self._connection.close()
