"""The soak in short: a fixed number of visits to more worlds than may live, without a socket.

Counted are the blocks that Python's allocator holds after a collection, so that neither the time
nor the machine has a say: a server that keeps one object a request has thousands more at the end.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
from starlette.types import ASGIApp, Message

from benchmarks.connection import Answer, DroppedError
from benchmarks.inside import scope_of
from benchmarks.visits import Ask, Tally, Visit
from mockserver.app import Server, build_server
from mockserver.settings import Settings
from mockserver.wire.compiled import plan

MOST_WORLDS = 20
IDLE_S = 12
RETURNING, CROWDING = 36, 14
pytestmark = pytest.mark.xdist_group("soak")  # one run for all, in one process


def asking(app: ASGIApp) -> Ask:
    async def ask(request: bytes) -> Answer:
        scope, body = scope_of(request)
        answer = Answer()

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
            answer.body += message.get("body", b"")

        try:
            await app(scope, receive, send)
        except ConnectionResetError as error:  # what a fault does where there is no connection
            raise DroppedError(str(error)) from error
        return answer

    return ask


@dataclass
class Run:
    """Thirds of a soak, and the blocks and requests at the end of each."""

    server: Server
    ask: Ask
    tally: Tally = field(default_factory=Tally)
    blocks: list[int] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    uptime_s: float = 0.0

    def __post_init__(self) -> None:
        self.numbers = count(1)
        self.server.worlds._uptime = lambda: self.uptime_s

    async def third(self, returning: int = RETURNING, crowding: int = CROWDING) -> None:
        """Worlds in turn, so that most of them are forgotten; then a crowd at once."""
        for world in range(returning):
            self.uptime_s += 1
            await self._visit(f"returning-{world}")
        for world in range(crowding):
            await self._visit(f"crowding-{world}")
        gc.collect()
        self.blocks.append(sys.getallocatedblocks())
        self.requests.append(self.tally.requests)

    async def _visit(self, world: str) -> None:
        number = next(self.numbers)
        await Visit(self.ask, self.tally, world, number).walk(leave=number % 7 == 0)

    def kept_a_request(self, since: int) -> float:
        """Blocks more for each request since the end of a third."""
        blocks = self.blocks[-1] - self.blocks[since]
        return blocks / (self.requests[-1] - self.requests[since])


def small_server() -> Server:
    return build_server(
        Settings(max_worlds=MOST_WORLDS, world_idle_s=IDLE_S, journal=50, kept_mib=1)
    )


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "_MOST_REMEMBERED", 50)  # a bound to be reached in the first third
        server = small_server()
        run = Run(server, asking(server.asgi))
        for _ in range(3):
            asyncio.run(run.third())
        yield run


def test_nothing_is_answered_that_was_not_asked_for(run: Run) -> None:
    assert run.tally.samples == []
    assert run.tally.requests > 4000


def test_worlds_were_forgotten_and_refused_meanwhile(run: Run) -> None:
    living = {served.name for served in run.server.worlds.everyone()}
    assert "returning-0" not in living
    assert len(living) <= MOST_WORLDS
    assert len(run.tally.visits) == RETURNING + CROWDING
    assert run.tally.full > 0


def test_faults_were_met_and_are_gone_afterwards(run: Run) -> None:
    met = {status for label, status in run.tally.answers if label == "under fault"}
    assert met >= {429, 503}
    assert run.tally.dropped > 0
    assert not any(served.faults for served in run.server.worlds.everyone())


def test_memory_is_flat_from_the_first_third_to_the_end(run: Run) -> None:
    assert run.kept_a_request(since=0) < 1


def test_a_server_that_kept_an_object_a_request_would_be_noticed() -> None:
    server = small_server()
    kept: list[object] = []
    ask = asking(server.asgi)

    async def keeping(request: bytes) -> Answer:
        answer = await ask(request)
        kept.append(answer)
        return answer

    run = Run(server, keeping)
    for _ in range(2):
        asyncio.run(run.third(returning=MOST_WORLDS, crowding=0))
    assert len(kept) == run.tally.requests
    assert run.kept_a_request(since=0) > 1
