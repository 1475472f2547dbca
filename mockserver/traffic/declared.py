"""What a contract declares that a client can exercise; read once, shared by every world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import orjson

from mockserver.contract import Contract, Operation
from mockserver.contract.references import follow
from mockserver.headers import Headers
from mockserver.traffic.alternatives import EACH, enums_of

Key = str | bytes


@dataclass(frozen=True, slots=True)
class DeclaredParameter:
    """One parameter; `bit` stands for it in the mask of what was sent."""

    location: str
    name: str
    is_deprecated: bool
    bit: int

    @property
    def header(self) -> str:
        """The header that carries it, in lower case."""
        return "cookie" if self.location == "cookie" else self.name.lower()


@dataclass(frozen=True, slots=True)
class EnumPoint:
    """Where a request may carry one of a few values; each has a bit in the mask of values.

    `name` is that of the query parameter, or a JSON Pointer into the body where `*` is each item
    or each member. `separator` is what the items of one text are split by; empty for one value.
    """

    location: Literal["query", "body"]
    name: str
    values: tuple[Any, ...]
    bits: Mapping[Key, int]
    separator: str = ""


@dataclass(frozen=True, slots=True)
class BodyNode:
    """The part of a body below which there are enum values, as a tree of member names."""

    bits: Mapping[Key, int]
    below: Mapping[str, BodyNode]

    def seen_in(self, value: Any) -> int:
        """The mask of the enum values that stand in a body."""
        mask = self.bits.get(key_of(value), 0) if self.bits else 0
        each = self.below.get(EACH)
        if isinstance(value, dict):
            for name, node in self.below.items():
                if name in value:
                    mask |= node.seen_in(value[name])
            if each:
                for name in value.keys() - self.below.keys():
                    mask |= each.seen_in(value[name])
        elif isinstance(value, list) and each:
            for item in value:
                mask |= each.seen_in(item)
        return mask


@dataclass(frozen=True, slots=True)
class DeclaredOperation:
    """What one operation declares. `query` gives the parameter of each query name."""

    operation: Operation
    is_deprecated: bool
    statuses: tuple[str, ...]
    parameters: tuple[DeclaredParameter, ...]
    query: Mapping[str, DeclaredParameter]
    unqueried: tuple[DeclaredParameter, ...]
    carriers: frozenset[str]
    raw_carriers: frozenset[bytes]
    path_mask: int
    enums: tuple[EnumPoint, ...]
    query_enums: Mapping[str, EnumPoint]
    body: BodyNode

    def sends_none_of(self, headers: Mapping[str, str]) -> bool:
        """Whether a request certainly carries no declared header or cookie."""
        if isinstance(headers, Headers):
            return self.raw_carriers.isdisjoint(headers.raw)
        return self.carriers.isdisjoint(map(str.lower, headers))

    def status_for(self, status: int) -> str | None:
        """The declared status (`404`, `4XX`, `default`) that an answer falls under."""
        rule = self.operation.response_for(status)
        return rule.status if rule else None


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything a contract declares, by operation id, in the order of the document."""

    operations: Mapping[str, DeclaredOperation]


def key_of(value: Any) -> Key:
    """What equal JSON values have in common: `1` and `1.0` the same, `1` and `true` not."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # an integer beyond 64 bits
        return repr(value).encode()


def declare(*contracts: Contract) -> Declared:
    """What the operations of the contracts declare; no two have one operation id."""
    return Declared(
        {
            operation.operation_id: reader.operation(operation)
            for contract in contracts
            for reader in [_Reader(contract)]
            for operation in contract.operations
        }
    )


class _Reader:
    def __init__(self, contract: Contract) -> None:
        self._document = contract.document

    def operation(self, operation: Operation) -> DeclaredOperation:
        item = self._document["paths"][operation.path]
        node = item[operation.method.lower()]
        raw = {(p["in"], p["name"]): p for p in self._parameters(item, node)}
        parameters = tuple(
            DeclaredParameter(p.location, p.name, _is_deprecated(raw[p.location, p.name]), 1 << at)
            for at, p in enumerate(operation.parameters)
        )
        enums = tuple(_with_bits(self._enums(operation, node, raw)))
        return DeclaredOperation(
            operation=operation,
            is_deprecated=_is_deprecated(node),
            statuses=tuple(operation.responses),
            parameters=parameters,
            query={p.name: p for p in parameters if p.location == "query"},
            unqueried=(unqueried := _unqueried(parameters)),
            carriers=frozenset(p.header for p in unqueried),
            raw_carriers=frozenset(p.header.encode() for p in unqueried),
            path_mask=sum(p.bit for p in parameters if p.location == "path"),
            enums=enums,
            query_enums={point.name: point for point in enums if point.location == "query"},
            body=_tree([(_parts(p.name), p.bits) for p in enums if p.location == "body"]),
        )

    def _parameters(self, item: dict[str, Any], node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for raw in [*item.get("parameters", []), *node.get("parameters", [])]:
            yield follow(self._document, raw)

    def _enums(
        self, operation: Operation, node: dict[str, Any], raw: Mapping[tuple[str, str], Any]
    ) -> Iterator[EnumPoint]:
        for parameter in operation.parameters:
            if parameter.location != "query":
                continue
            found = enums_of(self._document, raw["query", parameter.name].get("schema", {}))
            split = "" if parameter.explode else parameter.separator
            for at, values in found.items():
                if at in {(), (EACH,)}:
                    yield EnumPoint("query", parameter.name, values, {}, split if at else "")
        for at, values in self._body_enums(node).items():
            yield EnumPoint("body", _pointer(at), values, {})

    def _body_enums(self, node: dict[str, Any]) -> dict[tuple[str, ...], tuple[Any, ...]]:
        body = follow(self._document, node.get("requestBody") or {})
        contents = (body.get("content") or {}).values()
        schemas = [content["schema"] for content in contents if "schema" in content]
        return enums_of(self._document, schemas[0] if len(schemas) == 1 else {"oneOf": schemas})


def _unqueried(parameters: tuple[DeclaredParameter, ...]) -> tuple[DeclaredParameter, ...]:
    return tuple(p for p in parameters if p.location in {"header", "cookie"})


def _is_deprecated(node: dict[str, Any]) -> bool:
    return node.get("deprecated") is True


def _with_bits(points: Iterator[EnumPoint]) -> Iterator[EnumPoint]:
    """Number the values through; those that a request cannot tell apart are one value."""
    bit = 1
    for point in points:
        values: dict[Key, Any] = {}
        for value in point.values:
            key = key_of(value)
            if point.location == "query" and isinstance(key, bytes):
                key = key.decode()
            values.setdefault(key, value)
        bits = {key: bit << at for at, key in enumerate(values)}
        bit <<= len(bits)
        yield replace(point, values=tuple(values.values()), bits=bits)


def _pointer(at: tuple[str, ...]) -> str:
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in at)


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:])


def _tree(points: list[tuple[tuple[str, ...], Mapping[Key, int]]]) -> BodyNode:
    names = dict.fromkeys(at[0] for at, _ in points if at)
    below = {n: _tree([(at[1:], bits) for at, bits in points if at[:1] == (n,)]) for n in names}
    return BodyNode(next((bits for at, bits in points if not at), {}), below)
