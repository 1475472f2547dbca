"""From a contract to its resources and the roles of its operations."""

from __future__ import annotations

from mockserver.contract import Contract
from mockserver.engine.inference.model import Inference, Kind, Role
from mockserver.engine.inference.overrides import with_role_marks
from mockserver.engine.inference.paths import spots_of
from mockserver.engine.inference.remote import remote_roles
from mockserver.engine.inference.resources import Places
from mockserver.engine.inference.roles import Roles
from mockserver.engine.sheet import Sheet

_TELLING = frozenset({Kind.LIST, Kind.CREATE})


def infer(contract: Contract, sheet: Sheet | None = None) -> Inference:
    """What the paths, methods and schemas of a contract say of its state.

    The cost grows with the number of operations, whatever their schemas hold.
    """
    sheet = sheet or Sheet(contract)
    spots, left = spots_of(contract.operations)
    places = Places(sheet, spots)
    places.find()
    telling = Roles(places)
    roles: dict[str, Role] = {}
    for spot in spots.values():
        for operation, template in spot.operations.values():
            roles[operation.uid] = telling.of(spot, operation, template)
    others = {uid for uid, role in roles.items() if role.kind is Kind.OTHER}
    unread = [s for s in spots.values() if {o.uid for o, _ in s.operations.values()} & others]
    remote = remote_roles(places, unread)
    roles.update({uid: role for uid, role in remote.items() if uid in others})
    taken = "another operation has the same path but for the names of its parameters"
    roles.update({operation.uid: Role(Kind.OTHER, taken) for operation in left})
    for operation in contract.operations:
        roles[operation.uid] = with_role_marks(roles[operation.uid], sheet.marks(operation))
    resources = {resource.name: resource for resource in places.by_form.values()}
    known = {r.resource.name for r in roles.values() if r.resource and r.kind in _TELLING}
    ordered = {operation.uid: roles[operation.uid] for operation in contract.operations}
    return Inference(resources, ordered, frozenset(known))
