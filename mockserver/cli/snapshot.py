"""`mockserver snapshot`: keep a world as it is, and put it back."""

from __future__ import annotations

import click

from mockserver.cli.connection import DefaultGroup, Steering, steers
from mockserver.cli.table import table

_EPILOG = """\b
Examples:
  mockserver snapshot take before
  mockserver snapshot restore before
  mockserver snapshot show before
  mockserver snapshot save before       into the server's --snapshots directory
  mockserver snapshot read before       from there, after the server was started again
  mockserver snapshot delete before
  mockserver snapshot list --json
"""
_NAME = click.argument("name")


@click.group(cls=DefaultGroup, shows="list", epilog=_EPILOG)
def snapshot() -> None:
    """Take, restore, save and list the snapshots of a world."""


@snapshot.command("list")
@steers
def listed(steering: Steering) -> None:
    """The snapshots in the order they were taken."""
    found = steering.admin.list_snapshots()
    rows = [[each["name"], each["taken_at"], *each["counts"].values()] for each in found]
    counted = list(found[0]["counts"]) if found else []
    none = f"World {steering.world} has no snapshots."
    steering.say(found, table(["name", "taken at", *counted], rows, none))


@snapshot.command()
@_NAME
@steers
def take(steering: Steering, name: str) -> None:
    """Keep the world as it is now under NAME."""
    taken = steering.admin.take_snapshot(name)
    steering.say(taken, f"Snapshot {name} of world {steering.world} is taken.")


@snapshot.command()
@_NAME
@steers
def restore(steering: Steering, name: str) -> None:
    """Put the world back to the snapshot NAME."""
    steering.admin.restore_snapshot(name)
    steering.say({"restored": name}, f"World {steering.world} is as it was in snapshot {name}.")


@snapshot.command()
@_NAME
@steers
def show(steering: Steering, name: str) -> None:
    """The rows in the snapshot NAME."""
    state = steering.admin.get_snapshot(name)
    counts = [[part, len(rows)] for part, rows in state.items() if isinstance(rows, list)]
    steering.say(state, table(["collection", "rows"], counts, "It holds no rows."))


@snapshot.command()
@_NAME
@steers
def delete(steering: Steering, name: str) -> None:
    """Forget the snapshot NAME; a file of it stays."""
    steering.admin.delete_snapshot(name)
    steering.say({"deleted": name}, f"Snapshot {name} is forgotten.")


@snapshot.command()
@_NAME
@steers
def save(steering: Steering, name: str) -> None:
    """Write the snapshot NAME into the server's --snapshots directory."""
    steering.say(steering.admin.save_snapshot(name), f"Snapshot {name} is written to its file.")


@snapshot.command()
@_NAME
@steers
def read(steering: Steering, name: str) -> None:
    """Read the snapshot NAME from the server's --snapshots directory."""
    steering.say(steering.admin.read_snapshot(name), f"Snapshot {name} is read from its file.")
