"""A block of a test that may change only what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

from mockserver.client.admin import Admin
from mockserver.client.changes import findings, report
from mockserver.client.errors import Refused


class ChangesAsserted:
    """Takes a snapshot of a world before the block, and compares after it.

    When the block itself raises, its error goes on and nothing is compared.
    """

    def __init__(self, admin: Admin, expected: Mapping[str, Any], ignore: tuple[str, ...]) -> None:
        self._admin = admin
        self._expected = expected
        self._ignore = ignore
        self._before = ""

    def __enter__(self) -> None:
        """Take the snapshot."""
        self._before = _free("before-changes", self._admin.list_snapshots())
        self._admin.take_snapshot(self._before)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Compare, and forget the snapshot."""
        __tracebackhide__ = True
        try:
            changes = self._admin.get_diff(self._before) if kind is None else []
        finally:
            with suppress(Refused):
                self._admin.delete_snapshot(self._before)
        lines = findings(changes, self._expected, self._ignore) if kind is None else []
        if lines:
            raise AssertionError(report(lines, changes))


def _free(name: str, taken: Iterable[Mapping[str, Any]]) -> str:
    """A name like this one that no snapshot has: blocks may stand within blocks."""
    names = {each["name"] for each in taken}
    number = 1
    while f"{name}-{number}" in names:
        number += 1
    return f"{name}-{number}"
