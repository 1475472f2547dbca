"""Signals as something that can be waited for beside sockets."""

from __future__ import annotations

import os
import select
import signal
import socket
from types import FrameType, TracebackType
from typing import Any

_ENDS = (signal.SIGINT, signal.SIGTERM)
_HEARD = (*_ENDS, signal.SIGCHLD)


class Signals:
    """Hears SIGINT, SIGTERM and SIGCHLD for as long as the block lasts."""

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._heard, self._told = -1, -1
        self.ends = 0
        """How often an end was asked for, by SIGINT or SIGTERM."""

    def __enter__(self) -> Signals:
        """Begin to hear."""
        self._heard, self._told = os.pipe()
        os.set_blocking(self._heard, False)
        os.set_blocking(self._told, False)
        signal.set_wakeup_fd(self._told)
        self._before = {number: signal.signal(number, _only_told) for number in _HEARD}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let signals do what they did before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._close()

    def disown(self) -> None:
        """In a fork: let signals do what they do by default."""
        for number in _HEARD:
            signal.signal(number, signal.SIG_DFL)
        self._close()

    def wait(self, patience_s: float, asked: socket.socket | None = None) -> bool:
        """Wait for a signal, or until something can be read; whether it can."""
        sources = [self._heard] if asked is None else [self._heard, asked.fileno()]
        ready, _, _ = select.select(sources, [], [], max(patience_s, 0))
        if self._heard in ready:
            self.ends += sum(number in _ENDS for number in os.read(self._heard, 4096))
        return asked is not None and asked.fileno() in ready

    def _close(self) -> None:
        signal.set_wakeup_fd(-1)
        os.close(self._heard)
        os.close(self._told)


def _only_told(_number: int, _frame: FrameType | None) -> None:
    """Nothing: the number has been written to the pipe."""
