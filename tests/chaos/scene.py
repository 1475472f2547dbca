"""What the tests of this room share: requests, rules and a book, each in one short call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from mockserver.chaos import (
    Decision,
    Effect,
    FaultBook,
    FaultRule,
    HeaderMatch,
    InvalidBody,
    Pattern,
    RequestFacts,
    RequestMatch,
    Schedule,
)
from mockserver.ids import Ids

NOON = datetime(2026, 2, 20, 12, 0, tzinfo=UTC)
NO_HEADERS: Mapping[str, str] = {}


def request(
    method: str = "GET",
    path: str = "/v1/customers",
    operation_id: str | None = "listCustomers",
    headers: Mapping[str, str] = NO_HEADERS,
) -> RequestFacts:
    return RequestFacts(operation_id, method, path, headers)


def book(*rules: FaultRule, seed: int = 7) -> FaultBook:
    made = FaultBook(Ids(seed))
    made.add(rules)
    return made


def fired(faults: FaultBook, asked: RequestFacts | None = None, at: datetime = NOON) -> bool:
    return faults.decide(asked or request(), at) is not None


def decisions(faults: FaultBook, times: int) -> list[Decision | None]:
    return [faults.decide(request(), NOON) for _ in range(times)]


_instants = st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))
_counts = st.none() | st.integers(1, 5)
effects = st.builds(
    Effect,
    delay_ms=st.none() | st.tuples(st.integers(0, 1000), st.integers(0, 1000)),
    status=st.none() | st.integers(400, 599),
    retry_after=st.none() | st.integers(0, 86400),
    reset=st.booleans(),
    truncate=st.booleans(),
    content_type=st.none() | st.sampled_from(["text/html", "application/xml; charset=latin-1"]),
    invalid_body=st.none() | st.sampled_from(list[InvalidBody](["syntax", "shape"])),
).filter(lambda effect: effect != Effect())
schedules = st.builds(
    Schedule, first=_counts, every=_counts, starts_at=st.none() | _instants, ends_at=st.none()
)
matches = st.builds(
    RequestMatch,
    operation_id=st.none() | st.sampled_from(["listCustomers", "createBooking"]),
    method=st.none() | st.sampled_from(["GET", "POST"]),
    path=st.none() | st.sampled_from([Pattern("/v1/*"), Pattern("/v1/bookings")]),
    header=st.none() | st.builds(HeaderMatch, st.just("X-Test"), st.none() | st.just(Pattern("a"))),
)
rules = st.builds(
    FaultRule,
    effect=effects,
    match=matches,
    schedule=schedules,
    probability=st.floats(0, 1),
)
requests = st.builds(
    RequestFacts,
    operation_id=st.sampled_from([None, "listCustomers", "createBooking"]),
    method=st.sampled_from(["GET", "POST"]),
    path=st.sampled_from(["/v1/customers", "/v1/bookings", "/leads"]),
    headers=st.sampled_from([{}, {"x-test": "a"}, {"x-test": "b"}]),
)
moments = st.tuples(requests, _instants)
