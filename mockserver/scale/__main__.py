"""`python -m mockserver.scale mockserver-0:4010 …`: an nginx configuration for these servers."""

from __future__ import annotations

import sys

import click

from mockserver.errors import SetupError
from mockserver.scale.front import configuration, in_containers


@click.command()
@click.argument("servers", nargs=-1, required=True, metavar="HOST:PORT…")
def main(servers: tuple[str, ...]) -> None:
    """Print the configuration of an nginx in front of mockservers in containers."""
    try:
        click.echo(configuration(in_containers(servers)), nl=False)
    except SetupError as error:
        click.echo(f"mockserver.scale: {error.message}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
