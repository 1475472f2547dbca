"""How much of the contract the exchanges of a world have exercised, counted as they happen."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from mockserver.contract.parameters import UndecodableError, split_query
from mockserver.traffic.declared import Declared, DeclaredOperation
from mockserver.traffic.queried import Queried
from mockserver.traffic.recorded import Recorded

K = TypeVar("K", bound=Hashable)

_MOST_NAMES = 100
_LONGEST_NAME = 200
STEERING = "__"
"""Query names that begin like this steer the server; no contract declares them."""


class Exercised:
    """What was seen of one operation: counts, and masks of the bits in `declared`."""

    __slots__ = ("exchanges", "parameters", "statuses", "undeclared", "undocumented", "values")

    def __init__(self) -> None:
        self.exchanges = 0
        self.statuses: dict[str, int] = {}
        self.undeclared: dict[int, int] | None = None
        self.undocumented: dict[str, int] | None = None
        self.parameters = 0
        self.values = 0

    def absorb(self, other: Exercised) -> None:
        """Count in what was seen elsewhere."""
        self.exchanges += other.exchanges
        self.parameters |= other.parameters
        self.values |= other.values
        for status, times in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + times
        for code, times in (other.undeclared or {}).items():
            self.undeclared = _added(self.undeclared, code, times)
        for name, times in (other.undocumented or {}).items():
            self.undocumented = _added(self.undocumented, name, times)


class Coverage:
    """The coverage of one contract by one world; costs nothing until the first exchange.

    It holds counts only and so outlives the exchanges that the journal forgets. Parameters and
    enum values count when the request was not refused: one that was has shown its status, and
    nothing of what the parameter does. Names that no operation declares count always.
    """

    __slots__ = ("_seen", "_unmatched", "declared")

    def __init__(self, declared: Declared) -> None:
        self.declared = declared
        self._seen: dict[str, Exercised] | None = None
        self._unmatched: dict[tuple[str, str], int] | None = None

    def count(
        self, exchange: Recorded, body: Any = None, queried: Queried | None = None, times: int = 1
    ) -> None:
        """Count an exchange; `body` is its parsed JSON, when the contract took it.

        `queried` is what `queried_by` found, where it is known already; `times` is how many there
        were that exercise the same. An exchange of an operation of some other contract is ignored.
        """
        if exchange.operation_id is None:
            name = (exchange.method[:_LONGEST_NAME], exchange.path[:_LONGEST_NAME])
            self._unmatched = _added(self._unmatched, name, times)
            return
        declared = self.declared.operations.get(exchange.operation_id)
        if declared is None:
            return
        if self._seen is None:
            self._seen = {}
        seen = self._seen.get(exchange.operation_id)
        if seen is None:
            seen = self._seen[exchange.operation_id] = Exercised()
        seen.exchanges += times
        _count_status(seen, declared, exchange.status, times)
        found = queried_by(declared, exchange.query) if queried is None else queried
        for undocumented in found.undocumented:
            seen.undocumented = _added(seen.undocumented, undocumented, times)
        if exchange.verdict != "refused":
            _count_request(seen, declared, exchange, found, body)

    def values_in(self, operation_id: str | None, body: Any) -> int:
        """The mask of the enum values that a body of an operation exercises."""
        declared = self.declared.operations.get(operation_id) if operation_id else None
        return declared.body.seen_in(body) if declared else 0

    def of(self, operation_id: str) -> Exercised:
        """What was seen of an operation; nothing yet, when it was never called."""
        return (self._seen or {}).get(operation_id) or Exercised()

    @property
    def unmatched(self) -> dict[tuple[str, str], int]:
        """How often each (method, path) was asked for that leads to no operation."""
        return self._unmatched or {}

    def absorb(self, other: Coverage) -> None:
        """Count in what another world has exercised of the same contract."""
        for operation_id, exercised in (other._seen or {}).items():
            if self._seen is None:
                self._seen = {}
            self._seen.setdefault(operation_id, Exercised()).absorb(exercised)
        for name, times in other.unmatched.items():
            self._unmatched = _added(self._unmatched, name, times)

    def clear(self) -> None:
        """Forget everything counted."""
        self._seen = self._unmatched = None

    def fork(self) -> Coverage:
        """An empty coverage of the same contract."""
        return Coverage(self.declared)


def _count_status(
    seen: Exercised, declared: DeclaredOperation, status: int | None, times: int
) -> None:
    if status is None:
        return
    key = declared.status_for(status)
    if key is None:
        seen.undeclared = _added(seen.undeclared, status, times)
    else:
        seen.statuses[key] = seen.statuses.get(key, 0) + times


def queried_by(declared: DeclaredOperation, query: str) -> Queried:
    """What a query string exercises of an operation, and the names that nobody declared."""
    parameters, values = declared.path_mask, 0
    undocumented: list[str] = []
    for name, value in _query(query):
        parameter = declared.query.get(name)
        if parameter is None:
            if not name.startswith(STEERING):
                undocumented.append(name[:_LONGEST_NAME])
            continue
        parameters |= parameter.bit
        if name in declared.query_enums:
            values |= _values(declared, name, value)
    return Queried(parameters, values, tuple(undocumented))


def _count_request(
    seen: Exercised,
    declared: DeclaredOperation,
    exchange: Recorded,
    queried: Queried,
    body: Any,
) -> None:
    parameters, values, _ = queried
    if declared.unqueried:
        headers = exchange.request_headers
        if not declared.sends_none_of(headers):
            parameters |= _unqueried(declared, _by_lower_name(headers))
    seen.parameters |= parameters
    seen.values |= values if body is None else values | declared.body.seen_in(body)


def _query(query: str) -> list[tuple[str, str]]:
    try:
        return split_query(query) if query else []
    except UndecodableError:
        return []


def _values(declared: DeclaredOperation, name: str, value: str) -> int:
    point = declared.query_enums[name]
    mask = 0
    for text in value.split(point.separator) if point.separator else (value,):
        mask |= point.bits.get(text, 0)
    return mask


def _by_lower_name(headers: Mapping[str, str]) -> Mapping[str, str]:
    if all(map(str.islower, headers)):
        return headers
    return {name.lower(): value for name, value in headers.items()}


def _unqueried(declared: DeclaredOperation, by_name: Mapping[str, str]) -> int:
    """The mask of the declared headers and cookies that were sent."""
    cookies = {pair.partition("=")[0].strip() for pair in by_name.get("cookie", "").split(";")}
    return sum(
        p.bit
        for p in declared.unqueried
        if (p.name in cookies if p.location == "cookie" else p.name.lower() in by_name)
    )


def _added(counts: dict[K, int] | None, key: K, times: int = 1) -> dict[K, int]:
    """The counts with more of a name; those beyond the hundredth, made up by clients, are not."""
    counts = {} if counts is None else counts
    if key in counts or len(counts) < _MOST_NAMES:
        counts[key] = counts.get(key, 0) + times
    return counts
