"""What many clients are answered in one turn of the event loop leaves together, and all of it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from mockserver.app import build_server
from mockserver.settings import Settings
from mockserver.wire.compiled import protocol
from tests.conftest import NOW
from tests.wire.wired import FakeTransport, Wired

GET = (
    b"GET /v1/customers/cust_01HQ3K5M7N HTTP/1.1\r\nhost: localhost\r\n"
    b"authorization: Bearer otesse_test_sk_wire\r\n\r\n"
)
LIST = GET.replace(b"/cust_01HQ3K5M7N", b"?per_page=5")


class Crowd:
    """Several connections, each of which was answered before, so that its request is known."""

    def __init__(self, wired: Wired, size: int, request: bytes = GET) -> None:
        self.request = request
        self.ends: list[tuple[Any, FakeTransport]] = [wired.connect() for _ in range(size)]
        for connection, _ in self.ends[:1] * 2 + self.ends[1:]:
            connection.data_received(request)
        wired.turn()
        for _, transport in self.ends:
            transport.written.clear()

    def ask(self) -> None:
        """Let each of them ask in the same turn."""
        for connection, _ in self.ends:
            connection.data_received(self.request)

    @property
    def answered(self) -> list[int]:
        """How many answers each of them has."""
        return [bytes(transport.written).count(b"HTTP/1.1 200 OK") for _, transport in self.ends]


@pytest.fixture
def wired(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wired]:
    """A server with an event loop of its own, to which every answer takes no time."""
    monkeypatch.setattr(protocol, "stopwatch_ns", lambda: 0)
    loop = asyncio.new_event_loop()
    yield Wired(build_server(Settings(now=NOW)), loop)
    loop.close()


def test_a_few_leave_at_a_time_and_the_rest_when_the_turn_ends(wired: Wired) -> None:
    crowd = Crowd(wired, 6)
    crowd.ask()
    assert crowd.answered == [1, 1, 1, 1, 0, 0]
    wired.turn()
    assert crowd.answered == [1] * 6
    crowd.ask()
    wired.turn()
    assert crowd.answered == [2] * 6


def test_who_is_alone_is_answered_at_once(wired: Wired) -> None:
    crowd = Crowd(wired, 1)
    crowd.ask()
    wired.turn()  # the first time nobody knew
    for number in range(2, 30):
        crowd.ask()
        assert crowd.answered == [number]


def test_a_crowd_that_comes_after_one_leaves_together_again(wired: Wired) -> None:
    alone = Crowd(wired, 1)
    for _ in range(3):
        alone.ask()
        wired.turn()
    crowd = Crowd(wired, 3)
    seen = []
    for _ in range(40):
        crowd.ask()
        seen.append(sum(crowd.answered))
        wired.turn()
    assert crowd.answered == [40] * 3
    assert seen[-1] == 39 * 3


def test_who_sends_no_more_is_answered_before_the_connection_closes(wired: Wired) -> None:
    crowd = Crowd(wired, 2)
    crowd.ask()
    assert crowd.answered == [0, 0]
    crowd.ends[0][0].eof_received()
    assert crowd.answered[0] == 1


def test_nobody_waits_for_a_request_that_is_new(wired: Wired) -> None:
    crowd = Crowd(wired, 2)
    crowd.ask()
    other, _ = wired.connect()
    other.data_received(LIST)
    assert crowd.answered == [1, 1]


def test_a_stop_sends_what_is_answered(wired: Wired) -> None:
    crowd = Crowd(wired, 2)
    crowd.ask()
    for connection, _ in crowd.ends:
        connection.shutdown()
    assert crowd.answered == [1, 1]
    assert all(transport.is_closed for _, transport in crowd.ends)


def test_one_that_went_away_keeps_no_answer_from_others(wired: Wired) -> None:
    crowd = Crowd(wired, 3)
    crowd.ask()
    crowd.ends[1][1].close()
    wired.turn()
    assert crowd.answered == [1, 0, 1]


def test_nobody_waits_for_an_answer_that_is_slow(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, slow = Crowd(wired, 2), Crowd(wired, 2, LIST)
    readings = itertools.count(0, 2_000_000)
    monkeypatch.setattr(protocol, "stopwatch_ns", readings.__next__)
    slow.ask()
    wired.turn()
    monkeypatch.setattr(protocol, "stopwatch_ns", lambda: 0)
    quick.ask()
    assert quick.answered == [0, 0]
    slow.ends[0][0].data_received(LIST)
    assert quick.answered == [1, 1]
    for _ in range(40):  # by then it is known to be quick
        slow.ask()
        wired.turn()
    quick.ask()
    slow.ends[0][0].data_received(LIST)
    assert quick.answered == [1, 1]
    wired.turn()
    assert quick.answered == [2, 2]
