"""The command `mockserver` with its subcommands."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from mockserver.cli.teaching import taught
from mockserver.cli.terminal import wants_no_colour
from mockserver.errors import SetupError
from mockserver.version import VERSION

# Each is a module of this room with a command of its name.
_NAMES = (
    "serve",
    "new",
    "doctor",
    "export",
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
    "completion",
)
_EPILOG = """\b
Examples:
  mockserver serve                      the documented business on port 4010
  mockserver serve --show-config        every setting, its value, and where that is from
  mockserver doctor petstore.yaml       what is wrong with a document, and what is done about it
  mockserver new shop --from petstore.yaml   a project to grow a mock from
  mockserver clock advance PT2H         two hours later in the world of a running server
  mockserver requests --status 4xx      what it refused
  mockserver export --out src/fixtures  the same business for a frontend without a server
  mockserver check --url http://127.0.0.1:4010   hold a server to the contract
  mockserver COMMAND --help             more examples, every flag, its environment variable
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
        return taught(command, cmd_name) if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; NoSuchCommand proposes those with names like it."""
        if args[0] not in _NAMES and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.NoSuchCommand(args[0], possibilities=_NAMES, ctx=ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(VERSION, prog_name="mockserver")
def commands() -> None:
    """A stateful mock API server: one contract, one believable business behind it."""
    if wants_no_colour():
        click.get_current_context().color = False


def main() -> None:
    """Run the command line; what cannot be set up is one sentence and exit code 2."""
    try:
        commands(prog_name="mockserver")
    except SetupError as error:
        click.echo(f"mockserver: {error.message}", err=True)
        sys.exit(2)
