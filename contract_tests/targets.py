"""Targets: the servers that are judged, one that we start or one that is there already.

This module alone imports mockserver, and only to start a server of our own.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from contract_tests.contract import Contract
from contract_tests.exchanges import Answer, Pairs, Sent
from contract_tests.wires import InProcessWire, SocketWire, TargetGone, Wire

# The instant at which tests and exported worlds stand still.
NOW = datetime(2026, 2, 20, 15, tzinfo=UTC)
_PATIENCE_S = 30.0
_ADMIN = "/__admin"
_WORLD_HEADER = "X-Mock-World"


@dataclass(frozen=True, slots=True)
class Steering:
    """The admin API of a mockserver: worlds of one's own, and a clock that can be set."""

    wire: Wire

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON that the admin API answers; TargetGone when it refuses."""
        data = None if body is None else json.dumps(body).encode()
        headers = () if data is None else (("Content-Type", "application/json"),)
        answer = self.wire.send(Sent(method, _ADMIN + path, headers, data))
        if answer.status >= 400:
            raise TargetGone(f"{method} {_ADMIN + path} was refused: {answer.body[:300]!r}")
        return answer.json if answer.body else None


@dataclass
class Target:
    """A server under judgement, or one that it is compared with.

    `headers` go with every request (the world, where there are worlds). `steering` is None for a
    server of somebody else's: nothing there is put back, and its time cannot be moved.
    """

    wire: Wire
    headers: Pairs = ()
    steering: Steering | None = None
    world: str = ""
    _frozen_at: datetime | None = None

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return self.wire.url

    @property
    def is_ours_alone(self) -> bool:
        """Whether nobody else sees what is done there: it is a world of its own."""
        return bool(self.world)

    def send(self, sent: Sent) -> Answer:
        """The answer to a request; TargetGone when there is none."""
        return self.wire.send(sent)

    def together(self, several: Sequence[Sent]) -> list[Answer]:
        """The answers to requests that are sent at once; TargetGone when one has none."""
        return self.wire.together(several)

    def now(self) -> datetime | None:
        """The time at which its clock stands; None when it cannot be set."""
        return self._frozen_at

    def advance(self, length: timedelta) -> bool:
        """Move its clock forward, where that can be done."""
        if self.steering is None or self._frozen_at is None:
            return False
        self.set_clock(self._frozen_at + length)
        return True

    def set_clock(self, moment: datetime) -> None:
        """Stop its clock at a moment."""
        assert self.steering is not None, "a clock is set through the admin API"
        text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.steering.call("PUT", f"/clock?world={quote(self.world)}", {"now": text})
        self._frozen_at = moment

    def close(self) -> None:
        """Forget its world, if it has one, and let go of the connection."""
        if self.world and self.steering is not None:
            with suppress(TargetGone):
                self.steering.call("DELETE", f"/worlds/{quote(self.world)}")
        self.wire.close()

    def rows(self) -> Any:
        """Every row of its world as JSON, with the rules; None where that cannot be told."""
        if self.steering is None or not self.world:
            return None
        state = self.steering.call("GET", f"/state?world={quote(self.world)}")
        told = {name: value for name, value in state.items() if name != "meta"}
        return told, state.get("meta", {}).get("rules")

    def reset(self) -> None:
        """Put the world back to the moment it was grown, where the target can."""
        if self.steering is not None:
            self.steering.call("POST", f"/reset?world={quote(self.world)}")


def connect(url: str, world: str = "") -> Target:
    """The server at an address; when it is a mockserver and a world is named, that world of it.

    The clock of such a world stands still at the server's time, so that every answer can be told
    beforehand. TargetGone when nobody answers there.
    """
    wire = SocketWire(url)
    steering = _steering(wire)
    if steering is None or not world:
        return Target(wire, steering=steering)
    return _own_world(wire, steering, world)


def _own_world(wire: Wire, steering: Steering, world: str) -> Target:
    target = Target(wire, ((_WORLD_HEADER, world),), steering, world)
    clock = steering.call("GET", f"/clock?world={quote(world)}")
    target.set_clock(datetime.fromisoformat(clock["now"]).replace(microsecond=0))
    return target


def _steering(wire: Wire) -> Steering | None:
    """The admin API at an address, None when there is none that will have us."""
    answer = wire.send(Sent("GET", f"{_ADMIN}/version", (), None))
    version = answer.json if answer.status == 200 else None
    return Steering(wire) if isinstance(version, dict) and "mockserver" in version else None


def date_of(answer: Answer) -> datetime | None:
    """The time at which an answer was made, as its `Date` header says (RFC 9110, 6.6.1)."""
    try:
        return parsedate_to_datetime(answer.header("date") or "").astimezone(UTC)
    except ValueError:
        return None


class References:
    """Our own server within this process: what is right by definition. One world for each use."""

    def __init__(self, now: datetime, credentials: Path | None = None) -> None:
        self.now = now
        self._wire = InProcessWire(_application(now, credentials))
        self._steering = Steering(self._wire)

    def open_world(self, name: str, now: datetime) -> Target:
        """A world whose clock stands still at a moment; it is made when it is first used."""
        target = Target(self._wire, ((_WORLD_HEADER, name),), self._steering, name)
        target.set_clock(now)
        return target

    def serves(self, contract: Contract) -> bool:
        """Whether it serves every path of a contract."""
        told = self._wire.send(Sent("GET", "/openapi.json", (), None)).json
        return all(operation.path in told["paths"] for operation in contract.operations.values())

    def forget(self, target: Target) -> None:
        """Forget a world."""
        with suppress(TargetGone):
            self._steering.call("DELETE", f"/worlds/{quote(target.world)}")


def _application(now: datetime, credentials: Path | None) -> Any:
    from mockserver.app import build_server  # noqa: PLC0415
    from mockserver.settings import Settings  # noqa: PLC0415

    return build_server(Settings(now=now, credentials=credentials)).asgi


@contextmanager
def our_server(credentials: Path | None = None) -> Iterator[str]:
    """The address of our server on a real socket with a frozen clock, as long as the block lasts.

    The socket listens before the server runs, so the first request simply waits for it. Nothing
    of ours is imported before it is wanted: whoever judges another server does not need it.
    """
    import uvicorn  # noqa: PLC0415

    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(
            _application(NOW, credentials), log_level="warning", access_log=False, lifespan="on"
        )
    )
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True, name="target")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_PATIENCE_S)
        listening.close()
