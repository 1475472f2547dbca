"""`mockserver coverage`: what of the contract the exchanges of a world have used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from mockserver.cli.connection import Steering, steers
from mockserver.cli.table import cell, table

_EPILOG = """\b
Examples:
  mockserver coverage
  mockserver coverage --min-operations 80 --min-statuses 25     exit code 1 when one is missed
  mockserver coverage --json
"""
_MEASURES = ("operations", "statuses", "parameters", "enum_values")


def _least(measure: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        f"--min-{measure.replace('_', '-')}",
        type=click.FloatRange(0, 100),
        metavar="PERCENT",
        help=f"The least share of {measure.replace('_', ' ')} that is enough.",
    )


@click.command(epilog=_EPILOG, short_help="What of the contract was used.")
@_least("operations")
@_least("statuses")
@_least("parameters")
@_least("enum_values")
@steers
def coverage(steering: Steering, **least: float | None) -> None:
    """What of the contract was used; exit code 1 when a threshold is missed."""
    wanted = {name: value for name, value in least.items() if value is not None}
    report = steering.admin.get_coverage(**wanted)
    missed = report["thresholds"]["missed"]
    steering.say(report, "\n".join([*_totals(report), *_unused(report), *_leaned_on(report)]))
    for each in missed:
        said = f"{each['percent']:g} % of {_words(each['measure'])}, {each['minimum']:g} % wanted"
        click.echo(f"mockserver: {said}.", err=True)
    if missed:
        raise click.exceptions.Exit(1)


def _totals(report: dict[str, Any]) -> list[str]:
    shares = [(measure, report["totals"][measure]) for measure in _MEASURES]
    rows = [[_words(name), s["seen"], s["declared"], s["percent"]] for name, s in shares]
    return [table(["contract", "seen", "declared", "%"], rows, "")]


def _unused(report: dict[str, Any]) -> list[str]:
    unused = [each for each in report["operations"] if not each["exchanges"]]
    rows = [[each["operation_id"], each["method"], each["path"]] for each in unused]
    return ["", table(["not called", "method", "path"], rows, "Every operation was called.")]


def _leaned_on(report: dict[str, Any]) -> list[str]:
    lines = [
        f"  {_words(kind)}: " + " ".join(cell(value) for value in each.values())
        for kind, found in report["leaned_on"].items()
        for each in found
    ]
    return ["", "leaned on", *lines] if lines else []


def _words(name: str) -> str:
    return name.replace("_", " ")
