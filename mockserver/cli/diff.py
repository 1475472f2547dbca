"""`mockserver diff`: what changed in a world."""

from __future__ import annotations

import click

from mockserver.cli.connection import Steering, steers
from mockserver.cli.table import table

_EPILOG = """\b
Examples:
  mockserver snapshot take before
  mockserver diff before                what changed since then
  mockserver diff before after --json   JSON Patch (RFC 6902) between two snapshots
"""


@click.command(epilog=_EPILOG)
@click.argument("since", metavar="FROM")
@click.argument("until", metavar="[TO]", required=False)
@steers
def diff(steering: Steering, since: str, until: str | None) -> None:
    """What changed between the snapshots FROM and TO, or now."""
    patch = steering.admin.get_diff(since, until)
    rows = [[change["op"], change["path"], change.get("value")] for change in patch]
    steering.say(patch, table(["change", "where", "value"], rows, "Nothing changed."))
