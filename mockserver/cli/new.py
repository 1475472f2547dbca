"""`mockserver new`: a small project around a document, to grow a mock from."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

_EPILOG = """\b
Examples:
  mockserver new shop --from petstore.yaml
  mockserver new shop --from https://example.com/openapi.json
"""


@click.command(epilog=_EPILOG)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--from", "location", required=True, metavar="FILE|URL", help="The OpenAPI document.")
def new(directory: Path, location: str) -> None:
    """Write a small project around an OpenAPI document.

    The document in one file, a package for handlers of your own, a first test, and what to do with
    it. DIRECTORY must not be there yet, or be empty.
    """
    from mockserver.project import write_project  # noqa: PLC0415 - not for --help

    for path in write_project(directory, location):
        click.echo(f"wrote {path}")
    click.echo(
        f"\nNext: cd {shlex.quote(str(directory))} && mockserver serve openapi.yaml "
        "--handlers handlers"
    )
