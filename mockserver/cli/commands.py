"""The command `mockserver` with its subcommands."""

from __future__ import annotations

import sys

import click

from mockserver.cli.serve import serve
from mockserver.errors import SetupError
from mockserver.version import VERSION

_EPILOG = """\b
Examples:
  mockserver serve                      the documented business on port 4010
  mockserver serve --help               every setting, with its environment variable
"""


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="mockserver")
def commands() -> None:
    """A stateful mock API server: one contract, one believable business behind it."""


commands.add_command(serve)


def main() -> None:
    """Run the command line; what cannot be set up is one sentence and exit code 2."""
    try:
        commands(prog_name="mockserver")
    except SetupError as error:
        click.echo(f"mockserver: {error.message}", err=True)
        sys.exit(2)
