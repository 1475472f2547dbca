"""The documented families: from an operation to its handler, and the world brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mockserver.api.leads import problems_of_leads_update
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.contract.naming import find_handler
from mockserver.domain.agenda import catch_up
from mockserver.domain.world import World, business
from mockserver.errors import FieldProblem
from mockserver.store import StoredWorld
from mockserver.worlds import ServedWorld

Handler = Callable[[World, Arguments], Reply]
Review = Callable[[StoredWorld, Arguments, frozenset[str]], tuple[FieldProblem, ...]]

REVIEWS: Mapping[str, Review] = {
    "updateLeadsCustomer": lambda world, call, wrong: problems_of_leads_update(
        business(world), call, wrong
    )
}
"""By operationId: what the business would refuse a call for besides the wrong members of its body.

These operations tell everything at once (domain D.1): the path, the body, and the record.
"""


class Families:
    """The documented families: finds every handler at start, brings the world up to date first."""

    def __init__(self, contract: Contract) -> None:
        self._handlers: dict[str, Handler] = {
            operation.uid: find_handler("mockserver.api", operation)
            for operation in contract.operations
        }

    def answer(self, operation: Operation, served: ServedWorld, call: Arguments) -> Reply:
        """The reply of the operation's handler; what time has made due happens before it."""
        world = business(served.world)
        catch_up(world)
        return self._handlers[operation.uid](world, call)
