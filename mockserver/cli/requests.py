"""`mockserver requests`: what was asked of a world, and what was answered."""

from __future__ import annotations

import json
import re
from typing import Any

import click

from mockserver.cli.connection import Steering, steers
from mockserver.cli.table import Colours, table
from mockserver.cli.terminal import status_colour
from mockserver.client.requests import journal_criteria

_EPILOG = """\b
Examples:
  mockserver requests --status 4xx
  mockserver requests --operation createBooking --count
  mockserver requests --header 'X-Request-Id: 42' --json
  mockserver requests 17                one exchange with its bodies
  mockserver requests --clear
"""
_VERDICTS = {"refused": "yellow", "failed": "red"}
_HEADINGS = ["no.", "at", "method", "path", "operation", "status", "ms", "verdict", "faults"]

_COLOURS: Colours = {"status": status_colour, "verdict": _VERDICTS.get}


class _Status(click.ParamType[str]):
    name = "status"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read `404`, or `4xx`."""
        if not re.fullmatch(r"[1-5]([0-9]{2}|[xX]{2})", str(value)):
            self.fail(f"{value!r} is neither a status (404) nor a class of them (4xx).", param, ctx)
        return str(value)


@click.command(epilog=_EPILOG, short_help="What was asked of a world, and answered.")
@click.argument("number", type=click.IntRange(1), required=False)
@click.option("--operation", help="Only this operation (operationId).")
@click.option("--method", help="Only this method.")
@click.option("--path", help="Only this path; * stands for anything.")
@click.option("--status", type=_Status(), help="Only this status: 404, or 4xx.")
@click.option("--verdict", type=click.Choice(["valid", "refused", "failed"]), help="Only these.")
@click.option("--since", type=int, help="Only those after this number.")
@click.option("--header", multiple=True, help="Only with this header: 'Name' or 'Name: value'.")
@click.option("--query", multiple=True, help="Only with this parameter: 'name' or 'name=value'.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True,
              help="How many, at most.")  # fmt: skip
@click.option("--count", "only_count", is_flag=True, help="Only how many there are.")
@click.option("--clear", is_flag=True, help="Forget every exchange.")
@steers
def requests(
    steering: Steering, number: int | None, limit: int, only_count: bool, clear: bool, **given: Any
) -> None:
    """Exchanges of a world, the newest first; with NUMBER one of them, whole."""
    if clear:
        steering.admin.clear_requests()
        steering.say({"cleared": steering.world}, f"The journal of {steering.world} is empty.")
    elif number is not None:
        exchange = steering.admin.get_request(number)
        steering.say(exchange, _whole(exchange))
    elif only_count:
        found = steering.admin.count_requests(_criteria(**given))
        steering.say({"count": found}, str(found))
    else:
        _list(steering, _criteria(**given), limit)


def _list(steering: Steering, criteria: dict[str, Any], limit: int) -> None:
    page = steering.admin.find_requests(criteria, per_page=limit)
    rows = [_row(exchange) for exchange in page["data"]]
    none = "No exchange meets that." if criteria else "No exchange yet."
    text = table(_HEADINGS, rows, none, _COLOURS)
    left = page["total"] - len(rows)
    steering.say(page, text + (f"\n({left} older ones; --limit shows more)" if left else ""))


def _criteria(header: tuple[str, ...], query: tuple[str, ...], **given: Any) -> dict[str, Any]:
    given["headers"] = _values(header, ":") or None
    given["query"] = _values(query, "=") or None
    return journal_criteria(**given)


def _values(texts: tuple[str, ...], mark: str) -> dict[str, str | None]:
    parted = (text.partition(mark) for text in texts)
    return {name.strip(): value.strip() if found else None for name, found, value in parted}


def _row(exchange: dict[str, Any]) -> list[Any]:
    query = f"?{exchange['query']}" if exchange["query"] else ""
    return [
        exchange["number"],
        exchange["at"],
        exchange["method"],
        exchange["path"] + query,
        exchange["operation_id"],
        exchange["status"],
        round(exchange["duration_us"] / 1000, 1),
        exchange["verdict"],
        " ".join(exchange["faults"]),
    ]


def _whole(exchange: dict[str, Any]) -> str:
    """One exchange as people read it: the line, then both sides."""
    lines = [table(_HEADINGS, [_row(exchange)], "", _COLOURS)]
    for side in ("request", "response"):
        lines += ["", side]
        lines += [f"  {name}: {value}" for name, value in exchange[side]["headers"].items()]
        lines += _body(exchange[side]["body"])
    for violation in exchange["violations"]:
        lines += ["", f"violation in {violation['location']}: {violation['message']}"]
    return "\n".join(lines)


def _body(body: dict[str, Any] | None) -> list[str]:
    if body is None:
        return []
    if "json" in body:
        text = json.dumps(body["json"], indent=2, ensure_ascii=False)
    else:
        text = str(body.get("text", body.get("base64")))
    cut = ["  … (cut)"] if body["cut"] else []
    return ["", *(f"  {line}" for line in text.splitlines()), *cut]
