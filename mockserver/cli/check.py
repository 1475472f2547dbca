"""`mockserver check`: hold a server to a contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mockserver.cli.judge import from_kit

_EPILOG = """\b
Examples:
  mockserver check --url http://127.0.0.1:4010                    our contract, two minutes
  mockserver check --url https://staging.example --profile smoke --auth auth.json
  mockserver check --spec api.yaml --init                         propose semantics for a contract
  mockserver check --url URL --packs lifecycle --only createCustomer
  mockserver check --url URL --read-only --rate 5                 a server that others use
  mockserver check --url URL --report html,junit --baseline known.json

\b
Exit codes:
  0  clean: everything that was looked at is as it should be, and something was looked at
  1  findings that no baseline knows
  2  a flag, file or contract cannot be used, or nothing was left to judge
  3  the server cannot be reached, or went away
  4  time ended before the run did
"""


def _split(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split(",") if part.strip())


@click.command(epilog=_EPILOG)
@click.option("--url", default="", metavar="URL", help="The server to judge.")
@click.option("--spec", type=click.Path(path_type=Path), metavar="FILE",
              help="Its OpenAPI document (3.0 or 3.1).  [default: ours]")  # fmt: skip
@click.option("--semantics", type=click.Path(path_type=Path), metavar="FILE",
              help="What it means besides.  [default: <spec>.semantics.yaml]")  # fmt: skip
@click.option("--init", is_flag=True, help="Propose that file from names and shapes, and stop.")
@click.option("--profile", default="standard", show_default=True, metavar="NAME",
              help="How much: smoke (seconds), standard (minutes), deep (long).")  # fmt: skip
@click.option("--packs", callback=_split, default="", metavar="A,B",
              help="lint, protocol, lifecycle, collections, rules, access, differential, schema."
              "  [default: those of the profile]")  # fmt: skip
@click.option("--only", callback=_split, default="", metavar="A,B",
              help="Judge these operations only: operationIds, or tag:NAME.")  # fmt: skip
@click.option("--skip", callback=_split, default="", metavar="A,B",
              help="Leave these operations out; they are not called at all.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True,
              help="Draws what is sent; the same seed gives the same findings.")  # fmt: skip
@click.option("--auth", type=click.Path(path_type=Path), metavar="FILE",
              help="Credentials: valid, refused, limited in scope (JSON).")  # fmt: skip
@click.option("--reference", metavar="URL",
              help="Compare with this server.  [default: our own, in this process]")  # fmt: skip
@click.option("--read-only", "is_read_only", is_flag=True, help="Never write.")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), metavar="N",
              help="At most so many requests in a second.")  # fmt: skip
@click.option("--max-time", type=click.FloatRange(min=1), metavar="SECONDS",
              help="Stop then, with exit 4.  [default: never]")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), metavar="N",
              help="Processes.  [default: one for each core]")  # fmt: skip
@click.option("--fail-fast", is_flag=True, help="Stop at the first finding.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE",
              help="Findings that are known and do not fail the run.")  # fmt: skip
@click.option("--update-baseline", is_flag=True, help="Write what was found into the baseline.")
@click.option("--report", "reports", callback=_split, default="", metavar="A,B",
              help="Write html, junit, json, markdown.")  # fmt: skip
@click.option("--report-dir", type=click.Path(path_type=Path), default=Path("contract-report"),
              show_default=True, metavar="DIR", help="Where to.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, for scripts.")
def check(**given: Any) -> None:
    """Hold a server to its contract: shapes, and what they mean.

    It may be any implementation: a staging server, a rewrite in another language, or our own mock.
    What a run makes on it is marked, judged alone, and removed again where that can be done.
    """
    if not given["url"] and not given["init"]:
        raise click.UsageError("Missing option '--url': which server is to be judged?")
    raise SystemExit(from_kit("checking", "check")(**given))
