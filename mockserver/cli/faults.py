"""`mockserver faults`: deliberate misbehaviour, switched on and off."""

from __future__ import annotations

from typing import Any

import click

from mockserver.cli.connection import DefaultGroup, Steering, steers
from mockserver.cli.table import table
from mockserver.client.faults import PRESETS, fault_request

_EPILOG = """\b
Examples:
  mockserver faults add --preset flaky
  mockserver faults add --operation createBooking --status 500 --first 1
  mockserver faults add --path '/v1/*' --delay 300-600
  mockserver faults                     which there are, and how often they fired
  mockserver faults list --json
  mockserver faults remove flaky-1      one of them, by its id
  mockserver faults clear
"""


class _Delay(click.ParamType[Any]):
    name = "ms"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | tuple[int, int]:
        """Read `300`, or `300-600`."""
        ends = str(value).split("-")
        if len(ends) > 2 or not all(end.isascii() and end.isdigit() for end in ends):
            self.fail(f"{value!r} is neither milliseconds (300) nor a range (300-600).", param, ctx)
        return int(ends[0]) if len(ends) == 1 else (int(ends[0]), int(ends[1]))


@click.group(
    cls=DefaultGroup, shows="list", epilog=_EPILOG, short_help="Switch misbehaviour on and off."
)
def faults() -> None:
    """Switch deliberate misbehaviour of a world on and off."""


@faults.command("list")
@steers
def listed(steering: Steering) -> None:
    """The rules in their order, with how often each met a request and fired."""
    found = steering.admin.list_faults()
    rows = [[*_told(each["rule"]), each["matched"], each["fired"]] for each in found]
    headings = ["id", "requests", "when", "effect", "met", "fired"]
    none = f"World {steering.world} has no faults."
    steering.say(found, table(headings, rows, none))


@faults.command()
@click.option("--preset", type=click.Choice(PRESETS), help="A named list of rules.")
@click.option("--operation", help="Only this operation (operationId).")
@click.option("--method", help="Only this method.")
@click.option("--path", help="Only this path; * stands for anything.")
@click.option("--header", help="Only with this header: 'Name' or 'Name: value'.")
@click.option("--probability", type=float, help="The chance that it fires, 0 to 1.")
@click.option("--first", type=int, help="Only the first so many requests.")
@click.option("--every", type=int, help="Only every so-many-th request.")
@click.option("--from", "start", help="Not before this instant of the world's clock.")
@click.option("--until", help="Not from this instant of the world's clock on.")
@click.option("--delay", "delay_ms", type=_Delay(), help="Answer late, by milliseconds.")
@click.option("--status", type=int, help="Answer with this status.")
@click.option("--retry-after", type=int, help="Ask to wait, in seconds; alone it means 429.")
@click.option("--reset", is_flag=True, help="Break the connection off.")
@click.option("--truncate", is_flag=True, help="Cut the body of the answer.")
@click.option("--content-type", help="Answer with another media type.")
@click.option("--invalid-body", type=click.Choice(["syntax", "shape"]), help="Spoil the body.")
@click.option("--id", help="A name for the rule.")
@steers
def add(steering: Steering, **given: Any) -> None:
    """Switch a fault, or a preset of several, on."""
    added = steering.admin.add_faults(fault_request(**given))
    headings = ["id", "requests", "when", "effect"]
    steering.say(added, table(headings, [_told(rule) for rule in added], "Nothing was added."))


@faults.command()
@click.argument("fault_id", metavar="ID")
@steers
def remove(steering: Steering, fault_id: str) -> None:
    """Switch the fault ID off."""
    steering.admin.remove_fault(fault_id)
    steering.say({"removed": fault_id}, f"Fault {fault_id} is off.")


@faults.command()
@steers
def clear(steering: Steering) -> None:
    """Switch every fault off."""
    steering.admin.clear_faults()
    steering.say({"cleared": steering.world}, f"World {steering.world} has no faults any more.")


def _told(rule: dict[str, Any]) -> list[str]:
    """A rule as four texts: its id, which requests, when, what."""
    when = dict(rule.get("schedule", {}))
    if rule.get("probability", 1) != 1:
        when["chance"] = rule["probability"]
    match = dict(rule.get("match", {}))
    if header := match.pop("header", None):
        match["header"] = ": ".join(header.values())
    return [rule["id"], _pairs(match, "all"), _pairs(when, "always"), _pairs(rule["effect"], "")]


def _pairs(members: dict[str, Any], none: str) -> str:
    told = (name if value is True else f"{name}={_plain(value)}" for name, value in members.items())
    return " ".join(told) or none


def _plain(value: Any) -> str:
    return "-".join(map(str, value)) if isinstance(value, list) else str(value)
