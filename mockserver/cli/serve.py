"""`mockserver serve`: run the fake API until it is stopped."""

from __future__ import annotations

import errno
import gc
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
import uvicorn

from mockserver.app import Server, build_server
from mockserver.cli.welcome import welcome_to
from mockserver.clock import parse_instant
from mockserver.errors import SetupError
from mockserver.reloading import Reloading
from mockserver.scale import Arrangement, Fleet, find_nginx
from mockserver.settings import (
    EXAMPLES,
    HTTP_WAYS,
    RATE_LIMITS,
    Settings,
    environment_of,
    flag_of,
    help_of,
)

_EPILOG = """\b
Examples:
  mockserver serve
  mockserver serve --port 0 --scenario empty
  mockserver serve --now 2026-02-20T15:00:00Z --seed 7
  mockserver serve --rate-limit standard --credentials keys.yaml
  mockserver serve --workers 4
  mockserver serve petstore.yaml
  mockserver serve /shop=shop.yaml /pets=https://example.com/petstore.json
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
@click.argument("documents", nargs=-1, envvar=environment_of("documents"))
@_option("port", click.IntRange(0, 65535), "-p")
@_option("host", str)
@_option("seed", click.IntRange(0, _LARGEST_SEED))
@_option("scenario", str)
@_option("now", _Instant())
@_option("locale", str)
@_option("examples", click.Choice(EXAMPLES))
@_option("handlers", str)
@_option("watch", bool)
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
    """Serve a stateful fake API from one seeded world.

    Without DOCUMENTS these are the documented families. With them it is what the documents say:
    OpenAPI 3.0, 3.1 or Swagger 2.0, each a file or a URL, JSON or YAML. Several are mounted below
    their names, or where you say: /shop=shop.yaml.
    """
    settings = Settings(**given)
    nginx = find_nginx() if settings.workers > 1 else ""
    listening = _listen(settings.host, settings.port)
    server = build_server(settings)
    welcome = welcome_to(server, _address(settings.host, listening), settings)
    for note in server.serving.notes:
        click.echo(f"mockserver: {note}", err=True)
    if nginx:
        fleet = _fleet(settings, nginx, listening, server)
        sys.exit(fleet.serve(ready=partial(click.echo, welcome)))
    click.echo(welcome)
    if settings.documents and settings.watch:
        again = partial(build_server, settings)
        server = replace(server, asgi=Reloading(server, again))
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
    uvicorn.Server(config).run(sockets=[listening])


def _spare_what_stays() -> None:
    """Keep the collector of cycles away from what lives as long as the server.

    Without this every full collection walks through all worlds, in the midst of some request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, 20, 50)
