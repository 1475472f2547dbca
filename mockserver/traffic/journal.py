"""The bounded journal of one world: what was asked, what was answered, the last of it kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count as counting
from itertools import islice
from typing import NamedTuple

from mockserver.contract import Violation
from mockserver.errors import NotFound
from mockserver.headers import Headers
from mockserver.traffic.criteria import EVERYTHING, Criteria
from mockserver.traffic.recorded import Again, Breach, Recorded, whole

_ENTRY_BYTES = 1000  # what an exchange costs beside its texts
_BREACHES = 100
_METHOD = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one journal keeps: exchanges, bytes of one body, of one head, and of everything.

    A head is the path, the query or one side's headers. What is over the bound of a body or head is
    cut; what is over the bound of the whole pushes the oldest exchanges out.
    """

    entries: int = 1000
    body_bytes: int = 64 * 1024
    head_bytes: int = 16 * 1024
    total_bytes: int = 16 * 1024 * 1024


_STANDARD = Limits()


class Listing(NamedTuple):
    """One page of exchanges, and how many there are on all pages."""

    rows: list[Recorded]
    total: int


class Journal:
    """The exchanges of one world, the oldest forgotten first; costs nothing until the first one.

    Numbers go on after `clear`, so that whoever asks for what came after a number misses nothing.
    """

    __slots__ = ("_bytes", "_rows", "_weights", "forgotten", "last", "limits")

    def __init__(self, limits: Limits = _STANDARD) -> None:
        self.limits = limits
        self.forgotten = 0
        """How many exchanges were pushed out by newer ones since the last `clear`."""
        self.last = 0
        """The number of the last exchange; 0 before the first."""
        self._bytes = 0
        self._rows: deque[Recorded | Again] | None = None
        self._weights: deque[int] | None = None

    def __len__(self) -> int:
        return len(self._rows) if self._rows else 0

    def __iter__(self) -> Iterator[Recorded]:
        """The exchanges, oldest first."""
        rows = self._rows or ()
        return map(whole, rows, counting(self.last - len(rows) + 1))

    def add(self, recorded: Recorded) -> Recorded:
        """Keep an exchange whose number is the next one, and give it cut to the bounds."""
        kept, _ = self._kept(recorded)
        self.extend((kept,))
        return kept

    def extend(self, exchanges: Sequence[Recorded | Again]) -> None:
        """Keep exchanges, at least one, that have the next numbers."""
        if self._rows is None or self._weights is None:
            self._rows, self._weights = deque(), deque()
        rows, weights, grown = self._rows, self._weights, 0
        for each in exchanges:
            if isinstance(each, Recorded):
                row, weight = self._kept(each)
                rows.append(row)
            else:
                weight = each[0].weight
                rows.append(each)
            weights.append(weight)
            grown += weight
        self.last += len(exchanges)
        self._bytes += grown
        self._forget()

    def weight_of(self, recorded: Recorded) -> int | None:
        """What an exchange is reckoned for, in bytes; None where it is over a bound and is cut."""
        sent, returned, limits = recorded.request_headers, recorded.response_headers, self.limits
        texts = len(recorded.path) + len(recorded.query) + _size(sent) + _size(returned)
        bodies = recorded.request_bytes + recorded.response_bytes
        is_long = texts > limits.head_bytes or len(recorded.method) > _METHOD
        if is_long or bodies > limits.body_bytes or recorded.explanation:
            return None
        return _ENTRY_BYTES + texts + bodies

    def _kept(self, recorded: Recorded) -> tuple[Recorded, int]:
        """An exchange within the bounds, and what it is reckoned for."""
        weight = self.weight_of(recorded)
        if weight is not None:
            return recorded, weight
        kept, texts = _cut(recorded, self.limits)
        return kept, _ENTRY_BYTES + texts + len(kept.request_body) + len(kept.response_body)

    def listed(
        self,
        criteria: Criteria = EVERYTHING,
        *,
        newest_first: bool = True,
        page: int = 1,
        per_page: int = 100,
    ) -> Listing:
        """One page of the exchanges that meet the criteria; pages count from 1."""
        found = self.find(criteria)
        if newest_first:
            found.reverse()
        start = (page - 1) * per_page
        return Listing(found[start : start + per_page], len(found))

    def find(self, criteria: Criteria = EVERYTHING) -> list[Recorded]:
        """Every exchange that meets the criteria, oldest first."""
        return [recorded for recorded in self if criteria.are_met_by(recorded)]

    def count(self, criteria: Criteria = EVERYTHING) -> int:
        """How many exchanges meet the criteria."""
        return sum(map(criteria.are_met_by, self))

    def get(self, number: int) -> Recorded:
        """The exchange with a number; NotFound `exchange_not_found` when it is not kept."""
        rows, first = self._rows, self.last - len(self) + 1
        if rows and first <= number <= self.last:
            return whole(rows[number - first], number)
        raise NotFound(
            "exchange_not_found",
            f"The journal holds no exchange {number}: the last one recorded is {self.last}, "
            f"and {len(self)} are kept.",
            "number",
        )

    def clear(self) -> None:
        """Forget every exchange."""
        self._rows = self._weights = None
        self._bytes = self.forgotten = 0

    def fork(self) -> Journal:
        """An empty journal with the same bounds."""
        return Journal(self.limits)

    def _forget(self) -> None:
        """Let the oldest exchanges go that are over the bounds."""
        rows, weights, limits = self._rows, self._weights, self.limits
        while rows and weights and (len(rows) > limits.entries or self._bytes > limits.total_bytes):
            rows.popleft()
            self._bytes -= weights.popleft()
            self.forgotten += 1


def breaches_of(violations: Iterable[Violation]) -> tuple[Breach, ...]:
    """What a journal keeps of the violations of a request."""
    return tuple(map(Breach.of, islice(violations, _BREACHES))) if violations else ()


def _size(headers: Mapping[str, str]) -> int:
    if type(headers) is Headers:
        return headers.size
    return len("".join(headers)) + len("".join(headers.values()))


def _cut(recorded: Recorded, limits: Limits) -> tuple[Recorded, int]:
    """An exchange cut to the bounds, and the length of its heads."""
    head, body = limits.head_bytes, limits.body_bytes
    sent, sent_size = _bounded(recorded.request_headers, head)
    returned, returned_size = _bounded(recorded.response_headers, head)
    explanation = recorded.explanation
    kept = recorded._replace(
        method=recorded.method[:_METHOD],
        path=recorded.path[:head],
        query=recorded.query[:head],
        request_headers=sent,
        request_body=recorded.request_body[:body],
        response_headers=returned,
        response_body=recorded.response_body[:body],
        explanation=explanation if explanation and len(explanation) <= body else None,
    )
    return kept, len(kept.path) + len(kept.query) + sent_size + returned_size


def _bounded(headers: Mapping[str, str], limit: int) -> tuple[Mapping[str, str], int]:
    """The headers and their length; only as many as fit when they are longer than the limit."""
    length = _size(headers)
    if length <= limit:
        return headers, length
    kept: dict[str, str] = {}
    left = limit
    for name, value in headers.items():
        if len(name) >= left:
            break
        kept[name] = value[: left - len(name)]
        left -= len(name) + len(kept[name])
    return kept, limit - left
