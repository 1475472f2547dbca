"""The journal of a world in the hands of a test."""

from __future__ import annotations

from typing import Any

from mockserver.client.admin import Admin, Json

Exchanges = list[Json]


class WorldRequests:
    """What was asked of a world, and what was answered; secrets are redacted.

    An exchange is the JSON that `admin/openapi.yaml` describes: `operation_id`, `status`,
    `request`, `response`, `verdict`, and more.
    """

    def __init__(self, admin: Admin) -> None:
        self._admin = admin

    def list(self) -> Exchanges:
        """Every exchange kept, the newest first."""
        return [*self._admin.every_request({})]

    def find(self, **criteria: Any) -> Exchanges:
        """The exchanges that meet all criteria, the newest first.

        The keywords are those of `journal_criteria`.
        """
        return [*self._admin.every_request(journal_criteria(**criteria))]

    def count(self, **criteria: Any) -> int:
        """How many exchanges meet all criteria; all of them without any."""
        return self._admin.count_requests(journal_criteria(**criteria))

    def clear(self) -> None:
        """Forget every exchange."""
        self._admin.clear_requests()


def journal_criteria(
    operation: str | None = None, body: dict[str, Any] | None = None, **given: Any
) -> dict[str, Any]:
    """The body of `POST /requests/find`; keywords that are None are left out.

    `operation` (operationId), `method`, `path` (`*` stands for anything), `status` (404 or "4xx"),
    `verdict` (valid, refused, failed), `since` (a number), `headers` and `query` (names with the
    value they must have, None for any), `body` (JSON Pointers with the value that must stand
    there, `...` for any).
    """
    criteria = {name: value for name, value in given.items() if value is not None}
    if operation is not None:
        criteria["operation_id"] = operation
    if body is not None:
        criteria["body"] = [_pointed(pointer, value) for pointer, value in body.items()]
    return criteria


def _pointed(pointer: str, value: Any) -> dict[str, Any]:
    return {"pointer": pointer} if value is ... else {"pointer": pointer, "equals": value}
