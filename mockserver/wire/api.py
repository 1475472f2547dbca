"""A contract as it is mounted: where it lives, who answers, and in whose words it refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mockserver.contract import Arguments, Contract, Match, Operation, Reply, Routes
from mockserver.contract.explain import Explainer
from mockserver.errors import FieldProblem
from mockserver.store import StoredWorld
from mockserver.wire.dialects import Dialect, PlainDialect
from mockserver.wire.guard import Guard
from mockserver.wire.kept import Kept
from mockserver.worlds import ServedWorld

PLAIN = PlainDialect()
Answer = Callable[[Operation, ServedWorld, Arguments], Reply]
Review = Callable[[StoredWorld, Arguments, frozenset[str]], tuple[FieldProblem, ...]]


@dataclass(frozen=True, slots=True)
class Api:
    """One contract under one base path ("" for the root).

    `answer` turns checked arguments into a reply; `dialects` maps tags to their dialect, a tag
    without one speaks plain problem details; `guard` decides who may call at all. `reviews` has, by
    operationId, the operations that tell everything at once: what the business would refuse a call
    for besides the members of its body that are named. `kept` holds the bytes of replies, None to
    make them each time; `is_read` tells of an operation whether its answer follows from the call,
    the rows of the world and its time alone, and changes none of them a second time.
    """

    contract: Contract
    base_path: str
    answer: Answer
    dialects: Mapping[str, Dialect] = field(default_factory=dict)
    guard: Guard | None = None
    reviews: Mapping[str, Review] = field(default_factory=dict)
    kept: Kept | None = None
    is_read: Callable[[Operation], bool] = lambda operation: operation.method == "GET"
    routes: Routes = field(init=False)
    operations: Mapping[str, Operation] = field(init=False)
    explainer: Explainer = field(init=False)

    def __post_init__(self) -> None:
        """Derive what requests look up."""
        object.__setattr__(self, "explainer", Explainer(self.contract))
        object.__setattr__(self, "routes", Routes(self.contract.operations))
        object.__setattr__(self, "operations", {o.uid: o for o in self.contract.operations})

    def match(self, path: str) -> Match | None:
        """The path item of a path below the base path."""
        if not path.startswith(self.base_path + "/"):
            return None
        return self.routes.match(path[len(self.base_path) :])

    def dialect_for(self, tag: str) -> Dialect:
        """The dialect of a tag."""
        return self.dialects.get(tag) or PLAIN


def dialect_of_path(apis: tuple[Api, ...], path: str) -> Dialect:
    """Whose words a path without operation is refused in: the longest prefix that owns it."""
    known: dict[str, Dialect] = {d.prefix: d for api in apis for d in api.dialects.values()}
    owners = [p for p in known if path == p or path.startswith(p.rstrip("/") + "/")]
    return known[max(owners, key=len)] if owners else PLAIN
