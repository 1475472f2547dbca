"""Whole lives: a record that is made, read, listed, deleted, and not found any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.corpus.calls import NOW, TRIES, Caller, guarded, operations_of
from benchmarks.corpus.scores import Score
from mockserver.contract import Arguments, Contract, Operation, Reply
from mockserver.engine import Engine, Kind, Resource, World
from mockserver.engine.data import UnfillableError
from mockserver.engine.inference.identities import inside
from mockserver.engine.names import plain
from mockserver.engine.world import Row
from mockserver.errors import Refusal

Json = Any


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
        fault = guarded(_lived, caller, life, caller.world.fork("life"))
        parts = (life.create, life.read, life.listing, life.delete)
        is_impossible = bool(fault) and any(each and caller.is_impossible(each) for each in parts)
        score.note(life.resource.path, fault, is_impossible=is_impossible)
    return score


def _lived(caller: Caller, life: Life, world: World) -> str:
    engine = caller.engine
    call = caller.arguments(life.create, world)
    place = [call.path[name] for name in engine.inference.roles[life.create.uid].scope]
    rows = engine.records(world, life.resource, *place)
    for _ in range(TRIES):
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
