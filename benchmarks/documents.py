"""What a request costs a mock of a document, beside the same kind of request to our own families.

No socket: requests are given to the protocol of each server in this process, one after another.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from benchmarks.operations import LISTED, OPERATIONS
from benchmarks.page import rows, shown
from benchmarks.results import Spread, machine
from mockserver.app import Server, build_server
from mockserver.settings import Settings

DOCUMENT = Path(__file__).parents[1] / "fixtures" / "contracts" / "books.yaml"
_HEAD = "Host: 127.0.0.1\r\nX-Key: bench\r\n"
_NEW = '{{"title":"Book {n}","genre":"novel","tags":["bench"]}}'
_FIRST = 1_000_000
_WARMING = 20
_MANY = 1000

Make = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Pair:
    """One kind of request, as it is put to the families and to the mock of the document.

    `changes` are what is sent to each before every request that is measured, itself not measured.
    """

    name: str
    family: Make
    document: Make
    changes: tuple[Make, Make] | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """µs of CPU a request, and their ratio, over the rounds."""

    name: str
    family_us: Spread
    document_us: Spread
    ratio: Spread


class Wire(asyncio.Transport):
    """A connection to the protocol of a server without a socket; `sent` is the last answer."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.sent = b""
        http: Any = server.protocol("fast")
        config = uvicorn.Config(server.asgi, http=http, log_level="warning", access_log=False)
        config.load()
        loop = asyncio.get_running_loop()
        self._protocol = http(config, ServerState(), {}, loop)
        self._protocol.connection_made(self)

    def ask(self, request: bytes) -> bytes:
        """The answer to a request that is in order; RuntimeError for one that is none."""
        self.sent = b""
        self._protocol.data_received(request)
        self._protocol.outgoing.flush()  # what leaves when a turn of the loop ends
        if not self.sent.startswith(b"HTTP/1.1 20"):
            raise RuntimeError(f"{request!r} was answered {self.sent!r}: nothing was measured.")
        return self.sent

    def write(self, data: Any) -> None:
        """Take an answer."""
        self.sent = data

    def is_closing(self) -> bool:
        """Never."""
        return False

    def get_extra_info(self, _name: str, default: Any = None) -> Any:
        """Nothing is known of a connection without a socket."""
        return default


def pairs() -> tuple[Pair, ...]:
    """What is compared; rows are added late, so that lists show the same ones until then."""
    asked = {each.name: each for each in OPERATIONS}

    def of(name: str) -> Make:
        return lambda number: asked[name].request(number, "")

    page, per_page = "/v1/customers?page={n}&per_page=10", "/books?page={n}&per_page=10"
    large, sorted_large = "/v1/customers?status=active", "/books?genre=novel&sort=title"
    return (
        Pair("get one", of("get one"), lambda _: _request("GET", "/books/1")),
        Pair(
            "list of 25", of("list of 25"), lambda _: _request("GET", f"/books?per_page={LISTED}")
        ),
        Pair(
            "pages in turn",
            lambda n: _request("GET", page.format(n=n % 3 + 1)),
            lambda n: _request("GET", per_page.format(n=n % 3 + 1)),
        ),
        Pair("patch", of("patch"), _patched),
        Pair(
            f"part of {_MANY} rows, right after a patch",
            lambda _: _request("GET", large),
            lambda _: _request("GET", sorted_large),
            (of("patch"), _patched),
        ),
        Pair("create", of("create"), _created),
    )


def _created(number: int) -> bytes:
    return _request("POST", "/books", _NEW.format(n=number), "application/json")


def _patched(number: int) -> bytes:
    body = f'{{"title":"Book {number}"}}'
    return _request("PATCH", "/books/1", body, "application/merge-patch+json")


def _request(method: str, path: str, body: str = "", media_type: str = "") -> bytes:
    content = f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n" if body else ""
    key = "Authorization: Bearer otesse_test_sk_bench\r\n"
    return f"{method} {path} HTTP/1.1\r\n{_HEAD}{key}{content}\r\n{body}".encode()


def measure(rounds: int, requests: int) -> list[Compared]:
    """Every pair, in turns of so many requests for each side of each round."""
    return asyncio.run(_measured(rounds, requests))


async def _measured(rounds: int, requests: int) -> list[Compared]:
    family = Wire(build_server(Settings()))
    document = Wire(build_server(Settings(documents=(str(DOCUMENT),))))
    numbers = count(_FIRST)
    for _ in range(LISTED):
        document.ask(_created(next(numbers)))
    found: list[Compared] = []
    for pair in pairs():
        if pair.changes:
            _fill((family, document), numbers)
        makes, changes = (pair.family, pair.document), pair.changes or (None, None)
        sides = tuple(zip((family, document), makes, changes, strict=True))
        for wire, make, change in sides:
            _cost_us(wire, _drawn(make, change, numbers, _WARMING))
        costs = [
            tuple(_cost_us(w, _drawn(m, c, numbers, requests)) for w, m, c in sides)
            for _ in range(rounds)
        ]
        ratios = [theirs / ours for ours, theirs in costs]
        ours, theirs = (Spread.of(each) for each in zip(*costs, strict=True))
        found.append(Compared(pair.name, ours, theirs, Spread.of(ratios)))
    return found


def _fill(wires: Sequence[Wire], numbers: Iterator[int]) -> None:
    """Let each have so many rows that a part of them is a long list."""
    create = next(pair for pair in pairs() if pair.name == "create")
    for wire, make in zip(wires, (create.family, create.document), strict=True):
        for _ in range(_MANY):
            wire.ask(make(next(numbers)))


def _drawn(
    make: Make, change: Make | None, numbers: Iterator[int], many: int
) -> list[tuple[bytes | None, bytes]]:
    """So many requests, each with the change that goes before it."""
    return [(change and change(next(numbers)), make(next(numbers))) for _ in range(many)]


def _cost_us(wire: Wire, requests: Sequence[tuple[bytes | None, bytes]]) -> float:
    """µs of CPU a request: the median of tenths, so that a pause for memory counts for little."""
    size = max(1, len(requests) // 10)
    found: list[float] = []
    for at in range(0, len(requests), size):
        part = requests[at : at + size]
        spent = 0.0
        for change, request in part:
            if change is not None:
                wire.ask(change)
            started = time.process_time()
            wire.ask(request)
            spent += time.process_time() - started
        found.append(spent / len(part) * 1e6)
    return median(found)


def table(compared: Sequence[Compared]) -> str:
    """The comparison as Markdown."""
    header = ("", "families, µs", "document, µs", "document, times families")
    lines = [
        (
            each.name,
            f"{each.family_us.median:.0f}",
            f"{each.document_us.median:.0f}",
            shown(each.ratio, 2),
        )
        for each in compared
    ]
    return f"{machine()}.\n\n{rows(header, lines)}"
