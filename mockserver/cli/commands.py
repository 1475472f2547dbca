"""The command `mockserver` with its subcommands."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from mockserver.errors import SetupError
from mockserver.version import VERSION

# Each is a module of this room with a command of its name.
_NAMES = (
    "serve",
    "doctor",
    "check",
    "compare",
    "traffic",
    "proxy",
    "reset",
    "snapshot",
    "diff",
    "clock",
    "faults",
    "requests",
    "coverage",
)
_EPILOG = """\b
Examples:
  mockserver serve                      the documented business on port 4010
  mockserver serve --help               every setting, with its environment variable
  mockserver doctor petstore.yaml       what is wrong with a document, and what is done about it
  mockserver clock advance PT2H         two hours later in the world of a running server
  mockserver requests --status 4xx      what it refused
  mockserver check --url http://127.0.0.1:4010   hold a server to the contract
"""


class _Commands(click.Group):
    """Subcommands imported when they are called: the server's own imports take a second."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in the order in which people need them."""
        return list(_NAMES)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None when there is none."""
        if cmd_name not in _NAMES:
            return None
        command = getattr(import_module(f"mockserver.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(VERSION, prog_name="mockserver")
def commands() -> None:
    """A stateful mock API server: one contract, one believable business behind it."""


def main() -> None:
    """Run the command line; what cannot be set up is one sentence and exit code 2."""
    try:
        commands(prog_name="mockserver")
    except SetupError as error:
        click.echo(f"mockserver: {error.message}", err=True)
        sys.exit(2)
