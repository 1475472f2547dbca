"""One exchange as the journal keeps it: raw, bounded, and made readable only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from mockserver.contract import Violation
from mockserver.traffic.queried import Queried

Verdict = Literal["valid", "refused", "failed"]
_NAME = 200  # characters kept of a member's name that a client may have made up
VERDICTS: tuple[Verdict, ...] = ("valid", "refused", "failed")


class Breach(NamedTuple):
    """One way in which a request broke the contract, in the words of the admin API's problems.

    `location` is `path`, `query`, `header`, `cookie` or `body`, `name` the dotted name of the
    member (empty for the whole of it), `code` the keyword that refused it. `pointer` is the way to
    the member, which `name` does not tell for sure; it is not shown.
    """

    location: str
    name: str
    code: str
    message: str
    pointer: tuple[str | int, ...] = ()

    @classmethod
    def of(cls, violation: Violation) -> Breach:
        """The breach without the offending value, which may be as large as the body."""
        pointer = tuple(p if isinstance(p, int) else p[:_NAME] for p in violation.pointer)
        told = (violation.location, violation.name, violation.keyword, violation.message)
        return cls(*told, pointer)

    def to_json(self) -> dict[str, Any]:
        """The breach as it is shown."""
        members = self._asdict()
        del members["pointer"]
        return members


class Recorded(NamedTuple):
    """One request with its answer. Nothing is redacted here: only `shapes` shows it to anyone.

    A named tuple, since making one costs a third of what a frozen dataclass of this width does.

    `number` counts from 1 in its world and is never given twice; `at` is an instant of the world's
    clock. A body longer than the journal's bound is cut; `request_bytes` and `response_bytes` are
    the lengths before. Headers must not be changed afterwards. `path` is normalised and still
    percent-encoded, `query` raw; `status` is None when nothing went out (a connection was reset).

    `verdict` is `refused` when the request broke the contract (`violations` says where, and is
    empty when it was credentials, media type, path or method), `failed` when we answered 500, else
    `valid`, whatever the business made of it. `explanation` is JSON text, or None.
    """

    number: int
    world: str
    at: datetime
    operation_id: str | None
    tag: str | None
    method: str
    path: str
    query: str
    request_headers: Mapping[str, str]
    request_body: bytes
    request_bytes: int
    status: int | None
    response_headers: Mapping[str, str]
    response_body: bytes
    response_bytes: int
    duration_us: int
    verdict: Verdict
    violations: tuple[Breach, ...]
    faults: tuple[str, ...]
    preferences: tuple[str, ...]
    explanation: bytes | None

    @property
    def request_is_cut(self) -> bool:
        """Whether the end of the request's body was not kept."""
        return self.request_bytes > len(self.request_body)

    @property
    def response_is_cut(self) -> bool:
        """Whether the end of the answer's body was not kept."""
        return self.response_bytes > len(self.response_body)


class First(NamedTuple):
    """An exchange that others are again, but for what is told of each.

    `weight` is what a journal reckons for each of them, which no bound would cut, `queried` what
    their path and query exercise.
    """

    recorded: Recorded
    weight: int
    queried: Queried | None


Again = tuple[First, datetime, int, Mapping[str, str]]
"""An exchange again: when, for how many microseconds, and the headers of its answer.

A bare tuple, since one is made for nearly every read.
"""


def whole(row: Recorded | Again, number: int) -> Recorded:
    """An exchange as any other, with the number it has."""
    if isinstance(row, Recorded):
        return row
    first, at, duration_us, headers = row
    return first.recorded._replace(
        number=number, at=at, duration_us=duration_us, response_headers=headers
    )
