"""Invariants: what every record and every answer shows, whichever pack asked for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from contract_tests.contract import Contract, DeclaredAnswer, Operation
from contract_tests.exchanges import NO_JSON, Exchange
from contract_tests.plan import Plan
from contract_tests.pointers import MISSING, joined, parts_of
from contract_tests.semantics import ExpressionError, Expressions, Invariant, Scope, Semantics

Json = Any
Pattern = tuple[str, ...]
Places = dict[str, tuple[tuple[str, Pattern], ...]]
"""Where answers of operations show records: by operation, the resource and the way there."""
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold; `pointer` leads to the record in the body of the answer."""

    invariant: Invariant
    exchange: Exchange
    pointer: str
    record: Json


@dataclass
class Invariants:
    """The invariants of a plan, ready to be held against exchanges.

    `held` counts how often each was found to hold. What was judged once is not judged again.
    """

    plan: Plan
    places: Places
    expressions: Expressions = field(default_factory=Expressions)
    held: dict[str, int] = field(default_factory=dict)
    _judged: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by_resource: dict[str, list[Invariant]] = {}
        self._by_operation: dict[str, list[Invariant]] = {}
        for each in self.plan.semantics.invariants:
            if each.resource is not None:
                self._by_resource.setdefault(each.resource, []).append(each)
            for operation in named(self.plan.contract, each.operations):
                self._by_operation.setdefault(operation, []).append(each)

    def broken(self, exchange: Exchange) -> Iterator[Broken]:
        """Every invariant that an exchange breaks."""
        operation = self.plan.contract.operations.get(exchange.operation)
        if operation is None or exchange.sent.method != operation.method:
            return
        body = exchange.answer.json
        if body is NO_JSON:
            return
        yield from self._answer(exchange, body)
        if exchange.answer.status < 300:
            yield from self._records(exchange, body)

    def _answer(self, exchange: Exchange, body: Json) -> Iterator[Broken]:
        names = Scope({"body": body, "status": exchange.answer.status, **_asked(exchange)})
        for invariant in self._by_operation.get(exchange.operation, ()):
            if self._holds(invariant, invariant.holds, names) is False:
                yield Broken(invariant, exchange, "", body)

    def _records(self, exchange: Exchange, body: Json) -> Iterator[Broken]:
        for resource, pattern in self.places.get(exchange.operation, ()):
            invariants = self._by_resource.get(resource, ())
            found = list(_at(body, pattern)) if invariants else []
            fresh = [(pointer, record) for pointer, record in found if self._is_new(record)]
            all_of_them = Scope({"records": [record for _, record in fresh]})
            for invariant in invariants if fresh else ():
                whole = f"records.all(record, {invariant.holds})"
                if not self._holds(invariant, whole, all_of_them):
                    yield from self._in(invariant, exchange, fresh)

    def _in(
        self, invariant: Invariant, exchange: Exchange, found: list[tuple[str, Json]]
    ) -> Iterator[Broken]:
        for pointer, record in found:
            if self._holds(invariant, invariant.holds, Scope({"record": record})) is False:
                yield Broken(invariant, exchange, pointer, record)
                return

    def _holds(self, invariant: Invariant, expression: str, scope: Scope) -> Json:
        """Whether it holds; None when that cannot be said of a record that breaks its schema."""
        try:
            found = self.expressions.evaluate(expression, scope)
        except ExpressionError:
            return None
        self.held[invariant.code] = self.held.get(invariant.code, 0) + (found is True)
        return found

    def _is_new(self, record: Json) -> bool:
        key = json.dumps(record, sort_keys=True)
        is_new = key not in self._judged
        self._judged.add(key)
        return is_new


def named(contract: Contract, names: tuple[str, ...]) -> list[str]:
    """The operations that names stand for; `tag:` and a tag stands for all of it."""
    return [
        each.name
        for each in contract.operations.values()
        if each.name in names or any(f"tag:{tag}" in names for tag in each.tags)
    ]


def places_of(contract: Contract, semantics: Semantics) -> Places:
    """The declared places of records, and every place whose schema is that of a record."""
    declared = _declared(semantics)
    schemas: dict[str, str] = {}
    for name, places in declared.items():
        for resource, pattern in places:
            reference = _reference_at(contract, contract.operations[name], pattern)
            if reference:
                schemas.setdefault(reference, resource)
    found: Places = {}
    for operation in contract.operations.values():
        shown = [
            place for answer in _good(operation) for place in _shown(contract, answer, schemas)
        ]
        found[operation.name] = tuple(dict.fromkeys([*declared.get(operation.name, ()), *shown]))
    return found


def _declared(semantics: Semantics) -> dict[str, list[tuple[str, Pattern]]]:
    found: dict[str, list[tuple[str, Pattern]]] = {}

    def put(operation: str, resource: str, pointer: str, *more: str) -> None:
        found.setdefault(operation, []).append((resource, (*parts_of(pointer), *more)))

    for resource in semantics.resources.values():
        if resource.read is not None:
            put(resource.read.operation, resource.name, resource.read.record)
        for face in resource.faces.values():
            put(face.operation, face.resource, face.items, "*")
    for collection in semantics.collections.values():
        put(collection.operation, collection.resource, collection.items, "*")
    return found


def _good(operation: Operation) -> list[DeclaredAnswer]:
    return [answer for status, answer in operation.answers.items() if status.startswith("2")]


def _reference_at(contract: Contract, operation: Operation, pattern: Pattern) -> str:
    """The reference to the schema of what an answer shows at a place; empty when it has none."""
    for answer in _good(operation):
        for schema in answer.schemas.values():
            for way, reference in _references(contract, schema, (), ()):
                if way == pattern:
                    return reference
    return ""


def _shown(
    contract: Contract, answer: DeclaredAnswer, schemas: dict[str, str]
) -> Iterator[tuple[str, Pattern]]:
    for schema in answer.schemas.values():
        for way, reference in _references(contract, schema, (), ()):
            if reference in schemas:
                yield schemas[reference], way


def _references(
    contract: Contract, schema: Json, way: Pattern, passed: tuple[str, ...]
) -> Iterator[tuple[Pattern, str]]:
    """Every reference within a schema, with the way to what it describes; the outermost first."""
    if not isinstance(schema, dict) or len(way) > _DEEPEST:
        return
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if reference in passed:
            return
        yield way, reference
        schema, passed = contract.document.resolve(schema), (*passed, reference)
    for name, member in (schema.get("properties") or {}).items():
        yield from _references(contract, member, (*way, name), passed)
    if "items" in schema:
        yield from _references(contract, schema["items"], (*way, "*"), passed)
    for part in schema.get("allOf") or ():
        yield from _references(contract, part, way, passed)


def _at(value: Json, pattern: Pattern, passed: tuple[str, ...] = ()) -> Iterator[tuple[str, Json]]:
    """Everything at a place where `*` is any index, with its pointer."""
    if not pattern:
        if isinstance(value, dict):
            yield joined(list(passed)), value
        return
    first, *rest = pattern
    if first == "*" and isinstance(value, list):
        for index, member in enumerate(value):
            yield from _at(member, tuple(rest), (*passed, str(index)))
    elif isinstance(value, dict) and value.get(first, MISSING) is not MISSING:
        yield from _at(value[first], tuple(rest), (*passed, first))


def _asked(exchange: Exchange) -> dict[str, Json]:
    query = dict(parse_qsl(exchange.sent.target.partition("?")[2], keep_blank_values=True))
    try:
        sent = json.loads(exchange.sent.body or b"null")
    except (ValueError, RecursionError):
        sent = None
    return {"query": query, "sent": sent}
