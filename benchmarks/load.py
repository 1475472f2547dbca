"""Sixteen kept-alive connections that ask for a while: by wrk where it is installed, else by us."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.connection import Connection, DroppedError
from benchmarks.operations import TOKEN, Operation

CONNECTIONS = 16
_SCRIPT = Path(__file__).with_name("load.lua")
_MARK = "LOAD "
# How many numbers one load may use up.
_NUMBERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Load:
    """What one load saw: answers, and of them `refused` with 400 or more; `broken` got none."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    refused: int
    broken: int

    def unexpected(self, is_refusal_expected: bool) -> int:
        """How many requests did not go as they should."""
        off = self.requests - self.refused if is_refusal_expected else self.refused
        return off + self.broken


class Loader:
    """Puts load on a server; numbers that requests carry are never used twice."""

    def __init__(self, seconds: int, use_wrk: bool = True) -> None:
        self.seconds = seconds
        self._wrk = shutil.which("wrk") if use_wrk else None
        self._next = _NUMBERS

    @property
    def tool(self) -> str:
        """What asks."""
        return "wrk" if self._wrk else "a Python client"

    def put(self, port: int, operation: Operation, path: str, ids: Sequence[str]) -> Load:
        """Ask one operation for `seconds`; `path` is as the contender spells it."""
        first, self._next = self._next, self._next + _NUMBERS
        if self._wrk:
            return self._by_wrk(port, operation, path, ids, first)
        return asyncio.run(by_python(port, operation, path, ids, first, self.seconds))

    def _by_wrk(
        self, port: int, operation: Operation, path: str, ids: Sequence[str], first: int
    ) -> Load:
        given = [operation.method, path, operation.body, str(first), TOKEN]
        command = [
            *(str(self._wrk), "-t1", f"-c{CONNECTIONS}", f"-d{self.seconds}s", "--latency"),
            *("-s", str(_SCRIPT), f"http://127.0.0.1:{port}", "--", *given, *ids),
        ]
        run = subprocess.run(
            command, capture_output=True, text=True, timeout=self.seconds + 60, check=False
        )
        return parsed(run.stdout + run.stderr)


def parsed(output: str) -> Load:
    """Read what load.lua printed at its end; RuntimeError with the output when it did not."""
    found = [line for line in output.splitlines() if line.startswith(_MARK)]
    if not found:
        raise RuntimeError(f"wrk printed no result, so nothing was measured: {output.strip()!r}")
    return Load(**json.loads(found[-1].removeprefix(_MARK)))


async def by_python(
    port: int, operation: Operation, path: str, ids: Sequence[str], first: int, seconds: float
) -> Load:
    """Ask from this process; unlike wrk it waits for the last answers."""
    numbers, took_ms, refused, broken = count(first), list[float](), [0], [0]
    started = time.perf_counter()
    until = started + seconds

    async def ask_on() -> None:
        connection = Connection(port)
        while time.perf_counter() < until:
            number = next(numbers)
            request = operation.request(number, ids[number % len(ids)], path)
            asked = time.perf_counter()
            try:
                answer = await connection.ask(request)
            except (DroppedError, OSError):
                broken[0] += 1
                continue
            took_ms.append((time.perf_counter() - asked) * 1000)
            refused[0] += answer.status >= 400
        connection.close()

    await asyncio.gather(*(ask_on() for _ in range(CONNECTIONS)))
    seconds = time.perf_counter() - started
    took_ms.sort()
    p50, p99 = (took_ms[int(len(took_ms) * part)] if took_ms else 0.0 for part in (0.5, 0.99))
    return Load(len(took_ms), seconds, p50, p99, refused[0], broken[0])
