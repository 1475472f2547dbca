"""Coverage as JSON, its percentages, and the minimum a run asks for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from mockserver.contract import shown
from mockserver.errors import FieldProblem, RuleBroken
from mockserver.traffic.coverage import Coverage, Exercised
from mockserver.traffic.declared import DeclaredOperation


class Share(NamedTuple):
    """How many of the declared things were seen."""

    declared: int
    seen: int

    @property
    def percent(self) -> float:
        """0 to 100, rounded down to a tenth: 100 means all of them (or that there are none)."""
        return math.floor(1000 * self.seen / self.declared) / 10 if self.declared else 100.0

    def plus(self, other: Share) -> Share:
        """Both together."""
        return Share(self.declared + other.declared, self.seen + other.seen)


@dataclass(frozen=True, slots=True)
class Totals:
    """The shares of a whole contract, each over all operations."""

    operations: Share
    statuses: Share
    parameters: Share
    enum_values: Share


class Missed(NamedTuple):
    """A threshold that is not met, both in percent."""

    measure: str
    minimum: float
    percent: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least percentages, 0 to 100, that a run asks for; None asks for nothing.

    Raises RuleBroken `invalid_threshold` for anything else, with a problem for each.
    """

    operations: float | None = None
    statuses: float | None = None
    parameters: float | None = None
    enum_values: float | None = None

    def __post_init__(self) -> None:
        problems = tuple(self._problems())
        if problems:
            told = "; ".join(f"'{problem.field}' {problem.message}" for problem in problems)
            raise RuleBroken(
                "invalid_threshold", f"No threshold: {told}.", problems[0].field, problems
            )

    def missed(self, totals: Totals) -> list[Missed]:
        """The thresholds that the totals do not reach."""
        wanted = {field.name: getattr(self, field.name) for field in fields(self)}
        reached = {name: getattr(totals, name).percent for name in wanted}
        return [
            Missed(name, minimum, reached[name])
            for name, minimum in wanted.items()
            if minimum is not None and reached[name] < minimum
        ]

    def _problems(self) -> Iterator[FieldProblem]:
        for field in fields(self):
            value = getattr(self, field.name)
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if value is not None and not (is_number and 0 <= value <= 100):
                message = f"must be a percentage from 0 to 100, not {shown(value)}"
                yield FieldProblem(field.name, "invalid_value", message)


def totals_of(coverage: Coverage) -> Totals:
    """The shares of the whole contract."""
    zero = Share(0, 0)
    operations, statuses, parameters, enum_values = zero, zero, zero, zero
    for operation_id, declared in coverage.declared.operations.items():
        seen = coverage.of(operation_id)
        operations = operations.plus(Share(1, int(seen.exchanges > 0)))
        statuses = statuses.plus(Share(len(declared.statuses), len(seen.statuses)))
        parameters = parameters.plus(Share(len(declared.parameters), seen.parameters.bit_count()))
        values = sum(len(point.values) for point in declared.enums)
        enum_values = enum_values.plus(Share(values, seen.values.bit_count()))
    return Totals(operations, statuses, parameters, enum_values)


def coverage_json(coverage: Coverage, thresholds: Thresholds | None = None) -> dict[str, Any]:
    """The whole report: totals, thresholds missed, what was leaned on, and every operation."""
    totals = totals_of(coverage)
    missed = (thresholds or Thresholds()).missed(totals)
    pairs = [(d, coverage.of(name)) for name, d in coverage.declared.operations.items()]
    return {
        "totals": {
            field.name: _share_json(getattr(totals, field.name)) for field in fields(Totals)
        },
        "thresholds": {"met": not missed, "missed": [miss._asdict() for miss in missed]},
        "leaned_on": _leaned_on(pairs, coverage.unmatched),
        "operations": [_operation_json(declared, seen) for declared, seen in pairs],
    }


def _share_json(share: Share) -> dict[str, Any]:
    return {**share._asdict(), "percent": share.percent}


def _leaned_on(
    pairs: list[tuple[DeclaredOperation, Exercised]], unmatched: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    """What was used that is deprecated, or that the contract does not say."""
    used = [(declared, seen, declared.operation.operation_id) for declared, seen in pairs]
    return {
        "deprecated_operations": [
            {"operation_id": name, "exchanges": seen.exchanges}
            for declared, seen, name in used
            if declared.is_deprecated and seen.exchanges
        ],
        "deprecated_parameters": [
            {"operation_id": name, "in": parameter.location, "name": parameter.name}
            for declared, seen, name in used
            for parameter in declared.parameters
            if parameter.is_deprecated and seen.parameters & parameter.bit
        ],
        "undocumented_query": [
            {"operation_id": name, "name": sent, "exchanges": times}
            for _, seen, name in used
            for sent, times in (seen.undocumented or {}).items()
        ],
        "undeclared_statuses": [
            {"operation_id": name, "status": status, "exchanges": times}
            for _, seen, name in used
            for status, times in (seen.undeclared or {}).items()
        ],
        "unmatched": [
            {"method": method, "path": path, "exchanges": times}
            for (method, path), times in unmatched.items()
        ],
    }


def _operation_json(declared: DeclaredOperation, seen: Exercised) -> dict[str, Any]:
    operation = declared.operation
    return {
        "operation_id": operation.operation_id,
        "tag": operation.tag,
        "method": operation.method,
        "path": operation.path,
        "deprecated": declared.is_deprecated,
        "exchanges": seen.exchanges,
        "statuses": [
            {"status": status, "exchanges": seen.statuses.get(status, 0)}
            for status in declared.statuses
        ],
        "parameters": [
            {
                "in": parameter.location,
                "name": parameter.name,
                "deprecated": parameter.is_deprecated,
                "seen": bool(seen.parameters & parameter.bit),
            }
            for parameter in declared.parameters
        ],
        "enum_values": [
            {
                "in": point.location,
                "name": point.name,
                "seen": _valued(point.values, point.bits, seen.values, was_seen=True),
                "unseen": _valued(point.values, point.bits, seen.values, was_seen=False),
            }
            for point in declared.enums
        ],
    }


def _valued(
    values: tuple[Any, ...], bits: Mapping[Any, int], mask: int, *, was_seen: bool
) -> list[Any]:
    """Those of the values whose bit is (or is not) in the mask; bits are in the values' order."""
    pairs = zip(values, bits.values(), strict=True)
    return [value for value, bit in pairs if bool(mask & bit) is was_seen]
