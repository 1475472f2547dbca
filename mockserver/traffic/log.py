"""One line for each exchange, for whoever watches a stream of the server, such as standard error.

A line has what tells exchanges apart and nothing that may be secret: no query, header or body. The
journal has the rest, by the number that the line begins with.
"""

from __future__ import annotations

import os
import select
from collections import deque
from collections.abc import Callable, Iterator

import orjson

from mockserver.traffic.recorded import Recorded

_WITHIN_S = 0.05
_AT_ONCE = 32
# What a pipe takes whole, so that lines of several processes never mix (POSIX: PIPE_BUF).
_PIECE = 4096
_MOST_WAITING = 10_000
_LONGEST_PATH = 200

Line = Callable[[Recorded], bytes]
Later = Callable[[float, Callable[[], None]], object]


def text_line(recorded: Recorded, paint: Callable[[int | None, str], str] | None = None) -> bytes:
    """`#17 GET /v1/customers listCustomers 200 0.8 ms default`; `reset` for a broken connection.

    `paint` may colour the text of a status.
    """
    status = "reset" if recorded.status is None else str(recorded.status)
    shown = status if paint is None else paint(recorded.status, status)
    return (
        f"#{recorded.number} {recorded.method} {_path(recorded)} {recorded.operation_id or '-'} "
        f"{shown} {recorded.duration_us / 1000:.1f} ms {recorded.world}\n"
    ).encode()


def json_line(recorded: Recorded) -> bytes:
    """The same as a JSON object; `operation` and `status` are null where there is none."""
    members = {
        "number": recorded.number,
        "method": recorded.method,
        "path": _path(recorded),
        "operation": recorded.operation_id,
        "status": recorded.status,
        "ms": recorded.duration_us / 1000,
        "world": recorded.world,
    }
    return orjson.dumps(members, option=orjson.OPT_APPEND_NEWLINE)


class Log:
    """Writes a line for each exchange, a few at once, and never waits for whoever reads them.

    Lines are written when there are 32 or 50 ms have passed, with `at_once` each immediately. What
    the stream does not take yet waits; beyond 10 000 lines it is dropped, and how many is said. A
    stream that breaks is given nothing more.

    `stream` is a file descriptor, `later` calls a function after some seconds, such as
    `call_later` of an event loop.
    """

    def __init__(self, line: Line, stream: int, later: Later, *, at_once: bool = False) -> None:
        self._line = line
        self._stream = stream
        self._later = later
        self._most = 1 if at_once else _AT_ONCE
        self._noted: list[Recorded] = []
        self._waiting: deque[bytes] = deque()
        self._dropped = 0
        self._is_due = False
        self._is_broken = False

    def note(self, recorded: Recorded) -> None:
        """Write the line of an exchange, soon."""
        self._noted.append(recorded)
        if len(self._noted) >= self._most:
            self.flush()
        elif not self._is_due:
            self._come_back()

    def flush(self) -> None:
        """Write what was noted, as far as the stream takes it."""
        noted, self._noted = self._noted, []
        if self._is_broken:
            return
        room = _MOST_WAITING - len(self._waiting)
        self._waiting.extend(map(self._line, noted[:room]))
        self._dropped += len(noted[room:])
        try:
            self._write()
        except OSError:  # nobody reads it any more
            self._is_broken = True
            self._waiting.clear()
        is_behind = bool(self._waiting or self._dropped)
        if is_behind and not self._is_due and not self._is_broken:
            self._come_back()

    def _come_back(self) -> None:
        self._is_due = True
        self._later(_WITHIN_S, self._due)

    def _due(self) -> None:
        self._is_due = False
        self.flush()

    def _write(self) -> None:
        while self._waiting and _takes_more(self._stream):
            os.write(self._stream, b"".join(self._piece()))
        if self._dropped and not self._waiting and _takes_more(self._stream):
            os.write(self._stream, b"mockserver: %d lines were dropped here\n" % self._dropped)
            self._dropped = 0

    def _piece(self) -> Iterator[bytes]:
        """As many whole lines as go into one piece, at least one."""
        length = 0
        while self._waiting and (not length or length + len(self._waiting[0]) <= _PIECE):
            length += len(self._waiting[0])
            yield self._waiting.popleft()


def _path(recorded: Recorded) -> str:
    """The path, bounded, with nothing in it that a terminal would obey."""
    path = recorded.path
    if len(path) > _LONGEST_PATH:
        path = path[: _LONGEST_PATH - 1] + "…"
    if path.isascii() and path.isprintable():
        return path
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in path)


def _takes_more(stream: int) -> bool:
    """Whether a write would not have to wait for a reader."""
    if not hasattr(select, "poll"):  # where there are no pipes that can be asked
        return True
    asked = select.poll()
    asked.register(stream, select.POLLOUT)
    return bool(asked.poll(0))
