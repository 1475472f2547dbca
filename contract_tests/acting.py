"""Actions: what is declared to be done to a record, done to one that the run made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from contract_tests.bench import Bench
from contract_tests.calling import NO_BODY
from contract_tests.exchanges import Exchange
from contract_tests.records import Made, Unable
from contract_tests.semantics import Action

Json = Any


@dataclass(frozen=True, slots=True)
class Scene:
    """A record with all that an action on it needs; `names` is what its expressions see."""

    action: Action
    made: Made
    needs: dict[str, Made]
    names: dict[str, Json]
    body: Json

    @property
    def made_after(self) -> Made:
        """The record with those it belongs to once the action is done."""
        handed = {name: self.needs[to] for name, to in self.action.hands.items()}
        return replace(self.made, needs={**self.made.needs, **handed})


def scene(bench: Bench, made: Made, action: Action) -> Scene:
    """What an action on a record needs, made."""
    needs = {name: bench.make(each, group=made.group) for name, each in action.needs.items()}
    known = {"made": made, **made.needs, **needs}
    for name, (of, resource) in action.faces.items():
        known[name] = bench.face(known[of], resource)
    names = {name: each.names for name, each in known.items()}
    number = str(bench.random.randrange(10**6, 10**7))
    names |= {"record": made.record, "mark": bench.mark(made.group), "number": number}
    names["group"] = made.group
    body = bench.fill(action.body, **names) if action.has_body else NO_BODY
    return Scene(action, made, needs, {**names, "sent": None if body is NO_BODY else body}, body)


def act(bench: Bench, scene: Scene, body: Json = NO_BODY, record_id: str | None = None) -> Exchange:
    """Do it, with its own body unless another is given."""
    call = call_of(bench, scene, record_id)
    if body is not NO_BODY:
        call["body"] = body
    return bench.call(scene.action.operation, **call)


def call_of(bench: Bench, scene: Scene, record_id: str | None = None) -> dict[str, Json]:
    """What is sent to do it: `path` and `body`."""
    path = {name: bench.fill(each, **scene.names) for name, each in scene.action.path.items()}
    if scene.action.parameter:
        path[scene.action.parameter] = scene.made.id if record_id is None else record_id
    return {"path": path, "body": scene.body}


def perform(bench: Bench, made: Made, names: tuple[str, ...]) -> Made:
    """A record after these actions, read again; Unable when one is refused."""
    for name in names:
        play = scene(bench, made, made.resource.actions[name])
        exchange = act(bench, play)
        if exchange.answer.status >= 300:
            raise Unable(
                f"{name} {made.resource.title} {made.id}",
                f"{exchange.operation} answered {exchange.answer.status}",
            )
        made = replace(play.made_after, exchanges=(*made.exchanges, exchange))
    return bench.again(made) if names and made.resource.read is not None else made
