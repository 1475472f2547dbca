"""The process that tidies up when the one that watches over all others is gone, however it went."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Warden:
    """Leads the group (`pid`) that every process of ours belongs to, and waits for an end.

    When `line` is closed, by `dismiss` or because the process that held it was killed, it removes
    the directory and kills whoever is left of the group, itself included.
    """

    pid: int
    line: int

    @classmethod
    def post(cls, directory: Path, listening: socket.socket) -> Warden:
        """Start it; the socket is one that it must not keep open."""
        heard, line = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            os.close(line)
            listening.close()
            _wait_and_tidy_up(heard, directory)
        os.close(heard)
        os.setpgid(pid, pid)
        return cls(pid, line)

    def dismiss(self) -> None:
        """End it, and with it all that is left; comes back when it is gone."""
        os.close(self.line)
        with suppress(ChildProcessError):  # somebody has killed it before
            os.waitpid(self.pid, 0)


def _wait_and_tidy_up(heard: int, directory: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    try:
        os.read(heard, 1)
        shutil.rmtree(directory, ignore_errors=True)
    finally:
        os.killpg(0, signal.SIGKILL)
