"""What a request costs: CPU time of the server, as ratios to a bare uvicorn in the same run.

    python benchmarks/requests.py [rounds] [requests a round]

Four servers run side by side on 127.0.0.1, each in its own process, under the same load of 16
kept-alive connections: uvicorn with a constant answer; this server as it is; without kept bytes;
without compiled plans. Rounds go over all of them in turn, so that whatever else the machine does
meets each alike. Prints microseconds of CPU a request and ratios, medians of the rounds, then the
same without a socket. Linux only: CPU time is read from /proc.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any

CONNECTIONS = 16
CONTENDERS = {
    "bare uvicorn": "",
    "compiled": '{"fast": true}',
    "compiled, nothing kept": '{"kept_mib": 0}',
    "Connexion": '{"fast": false}',
}
HEAD = b"Host: 127.0.0.1\r\nAuthorization: Bearer otesse_test_sk_bench\r\n"
JOHN = b"/v1/customers/cust_01HQ3K5M7N"
CHILD = """
import gc, socket, sys, uvicorn
async def constant(scope, receive, send):
    await send({{"type": "http.response.start", "status": 200,
                "headers": [(b"content-type", b"application/json"), (b"content-length", b"15")]}})
    await send({{"type": "http.response.body", "body": b'{{"hello":"you"}}'}})
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
if {given!r}:
    from mockserver.app import build_server
    from mockserver.settings import Settings
    import json
    app = build_server(Settings(**json.loads({given!r}))).asgi
else:
    app = constant
gc.collect(); gc.freeze(); gc.set_threshold(20_000, 20, 50)
config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off",
                        loop="uvloop", http="httptools", server_header=False)
uvicorn.Server(config).run(sockets=[listening])
"""
_numbers = count()


def _request(method: bytes, target: bytes, body: bytes = b"") -> bytes:
    length = b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
    return b"%s %s HTTP/1.1\r\n%s%s\r\n%s" % (method, target, HEAD, length if body else b"", body)


def _patch() -> bytes:
    return _request(b"PATCH", JOHN, b'{"phone":"+1555%07d"}' % next(_numbers))


def _create() -> bytes:
    body = (
        b'{"first_name":"Ada","last_name":"Byron","email":"ada%d@bench.example",'
        b'"phone":"+15551234567","address":{"label":"Home","street":"1 Oak St",'
        b'"city":"Eugene","state":"OR","zip":"97401"}}'
    )
    return _request(b"POST", b"/v1/customers", body % next(_numbers))


REQUESTS: dict[str, Callable[[], bytes]] = {
    "get one": lambda: _request(b"GET", JOHN),
    "list of 25": lambda: _request(b"GET", b"/v1/customers?page=1&per_page=25"),
    "patch": _patch,
    "create": _create,
}


@dataclass
class Contender:
    """A server in a process of its own, and what its requests cost, round by round."""

    name: str
    port: int
    process: subprocess.Popen[str]
    started_us: float = 0.0
    costs: dict[str, list[float]] = field(default_factory=dict)

    def cpu_us(self) -> float:
        """CPU time of all its threads since it began, in microseconds."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1000


class _Caller(asyncio.Protocol):
    """One connection that asks again as soon as it was answered."""

    def __init__(self, make: Callable[[], bytes], left: list[int]) -> None:
        self._make, self._left = make, left
        self._got = b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Wait for the whole answer, then ask again."""
        self._got += data
        head, found, body = self._got.partition(b"\r\n\r\n")
        if not found or len(body) < int(head.lower().partition(b"content-length: ")[2].split()[0]):
            return
        if not self._got.startswith(b"HTTP/1.1 20"):
            self.done.set_exception(RuntimeError(self._got.decode()))
            return
        self._got = b""
        self._ask()

    def _ask(self) -> None:
        if self._left[0] <= 0:
            self._transport.close()
            self.done.set_result(None)
            return
        self._left[0] -= 1
        self._transport.write(self._make())


async def _load(port: int, make: Callable[[], bytes], number: int, connections: int) -> None:
    loop, left = asyncio.get_running_loop(), [number]
    made = [
        await loop.create_connection(lambda: _Caller(make, left), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(caller.done for _, caller in made))


@contextmanager
def _started() -> Iterator[list[Contender]]:
    contenders: list[Contender] = []
    try:
        for name, given in CONTENDERS.items():
            code = CHILD.format(given=given)
            process = subprocess.Popen([sys.executable, "-c", code], stdout=-1, text=True)
            assert process.stdout is not None
            contender = Contender(name, int(process.stdout.readline()), process)
            contenders.append(contender)
            asyncio.run(_load(contender.port, REQUESTS["get one"], 1, 1))
            contender.started_us = contender.cpu_us()
        yield contenders
    finally:
        for contender in contenders:
            contender.process.kill()
            contender.process.wait()


def _measure(contenders: list[Contender], rounds: int, number: int) -> None:
    for at in range(rounds + 1):
        for kind, make in REQUESTS.items():
            for contender in contenders:
                before = contender.cpu_us()
                asyncio.run(_load(contender.port, make, number, CONNECTIONS))
                cost = (contender.cpu_us() - before) / number
                if at:  # the first round warms up
                    contender.costs.setdefault(kind, []).append(cost)


def _spread(values: list[float]) -> str:
    low, _, high = quantiles(values, n=4)
    return f"{median(values):6.2f} ({low:.2f}–{high:.2f})"


def _print_table(contenders: list[Contender]) -> None:
    bare = contenders[0]
    print(f"{'':24}" + "".join(f"{kind:>24}" for kind in REQUESTS) + f"{'start, CPU s':>14}")
    for contender in contenders:
        cells = [f"{median(contender.costs[kind]):.0f} µs" for kind in REQUESTS]
        started = f"{contender.started_us / 1e6:.2f}"
        print(f"{contender.name:24}" + "".join(f"{c:>24}" for c in cells) + f"{started:>14}")
        ratios = [
            _spread([a / b for a, b in zip(contender.costs[k], bare.costs[k], strict=True)])
            for k in REQUESTS
        ]
        print(f"{'  times bare uvicorn':24}" + "".join(f"{ratio:>24}" for ratio in ratios))


def _in_process(given: str, number: int) -> dict[str, float]:
    """Microseconds of CPU a request, without socket, server and load."""
    from mockserver.app import build_server  # noqa: PLC0415
    from mockserver.settings import Settings  # noqa: PLC0415

    app = build_server(Settings(**json.loads(given))).asgi
    found: dict[str, float] = {}
    for kind, make in REQUESTS.items():
        asked = [_scope(make()) for _ in range(number)]
        started = time.process_time()
        asyncio.run(_ask_all(app, asked))
        found[kind] = (time.process_time() - started) / number * 1e6
    return found


async def _ask_all(app: Any, asked: list[tuple[dict[str, Any], bytes]]) -> None:
    async def send(_message: Any) -> None:
        return None

    for scope, body in asked:

        async def receive(body: bytes = body) -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        await app(scope, receive, send)


def _scope(request: bytes) -> tuple[dict[str, Any], bytes]:
    head, _, body = request.partition(b"\r\n\r\n")
    line, *lines = head.split(b"\r\n")
    method, target, _ = line.split(b" ")
    path, _, query = target.partition(b"?")
    pairs = [each.split(b": ", 1) for each in lines]
    scope = {
        "type": "http", "method": method.decode(), "path": path.decode(), "raw_path": path,
        "query_string": query, "headers": [(name.lower(), value) for name, value in pairs],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 4010), "scheme": "http",
        "http_version": "1.1", "root_path": "", "extensions": {}, "asgi": {"version": "3.0"},
    }  # fmt: skip
    return scope, body


def main() -> None:
    """Measure with a socket and without, and print both."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 1500
    with _started() as contenders:
        _measure(contenders, rounds, number)
        _print_table(contenders)
    print("\nwithout a socket, µs of CPU a request (median of three)")
    for name, given in list(CONTENDERS.items())[1:]:
        runs = [_in_process(given, number // 5) for _ in range(3)]
        cells = [median(run[kind] for run in runs) for kind in REQUESTS]
        print(f"{name:24}" + "".join(f"{cell:>24.0f}" for cell in cells))


if __name__ == "__main__":
    main()
