"""A way to call a handler as the wire does: through the contract, going in and coming out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from mockserver.api.families import Families
from mockserver.contract import Arguments, Operation, Reply, ViolationError, plain
from mockserver.contract.parameters import read_path, read_query
from mockserver.domain.world import World


@dataclass(frozen=True)
class Caller:
    """Calls operations of the contract on one world; what goes in and comes out is checked."""

    world: World
    families: Families
    operations: Mapping[str, Operation]

    def __call__(
        self,
        operation_id: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> Reply:
        operation = self.operations[operation_id]
        call = _arguments(operation, dict(path or {}), urlencode(query or {}), body)
        served: Any = SimpleNamespace(world=self.world)
        reply = self.families.answer(operation, served, call)
        reply = reply._replace(body=plain(reply.body))
        _check(operation, reply)
        return reply


def _arguments(operation: Operation, path: dict[str, str], query: str, body: Any) -> Arguments:
    path_values, violations = read_path(operation, path)
    query_values, more = read_query(operation, query)
    violations += more
    if body is not None:
        assert operation.body is not None, f"{operation.operation_id} takes no body"
        violations += operation.body.media_types["application/json"].problems(body, "body")
    if violations:
        raise ViolationError(violations)
    return Arguments(path_values, query_values, {}, body, body is not None)


def _check(operation: Operation, reply: Reply) -> None:
    rule = operation.response_for(reply.status)
    assert rule is not None, f"{operation.operation_id} does not document {reply.status}"
    assert (reply.body is None) == (not rule.media_types)
    if reply.body is not None:
        problems = rule.media_types[reply.media_type].problems(reply.body, "body")
        assert not problems, [problem.sentence for problem in problems]
