"""Answers on their way out: those of one turn of the event loop leave a few at a time."""

from __future__ import annotations

from asyncio import AbstractEventLoop, WriteTransport

_TOGETHER = 4
_ANSWERS_ALONE = 32


class Outgoing:
    """Sends what many clients are answered in one turn a few answers at a time.

    To write to a socket wakes up the process that reads it, which costs more than the writing;
    writes that follow each other closely wake it up once. Where lately one client alone was
    answered in a turn, its answers are sent at once.
    """

    __slots__ = ("_alone", "_answers", "_is_due", "_waiting")

    def __init__(self) -> None:
        """Start with nothing to send."""
        self._waiting: list[tuple[WriteTransport, bytes]] = []
        self._answers = 0  # of this turn
        self._alone = 0  # so many answers more are sent at once
        self._is_due = False

    def send(self, loop: AbstractEventLoop, transport: WriteTransport, answer: bytes) -> None:
        """Send an answer, before the turn ends at the latest."""
        if self._alone:
            self._alone -= 1
            transport.write(answer)
            return
        self._waiting.append((transport, answer))
        self._answers += 1
        if not self._is_due:
            self._is_due = True
            loop.call_soon(self._end_turn)
        elif len(self._waiting) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Send what waits."""
        waiting, self._waiting = self._waiting, []
        for transport, answer in waiting:
            if not transport.is_closing():
                transport.write(answer)

    def _end_turn(self) -> None:
        self.flush()
        if self._answers == 1:
            self._alone = _ANSWERS_ALONE
        self._answers, self._is_due = 0, False
