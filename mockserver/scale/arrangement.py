"""What is arranged on one machine: sockets of the processes, and the front before them."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from mockserver.scale.front import Front
from mockserver.settings import Settings

_UNSPECIFIED = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (a name, not a binding)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How many processes stand behind which listening socket, and what nginx must know of them.

    `open_to_strangers`: the processes ask for a token themselves, so that nginx need not care who
    calls `/__admin`.
    """

    nginx: str
    listening: socket.socket
    processes: int
    max_body_kib: int
    open_to_strangers: bool

    @classmethod
    def of(cls, settings: Settings, nginx: str, listening: socket.socket) -> Arrangement:
        """What the settings of one server come to, with the path of nginx and an open socket."""
        limit, token = settings.max_body_kib, settings.admin_token
        return cls(nginx, listening, settings.workers, limit, open_to_strangers=bool(token))

    @property
    def address(self) -> tuple[str, int]:
        """Where this machine reaches the front."""
        host, port = self.listening.getsockname()[:2]
        return _UNSPECIFIED.get(host, host), port

    def front(self, directory: Path, sockets: list[socket.socket]) -> Front:
        """What nginx is told, with the sockets of the processes."""
        host, port = self.listening.getsockname()[:2]
        return Front(
            servers=tuple(f"127.0.0.1:{each.getsockname()[1]}" for each in sockets),
            listen=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            directory=str(directory),
            max_body_kib=self.max_body_kib,
            user="root" if os.geteuid() == 0 else "",
            # Whatever the load: these sockets are held open, so that nobody is unreachable.
            connect_timeout="1h",
            log_level="crit",
            stranger_steers=self.open_to_strangers,
        )

    def sockets(self) -> list[socket.socket]:
        """A listening socket on this machine for each process; it outlives the process."""
        return [socket.create_server(("127.0.0.1", 0)) for _ in range(self.processes)]
