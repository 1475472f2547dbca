"""Members that name another record: `customer_id` is the id of a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contract_tests.semantics.proposals.paths import Group
from contract_tests.semantics.proposals.shapes import Shapes, singular, words

Json = Any
# Ids that other authorities give: nothing of the API is named by them.
_OF_OTHERS = {"tax", "vat", "external", "national", "passport", "device", "correlation", "client"}
_ID_WORDS = ("id", "ids", "uuid")


@dataclass(frozen=True, slots=True)
class Reference:
    """A member that takes an id: of which resource (None: not known), and the template for it."""

    pointer: str
    name: str
    resource: str | None
    template: str


class References:
    """Tells which members of the bodies of one group name records of another."""

    def __init__(self, groups: dict[str, Group], shapes: Shapes, group: Group) -> None:
        self._groups = groups
        self._shapes = shapes
        self._group = group

    def of(self, name: str, schema: Json, pointer: str) -> Reference | None:
        """What a member refers to; None for one that does not look like an id of another record."""
        kind = self._shapes.kind(schema)
        parts = words(name)
        if kind not in ("string", "integer") or len(parts) < 2 or parts[-1] not in _ID_WORDS:
            return None
        wanted = "_".join(parts[:-1])
        resource = self._resource(wanted)
        if resource is None or resource == self._group.name:
            is_foreign = kind == "string" and not _OF_OTHERS & set(parts)
            return Reference(pointer, wanted, None, "") if is_foreign else None
        known = f"{wanted}.id"
        return Reference(
            pointer, wanted, resource, f"= int({known})" if kind == "integer" else f"= {known}"
        )

    def _resource(self, wanted: str) -> str | None:
        """The resource of a name; among several that end in it, one in the same part of the API."""
        fitting = [
            name
            for name, group in self._groups.items()
            if group.creating is not None
            and wanted in (name, singular(name), singular(group.plural))
        ]
        exact = [name for name in fitting if name == wanted]
        beside = [name for name in fitting if _prefix(self._groups[name]) == _prefix(self._group)]
        return next(iter([*(e for e in beside), *exact, *fitting]), None)


def _prefix(group: Group) -> str:
    return group.path.rpartition("/")[0]
