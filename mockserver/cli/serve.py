"""`mockserver serve`: run the fake API until it is stopped."""

from __future__ import annotations

import errno
import gc
import signal
import socket
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
import uvicorn

from mockserver.app import ADMIN_PATH, Server, build_server
from mockserver.clock import instant_text, parse_instant
from mockserver.domain.world import World
from mockserver.errors import SetupError
from mockserver.scale import Arrangement, Fleet, find_nginx
from mockserver.settings import HTTP_WAYS, RATE_LIMITS, Settings, environment_of, flag_of, help_of
from mockserver.wire.ending import EndingServer

_EPILOG = """\b
Examples:
  mockserver serve
  mockserver serve --port 0 --scenario empty
  mockserver serve --now 2026-02-20T15:00:00Z --seed 7
  mockserver serve --rate-limit standard --credentials keys.yaml
  mockserver serve --workers 4
  MOCKSERVER_PORT=8080 mockserver serve
"""
_LARGEST_SEED = 2**63 - 1
# How many new objects make the collector look at them; Python's own 700 are a few requests.
_YOUNG_OBJECTS = 20_000
# How long a stop waits for answers under way; streams of events would go on for ever.
_PATIENCE_S = 3
# A server that listens everywhere is reached from here under its loopback address.
_REACHED_AS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (a name, not a binding)


class _Instant(click.ParamType[datetime]):
    name = "instant"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read an RFC 3339 date-time."""
        if isinstance(value, datetime):
            return value
        try:
            return parse_instant(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _option(name: str, kind: Any, *short: str, **more: Any) -> Callable[[Any], Any]:
    default = Settings.__dataclass_fields__[name].default
    flag = flag_of(name)
    return click.option(
        f"{flag}/{flag.replace('--', '--no-', 1)}" if kind is bool else flag,
        *short,
        name,
        type=kind,
        default=default,
        show_default=default not in (None, (), ""),
        envvar=environment_of(name),
        show_envvar=True,
        help=help_of(name),
        **more,
    )


@click.command(epilog=_EPILOG)
@_option("port", click.IntRange(0, 65535), "-p")
@_option("host", str)
@_option("seed", click.IntRange(0, _LARGEST_SEED))
@_option("scenario", str)
@_option("now", _Instant())
@_option("rate_limit", click.Choice(RATE_LIMITS))
@_option("credentials", click.Path(path_type=Path))
@_option("cors_origin", str, multiple=True)
@_option("admin_token", str)
@_option("journal", click.IntRange(1, 1_000_000))
@_option("snapshots", click.Path(path_type=Path, file_okay=False))
@_option("max_worlds", click.IntRange(1, 1_000_000))
@_option("world_idle_s", click.IntRange(1, 10**9))
@_option("leads_prefix", str)
@_option("max_body_kib", click.IntRange(1, 1024 * 1024))
@_option("kept_mib", click.IntRange(0, 1024 * 1024))
@_option("http", click.Choice(HTTP_WAYS))
@_option("fast", bool)
@_option("workers", click.IntRange(1, 256))
def serve(**given: Any) -> None:
    """Serve the documented API families, stateful, from one seeded world."""
    settings = Settings(**given)
    nginx = find_nginx() if settings.workers > 1 else ""
    listening = _listen(settings.host, settings.port)
    server = build_server(settings)
    welcome = _welcome(server, _address(settings.host, listening))
    if nginx:
        fleet = _fleet(settings, nginx, listening, server)
        sys.exit(fleet.serve(ready=partial(click.echo, welcome)))
    click.echo(welcome)
    _run(server, settings.http, listening)


def _fleet(settings: Settings, nginx: str, listening: socket.socket, server: Server) -> Fleet:
    """The processes that serve together, each a fork of this one."""
    _spare_what_stays()  # before the processes part, so that they go on sharing it
    return Fleet(
        Arrangement.of(settings, nginx, listening),
        partial(_run, server, settings.http),
        lambda text: click.echo(f"mockserver: {text}", err=True),
    )


def _listen(host: str, port: int) -> socket.socket:
    """Bind before anything slow is done, so that a port in use is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # from now on a caller waits instead of being turned away
    except OSError as error:
        listening.close()
        raise SetupError(_cannot_listen(host, port, error)) from error
    return listening


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use. Choose another: --port {port + 1 & 65535 or 0}."
    return f"Cannot listen on {host}, port {port}: {error.strerror or error}."


def _address(host: str, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    name = _REACHED_AS.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


def _welcome(server: Server, url: str) -> str:
    world = server.worlds.default.world
    key = "otesse_test_sk_demo"
    return f"""mockserver is listening on {url} (stop it with Ctrl-C)

  docs     {url}/docs
  inspect  {url}{ADMIN_PATH}/ui
  admin    {url}{ADMIN_PATH}/health
  world    {_counts(world)}
  key      {key} (any otesse_test_sk_… will do)

  curl -H "Authorization: Bearer {key}" "{url}/v1/customers?search=john&status=active"
"""


def _counts(world: World) -> str:
    shown = ("customers", "bookings", "invoices")
    rows = ", ".join(f"{len(world.collections[name]):,} {name}" for name in shown)
    clock = (
        f"clock stopped at {instant_text(world.now())}" if world.clock.is_frozen else "clock runs"
    )
    return f"{world.scenario} (seed {world.seed}): {rows}; {clock}"


def _run(server: Server, http: str, listening: socket.socket) -> None:
    config = uvicorn.Config(
        server.asgi,
        http=server.protocol(http),
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=_PATIENCE_S,
    )
    # uvicorn stops gracefully and then raises the signal again; that must end us without a fuss.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: sys.exit(0))
    _spare_what_stays()
    EndingServer(config, server.events).run(sockets=[listening])


def _spare_what_stays() -> None:
    """Keep the collector of cycles away from what lives as long as the server.

    Without this every full collection walks through all worlds, in the midst of some request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, 20, 50)
