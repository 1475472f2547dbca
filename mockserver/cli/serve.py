"""`mockserver serve`: run the fake API until it is stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from mockserver.cli.table import table
from mockserver.clock import instant_text, parse_instant
from mockserver.settings import (
    EXAMPLES,
    HTTP_WAYS,
    LOG_FORMS,
    RATE_LIMITS,
    Settings,
    environment_of,
    flag_of,
    help_of,
)

_EPILOG = """\b
Examples:
  mockserver serve                                      on http://127.0.0.1:4010
  mockserver serve --port 0 --scenario empty            on a free port, with no rows
  mockserver serve --now 2026-02-20T15:00:00Z --seed 7  the same world, byte for byte
  mockserver serve --rate-limit standard --credentials keys.yaml
  mockserver serve petstore.yaml                        any document, with state
  mockserver serve /shop=shop.yaml /pets=https://example.com/petstore.json
  mockserver serve --workers 4                          four processes behind nginx
  mockserver serve --log json 2> exchanges.jsonl        a JSON object for each exchange
  MOCKSERVER_PORT=8080 mockserver serve --show-config   where each setting is from
"""
_LARGEST_SEED = 2**63 - 1
_COLUMNS = ("setting", "value", "from", "variable")
_SOURCES: dict[ParameterSource | None, str] = {
    ParameterSource.COMMANDLINE: "flag",
    ParameterSource.ENVIRONMENT: "environment",
}


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


@click.command(epilog=_EPILOG, short_help="Serve the API, stateful, from one seeded world.")
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
@_option("log", click.Choice(LOG_FORMS))
@click.option("--quiet", "-q", is_flag=True, help="The same as --log off.")
@click.option("--show-config", is_flag=True, help="Tell every setting and where it is from; stop.")
@click.option("--json", "as_json", is_flag=True, help="With --show-config: as JSON.")
def serve(quiet: bool, show_config: bool, as_json: bool, **given: Any) -> None:
    """Serve a stateful fake API from one seeded world.

    Without DOCUMENTS these are the documented families. With them it is what the documents say:
    OpenAPI 3.0, 3.1 or Swagger 2.0, each a file or a URL, JSON or YAML. Several are mounted below
    their names, or where you say: /shop=shop.yaml. MOCKSERVER_DOCUMENTS names them, too.
    """
    settings = Settings(**{**given, "log": "off" if quiet else given["log"]})
    if show_config:
        rows = _settings(settings, quiet)
        shown = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        click.echo(json.dumps(shown, indent=2) if as_json else table([*_COLUMNS], rows, ""))
        return
    from mockserver.cli.running import run  # noqa: PLC0415 - a second of imports, not for --help

    run(settings)


def _settings(settings: Settings, is_quiet: bool) -> list[list[str]]:
    """Every setting with its value and where that is from; secrets are not told."""
    context = click.get_current_context()
    rows = []
    for name in (field.name for field in fields(settings)):
        value = _told(name, getattr(settings, name))
        source = context.get_parameter_source("quiet" if name == "log" and is_quiet else name)
        called = "DOCUMENTS" if name == "documents" else flag_of(name)
        rows.append([called, value, _SOURCES.get(source, "default"), environment_of(name)])
    return rows


def _told(name: str, value: Any) -> str:
    if name == "admin_token":
        return "(set)" if value else ""
    if isinstance(value, datetime):
        return instant_text(value)
    return " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
