"""What exchanges can be found by, and the JSON form in which a client says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from mockserver.contract import ViolationError, read_json, shown
from mockserver.contract.parameters import UndecodableError, split_query
from mockserver.errors import BadRequest, FieldProblem
from mockserver.traffic.globs import Glob
from mockserver.traffic.pointers import NOTHING, Nothing, Pointer, equal
from mockserver.traffic.recorded import VERDICTS, Recorded, Verdict

_STATUS = re.compile(r"[1-5](?:[0-9][0-9]|[xX][xX])\Z", re.ASCII)
_LONGEST = 2000
_MOST = 50
_NONE: Mapping[str, str | None] = MappingProxyType({})


class InBody(NamedTuple):
    """What the request's body must hold at a pointer: this value, or (`NOTHING`) any at all."""

    pointer: Pointer
    equals: Any = NOTHING


@dataclass(frozen=True, slots=True)
class Criteria:
    """What an exchange must be to be found; all of it together, and anything where not said.

    `status` is exact (`404`) or a range (`4xx`); `since` asks for numbers after this one, `until`
    for those up to that one: pages of what was there do not move while more comes in. Headers
    (names in any case) and query names are those of the request: None asks that one was sent at
    all, a text that it was sent with that value. Nothing is redacted for the comparison.
    """

    operation_id: str | None = None
    method: str | None = None
    path: Glob | None = None
    status: str | None = None
    verdict: Verdict | None = None
    since: int = 0
    until: int | None = None
    headers: Mapping[str, str | None] = field(default_factory=lambda: _NONE)
    query: Mapping[str, str | None] = field(default_factory=lambda: _NONE)
    body: tuple[InBody, ...] = ()

    def are_met_by(self, exchange: Recorded) -> bool:
        """Whether the exchange is one of those that are looked for; the cheap questions first."""
        return (
            exchange.number > self.since
            and (self.until is None or exchange.number <= self.until)
            and self.operation_id in {None, exchange.operation_id}
            and self.method in {None, exchange.method}
            and self.verdict in {None, exchange.verdict}
            and (self.status is None or _has_status(exchange.status, self.status))
            and (self.path is None or self.path.matches(exchange.path))
            and (not self.headers or _has_headers(exchange.request_headers, self.headers))
            and (not self.query or _has_query(exchange.query, self.query))
            and (not self.body or _has_members(exchange, self.body))
        )


EVERYTHING = Criteria()


def _has_status(status: int | None, wanted: str) -> bool:
    text = str(status)
    return text == wanted or (wanted[1:] == "xx" and status is not None and text[0] == wanted[0])


def _has_headers(sent: Mapping[str, str], wanted: Mapping[str, str | None]) -> bool:
    by_name = {name.lower(): value for name, value in sent.items()}
    return all(
        name.lower() in by_name and value in {None, by_name[name.lower()]}
        for name, value in wanted.items()
    )


def _has_query(query: str, wanted: Mapping[str, str | None]) -> bool:
    try:
        sent = split_query(query)
    except UndecodableError:
        return False
    return all(
        any(name == n and value in {None, v} for n, v in sent) for name, value in wanted.items()
    )


def _has_members(exchange: Recorded, wanted: tuple[InBody, ...]) -> bool:
    """A body that was cut, or is no JSON, holds nothing that can be asked for."""
    try:
        value = read_json(exchange.request_body)
    except ViolationError:
        return False
    for pointer, expected in wanted:
        found = pointer.follow(value)
        if isinstance(found, Nothing):
            return False
        if not isinstance(expected, Nothing) and not equal(found, expected):
            return False
    return True


def read_criteria(value: Any) -> Criteria:
    """The criteria of a JSON object; an empty one finds everything.

    Members: `operation_id`, `method`, `path` (`/v1/customers/*`), `status` (404 or "4xx"),
    `verdict`, `since` and `until` (numbers), `headers` and `query` (name to value, null for any
    value), and `body`, a list of `{"pointer": "/email", "equals": …}` (without `equals`: anything
    there).

    Raises BadRequest `invalid_criteria` with one problem for each member that cannot be used.
    """
    if not isinstance(value, dict):
        raise _refused([FieldProblem("", "type", f"must be an object, not {shown(value)}")])
    read: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, given in value.items():
        try:
            reader = _READERS.get(name)
            if reader is None:
                raise ValueError(f"is none of {', '.join(_READERS)}")
            read[name] = reader(given)
        except ValueError as error:
            problems.append(FieldProblem(shown(name)[1:-1], "invalid_value", str(error)))
    if problems:
        raise _refused(problems)
    return Criteria(**read)


def _refused(problems: list[FieldProblem]) -> BadRequest:
    told = "; ".join(f"'{p.field}' {p.message}" if p.field else f"it {p.message}" for p in problems)
    first = problems[0].field or None
    return BadRequest(
        "invalid_criteria", f"No exchange can be found by this: {told}.", first, tuple(problems)
    )


def _text(given: Any) -> str:
    if not isinstance(given, str) or not 0 < len(given) <= _LONGEST:
        raise ValueError(f"must be a text of 1 to {_LONGEST} characters, not {shown(given)}")
    return given


def _path(given: Any) -> Glob:
    text = _text(given)
    if not text.startswith(("/", "*")):
        raise ValueError(f"must start with '/' or '*', not {shown(text)}")
    return Glob(text)


def _status(given: Any) -> str:
    text = str(given) if isinstance(given, int | str) and not isinstance(given, bool) else ""
    if not _STATUS.match(text):
        raise ValueError(f"must be a status such as 404 or a range such as 4xx, not {shown(given)}")
    return text.lower()


def _verdict(given: Any) -> Verdict:
    if given not in VERDICTS:
        raise ValueError(f"must be one of {', '.join(VERDICTS)}, not {shown(given)}")
    return cast("Verdict", given)


def _number(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise ValueError(f"must be the number of an exchange or 0, not {shown(given)}")
    return given


def _values(given: Any) -> dict[str, str | None]:
    if not isinstance(given, dict) or len(given) > _MOST:
        raise ValueError(f"must map at most {_MOST} names to a text or null, not {shown(given)}")
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise ValueError(f"must map {shown(name)} to a text or null, not {shown(value)}")
    return given


def _body(given: Any) -> tuple[InBody, ...]:
    if not isinstance(given, list) or len(given) > _MOST:
        raise ValueError(f"must be a list of at most {_MOST} pointers, not {shown(given)}")
    return tuple(map(_member, given))


def _member(given: Any) -> InBody:
    if not isinstance(given, dict) or not {"pointer"} <= set(given) <= {"pointer", "equals"}:
        raise ValueError(f"must hold objects of 'pointer' and 'equals', not {shown(given)}")
    text = given["pointer"]
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise ValueError(f"must hold pointers as texts, not {shown(text)}")
    try:
        pointer = Pointer.read(text)
    except ValueError as error:
        raise ValueError(f"holds the pointer {shown(text)}, which {error}") from error
    return InBody(pointer, given.get("equals", NOTHING))


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "operation_id": _text,
        "method": lambda given: _text(given).upper(),
        "path": _path,
        "status": _status,
        "verdict": _verdict,
        "since": _number,
        "until": _number,
        "headers": _values,
        "query": _values,
        "body": _body,
    }
)
