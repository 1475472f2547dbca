"""What stands in front of the processes: nginx, and the configuration that it is given."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mockserver.errors import SetupError
from mockserver.settings import Settings

_TEMPLATE = Path(__file__).parent / "nginx.conf.in"
_FOR_THIS_MACHINE = (
    "Without an admin token only this machine; asked here, since to the servers everyone is."
)
_BY_TOKEN = "Whoever has the admin token, which the servers ask for."  # noqa: S105 (a comment)


@dataclass(frozen=True, slots=True)
class Front:
    """What nginx is told.

    `servers` are the processes and `listen` the address of all, as nginx writes them (`host:port`);
    `directory` takes its temporary files; `user` is whom its workers run as, empty when it is not
    started as root. `max_body_kib` is the limit of the servers. `stranger_steers` leaves it to
    the servers who may call `/__admin`; without it nginx lets only callers on this machine.
    `connect_timeout` has a unit (`2s`).
    """

    servers: tuple[str, ...]
    listen: str
    directory: str
    max_body_kib: int
    user: str = ""
    nginx_workers: str = "1"
    connect_timeout: str = "2s"
    log_level: str = "error"
    stranger_steers: bool = False


def in_containers(servers: Iterable[str]) -> Front:
    """The front of servers in containers of their own, as `deploy/nginx.conf` has it."""
    usual = Settings()
    return Front(
        servers=tuple(servers),
        listen=str(usual.port),
        directory="/tmp",  # noqa: S108 (of a container, which shares it with nobody)
        max_body_kib=usual.max_body_kib,
        nginx_workers="auto",
        stranger_steers=True,
    )


def configuration(front: Front) -> str:
    """The text of an nginx configuration; SetupError for a server that cannot be written there."""
    for server in front.servers:
        if not re.fullmatch(r"[A-Za-z0-9._-]+:[0-9]{1,5}", server):
            raise SetupError(
                f"{server!r} is no server: write host:port, such as mockserver-0:4010."
            )
    values = {
        "servers": "\n".join(f"        server {each} max_fails=0;" for each in front.servers),
        "listen": front.listen,
        "directory": front.directory,
        "body_kib": str(2 * front.max_body_kib),
        "user": f"user {front.user};\n" if front.user else "",
        "nginx_workers": front.nginx_workers,
        "connect_timeout": front.connect_timeout,
        "log_level": front.log_level,
        "stranger": "0" if front.stranger_steers else "1",
        "who": _BY_TOKEN if front.stranger_steers else _FOR_THIS_MACHINE,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], _TEMPLATE.read_text())


def find_nginx() -> str:
    """The path of nginx; SetupError says how to go on without one."""
    if not hasattr(os, "fork"):
        raise SetupError("--workers forks processes, which this system cannot: leave it out.")
    found = shutil.which("nginx")
    if found is None:
        raise SetupError(
            "--workers needs nginx in front of the processes, and there is no nginx on the PATH: "
            "install it (apt-get install nginx-light, brew install nginx), or leave --workers out."
        )
    return found
