"""`mockserver completion`: what a shell needs to complete our commands and flags."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_EPILOG = """\b
Examples:
  mockserver completion bash >> ~/.bashrc
  mockserver completion zsh >> ~/.zshrc
  mockserver completion fish > ~/.config/fish/completions/mockserver.fish
  source <(mockserver completion bash)      this shell only
"""
_SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_MOCKSERVER_COMPLETE"


@click.command(epilog=_EPILOG)
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print the completion script of a shell: bash, zsh or fish."""
    found = get_completion_class(shell)
    assert found is not None
    program = click.get_current_context().find_root().command
    maker = found(program, {}, "mockserver", _VARIABLE)
    # Not `source()`: that of bash starts a bash to look at its version, even where there is none.
    click.echo(maker.source_template % maker.source_vars())
