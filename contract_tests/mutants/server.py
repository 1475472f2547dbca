"""Serving one mutant, on a socket or in this process.

`python -m contract_tests.mutants.server NAME` prints `{"url": …, "mutant": …}` once it answers, and
stops on SIGTERM. NAME is one that `python -m contract_tests.mutants list` shows, or `reference` for
our own server.

All of them are served with `fast` off, so without compiled plans and kept bytes: patches change the
one way that every request can go, and what one server keeps must not hide the fault of another.
"""

from __future__ import annotations

import json
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
import uvicorn
from starlette.types import ASGIApp

from contract_tests.mutants.catalogue import find
from contract_tests.mutants.mutant import Patch
from contract_tests.mutants.patching import Faulty, patched, unharmed
from mockserver.app import build_server
from mockserver.clock import parse_instant
from mockserver.settings import Settings

REFERENCE = "reference"
CREDENTIALS = Path(__file__).parent / "credentials.yaml"
NOW = parse_instant("2026-02-20T15:00:00Z")


def usual_settings(now: datetime = NOW, credentials: Path = CREDENTIALS) -> Settings:
    """A frozen clock and the listed credentials: what reference and mutants are compared under."""
    return Settings(now=now, credentials=credentials)


@contextmanager
def mutated(name: str, settings: Settings) -> Iterator[ASGIApp]:
    """The application of a mutant, or of the `reference`, for as long as the block lasts.

    Other servers in this process stay as they are; blocks may be nested. KeyError for a name that
    is not in the catalogue.
    """
    mark = object()
    # Worlds are grown without the fault: every mutant starts from the rows of the reference.
    with patched((Patch("mockserver.serving:_grown", unharmed),), mark):
        application = build_server(replace(settings, fast=False)).asgi
        with faulty(name, application, mark) as served:
            yield served


@contextmanager
def faulty(name: str, application: ASGIApp, mark: object | None = None) -> Iterator[ASGIApp]:
    """An application of ours with the fault of a mutant, for as long as the block lasts.

    What is asked of `application` itself meanwhile is answered without the fault, from the same
    worlds. KeyError for a name that is not in the catalogue.
    """
    if name == REFERENCE:
        yield application
        return
    mark = mark or object()
    with patched(find(name).apply(), mark):
        yield Faulty(application, mark)


@click.command()
@click.argument("name")
@click.option("--port", default=0, show_default=True, help="0 takes a free one.")
@click.option("--now", default="2026-02-20T15:00:00Z", show_default=True, help="Stops the clock.")
@click.option(
    "--credentials",
    type=click.Path(path_type=Path, exists=True),
    default=CREDENTIALS,
    help="YAML file of credentials; ours unless given.",
)
def main(name: str, port: int, now: str, credentials: Path) -> None:
    """Serve the mutant NAME until SIGTERM."""
    try:
        settings = usual_settings(parse_instant(now), credentials)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    try:
        with mutated(name, settings) as application, socket.socket() as listening:
            listening.bind(("127.0.0.1", port))
            listening.listen()
            url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            click.echo(json.dumps({"url": url, "mutant": name}))
            sys.stdout.flush()
            _run(application, listening)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0])) from error


def _run(application: ASGIApp, listening: socket.socket) -> None:
    config = uvicorn.Config(
        application,
        log_level="critical",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=1,
    )
    # uvicorn stops gracefully and then raises the signal again; that must end us without a fuss.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: sys.exit(0))
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
