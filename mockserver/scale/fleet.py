"""Starts the processes and nginx, starts those again that die, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from mockserver.clock import uptime_s
from mockserver.scale.arrangement import Arrangement
from mockserver.scale.front import configuration
from mockserver.scale.signals import Signals
from mockserver.scale.warden import Warden

_START_S = 60
# How everything is stopped, and for how many seconds each step may take: nginx by itself, while it
# gives the answers under way for up to 3 s; then the processes, which do the same; then the rest.
_STOPS = ((signal.SIGQUIT, 4), (signal.SIGTERM, 4), (signal.SIGKILL, 4))
# More ends of processes than these within so many seconds are no accident.
_MOST_ENDS, _WITHIN_S = 10, 60
_PAUSE_S = 0.1
_HEALTH = b"GET /__admin/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class Fleet:
    """The processes of one server behind nginx.

    `run` serves the connections of a listening socket until SIGTERM; every process is a fork that
    does just that, so that all begin with the same world. Their sockets are ours: while a process
    is started again, requests wait. `say` takes what an operator should know, line by line.
    """

    def __init__(
        self,
        arrangement: Arrangement,
        run: Callable[[socket.socket], None],
        say: Callable[[str], None],
    ) -> None:
        self._arrangement = arrangement
        self._run = run
        self._say = say
        self._signals = Signals()
        self._sockets = arrangement.sockets()
        self._numbers: dict[int, int] = {}
        self._nginx = 0
        self._ends: deque[float] = deque(maxlen=_MOST_ENDS)
        self._is_ready = self._gave_up = self._is_stopping = False

    def serve(self, ready: Callable[[], None]) -> int:
        """Serve until SIGINT or SIGTERM; `ready` is called once all answer.

        The exit code: 0, or 1 when it had to give up and has said why.
        """
        directory = Path(tempfile.mkdtemp(prefix="mockserver-"))
        with self._signals:
            self._warden = Warden.post(directory, self._arrangement.listening)
            try:
                self._start_all(directory)
                self._is_ready = self._all_answer()
                if self._is_ready:
                    ready()
                while self._goes_on():
                    self._look(_WITHIN_S)
            finally:
                self._stop()
        return int(self._gave_up)

    def _goes_on(self) -> bool:
        return not (self._gave_up or self._is_stopping or self._signals.ends)

    def _start_all(self, directory: Path) -> None:
        for number in range(len(self._sockets)):
            self._start(number)
        path = directory / "nginx.conf"
        path.write_text(configuration(self._arrangement.front(directory, self._sockets)))
        listening = self._arrangement.listening
        listening.set_inheritable(True)
        # nginx takes over a socket that is open by number, as it does when it replaces itself.
        environment = {**os.environ, "NGINX": f"{listening.fileno()};"}
        arguments = ["nginx", "-e", str(directory / "start.log"), "-p", str(directory)]
        self._nginx = os.posix_spawn(
            self._arrangement.nginx,
            [*arguments, "-c", str(path)],
            environment,
            setpgroup=self._warden.pid,
        )

    def _start(self, number: int) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            self._become(number)
        with suppress(OSError):  # it does so itself; whoever is first
            os.setpgid(pid, self._warden.pid)
        self._numbers[pid] = number

    def _become(self, number: int) -> NoReturn:
        """The life of a process; nothing of ours is tidied up at its end."""
        code = 1
        try:
            self._signals.disown()
            os.setpgid(0, self._warden.pid)
            os.close(self._warden.line)
            for each in (self._arrangement.listening, *self._sockets):
                if each is not self._sockets[number]:
                    each.close()
            self._run(self._sockets[number])
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _all_answer(self) -> bool:
        """Wait for the health of every process, then of the whole."""
        until = uptime_s() + _START_S
        for address in (*(each.getsockname() for each in self._sockets), self._arrangement.address):
            while self._goes_on() and not self._is_healthy(address, until):
                if uptime_s() > until:
                    self._give_up(f"/__admin/health did not answer within {_START_S} s")
                self._look(_PAUSE_S)
        return self._goes_on()

    def _is_healthy(self, address: tuple[str, int], until: float) -> bool:
        answer = b""
        with socket.create_connection(address, _START_S) as asked, suppress(OSError):
            asked.sendall(_HEALTH)
            while self._goes_on() and uptime_s() < until:
                if self._look(until - uptime_s(), asked):
                    more = asked.recv(4096)
                    answer += more
                    if not more:
                        return answer.split(b" ", 2)[1:2] == [b"200"]
        return False

    def _look(self, patience_s: float, asked: socket.socket | None = None) -> bool:
        """Wait for a signal or an answer and see to those that died; whether one can be read."""
        is_there = self._signals.wait(patience_s, asked)
        for pid, status in _ended():
            self._see_to(pid, status)
        return is_there

    def _see_to(self, pid: int, status: int) -> None:
        number = self._numbers.pop(pid, None)
        if pid == self._nginx:
            self._nginx = 0
        if not self._goes_on():
            return
        how = _how(status)
        if number is None:
            self._give_up(f"{'nginx' if pid != self._warden.pid else 'the warden'} ended ({how})")
            return
        self._ends.append(uptime_s())
        if len(self._ends) == _MOST_ENDS and self._ends[-1] - self._ends[0] < _WITHIN_S:
            self._give_up(f"processes ended {_MOST_ENDS} times within {_WITHIN_S} s ({how})")
            return
        self._say(
            f"process {number + 1} of {len(self._sockets)} ended ({how}); another takes its place, "
            "and its worlds begin anew."
        )
        self._start(number)

    def _give_up(self, why: str) -> None:
        self._say(f"{why}; what it said stands above. Stopping.")
        self._gave_up = True

    def _stop(self) -> None:
        """Let answers under way be given, then end everything: nginx first, who brings new ones."""
        self._is_stopping = True
        for number, patience_s in _STOPS if self._is_ready else _STOPS[-1:]:
            only_nginx = number == signal.SIGQUIT
            self._signal(number, [self._nginx] if only_nginx else [self._nginx, *self._numbers])
            self._wait_until_gone(patience_s, only_nginx)
        self._warden.dismiss()

    def _signal(self, number: int, pids: list[int]) -> None:
        for pid in filter(None, pids):
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _wait_until_gone(self, patience_s: float, only_nginx: bool) -> None:
        """Wait, but not for ever, and no longer when asked for the end once more."""
        asked, until = self._signals.ends, uptime_s() + patience_s
        while self._nginx or (self._numbers and not only_nginx):
            if uptime_s() >= until or self._signals.ends > asked:
                return
            self._look(until - uptime_s())


def _ended() -> Iterator[tuple[int, int]]:
    """Every child that has ended, with its status."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            yield ended


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"exit code {code}" if code >= 0 else f"signal {-code}"
