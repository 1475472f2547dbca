"""What the author of a document says of its state, in place of what would be inferred.

On a path item or an operation: `x-mock-kind` (`list`, `create`, `read`, `replace`, `update`,
`delete`, `action` or `other`), `x-mock-id` (the member that holds the id), `x-mock-count` (how many
records there are at the beginning), `x-mock-effect` (members that an action sets).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mockserver.engine.inference.model import Identity, Kind, Resource, Role

KIND, ID, COUNT, EFFECT = "x-mock-kind", "x-mock-id", "x-mock-count", "x-mock-effect"
_MOST = 10_000


def with_resource_marks(resource: Resource, marks: Mapping[str, Any]) -> Resource:
    """The resource as its author says."""
    member, count = marks.get(ID), marks.get(COUNT)
    if isinstance(member, str) and member:
        reason = f"{ID} says so"
        resource = replace(resource, identity=Identity(member, resource.identity.schemas, reason))
    if isinstance(count, int) and 0 <= count <= _MOST:
        resource = replace(resource, count=count)
    return resource


def with_role_marks(role: Role, marks: Mapping[str, Any]) -> Role:
    """The role as its author says; an unknown kind is not heard."""
    kind, effect = marks.get(KIND), marks.get(EFFECT)
    if kind in tuple(Kind) and (role.resource is not None or kind == Kind.OTHER):
        role = replace(role, kind=Kind(kind), reason=f"{KIND} says so")
    return replace(role, effect=dict(effect)) if isinstance(effect, dict) else role
