"""Two servers that differ in nothing but the way their requests go, asked the same."""

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

Headers = tuple[tuple[bytes, bytes], ...]
UNPLANNED = frozenset({"HEAD", "OPTIONS", "get"})


@dataclass(frozen=True)
class Sent:
    """One request, as bytes on their way to an ASGI application; the body comes in chunks."""

    method: str
    path: str
    query: str = ""
    headers: Headers = ()
    chunks: tuple[bytes, ...] = (b"",)

    @property
    def scope(self) -> dict[str, Any]:
        """The ASGI scope, with a path that a server would have decoded."""
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": self.method,
            "path": self.path.partition("%")[0],
            "raw_path": self.path.encode("latin-1"),
            "query_string": self.query.encode("latin-1"),
            "root_path": "",
            "headers": [(b"host", b"localhost"), *self.headers],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 4010),
            "extensions": {},
        }


@dataclass(frozen=True)
class Got:
    """One answer, to the byte."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


@dataclass
class Twins:
    """The two servers, and what each of them was seen to do differently."""

    settings: Settings
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    differences: list[str] = field(default_factory=list)
    plannable: int = 0
    """How many of the requests a plan must have answered: in order, and nothing special."""

    def __post_init__(self) -> None:
        self.fast = build_server(_with(self.settings, fast=True))
        self.slow = build_server(_with(self.settings, fast=False))

    def begin_anew(self) -> None:
        """Put everything back to how it was grown."""
        self.each(lambda server: server.worlds.clear())
        self.differences.clear()
        self.plannable = 0

    def ask(self, sent: Sent) -> Got:
        """Ask both; the answer of the slow one, the other one's is compared."""
        before = _recorded(self.slow)
        fast, slow = (self.loop.run_until_complete(_asked(s, sent)) for s in (self.fast, self.slow))
        if fast != slow:
            self.differences.append(f"{sent}\n  fast {fast}\n  slow {slow}")
        self.plannable += self._is_in_order(before) and not _is_special(sent)
        return slow

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
        """Do the same to both."""
        act(self.fast)
        act(self.slow)

    def advance(self, seconds: int) -> None:
        """Move the clock of both default worlds."""
        self.each(lambda s: s.worlds.default.world.clock.advance(timedelta(seconds=seconds)))

    def compare_worlds(self) -> None:
        """Compare what the requests left behind: state, journal and coverage of every world."""
        fast, slow = _left(self.fast), _left(self.slow)
        self.differences.extend(
            f"{name}: fast {fast.get(name)!r:.3000}\n  slow {slow.get(name)!r:.3000}"
            for name in sorted(fast.keys() | slow.keys())
            if fast.get(name) != slow.get(name)
        )


def _is_special(sent: Sent) -> bool:
    """Whether a request asks for something that no plan answers."""
    is_steered = any(name == b"prefer" for name, _ in sent.headers) or "__" in sent.query
    is_cut_off = not sent.chunks and any(name == b"content-type" for name, _ in sent.headers)
    return sent.method in UNPLANNED or "%" in sent.path or is_steered or is_cut_off


def _recorded(server: Server) -> dict[str, int]:
    return {served.name: served.journal._last for served in server.worlds.everyone()}


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
            untimed = row._replace(duration_us=0)
            found[f"{served.name}: exchange {row.number:06}"] = untimed
    return found
