"""What a mock of one document is put through: every operation, random writes, whole lives.

Calls are made in the process, without HTTP: what is measured is whether answers are right. One
counts when its status is a success that the document declares and its body keeps to the schema,
formats asserted. After writes, what was deleted may be refused in the declared way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from mockserver.clock import Clock, parse_instant
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.engine import Engine, Kind, Resource, Role, World
from mockserver.engine.data import UnfillableError
from mockserver.engine.inference.identities import inside
from mockserver.engine.names import plain
from mockserver.engine.patches import is_json_patch
from mockserver.engine.world import Row
from mockserver.errors import Conflict, NotFound, Refusal

Json = Any
NOW = parse_instant("2026-02-20T15:00:00Z")
_TRIED = ("GET", "POST", "PUT", "PATCH", "DELETE")
_TRIES = 10
_WRITING = (Kind.CREATE, Kind.REPLACE, Kind.UPDATE, Kind.DELETE, Kind.ACTION, Kind.BULK_WRITE)


@dataclass(slots=True)
class Score:
    """How many of how many, and what was wrong with the others."""

    good: int = 0
    tried: int = 0
    faults: list[str] = field(default_factory=list)

    def note(self, what: str, fault: str) -> None:
        """Count one; no fault is good."""
        self.tried += 1
        if fault:
            self.faults.append(f"{what}: {fault}")
        else:
            self.good += 1


class Caller:
    """Makes calls that are in order, for records that exist."""

    def __init__(self, contract: Contract, engine: Engine, seed: int) -> None:
        self.contract, self.engine, self.chance = contract, engine, Random(seed)
        self.world = engine.world(seed=seed, clock=Clock.frozen(NOW))
        self.has_written = False

    def arguments(self, operation: Operation, world: World) -> Arguments:
        """Arguments of a call: the ids of the path name records that exist where any can."""
        path = self._path(operation, world)
        query = {
            str(node["name"]): self._drawn(node.get("schema") or {}, str(node["name"]))
            for node in self.engine.sheet.parameters(operation)
            if node.get("in") == "query" and node.get("required") is True
        }
        content = self.engine.sheet.body(operation)
        body = self._drawn(content.schema, "") if content.media_type else None
        if is_json_patch(body):
            body = []  # a random one would test for what is not there
        role = self.engine.inference.roles[operation.uid]
        if role.key and role.key not in path:
            self._name_record(role, body, query, world)
        return Arguments(path, query, {}, body, has_body=bool(content.media_type))

    def _drawn(self, schema: Json, name: str) -> Json:
        maker = self.engine.maker
        return maker.draw(schema, self.chance, now=NOW, name=name, direction="request")

    def _path(self, operation: Operation, world: World) -> dict[str, Json]:
        nodes = {
            str(node.get("name")): node.get("schema") or {}
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

    def _name_record(self, role: Role, body: Json, query: dict[str, Json], world: World) -> None:
        """Put the id of a record that exists where the call takes it, in its body or its query."""
        if role.resource is None or not role.key or role.kind is Kind.CREATE:
            return
        rows = self.engine.records(world, role.resource)
        holder = body if isinstance(body, dict) and role.key not in query else query
        if rows:
            holder[role.key] = self.chance.choice(rows)["id"]

    def fault(self, operation: Operation, world: World, tries: int = _TRIES) -> str:
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
        return self.engine.answer_in(operation, world, call)

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


def operations_of(contract: Contract) -> list[Operation]:
    """The operations that a mock answers out of its state."""
    return [each for each in contract.operations if each.method in _TRIED]


def has_success(operation: Operation) -> bool:
    """Whether the document says what a success looks like."""
    return any(name[:1] == "2" or name == "default" for name in operation.responses)


def answers(caller: Caller, world: World) -> Score:
    """Every operation that declares a success, each in a world of its own that starts as this."""
    score = Score()
    for operation in filter(has_success, operations_of(caller.contract)):
        score.note(operation.uid, guarded(caller.fault, operation, world.fork("one")))
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


# --- whole lives


@dataclass(frozen=True, slots=True)
class Life:
    """The operations that one record can live through."""

    resource: Resource
    create: Operation
    read: Operation
    listing: Operation | None
    delete: Operation | None


def lives_of(engine: Engine, contract: Contract) -> Iterator[Life]:
    """The resources whose records can be made and then read by their id."""
    by_resource: dict[str, dict[Kind, Operation]] = {}
    for operation in operations_of(contract):
        role = engine.inference.roles[operation.uid]
        if role.resource is not None and not role.is_first and not role.under:
            by_resource.setdefault(role.resource.name, {}).setdefault(role.kind, operation)
    for name, known in by_resource.items():
        resource = engine.inference.resources[name]
        create, read = known.get(Kind.CREATE), known.get(Kind.READ)
        if create is not None and read is not None and not resource.is_single:
            yield Life(resource, create, read, known.get(Kind.LIST), known.get(Kind.DELETE))


def round_trips(caller: Caller) -> Score:
    """Create, read, list, delete, not found: once for every resource that can."""
    score = Score()
    for life in lives_of(caller.engine, caller.contract):
        world = caller.world.fork("life")
        fault = guarded(_lived, caller, life, world)
        score.note(life.resource.path, fault)
    return score


def _lived(caller: Caller, life: Life, world: World) -> str:
    engine = caller.engine
    call = caller.arguments(life.create, world)
    place = [call.path[name] for name in engine.inference.roles[life.create.uid].scope]
    rows = engine.records(world, life.resource, *place)
    for _ in range(_TRIES):
        if not _names_one_of(rows, life, call.body):
            break
        call = caller.arguments(life.create, world)._replace(path=call.path)
    before = {row["key"] for row in rows}
    try:
        made = engine.answer_in(life.create, world, call)
    except Refusal as refusal:
        return f"not made: {refusal.message}"
    if fault := caller.judged(life.create, made):
        return f"not made: {fault}"
    fresh = [r for r in engine.records(world, life.resource, *place) if r["key"] not in before]
    if not fresh:
        return "nothing was made"
    return _read_and_gone(caller, life, world, place, fresh[0]["id"], call.body)


def _names_one_of(rows: tuple[Row, ...], life: Life, body: Json) -> bool:
    """Whether a body brings the id of a record that is there."""
    member = life.resource.identity.member
    offered = body.get(member) if isinstance(body, dict) and member else None
    return offered is not None and offered in [row["id"] for row in rows]


def _read_and_gone(
    caller: Caller, life: Life, world: World, place: list[Json], value: Json, body: Json
) -> str:
    engine = caller.engine
    one = _addressed(caller, life.read, place, value)
    reply = engine.answer_in(life.read, world, one)
    if fault := caller.judged(life.read, reply):
        return f"not read: {fault}"
    if fault := _differs(caller, life, reply, body):
        return f"read otherwise: {fault}"
    if life.listing is not None and not _is_listed(caller, life, world, place, value):
        return "not in the list"
    return _gone(
        caller, life, world, _addressed(caller, life.delete or life.read, place, value), one
    )


def _gone(caller: Caller, life: Life, world: World, call: Arguments, reading: Arguments) -> str:
    if life.delete is None:
        return ""
    if fault := caller.judged(life.delete, caller.engine.answer_in(life.delete, world, call)):
        return f"not deleted: {fault}"
    try:
        caller.engine.answer_in(life.read, world, reading)
    except Refusal:
        return ""
    return "still there when it was deleted"


def _addressed(caller: Caller, operation: Operation, place: list[Json], value: Json) -> Arguments:
    role = caller.engine.inference.roles[operation.uid]
    call = caller.arguments(operation, caller.world.fork("other"))
    path = {**call.path, **dict(zip(role.scope, place, strict=False))}
    if role.key in path:
        return call._replace(path={**path, role.key: value})
    holder = call.body if isinstance(call.body, dict) and role.key in call.body else None
    if holder is not None:
        return call._replace(path=path, body={**holder, role.key: value})
    return call._replace(path=path, query={**call.query, role.key: value})


def _is_listed(caller: Caller, life: Life, world: World, place: list[Json], value: Json) -> bool:
    """Whether the list has the record on one of its pages."""
    assert life.listing is not None
    role = caller.engine.inference.roles[life.listing.uid]
    assert role.listing is not None
    call = caller.arguments(life.listing, caller.world.fork("other"))
    path = {**call.path, **dict(zip(role.scope, place, strict=False))}
    paging = role.listing.paging
    filters = {each.parameter for each in role.listing.filters} | set(role.listing.search)
    query = {n: v for n, v in call.query.items() if n not in filters}
    query.pop(paging.page, None)
    query.update({paging.size: 1000} if paging.size else {})
    reply = caller.engine.answer_in(life.listing, world, Arguments(path, query))
    items = reply.body
    for name in role.listing.place:
        items = items.get(name) if isinstance(items, dict) else None
    member = life.resource.identity.member
    if not isinstance(items, list):
        return False
    if member is None:
        return len(items) == len(caller.engine.records(world, life.resource, *place))
    shown = [item.get(member) for item in items if isinstance(item, dict) and member in item]
    if not shown:
        return len(items) == len(caller.engine.records(world, life.resource, *place))
    return str(value) in map(str, shown)


def _differs(caller: Caller, life: Life, reply: Reply, body: Json) -> str:
    """The first member that was sent and is read otherwise, although it could be as it was sent."""
    engine = caller.engine
    sent, read = body, reply.body
    for name in engine.inference.roles[life.create.uid].body_wrapper:
        sent = sent.get(name) if isinstance(sent, dict) else None
    for name in engine.inference.roles[life.read.uid].wrapper:
        read = read.get(name) if isinstance(read, dict) else None
    if not isinstance(sent, dict) or not isinstance(read, dict):
        return ""
    rule = life.read.response_for(reply.status)
    if rule is None:
        return ""
    content = engine.sheet.answer(life.read, rule.status)
    schema = inside(
        engine.sheet.shapes, content.schema, engine.inference.roles[life.read.uid].wrapper
    )
    for name, value in sent.items():
        if name not in read or read[name] == value or _is_own(engine, life, schema, name):
            continue
        if _takes(engine, engine.sheet.shapes.flat(schema).members[name], value):
            return f"{name} is {str(read[name])[:60]}, sent was {str(value)[:60]}"
    return ""


def _takes(engine: Engine, schema: Json, value: Json) -> bool:
    """Whether a schema takes a value as it is."""
    try:
        return bool(engine.maker.project(schema, value, Random(0), now=NOW) == value)
    except UnfillableError:
        return False


def _is_own(engine: Engine, life: Life, schema: Json, name: str) -> bool:
    """Whether only the server decides a member."""
    shape = engine.sheet.shapes.flat(schema)
    if name not in shape.members or plain(name) == plain(life.resource.identity.member or ""):
        return True
    return engine.sheet.shapes.flat(shape.members[name]).marks.get("readOnly") is True
