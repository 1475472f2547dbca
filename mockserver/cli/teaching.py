"""What the help of every command has beside its flags: examples, and how to set flags otherwise."""

from __future__ import annotations

import click

from mockserver.settings import ENVIRONMENT_PREFIX


def taught(command: click.Command, name: str) -> click.Command:
    """The command with a variable for each flag; subcommands show those examples that are theirs.

    `--read-only` of `check` is `MOCKSERVER_CHECK_READ_ONLY`, `--preset` of `faults add` is
    `MOCKSERVER_FAULTS_ADD_PRESET`; a flag that has a variable keeps it.
    """
    options = [each for each in command.params if isinstance(each, click.Option)]
    named = [option for option in options if option.envvar is None]
    for option in named:
        option.envvar = _variable(name, option)
    if isinstance(command, click.Group):
        for each, subcommand in command.commands.items():
            subcommand.epilog = subcommand.epilog or _examples(command, f"{name} {each}")
            taught(subcommand, f"{name} {each}")
    if named:
        command.epilog = (command.epilog or "") + _sentence(named[-1])
    return command


def _variable(command: str, option: click.Option) -> str:
    words = f"{command} {_flag(option)[2:]}"
    return ENVIRONMENT_PREFIX + words.replace(" ", "_").replace("-", "_").upper()


def _flag(option: click.Option) -> str:
    return max(option.opts, key=len)


def _sentence(option: click.Option) -> str:
    said = f"Every flag can be set in the environment: {_flag(option)} is {option.envvar}."
    return f"\n\n{said}\n"


def _examples(group: click.Command, name: str) -> str:
    """The examples of a group that call one of its subcommands."""
    lines = (group.epilog or "").splitlines()
    own = [line for line in lines if line.lstrip().startswith(f"mockserver {name}")]
    return "\n".join(["\b", "Examples:", *own]) + "\n"
