"""What a fault rule says: which requests it meets, when it has its turn, and what it does then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DELAY_MOST_MS = 120_000
"""The longest that faults may hold back one answer."""

RETRY_AFTER_S = 1
"""What a 429 asks for when its rule does not say."""

InvalidBody = Literal["syntax", "shape"]
"""How a body is spoiled: `syntax` leaves no JSON, `shape` leaves JSON of another shape."""


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What a fault rule may look at: one request, before anything was decided about it.

    `operation_id` is None where no operation answers, `path` is normalised, without the prefix of
    a world, still percent-encoded; `headers` have lower-case names.
    """

    operation_id: str | None
    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text to be met exactly, but for each `*`, which stands for any characters, `/` and none."""

    text: str

    def fits(self, value: str) -> bool:
        """Whether the whole value is met; the time this takes is bounded by the two lengths."""
        if "*" not in self.text:
            return value == self.text
        head, *pieces, tail = self.text.split("*")
        at, end = len(head), len(value) - len(tail)
        if at > end or not value.startswith(head) or not value.endswith(tail):
            return False
        for piece in pieces:
            found = value.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """A request header that must be there, and what its value must be when `value` is given."""

    name: str
    value: Pattern | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name.lower())

    def fits(self, headers: Mapping[str, str]) -> bool:
        """Whether headers (lower-case names) hold this one."""
        sent = headers.get(self.name)
        return sent is not None and (self.value is None or self.value.fits(sent))


@dataclass(frozen=True, slots=True)
class RequestMatch:
    """Which requests a rule meets: those that fit every condition; without any, all of them."""

    operation_id: str | None = None
    method: str | None = None
    path: Pattern | None = None
    header: HeaderMatch | None = None

    def fits(self, request: RequestFacts) -> bool:
        """Whether the request fits every condition that is given."""
        return (
            (self.operation_id is None or self.operation_id == request.operation_id)
            and (self.method is None or self.method == request.method)
            and (self.path is None or self.path.fits(request.path))
            and (self.header is None or self.header.fits(request.headers))
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a rule has its turn among the requests it meets; without conditions, each time.

    It lives from `starts_at` until just before `ends_at` of the world's clock, and counts only what
    it meets while it lives. Of these, the `first` so many, and the `every`-th of them (with 3: the
    third, the sixth, …).
    """

    first: int | None = None
    every: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether the rule lives at this instant."""
        return (self.starts_at is None or self.starts_at <= now) and (
            self.ends_at is None or now < self.ends_at
        )

    def has_turn(self, number: int) -> bool:
        """Whether the request that the rule met as number `number`, from 1, is one of its turns."""
        return (self.first is None or number <= self.first) and (
            self.every is None or number % self.every == 0
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does to an exchange; whatever is given happens together.

    `delay_ms` is the least and the most time to wait, 0 to 120 000; the order does not matter.
    `status` is 400 to 599, answered in the family's own error body. `retry_after` counts seconds,
    0 to 86 400: given without a status it means 429, and a 429 without it asks for one second.
    `reset` breaks the connection off without an answer, `truncate` cuts the body of the answer,
    `content_type` names another media type than the body has, `invalid_body` spoils the body.
    """

    delay_ms: tuple[int, int] | None = None
    status: int | None = None
    retry_after: int | None = None
    reset: bool = False
    truncate: bool = False
    content_type: str | None = None
    invalid_body: InvalidBody | None = None

    def __post_init__(self) -> None:
        if self.delay_ms is not None:
            object.__setattr__(self, "delay_ms", (min(self.delay_ms), max(self.delay_ms)))
        if self.status is None and self.retry_after is not None:
            object.__setattr__(self, "status", 429)
        if self.status == 429 and self.retry_after is None:
            object.__setattr__(self, "retry_after", RETRY_AFTER_S)


@dataclass(frozen=True, slots=True)
class FaultRule:
    """One deliberate misbehaviour. An empty `id` is filled in by the book that takes the rule.

    `probability` (0 to 1) is the chance that the rule fires when it has its turn.
    """

    effect: Effect
    match: RequestMatch = RequestMatch()
    schedule: Schedule = Schedule()
    probability: float = 1.0
    id: str = ""
