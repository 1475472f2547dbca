"""A server of this process, from its settings until it is stopped."""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import click
import uvicorn

from mockserver.app import Server, build_server
from mockserver.cli.terminal import is_colourful, status_colour
from mockserver.cli.welcome import welcome_to
from mockserver.errors import SetupError
from mockserver.reloading import Reloading
from mockserver.scale import Arrangement, Fleet, find_nginx
from mockserver.settings import Settings
from mockserver.traffic import Log, json_line, text_line
from mockserver.wire.ending import EndingServer

# How many new objects make the collector look at them; Python's own 700 are a few requests. What is
# still there then (rows, mostly) is looked at once more before it is much, and hardly ever again:
# no answer leaves cycles behind, and to look at everything stops every request meanwhile.
_YOUNG_OBJECTS = 5_000
_UNTIL_OLDER_ONES = 4
_UNTIL_ALL = 500
# How long a stop waits for answers under way; streams of events would go on for ever.
_PATIENCE_S = 3
# A server that listens everywhere is reached from here under its loopback address.
_REACHED_AS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (a name, not a binding)


def run(settings: Settings) -> None:
    """Serve until a signal comes; SetupError when it cannot begin."""
    nginx = find_nginx() if settings.workers > 1 else ""
    listening = _listen(settings.host, settings.port)
    log = _log(settings.log)
    server = build_server(settings, log)
    welcome = welcome_to(server, _address(settings.host, listening), settings)
    for note in server.serving.notes:
        click.echo(f"mockserver: {note}", err=True)
    if settings.documents and settings.watch:
        again = partial(build_server, settings, log)
        server = replace(server, asgi=Reloading(server, again))
    serve = partial(_run, server, settings.http, log)
    if nginx:
        fleet = _fleet(settings, nginx, listening, serve)
        sys.exit(fleet.serve(ready=partial(click.echo, welcome)))
    click.echo(welcome)
    serve(listening)


def _log(form: str) -> Log | None:
    """Where exchanges are told; None when nobody wants to know, or nothing could be written."""
    if form == "off" or sys.stderr is None:
        return None
    coloured = partial(text_line, paint=_painted) if is_colourful(sys.stderr) else text_line
    return Log(
        json_line if form == "json" else coloured,
        sys.stderr.fileno(),
        lambda seconds, call: asyncio.get_running_loop().call_later(seconds, call),
        at_once=sys.stderr.isatty(),
    )


def _painted(status: int | None, text: str) -> str:
    return click.style(text, fg=status_colour(status))


def _fleet(
    settings: Settings, nginx: str, listening: socket.socket, serve: Callable[[socket.socket], None]
) -> Fleet:
    """The processes that serve together, each a fork of this one."""
    _spare_what_stays()  # before the processes part, so that they go on sharing it
    return Fleet(
        Arrangement.of(settings, nginx, listening),
        serve,
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


def _run(server: Server, http: str, log: Log | None, listening: socket.socket) -> None:
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
    try:
        EndingServer(config, server.events).run(sockets=[listening])
    finally:
        if log is not None:
            log.flush()


def _spare_what_stays() -> None:
    """Keep the collector of cycles away from what lives as long as the server.

    Without this every full collection walks through all worlds, in the midst of some request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, _UNTIL_OLDER_ONES, _UNTIL_ALL)
