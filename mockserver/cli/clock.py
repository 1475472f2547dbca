"""`mockserver clock`: tell, stop and move a world's time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from mockserver.cli.connection import DefaultGroup, Steering, steers
from mockserver.clock import parse_duration, parse_instant

_EPILOG = """\b
Examples:
  mockserver clock                      what time it is
  mockserver clock show --json
  mockserver clock advance PT2H         two hours later; what becomes due on the way happens
  mockserver clock advance -P1D --world checkout
  mockserver clock set 2026-02-26T10:00:00Z
  mockserver clock freeze
  mockserver clock run
"""


class _Read(click.ParamType[str]):
    """A text that a reader of the clock accepts, as it was given."""

    def __init__(self, name: str, reader: Callable[[str], object]) -> None:
        self.name = name
        self._reader = reader

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what the reader refuses, with its sentence."""
        try:
            self._reader(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return str(value)


_DURATION = _Read("duration", parse_duration)
_INSTANT = _Read("instant", parse_instant)


@click.group(
    cls=DefaultGroup, shows="show", epilog=_EPILOG, short_help="Tell, stop and move a world's time."
)
def clock() -> None:
    """Tell, stop and move a world's time; what becomes due on the way happens."""


@clock.command()
@steers
def show(steering: Steering) -> None:
    """What time it is."""
    _tell(steering, steering.admin.get_clock())


@clock.command(context_settings={"ignore_unknown_options": True})
@click.argument("duration", type=_DURATION)
@steers
def advance(steering: Steering, duration: str) -> None:
    """Let DURATION (PT2H, P14D, -P1D) pass."""
    _tell(steering, steering.admin.move_clock(advance=duration))


@clock.command("set")
@click.argument("instant", type=_INSTANT)
@click.option("--running", is_flag=True, help="Let the clock run on from there.")
@steers
def put(steering: Steering, instant: str, running: bool) -> None:
    """Set the time to INSTANT and stop it there."""
    _tell(steering, steering.admin.set_clock(instant, running=running))


@clock.command()
@click.argument("instant", type=_INSTANT, required=False)
@steers
def freeze(steering: Steering, instant: str | None) -> None:
    """Stop the clock where it is, or at INSTANT."""
    admin = steering.admin
    _tell(steering, admin.set_clock(instant) if instant else admin.move_clock(running=False))


@clock.command()
@steers
def run(steering: Steering) -> None:
    """Let the clock run on."""
    _tell(steering, steering.admin.move_clock(running=True))


def _tell(steering: Steering, now: dict[str, Any]) -> None:
    how = "running" if now["running"] else "stopped"
    happened = f"; {now['happened']} things became due" if now["happened"] else ""
    steering.say(now, f"{now['now']} ({how}){happened}")
