"""One world in the hands of a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import httpx

from mockserver.client.admin import Admin
from mockserver.client.assertion import ChangesAsserted
from mockserver.client.clock import WorldClock
from mockserver.client.connection import Connection
from mockserver.client.errors import Refused
from mockserver.client.faults import WorldFaults
from mockserver.client.requests import WorldRequests


class MockWorld:
    """A world of a server: its addresses, and all that can be done to it.

    - `name`, and `url`: the address of the server with the prefix of this world, for clients
      that take nothing but an address.
    - `headers`: the header that names this world, for clients of the plain address.
    - `auth`: a header with a credential that every family accepts.
    - `clock`, `faults`, `requests`: time, misbehaviour, journal.
    - `admin`: every operation of the admin API, concerning this world.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self.name = name
        self.url = f"{connection.url}/~{name}"
        self.headers = {"X-Mock-World": name}
        self.auth = {"Authorization": "Bearer otesse_test_sk_mockworld"}
        self.admin = Admin(connection, name)
        self.clock = WorldClock(self.admin)
        self.faults = WorldFaults(self.admin)
        self.requests = WorldRequests(self.admin)

    def __repr__(self) -> str:
        return f"<MockWorld {self.url}>"

    @cached_property
    def client(self) -> httpx.Client:
        """An HTTP client of this world; credentials are left to whoever uses it."""
        return self._connection.open(self._connection.url, self.headers)

    def reset(self) -> None:
        """Put the world back to the moment it was grown; its snapshots stay."""
        self.admin.reset_world()

    def seed(self, **growth: Any) -> dict[str, Any]:
        """Grow the world anew: `seed`, `scenario`, `size`, `locale`."""
        return self.admin.seed_world(**growth)

    def state(self, collection: str | None = None) -> dict[str, Any]:
        """The rows of every collection, or of one."""
        return self.admin.get_state(collection)

    def outbox(self, kind: str | None = None) -> list[dict[str, Any]]:
        """Mail the business would have sent, oldest first."""
        return self.admin.list_outbox(kind)

    def snapshot(self, name: str = "snapshot") -> str:
        """Keep the world as it is now; the name to restore or compare it by."""
        self.admin.take_snapshot(name)
        return name

    def restore(self, name: str = "snapshot") -> None:
        """Put the world back to a snapshot, which stays."""
        self.admin.restore_snapshot(name)

    def changes(self, since: str = "snapshot", to: str | None = None) -> list[dict[str, Any]]:
        """What changed since a snapshot, until another or now, as JSON Patch (RFC 6902)."""
        return self.admin.get_diff(since, to)

    def assert_changes(
        self, expected: Mapping[str, Any], *, ignore: Iterable[str] = ("updated_at",)
    ) -> ChangesAsserted:
        """Assert that a block changes exactly what is expected, and nothing else.

        ::

            with mock_world.assert_changes({
                "/bookings/bk_01HQ3K5M7N8P9R": {"status": "cancelled"},
                "outbox": {"added": 1},
            }):
                ...

        `changes.findings` says how an expectation is written; `{}` expects no change. `ignore`
        names members whose changes do not count. Raises AssertionError with every difference.
        """
        return ChangesAsserted(self.admin, expected, tuple(ignore))

    def remove(self) -> None:
        """Let the server forget the world, if it has it, and close the client."""
        if "client" in self.__dict__:
            self.client.close()
        try:
            self.admin.delete_world(self.name)
        except Refused as refusal:
            if refusal.status != 404:
                raise
