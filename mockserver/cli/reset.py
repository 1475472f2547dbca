"""`mockserver reset`: start a world over."""

from __future__ import annotations

import click

from mockserver.cli.connection import Steering, steers

_EPILOG = """\b
Examples:
  mockserver reset
  mockserver reset --world checkout
  mockserver reset --all
"""


@click.command(epilog=_EPILOG)
@click.option("--all", "every", is_flag=True, help="Forget every named world, too.")
@steers
def reset(steering: Steering, every: bool) -> None:
    """Put a world back to the moment it was grown."""
    if every:
        steering.admin.delete_worlds()
        steering.say({"reset": "*"}, "Every world is forgotten; the default one is as it began.")
        return
    steering.admin.reset_world()
    steering.say({"reset": steering.world}, f"World {steering.world} is as it began.")
