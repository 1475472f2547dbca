"""Servers as processes: starting, waiting until they answer, what they cost, ending. Linux only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.operations import TOKEN

START_S = 60.0
_PAUSE_S = 0.002
_STOP_S = 8.0


class StartError(Exception):
    """A server did not come up; the message tells what it said last."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: `start_s` from its start to the first good answer, and the CPU."""

    process: subprocess.Popen[bytes]
    port: int
    start_s: float
    start_cpu_s: float

    def cpu_us(self) -> float:
        """CPU time (user and system) of the process and all its descendants so far, in µs.

        What a process or thread used that has ended since is not in it.
        """
        return sum(_cpu_ns(pid) for pid in tree(self.process.pid)) / 1000

    def memory_mib(self) -> float:
        """Memory of all its processes in MiB, shared pages in parts (PSS)."""
        return self._memory_mib("Pss")

    def own_memory_mib(self) -> float:
        """The same without files, whose share changes with every other process that maps them."""
        return self._memory_mib("Anonymous")

    def _memory_mib(self, kind: str) -> float:
        return sum(_kib(pid, kind) for pid in tree(self.process.pid)) / 1024


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def started(
    command: Sequence[str],
    log: Path,
    port_in: Callable[[str], int | None],
    ready_path: str,
    environment: Mapping[str, str],
    ready: Collection[int] = (200,),
) -> Iterator[Running]:
    """Run a server, in the folder of its log, until the block ends.

    `port_in` finds its port in what it has printed so far. It is ready once `ready_path` is
    answered with one of the statuses in `ready`; StartError when that does not come in a minute.
    """
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            env={**_usual(os.environ), **environment},
            start_new_session=True,
        )
    try:
        port = _wait(process, log, port_in, ready_path, ready, began + START_S)
        running = Running(process, port, time.perf_counter() - began, 0.0)
        yield replace(running, start_cpu_s=running.cpu_us() / 1e6)
    finally:
        stop(process)


def _usual(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which Python keeps what it has compiled, as it does for everybody."""
    return {k: v for k, v in environment.items() if k != "PYTHONDONTWRITEBYTECODE"}


def _wait(
    process: subprocess.Popen[bytes],
    log: Path,
    port_in: Callable[[str], int | None],
    path: str,
    ready: Collection[int],
    until: float,
) -> int:
    said = "it has not said where it listens"
    while time.perf_counter() < until:
        port = port_in(log.read_text(errors="replace"))
        if port is not None:
            try:
                status = _status(port, path)
            except (OSError, HTTPException) as error:
                said = str(error)
            else:
                if status in ready:
                    return port
                said = f"it answers {status} to GET {path}"
        if process.poll() is not None:
            raise StartError(f"it ended with {process.returncode}: {_last_line(log)}")
        time.sleep(_PAUSE_S)
    raise StartError(f"it is not ready after {START_S:g} s, {said}; {_last_line(log)}")


def _status(port: int, path: str) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=START_S)) as connection:
        connection.request("GET", path, headers={"Authorization": TOKEN})
        return connection.getresponse().status


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else "it printed nothing"


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a session of its own, and all its descendants."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):  # it has ended meanwhile
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found.extend(children.get(each, ()))
    return found


def _cpu_ns(pid: int) -> int:
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except (OSError, IndexError):
            continue
    return total


def _kib(pid: int, kind: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")), 0)
