"""What everything is drawn from: the draft, the schemas, the groups, and where records lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from contract_tests.contract import Operation
from contract_tests.contract.schemas import leaves
from contract_tests.pointers import parts_of
from contract_tests.semantics.proposals.draft import Draft, Path
from contract_tests.semantics.proposals.paths import Group
from contract_tests.semantics.proposals.places import Place
from contract_tests.semantics.proposals.samples import Samples
from contract_tests.semantics.proposals.seeking import shown_at
from contract_tests.semantics.proposals.shapes import Shapes

Json = Any


@dataclass(slots=True)
class Sight:
    """`places` holds where the records of each resource lie, once it is drawn."""

    draft: Draft
    shapes: Shapes
    samples: Samples
    groups: dict[str, Group]
    places: dict[str, Place] = field(default_factory=dict)

    def one(self, group: Group, operation: Operation) -> dict[str, Json]:
        """How an operation on one record of a group is called."""
        raw = {"operation": operation.name, "parameter": group.by_parameter[operation.name]}
        owners = self.owners(group, operation)
        return {**raw, **({"path": owners} if owners else {})}

    def owners(self, group: Group, operation: Operation) -> dict[str, str]:
        """Templates for the ids in a path of the records around a nested one; none when unknown."""
        found, at, names = {}, group.parent, ""
        for parameter in reversed(group.owners(operation)):
            if at is None:
                return {}
            names = f"{names}.needs.{at.name}" if names else at.name
            found[parameter] = f"= {names}.id"
            at = at.parent
        return dict(reversed(found.items()))

    def echo(self, body: Json, place: Place, path: Path) -> dict[str, str | None]:
        """Where the record holds what was sent, for whatever has not the same pointer there."""
        found: dict[str, str | None] = {}
        if not self.shapes.members(place.schema):
            return found
        for pointer, _ in leaves(body):
            parts = parts_of(pointer)
            if parts and self.shapes.at(place.schema, parts) is None:
                found[pointer] = shown_at(self.shapes, place.schema, parts)
        if any(each is None for each in found.values()):
            self.draft.ask(path, "null says that a record shows it nowhere; is that so?")
        elif found:
            self.draft.ask(path, "found under names alike; are these the same?")
        return found
