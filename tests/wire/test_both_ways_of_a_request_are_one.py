"""A request is answered the same, to the byte, by its compiled plan and by the framework.

Whatever a request leaves behind is the same too: rows, ids to come, journal and coverage.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mockserver.chaos import Effect, FaultRule, Schedule
from mockserver.contract import Arguments, Derived
from mockserver.domain.world import business
from mockserver.settings import Settings
from mockserver.store import Collection
from mockserver.wire import edge
from mockserver.wire.compiled import Desk, desk, plan
from mockserver.wire.compiled.reads import Read
from mockserver.wire.replies import Answered, finish, refuse
from mockserver.wire.security import ContractSecurity
from tests.conftest import NOW
from tests.wire.made_requests import Maker
from tests.wire.sent import Sent
from tests.wire.twins import Twins

REQUESTS = int(os.environ.get("TWINS_REQUESTS", "1900"))
SEED = int(os.environ.get("TWINS_SEED", "1"))
_AGAIN = 50
STALE = Sent(
    "PATCH",
    "/v1/customers/cust_01HQ3K5M7N",
    "",
    (
        (b"authorization", b"Bearer otesse_test_sk_twins"),
        (b"content-type", b"application/json"),
        (b"if-match", b'"another"'),
    ),
    (b'{"phone":"+15550001111"}',),
)
KEYS = """
credentials:
  otesse_test_sk_twins: {scopes: ["customers:read", "bookings:read", "bookings:write"]}
  leads: {state: revoked}
"""


def _settings(**more: Any) -> Settings:
    return Settings(now=NOW, journal=1_000_000, **more)


def _play(twins: Twins, number: int, seed: int = SEED) -> None:
    """Ask both the same, each operation in turn, and compare what is left behind."""
    maker = Maker(twins.slow.contract, lambda: business(twins.slow.worlds.default.world), seed)
    operations = twins.slow.contract.operations
    asked = deque([STALE], maxlen=_AGAIN)
    twins.ask(STALE)
    for at in range(number):
        asked.append(maker.request(operations[at % len(operations)]))
        twins.ask(asked[-1])
        if at % 4 == 3:  # what was kept of an earlier one may still be true, or no longer
            twins.ask(asked[at % len(asked)])
        if at % 97 == 96:
            twins.advance(3600 * (at % 7))
    twins.compare_worlds()


@pytest.fixture(scope="module")
def make_twins() -> Iterator[Callable[..., Twins]]:
    """Makes twins of some settings; those of the same settings are the same, put back."""
    made: dict[str, Twins] = {}

    def make(**more: Any) -> Twins:
        twins = made.get(repr(more)) or Twins(_settings(**more))
        made[repr(more)] = twins
        twins.begin_anew()
        return twins

    yield make
    for twins in made.values():
        twins.loop.close()


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations that plans answered, one entry per request."""
    answered: list[str] = []
    whole = Desk.answer

    def counting(self: Desk, line: Any, sender: Any, exchange: Any, ns: int) -> Answered:
        answered.append(exchange.operation.operation_id)
        return whole(self, line, sender, exchange, ns)

    monkeypatch.setattr(Desk, "answer", counting)
    return answered


def test_they_answer_alike_and_leave_the_same_behind(
    make_twins: Callable[..., Twins], planned: list[str]
) -> None:
    twins = make_twins()
    _play(twins, REQUESTS)
    assert twins.differences == []
    assert len(planned) == 2 * twins.plannable > REQUESTS * 0.8  # with and without ASGI
    assert twins.wired.unscoped == twins.unscoped > REQUESTS * 0.4
    assert set(planned) == {o.operation_id for o in twins.slow.contract.operations}


@pytest.mark.parametrize("rate_limit", ["standard", "professional"])
def test_they_count_the_calls_of_a_key_alike(
    make_twins: Callable[..., Twins], rate_limit: str
) -> None:
    twins = make_twins(rate_limit=rate_limit)
    _play(twins, REQUESTS // 4, SEED + 1)
    assert twins.differences == []


def test_they_let_in_the_same_credentials(make_twins: Callable[..., Twins], tmp_path: Path) -> None:
    file = tmp_path / "keys.yaml"
    file.write_text(KEYS)
    twins = make_twins(credentials=file)
    _play(twins, REQUESTS // 4, SEED + 2)
    assert twins.differences == []


def test_they_meet_the_same_faults(make_twins: Callable[..., Twins], planned: list[str]) -> None:
    twins = make_twins(leads_prefix="/elsewhere")
    rule = FaultRule(Effect(status=503), schedule=Schedule(every=3))
    twins.each(lambda server: server.worlds.default.faults.add([rule]))
    _play(twins, REQUESTS // 8, SEED + 3)
    twins.each(lambda server: server.worlds.default.faults.clear())
    assert planned.count("listCustomers") == 0
    _play(twins, REQUESTS // 8, SEED + 4)
    assert twins.differences == []
    assert planned.count("listCustomers") > 0


def test_a_refused_call_has_happened_only_once(make_twins: Callable[..., Twins]) -> None:
    """It is counted and recorded once, whoever refuses it."""
    twins = make_twins(rate_limit="standard")
    key = (b"authorization", b"Bearer otesse_test_sk_once")
    for _ in range(30):
        twins.ask(Sent("POST", "/v1/customers", "", (key,), (b"{", b"}")))
        twins.ask(Sent("GET", "/v1/customers", "page=none", (key,)))
    twins.compare_worlds()
    assert twins.differences == []


def _answer_anything(*_: Any) -> Answered:
    return Answered(200, {}, b"{}")


def _any_values(self: Any, match: Any) -> Any:
    return match.values(self.operation)


def _nothing_asked(_self: Any, _query: str) -> Any:
    return {}


def _no_headers(_self: Any, line: Any, _headers: Any) -> Arguments:
    return Arguments(line.values, line.asked)


def _take_any_body(exchange: Any, body: bytes) -> None:
    exchange.arguments = Arguments(exchange.arguments.path, body={}, has_body=True)


def _take_any_parameters(exchange: Any) -> None:
    exchange.arguments = Arguments()


def _line_of_any_query(whole: Callable[..., Any]) -> Callable[..., Any]:
    def line(self: Any, method: str, raw_path: bytes, _query: bytes) -> Any:
        return whole(self, method, raw_path, b"")

    return line


def _no_world(_prefix: str, _headers: Any) -> str:
    return ""


def _nothing(*_: Any) -> None:
    return None


def _admit_anyone(*_: Any) -> str:
    return "anyone"


def _without_first_header(whole: Callable[..., Answered]) -> Callable[..., Answered]:
    def finished(*given: Any) -> Answered:
        answered = whole(*given)
        first = next(iter(answered.headers), None)
        return answered._replace(
            headers={name: value for name, value in answered.headers.items() if name != first}
        )

    return finished


def _same_version(_self: Any, *_new: Any) -> None:
    return None


def _any_derived(self: Any) -> Any:
    return self.shape, self.values


def _always(*_: Any) -> bool:
    return True


def _as_it_was(self: Any, _exchange: Any) -> Answered:
    answered: Answered = self._answered
    return answered


MUTATIONS: dict[str, tuple[Any, str, Any]] = {
    "the desk answers without a handler": (Desk, "answer", _answer_anything),
    "the desk takes a line for another": (Desk, "line", _line_of_any_query(Desk.line)),
    "the plan takes any path parameter": (plan.Plan, "values", _any_values),
    "the plan takes no query": (plan.Plan, "asked", _nothing_asked),
    "the plan takes no headers": (plan.Plan, "arguments", _no_headers),
    "the desk takes any parameters": (desk, "take_parameters", _take_any_parameters),
    "the plan takes any body": (desk, "take_body", _take_any_body),
    "the plan lets anyone in": (plan.Plan, "admits", _admit_anyone),
    "the plan counts no calls": (plan.Plan, "count", _nothing),
    "the plan keeps no journal": (desk, "keep", _nothing),
    "the plan knows no named world": (desk, "world_named", _no_world),
    "the plan loses a header": (desk, "finish", _without_first_header(finish)),
    "a refusal of the desk loses a header": (desk, "refuse", _without_first_header(refuse)),
    "a collection never becomes another version": (Collection, "_change", _same_version),
    "a kept body is found by its shape alone": (Derived, "key", property(_any_derived)),
    "a read is answered as before whatever has changed": (Read, "is_true_of", _always),
    "a read is answered without what the family adds": (Read, "answered", _as_it_was),
    "the framework counts no calls": (ContractSecurity, "check", _nothing),
    "the edge keeps no journal": (edge, "keep", _nothing),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_of_either_way_is_found(
    make_twins: Callable[..., Twins], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof is worth something only if it fails when one of the two does something else."""
    owner, attribute, other = MUTATIONS[name]
    twins = make_twins()
    monkeypatch.setattr(owner, attribute, other)
    _play(twins, 300)
    assert twins.differences, name
