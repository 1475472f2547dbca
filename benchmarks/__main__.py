"""`python -m benchmarks`: compare with peers, or with what was committed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks import documents, inside, regression
from benchmarks.contenders import (
    BASELINE,
    CONTENDERS,
    INSTALL_NODE,
    INSTALL_PYTHON,
    Contender,
    chosen,
)
from benchmarks.load import Loader
from benchmarks.page import markdown, write_page
from benchmarks.processes import StartError
from benchmarks.results import Results
from benchmarks.rounds import Plan, compare

_EPILOG = f"""\b
Contenders: {", ".join(each.key for each in CONTENDERS)}.
Peers are measured when they are installed:
  {INSTALL_NODE}
  {INSTALL_PYTHON}
With wrk installed (apt-get install wrk) it makes the load, else a client in Python.
"""
_QUICK = Plan(rounds=1, warm_ups=0, starts=1)
_REGRESSION_ROUNDS = 5
_JSON = click.Path(path_type=Path, dir_okay=False)


@click.group(epilog=_EPILOG)
def benchmarks() -> None:
    """Measure this server against its peers and against its own past. Linux only."""


def _say(text: str) -> None:
    click.echo(text, err=True)


def _compared(contenders: Sequence[Contender], plan: Plan, python_client: bool) -> Results:
    loader = Loader(plan.seconds, use_wrk=not python_client)
    try:
        return compare(contenders, plan, loader, _say)
    except StartError as error:
        raise click.ClickException(f"This server does not start: {error}") from error


@benchmarks.command("compare", epilog=_EPILOG)
@click.option("--only", default="", help="Keys of contenders, with commas; else all.")
@click.option("--rounds", type=click.IntRange(1, 100), default=Plan().rounds, show_default=True)
@click.option(
    "--seconds",
    type=click.IntRange(1, 60),
    default=Plan().seconds,
    show_default=True,
    help="Of load for each contender and operation in a round.",
)
@click.option("--quick", is_flag=True, help="One round without warming up: about a minute.")
@click.option("--python-client", is_flag=True, help="Make the load in Python even with wrk.")
@click.option("--json", "json_file", type=_JSON, help="Write everything to this file.")
@click.option("--write", "page", type=_JSON, help="Put the tables between the marks in this page.")
def compare_command(
    only: str,
    rounds: int,
    seconds: int,
    quick: bool,
    python_client: bool,
    json_file: Path | None,
    page: Path | None,
) -> None:
    """Measure every contender that is installed; about ten minutes with all peers."""
    try:
        contenders = chosen(only)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--only") from error
    plan = _QUICK if quick else Plan(rounds=rounds, seconds=seconds)
    results = _compared(contenders, plan, python_client)
    for key in inside.VARIANTS:
        if any(each.key == key for each in contenders):
            _say(f"{key}: without a socket")
            results.inside[key] = inside.measure(key, 100 if quick else 300)
    click.echo(markdown(results))
    if json_file:
        results.write(json_file)
    if page:
        write_page(page, results)


@benchmarks.command("documents")
@click.option("--rounds", type=click.IntRange(3, 1000), default=15, show_default=True)
@click.option("--requests", type=click.IntRange(10, 10_000), default=200, show_default=True)
def documents_command(rounds: int, requests: int) -> None:
    """What a mock of a document costs beside our own families, without a socket. Half a minute."""
    click.echo(documents.table(documents.measure(rounds, requests)))


@benchmarks.command("regression")
@click.option("--update", is_flag=True, help="Write the fresh ratios to benchmarks/ratios.json.")
@click.option(
    "--rounds", type=click.IntRange(3, 100), default=_REGRESSION_ROUNDS, show_default=True
)
@click.option("--python-client", is_flag=True, help="Make the load in Python even with wrk.")
def regression_command(update: bool, rounds: int, python_client: bool) -> None:
    """Compare with the committed ratios; exit code 1 when one is worse. Three minutes, or six."""
    plan = Plan(rounds=rounds, starts=1)
    servers = [each for each in CONTENDERS if each.is_ours]
    if update:
        regression.write(*_ratios(servers, plan, python_client))
        click.echo(f"Wrote {regression.RATIOS.name}; commit it.")
        return
    try:
        before = regression.read()
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    fresh, _ = _ratios(servers, plan, python_client)
    suspects = {each.contender for each in regression.judge(before, fresh) if each.is_worse}
    if suspects & fresh.keys():
        _say(f"Once more, to be sure: {', '.join(sorted(suspects))}")
        again = [each for each in servers if each.key in suspects]
        fresh = regression.lower_of(fresh, _ratios(again, plan, python_client)[0])
    verdicts = regression.judge(before, fresh)
    click.echo(regression.table(verdicts))
    sys.exit(any(each.is_worse for each in verdicts))


def _ratios(
    servers: Sequence[Contender], plan: Plan, python_client: bool
) -> tuple[regression.Ratios, str]:
    bare = [each for each in CONTENDERS if each.key == BASELINE]
    results = _compared([*bare, *servers], plan, python_client)
    ratios = regression.ratios_of(results)
    return {key: found for key, found in ratios.items() if key != BASELINE}, results.machine


if __name__ == "__main__":
    # Stopped from outside, the servers it started are to end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    benchmarks(prog_name="python -m benchmarks")
