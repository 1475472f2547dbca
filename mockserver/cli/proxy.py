"""`mockserver proxy`: a reverse proxy that records, and checks what passes against the contract."""

from __future__ import annotations

import ipaddress
import signal
import socket
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import click
import httpx
import uvicorn

from mockserver.cli.judge import open_kit
from mockserver.cli.traffic import Standard, judged
from mockserver.errors import SetupError
from mockserver.ids import unguessable

_EPILOG = """\b
Examples:
  mockserver proxy --upstream http://127.0.0.1:8000 --spec openapi.yaml
  mockserver proxy --upstream https://staging.example --record today.har --fail
  mockserver proxy --upstream http://127.0.0.1:8000 --findings-header
"""
_PATIENCE_S = 3


@click.command(epilog=_EPILOG, short_help="Pass requests on to a server, and check them.")
@click.option("--upstream", required=True, metavar="URL", help="The server to pass requests on to.")
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=4020, show_default=True,
              help="Port to listen on; 0 picks a free one.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--record", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write what passes to a HAR.")  # fmt: skip
@click.option("--keep-secrets", is_flag=True, help="Do not redact credentials in the HAR.")
@click.option("--findings-header", is_flag=True,
              help="Tell findings in X-Contract-Findings; answers wait for it.")  # fmt: skip
@click.option("--max-body-kib", type=click.IntRange(1), default=1024, show_default=True,
              help="How much of a body is kept for checking; all of it is passed on.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True,
              help="Seconds to wait for the upstream.")  # fmt: skip
@click.option("--fail", "fails", is_flag=True, help="Exit with 1 when there are findings.")
@judged
def proxy(standard: Standard, **given: Any) -> None:
    """Pass requests on to a server, record them, and check each exchange against the contract."""
    open_kit()
    asked = _Asked(**given)
    address = _address(asked.upstream)
    contract = standard.contract()
    listening = _listen(asked.host, asked.port)
    _refuse_loop(address, listening)
    live = _Live(contract, address, standard, asked)
    relay = _relay(asked, address, live)
    where = f"http://{asked.host}:{listening.getsockname()[1]}"
    click.echo(
        f"mockserver proxy is listening on {where} for {asked.upstream} (stop it with Ctrl-C)"
    )
    _run(relay, listening)
    result = live.end(asked.upstream)
    standard.tell(result)
    click.get_current_context().exit(1 if asked.fails and result.findings else 0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options of the proxy itself."""

    upstream: str
    port: int
    host: str
    record: Path | None
    keep_secrets: bool
    findings_header: bool
    max_body_kib: int
    timeout: float
    fails: bool


def _relay(asked: _Asked, address: SplitResult, live: _Live) -> Any:
    pack = import_module("contract_tests.packs.traffic.relay")
    passing = pack.Passing(
        asked.upstream,
        f"mockserver-{unguessable(6)}",
        asked.max_body_kib * 1024,
        asked.findings_header,
        asked.timeout,
    )
    # Certificates take tens of milliseconds to read, and only https needs them.
    transport = httpx.AsyncHTTPTransport(
        verify=address.scheme == "https", limits=httpx.Limits(max_connections=None)
    )
    return pack.Relay(passing, transport, live.hear)


class _Live:
    """Judges what passes, says each new finding, and writes the recording."""

    def __init__(
        self, contract: Any, upstream: SplitResult, standard: Standard, asked: _Asked
    ) -> None:
        pack = import_module("contract_tests.packs.traffic")
        self._line = import_module("contract_tests.packs.traffic.summary").spoken
        # Everything that a client sends passes here: a credential not seen was not sent.
        sees = frozenset({"authorization", "cookie", *pack.key_names(contract)})
        bases = pack.bases_at(contract, standard.base_paths, upstream.path)
        self._judge = pack.Judge(contract, bases, pack.Strictness(standard.strict_query, sees))
        self._server = upstream.hostname or ""
        self._har = _har(asked, contract) if asked.record else None

    def hear(self, recorded: Any, began: datetime) -> list[Any]:
        """Judge an exchange, write it down, and give its findings."""
        found: list[Any] = self._judge.judge(recorded)
        for finding in found:
            if not self._judge.is_known(finding):
                sent = recorded.exchange.sent
                path = sent.target.partition("?")[0]
                label = f"{sent.method} {path} {recorded.exchange.answer.status}"
                click.echo(self._line(label, finding))
        if self._har:
            self._har.write(recorded, began, self._server)
        return found

    def end(self, upstream: str) -> Any:
        """Close the recording; everything that was seen."""
        if self._har:
            self._har.close()
            click.echo(f"recorded: {self._har.count} exchanges")
        return self._judge.result(upstream)


def _har(asked: _Asked, contract: Any) -> Any:
    pack = import_module("contract_tests.packs.traffic")
    spool = import_module("contract_tests.packs.traffic.spool")
    names = pack.key_names(contract)
    try:
        return spool.HarFile(asked.record, names, keeps_secrets=asked.keep_secrets)
    except ValueError as error:
        raise SetupError(str(error)) from error


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise SetupError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            "Choose another with --port."
        ) from error
    return listening


def _address(upstream: str) -> SplitResult:
    try:
        parts = urlsplit(upstream)
        is_usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable or parts.query or parts.fragment or parts.username:
        raise SetupError(
            f"--upstream {upstream!r} is no address to pass requests on to; "
            "it looks like http://127.0.0.1:8000 or https://host/base."
        )
    return parts


def _refuse_loop(upstream: SplitResult, listening: socket.socket) -> None:
    """Refuse an upstream that is this proxy; another name for it is seen by its Via header."""
    port = upstream.port or (443 if upstream.scheme == "https" else 80)
    bound, own_port = listening.getsockname()[:2]
    if port != own_port:
        return
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(upstream.hostname, port)}
    except OSError:
        return
    is_everywhere = ipaddress.ip_address(bound).is_unspecified
    if bound in found or (is_everywhere and any(map(_is_loopback, found))):
        listening.close()
        raise SetupError(f"--upstream {upstream.geturl()} is this proxy itself.")


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _run(relay: Any, listening: socket.socket) -> None:
    """Serve until a signal comes; open answers get a moment to end."""
    server = uvicorn.Server(
        uvicorn.Config(
            relay,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="on",
            ws="none",
            timeout_graceful_shutdown=_PATIENCE_S,
        )
    )

    def stop(*_: object) -> None:
        server.should_exit = True

    # uvicorn raises the signal again when it has stopped; that must not end the summary.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    server.run(sockets=[listening])
