"""The faults of a world in the hands of a test."""

from __future__ import annotations

from typing import Any

from mockserver.client.admin import Admin, Json

Rules = list[Json]

PRESETS = ("slow-3g", "flaky", "down", "rate-limited")
_MATCH = {"operation": "operation_id", "method": "method", "path": "path"}
_SCHEDULE = {"first": "first", "every": "every", "start": "from", "until": "until"}
_EFFECT = ("delay_ms", "status", "retry_after", "reset", "truncate", "content_type", "invalid_body")
_RULE = ("id", "preset", "probability")


class WorldFaults:
    """Switches deliberate misbehaviour of a world on and off."""

    def __init__(self, admin: Admin) -> None:
        self._admin = admin

    def add(self, **given: Any) -> list[str]:
        """Switch a fault or a preset on; the ids of the rules added.

        The keywords are those of `fault_request`.
        """
        return [rule["id"] for rule in self._admin.add_faults(fault_request(**given))]

    def list(self) -> Rules:
        """The rules in their order, with how often each `matched` a request and `fired`."""
        return self._admin.list_faults()

    def remove(self, fault_id: str) -> None:
        """Switch one rule off."""
        self._admin.remove_fault(fault_id)

    def clear(self) -> None:
        """Switch every rule off."""
        self._admin.clear_faults()


def fault_request(header: str | None = None, **given: Any) -> dict[str, Any]:
    """The body of `POST /faults` from flat keywords; those that are None are left out.

    Which requests: `operation` (operationId), `method`, `path` (`*` stands for anything),
    `header` (`Name` or `Name: value`). When: `probability`, `first`, `every`, `start` and `until`
    (instants of the world's clock). What: `preset`, or any of `delay_ms` (a number or a pair),
    `status`, `retry_after`, `reset`, `truncate`, `content_type`, `invalid_body`. `id` names it.

    Raises TypeError for any other keyword.
    """
    known = {*_MATCH, *_SCHEDULE, *_EFFECT, *_RULE}
    if unknown := sorted(set(given) - known):
        raise TypeError(f"A fault has no {unknown[0]!r}: choose from {', '.join(sorted(known))}.")
    match = _named(given, _MATCH)
    if header is not None:
        match["header"] = _header(header)
    parts = {
        "match": match,
        "schedule": _named(given, _SCHEDULE),
        "effect": _named(given, {name: name for name in _EFFECT}),
    }
    rule = _named(given, {name: name for name in _RULE})
    return {**rule, **{name: part for name, part in parts.items() if part}}


def _named(given: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The members given, under the names of the admin contract."""
    return {
        name: list(given[key]) if isinstance(given[key], tuple) else given[key]
        for key, name in names.items()
        if given.get(key) is not None and given[key] is not False
    }


def _header(text: str) -> dict[str, str]:
    name, colon, value = text.partition(":")
    return {"name": name.strip(), **({"value": value.strip()} if colon else {})}
