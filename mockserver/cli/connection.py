"""How the commands that steer a running server reach it, and how they answer."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

import click

from mockserver.client.admin import Admin
from mockserver.client.connection import Connection
from mockserver.client.errors import ClientError, Refused, Unreachable

_WRONG_IN_ITSELF = (400, 413, 415, 422)


@dataclass(frozen=True, slots=True)
class Steering:
    """A server to steer, the world meant, and how to answer whoever asks."""

    admin: Admin
    as_json: bool

    @property
    def world(self) -> str:
        """The name of the world meant."""
        return self.admin.world or "default"

    def say(self, value: Any, text: str) -> None:
        """Print the value for scripts, or the text for people."""
        click.echo(json.dumps(value, indent=2, ensure_ascii=False) if self.as_json else text)


class Failed(click.ClickException):
    """One sentence and exit code 1: the server says no."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence as every other of this command line."""
        click.echo(f"mockserver: {self.message}", file=file, err=True)


class Unusable(Failed):
    """What was asked for is wrong in itself, whatever the state of the server."""

    exit_code = 2


class NobodyAnswers(Failed):
    """There is no server to ask."""

    exit_code = 3


class DefaultGroup(click.Group):
    """A group that shows what there is when no subcommand is named."""

    def __init__(self, *arguments: Any, shows: str = "", **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.shows = shows

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Begin with the subcommand that shows, unless another or help is asked for."""
        names_none = not args or (args[0].startswith("-") and args[0] not in ("-h", "--help"))
        if names_none and not ctx.resilient_parsing:  # a shell that completes means no default
            args = [self.shows, *args]
        return super().parse_args(ctx, args)


def steers(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command --url, --world, --token and --json, and call it with a Steering."""

    @functools.wraps(function)
    def command(url: str, world: str, token: str, as_json: bool, **given: Any) -> None:
        try:
            connection = Connection(url, token)
            try:
                function(Steering(Admin(connection, world), as_json), **given)
            finally:
                connection.close()
        except ClientError as error:
            raise _failure(error) from error

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _failure(error: ClientError) -> Failed:
    if isinstance(error, Unreachable):
        return NobodyAnswers(error.message)
    if isinstance(error, Refused) and error.status in _WRONG_IN_ITSELF:
        return Unusable(error.message)
    return Failed(error.message)


_OPTIONS = (
    click.option(
        "--url", default="http://127.0.0.1:4010", envvar="MOCKSERVER_URL", show_envvar=True,
        show_default=True, help="Address of the server.",
    ),
    click.option(
        "--world", default="", envvar="MOCKSERVER_WORLD", show_envvar=True,
        help="World concerned; without it the default one.",
    ),
    click.option(
        "--token", default="", envvar="MOCKSERVER_ADMIN_TOKEN", show_envvar=True,
        help="Admin token of the server, if it has one.",
    ),
    click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts."),
)  # fmt: skip
