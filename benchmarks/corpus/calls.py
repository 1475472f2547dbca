"""Calls of the operations of a document, and what is right about an answer.

Calls are in order, for records that exist. An answer counts when its status is a success that the
document declares and its body keeps to the schema, formats asserted. After writes, what was
deleted may be refused in the declared way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from urllib.parse import quote

from benchmarks.corpus.scores import Score
from mockserver.clock import Clock, parse_instant
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.contract.foreign import ForeignCompiler
from mockserver.contract.parameters import read_path
from mockserver.contract.schemas import Direction
from mockserver.engine import Engine, Kind, Resource, Role, World
from mockserver.engine.data import UnfillableError
from mockserver.engine.patches import is_json_patch
from mockserver.engine.world import text_of
from mockserver.errors import BadRequest, Conflict, NotFound, Refusal

Json = Any
NOW = parse_instant("2026-02-20T15:00:00Z")
_MOST_DEFINITIONS = 1000  # that a schema reaches, for it to be proved that it takes nothing
_TRIED = ("GET", "POST", "PUT", "PATCH", "DELETE")
TRIES = 10
_WRITING = (Kind.CREATE, Kind.REPLACE, Kind.UPDATE, Kind.DELETE, Kind.ACTION, Kind.BULK_WRITE)


class Caller:
    """Makes calls that are in order, for records that exist."""

    def __init__(self, contract: Contract, engine: Engine, seed: int) -> None:
        self.contract, self.engine, self.seed = contract, engine, seed
        self.chance = Random(seed)
        self.world = engine.world(seed=seed, clock=Clock.frozen(NOW))
        self.has_written = False
        self._proofs = ForeignCompiler(contract.document, contract.dialect)

    def arguments(self, operation: Operation, world: World) -> Arguments:
        """Arguments of a call: the ids of the path name records that exist where any can."""
        path = self._path(operation, world)
        query, headers = self.required(operation, "query"), self.required(operation, "header")
        body, has_body = self._body(operation)
        role = self.engine.inference.roles[operation.uid]
        if role.key and role.key not in path:
            self._name_record(role, path, body, query, world)
        return Arguments(path, query, headers, body, has_body=has_body)

    def required(self, operation: Operation, place: str) -> dict[str, Json]:
        """A value of every parameter that must be sent in a place: query, header, cookie."""
        return {
            str(node["name"]): self._drawn(_schema_of(node), str(node["name"]))
            for node in self.engine.sheet.parameters(operation)
            if node.get("in") == place and node.get("required") is True
        }

    def _body(self, operation: Operation) -> tuple[Json, bool]:
        """A body, and whether one is sent: none where it may be left out and none can be made."""
        content = self.engine.sheet.body(operation)
        if operation.body is None or not content.media_type:
            return None, False
        try:
            body = self._drawn(content.schema, "")
        except UnfillableError:
            if operation.body.required:
                raise
            return None, False
        # A random JSON Patch would test for what is not there.
        return [] if is_json_patch(body) else body, True

    def _drawn(self, schema: Json, name: str) -> Json:
        maker = self.engine.maker
        return maker.draw(schema, self.chance, now=NOW, name=name, direction="request")

    def _path(self, operation: Operation, world: World) -> dict[str, Json]:
        nodes = {
            str(node.get("name")): _schema_of(node)
            for node in self.engine.sheet.parameters(operation)
            if node.get("in") == "path"
        }
        role = self.engine.inference.roles[operation.uid]
        found: dict[str, Json] = {}
        owners = {number: owner for owner, number in role.owners}
        for number, name in enumerate(role.scope, 1):
            place = [found[each] for each in role.scope[: number - 1]]
            found[name] = self._known(owners.get(number), place, nodes.get(name, {}), name, world)
        resource = role.resource
        if role.key in nodes and resource is not None:
            place = [found[each] for each in role.scope]
            found[role.key] = self._known(resource, place, nodes[role.key], role.key, world)
        rest = [name for name in nodes if name not in found]
        return {**found, **{name: self._drawn(nodes[name], name) for name in rest}}

    def _known(
        self, resource: Resource | None, place: list[Json], node: Json, name: str, world: World
    ) -> Json:
        """The id of a record that exists; any value where none has to."""
        if resource is not None and resource.depth <= len(place):
            rows = self.engine.records(world, resource, *place[: resource.depth])
            if rows and resource.name in self.engine.inference.known:
                return self.chance.choice(rows)["id"]
        return self._drawn(node, name)

    def _name_record(
        self, role: Role, path: dict[str, Json], body: Json, query: dict[str, Json], world: World
    ) -> None:
        """Put the id of a record that exists where the call takes it, in its body or its query."""
        if role.resource is None or not role.key or role.kind is Kind.CREATE:
            return
        place = [path[name] for name in role.scope if name in path][: role.resource.depth]
        rows = self.engine.records(world, role.resource, *place)
        holder = body if isinstance(body, dict) and role.key not in query else query
        if rows:
            holder[role.key] = self.chance.choice(rows)["id"]

    def fault(self, operation: Operation, world: World, tries: int = TRIES) -> str:
        """What is wrong with the answer to a call; empty when nothing is.

        A call for an id that is taken is made again with another.
        """
        try:
            return self.judged(operation, self.answer(operation, world))
        except NotFound as refusal:
            is_told = self.has_written and operation.response_for(404) is not None
            return "" if is_told else f"refused: {refusal.message}"
        except Conflict as refusal:
            return self.fault(operation, world, tries - 1) if tries else refusal.message
        except Refusal as refusal:
            return f"refused: {refusal.message}"
        except UnfillableError as error:
            return f"unfillable: {error.message}"

    def answer(self, operation: Operation, world: World) -> Reply:
        """The answer to a call that is in order."""
        call = self.arguments(operation, world)
        if wrong := ill_formed(operation, call):
            raise BadRequest("ill_formed", f"The id of a record does not fit the path: {wrong}")
        return self.engine.answer_in(operation, world, call)

    def is_impossible(self, operation: Operation) -> bool:
        """Whether it is proved that no call of an operation, or no success, can be right.

        No value keeps to the schema of any body that it must have, or to that of any success.
        """
        body = operation.body
        if body is not None and body.required and self._are_empty(body.schemas, "request"):
            return True
        answers = [r for status, r in operation.responses.items() if status[:1] == "2"]
        if not answers and "default" in operation.responses:
            answers = [operation.responses["default"]]
        return bool(answers) and all(self._are_empty(r.schemas, "response") for r in answers)

    def _are_empty(self, schemas: Mapping[str, Json], direction: Direction) -> bool:
        is_satisfiable = self._proofs.is_satisfiable
        return bool(schemas) and not any(
            is_satisfiable(schema, direction, _MOST_DEFINITIONS) for schema in schemas.values()
        )

    def judged(self, operation: Operation, reply: Reply) -> str:
        """What breaks the document in a reply; empty when nothing does."""
        rule = operation.response_for(reply.status)
        if not has_success(operation):
            return ""
        if rule is None or not 200 <= reply.status < 300:
            return f"{reply.status} is no declared success"
        missing = [n for n in rule.required_headers if n not in reply.headers]
        if missing:
            return f"lacks the header {missing[0]}"
        validator = rule.media_types.match(reply.media_type)
        if rule.media_types and (reply.body is None or validator is None):
            return f"has no content of {', '.join(rule.media_types)}"
        problems = validator.problems(reply.body, "body") if validator is not None else []
        return problems[0].sentence if problems else ""


def ill_formed(operation: Operation, call: Arguments) -> str:
    """What a server would refuse of the path of a call; empty when it is in order."""
    listed = frozenset({"array", "object"})
    path = operation.located["path"]
    plain = {p.name for p in path if p.serialisation is None and not p.types & listed}
    texts = {n: quote(text_of(v), safe="") for n, v in call.path.items() if n in plain}
    _, problems = read_path(operation, texts)
    return next((p.sentence for p in problems if p.pointer[:1] and p.pointer[0] in plain), "")


def operations_of(contract: Contract) -> list[Operation]:
    """The operations that a mock answers out of its state."""
    return [each for each in contract.operations if each.method in _TRIED]


def has_success(operation: Operation) -> bool:
    """Whether the document says what a success looks like."""
    return any(name[:1] == "2" or name == "default" for name in operation.responses)


def _schema_of(parameter: Mapping[str, Json]) -> Json:
    """The schema of a parameter, wherever it stands."""
    content = parameter.get("content")
    media: Json = next(iter(content.values()), {}) if isinstance(content, dict) else {}
    return parameter.get("schema") or media.get("schema") or {}


def answers(caller: Caller, world: World) -> Score:
    """Every operation that declares a success, each in a world of its own that starts as this."""
    score = Score()
    for operation in filter(has_success, operations_of(caller.contract)):
        fault = guarded(caller.fault, operation, world.fork("one"))
        is_impossible = bool(fault) and caller.is_impossible(operation)
        score.note(operation.uid, fault, is_impossible=is_impossible)
    return score


def guarded(act: Callable[..., str], *given: Any) -> str:
    """What goes wrong, a crash included: it is a finding here like any other."""
    try:
        return act(*given)
    except Exception as error:
        return f"crashed: {type(error).__name__}: {error}"


def write(caller: Caller, world: World, most: int) -> None:
    """A random sequence of writes in one world; refusals belong to it."""
    caller.has_written = True
    roles = caller.engine.inference.roles
    writing = [o for o in operations_of(caller.contract) if roles[o.uid].kind in _WRITING]
    for _ in range(min(most, 2 * len(writing))):
        guarded(caller.fault, caller.chance.choice(writing), world)
