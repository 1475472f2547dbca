"""The admin API, one method per operation: operationId `takeSnapshot` is `take_snapshot`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from mockserver.client.connection import Connection

Json = dict[str, Any]


class Admin:
    """The admin API of a server, concerning one world (the default one without a name).

    Every method answers with the JSON that `admin/openapi.yaml` documents, and raises Refused or
    Unreachable.
    """

    def __init__(self, connection: Connection, world: str = "") -> None:
        self._connection = connection
        self.world = world

    # server and worlds

    def get_health(self) -> Json:
        """Whether the server is ready."""
        return self._server("GET", "/health")

    def get_admin_contract(self) -> Json:
        """The document of this API."""
        return self._server("GET", "/openapi.json")

    def get_version(self) -> Json:
        """Which server it is, and which contract it serves."""
        return self._server("GET", "/version")

    def list_worlds(self) -> list[Json]:
        """Every world, the default one first."""
        return self._data(self._server("GET", "/worlds"))

    def get_world(self, name: str) -> Json:
        """What a world holds."""
        return self._server("GET", f"/worlds/{_part(name)}")

    def delete_world(self, name: str) -> None:
        """Forget a world."""
        self._server("DELETE", f"/worlds/{_part(name)}")

    def delete_worlds(self) -> None:
        """Forget every named world and start the default one over."""
        self._server("DELETE", "/worlds")

    def reset_world(self) -> None:
        """Put the world back to the moment it was grown."""
        self._call("POST", "/reset")

    def seed_world(self, **growth: Any) -> Json:
        """Grow the world anew; `seed`, `scenario`, `size`, `locale`."""
        return self._object(self._call("POST", "/seed", body=growth))

    def list_outbox(self, kind: str | None = None) -> list[Json]:
        """Mail the business would have sent, oldest first."""
        return self._data(self._call("GET", "/outbox", kind=kind))

    # clock

    def get_clock(self) -> Json:
        """The world's time."""
        return self._object(self._call("GET", "/clock"))

    def set_clock(self, now: str, *, running: bool = False) -> Json:
        """Set the time (RFC 3339) and stop it there, or let it run on."""
        return self._object(self._call("PUT", "/clock", body={"now": now, "running": running}))

    def move_clock(self, **change: Any) -> Json:
        """Let time pass: `advance` (ISO 8601 duration), `running`."""
        return self._object(self._call("PATCH", "/clock", body=change))

    # state

    def get_state(self, collection: str | None = None) -> Json:
        """The rows of the world, or of one collection."""
        return self._object(self._call("GET", "/state", collection=collection))

    def put_state(self, state: Json, collection: str | None = None) -> None:
        """Replace the rows of the world, or of one collection."""
        self._call("PUT", "/state", body=state, collection=collection)

    def list_rows(
        self,
        collection: str,
        text: str | None = None,
        order: str = "oldest",
        page: int = 1,
        per_page: int = 100,
    ) -> Json:
        """One page of a collection, or of its rows that hold a text."""
        query = {"q": text, "order": order, "page": page, "per_page": per_page}
        return self._object(self._call("GET", f"/state/{_part(collection)}", **query))

    def get_row(self, collection: str, row_id: str) -> Json:
        """One row, and the rows it names."""
        return self._object(self._call("GET", f"/state/{_part(collection)}/{_part(row_id)}"))

    def put_row(self, collection: str, row_id: str, row: Json) -> Json:
        """Put one row in place of another, or add it."""
        path = f"/state/{_part(collection)}/{_part(row_id)}"
        return self._object(self._call("PUT", path, body=row))

    def delete_row(self, collection: str, row_id: str) -> None:
        """Take one row out, unless others name it."""
        self._call("DELETE", f"/state/{_part(collection)}/{_part(row_id)}")

    def list_snapshots(self) -> list[Json]:
        """The snapshots of the world in the order they were taken."""
        return self._data(self._call("GET", "/snapshots"))

    def take_snapshot(self, name: str) -> Json:
        """Keep the world as it is now under a name."""
        return self._object(self._call("POST", f"/snapshots/{_part(name)}"))

    def get_snapshot(self, name: str) -> Json:
        """The state in a snapshot."""
        return self._object(self._call("GET", f"/snapshots/{_part(name)}"))

    def delete_snapshot(self, name: str) -> None:
        """Forget a snapshot."""
        self._call("DELETE", f"/snapshots/{_part(name)}")

    def restore_snapshot(self, name: str) -> None:
        """Put the world back to a snapshot."""
        self._call("POST", f"/snapshots/{_part(name)}/restore")

    def save_snapshot(self, name: str) -> Json:
        """Write a snapshot into the server's directory of snapshots."""
        return self._object(self._call("POST", f"/snapshots/{_part(name)}/save"))

    def read_snapshot(self, name: str) -> Json:
        """Read a snapshot from the server's directory of snapshots."""
        return self._object(self._call("POST", f"/snapshots/{_part(name)}/read"))

    def get_diff(self, since: str, to: str | None = None) -> list[Json]:
        """What changed since a snapshot, until another or now, as JSON Patch."""
        patch = self._call("GET", "/diff", **{"from": since, "to": to})
        return list(patch)

    # faults

    def list_faults(self) -> list[Json]:
        """The rules in their order, with how often each met a request and fired."""
        return self._data(self._call("GET", "/faults"))

    def add_faults(self, request: Json) -> list[Json]:
        """Switch a rule or a preset on; the rules as they were added."""
        return self._data(self._call("POST", "/faults", body=request))

    def clear_faults(self) -> None:
        """Switch every fault off."""
        self._call("DELETE", "/faults")

    def remove_fault(self, fault_id: str) -> None:
        """Switch one fault off."""
        self._call("DELETE", f"/faults/{_part(fault_id)}")

    # traffic

    def list_requests(self, page: int = 1, per_page: int = 100) -> Json:
        """One page of the journal, the newest exchange first."""
        return self._object(self._call("GET", "/requests", page=page, per_page=per_page))

    def get_request(self, number: int) -> Json:
        """One exchange."""
        return self._object(self._call("GET", f"/requests/{number}"))

    def find_requests(self, criteria: Json, page: int = 1, per_page: int = 100) -> Json:
        """One page of the exchanges that meet all criteria."""
        found = self._call("POST", "/requests/find", criteria, page=page, per_page=per_page)
        return self._object(found)

    def find_lines(self, criteria: Json, page: int = 1, per_page: int = 100) -> Json:
        """One page of the exchanges that meet all criteria, without headers and bodies."""
        found = self._call("POST", "/requests/lines", criteria, page=page, per_page=per_page)
        return self._object(found)

    def explain_request(self, number: int) -> list[Json]:
        """Which lines of the contract an exchange was held to, or refused by."""
        return self._data(self._call("GET", f"/requests/{number}/explanation"))

    def replay_request(self, number: int) -> int:
        """Send a request again; the number of the last exchange before."""
        return int(self._call("POST", f"/requests/{number}/replay")["after"])

    def count_requests(self, criteria: Json) -> int:
        """How many kept exchanges meet all criteria."""
        return int(self._call("POST", "/requests/count", criteria)["count"])

    def clear_requests(self) -> None:
        """Empty the journal."""
        self._call("DELETE", "/requests")

    def get_coverage(self, **least: float) -> Json:
        """What of the contract was used; `min_operations`, `min_statuses`, … in percent."""
        return self._object(self._call("GET", "/coverage", **least))

    def list_recipes(
        self, operation_id: str | None = None, status: int | None = None
    ) -> list[Json]:
        """How to provoke every answer of the contract."""
        found = self._connection.call(
            "GET", "/recipes", {"operation_id": operation_id, "status": status}
        )
        return self._data(found)

    def every_request(self, criteria: Json) -> Iterator[Json]:
        """All kept exchanges that meet all criteria, the newest first."""
        page, seen = 1, 0
        while True:
            found = self.find_requests(criteria, page, 1000)
            yield from found["data"]
            seen += len(found["data"])
            if not found["data"] or seen >= found["total"]:
                return
            page += 1

    def _call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        return self._connection.call(method, path, {**query, "world": self.world}, body)

    def _server(self, method: str, path: str) -> Json:
        """A call that concerns no world in particular."""
        return self._object(self._connection.call(method, path, {}))

    @staticmethod
    def _object(value: Any) -> Json:
        return dict(value or {})

    @staticmethod
    def _data(value: Any) -> list[Json]:
        return list(value["data"])


def _part(name: str) -> str:
    """One segment of a path."""
    return quote(name, safe="")
