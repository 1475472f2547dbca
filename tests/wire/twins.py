"""Three servers that differ in nothing but the way their requests go, asked the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from mockserver.app import Server, build_server
from mockserver.archive.state import dump_bytes
from mockserver.settings import Settings
from mockserver.traffic import coverage_json
from tests.wire.sent import Got, Sent
from tests.wire.wired import Wired, is_sendable

FRAMING = frozenset({"content-length", "transfer-encoding"})  # bytes need it, messages do not
UNPLANNED = frozenset({"HEAD", "OPTIONS", "get"})


@dataclass
class Twins:
    """The servers, and what each of them was seen to do differently.

    `slow` answers through the framework, `fast` by its plans, `wired` is asked by bytes, through
    the protocol that asks the plans before there is ASGI.
    """

    settings: Settings
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    differences: list[str] = field(default_factory=list)
    plannable: int = 0
    """How many of the requests a plan must have answered: in order, and nothing special."""
    unscoped: int = 0
    """How many of them the protocol must have answered before there was an ASGI scope."""

    def __post_init__(self) -> None:
        self.fast = build_server(_with(self.settings, fast=True))
        self.slow = build_server(_with(self.settings, fast=False))
        self.wired = Wired(build_server(_with(self.settings, fast=True)), self.loop)

    def begin_anew(self) -> None:
        """Put everything back to how it was grown."""
        self.each(lambda server: server.worlds.clear())
        self.differences.clear()
        self.plannable = self.unscoped = self.wired.unscoped = 0

    def ask(self, sent: Sent) -> Got:
        """Ask all; the answer of the slow one, with which the others are compared."""
        before = _recorded(self.slow)
        fast, slow = (self.loop.run_until_complete(_asked(s, sent)) for s in (self.fast, self.slow))
        wired = self._wired(sent)
        for name, other in (("fast", fast), ("wired", wired)):
            if other != slow:
                self.differences.append(f"{sent}\n  {name} {other}\n  slow {slow}")
        if self._is_in_order(before) and not _is_special(sent):
            self.plannable += 1
            crosses = any(name == b"origin" for name, _ in sent.headers)
            is_large = len(b"".join(sent.chunks)) > self.settings.max_body_kib * 1024
            self.unscoped += is_sendable(sent) and not crosses and not is_large
        return slow

    def _wired(self, sent: Sent) -> Got:
        """The answer to the bytes of a request; where they would mean another, as the others."""
        if is_sendable(sent):
            return self.wired.ask(sent)
        return self.loop.run_until_complete(_asked(self.wired.server, sent))

    def _is_in_order(self, before: dict[str, int]) -> bool:
        """Whether the slow one took the last request for an operation, and refused nothing.

        An `If-Match` that does not hold (412) is found by the handlers' side, as on a plan's way.
        """
        for name, number in _recorded(self.slow).items():
            if number > before.get(name, 0):
                row = self.slow.worlds.find(name).journal.get(number)
                is_in_order = row.verdict == "valid" or row.status == 412
                return row.operation_id is not None and is_in_order
        return False

    def each(self, act: Callable[[Server], object]) -> None:
        """Do the same to all."""
        for server in (self.fast, self.slow, self.wired.server):
            act(server)

    def advance(self, seconds: int) -> None:
        """Move the clocks of the default worlds."""
        self.each(lambda s: s.worlds.default.world.clock.advance(timedelta(seconds=seconds)))

    def compare_worlds(self) -> None:
        """Compare what the requests left behind: state, journal and coverage of every world."""
        slow = _left(self.slow)
        for side, server in (("fast", self.fast), ("wired", self.wired.server)):
            left = _left(server)
            self.differences.extend(
                f"{name}: {side} {left.get(name)!r:.3000}\n  slow {slow.get(name)!r:.3000}"
                for name in sorted(left.keys() | slow.keys())
                if left.get(name) != slow.get(name)
            )


def _is_special(sent: Sent) -> bool:
    """Whether a request asks for something that no plan answers."""
    is_steered = any(name == b"prefer" for name, _ in sent.headers) or "__" in sent.query
    is_cut_off = not sent.chunks and any(name == b"content-type" for name, _ in sent.headers)
    return sent.method in UNPLANNED or "%" in sent.path or is_steered or is_cut_off


def _recorded(server: Server) -> dict[str, int]:
    return {served.name: served.journal.last for served in server.worlds.everyone()}


def _with(settings: Settings, *, fast: bool) -> Settings:
    members = {name: getattr(settings, name) for name in Settings.__dataclass_fields__}
    return Settings(**{**members, "fast": fast})


async def _asked(server: Server, sent: Sent) -> Got:
    chunks = list(sent.chunks)
    got: list[Any] = []

    async def receive() -> dict[str, Any]:
        if not chunks:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def send(message: Any) -> None:
        got.append(message)

    await server.asgi(sent.scope, receive, send)
    body = b"".join(message.get("body", b"") for message in got[1:])
    return Got(got[0]["status"], [(bytes(n), bytes(v)) for n, v in got[0]["headers"]], body)


def _left(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for served in server.worlds.everyone():
        found[f"{served.name}: state"] = dump_bytes(served.world)
        found[f"{served.name}: coverage"] = coverage_json(served.coverage)
        for row in served.journal:
            headers = {n: v for n, v in row.request_headers.items() if n not in FRAMING}
            same = row._replace(duration_us=0, request_headers=headers)
            found[f"{served.name}: exchange {row.number:06}"] = same
    return found
