"""`mockserver export`: one world as JSON, TypeScript, MSW handlers, HAR and a collection."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Any

import click

from mockserver.export import FORMATS, Difference, Recipe, compare, files_of, read_recipe, write

_EPILOG = """\b
Examples:
  mockserver export --out src/fixtures
  mockserver export --out src/fixtures --scenario documented --seed 7 --format ts,msw
  mockserver export --out requests --format postman    (for Postman, Bruno, newman)
  mockserver export --out src/fixtures --check    (in CI: exit code 1 when it is stale)
Without --scenario, --seed, --now and --format an export that is there is renewed as it was made.
Exit codes: 0 written, or fresh; 1 stale; 2 a setting or folder cannot be used.
"""
_LARGEST_SEED = 2**63 - 1
_SHOWN = 20
_USUAL = Recipe()


@click.command(epilog=_EPILOG)
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="Folder of the export; files of others in it are left alone.")  # fmt: skip
@click.option("--scenario", help="World to export: a scenario's name or a YAML file.  "
              f"[default: {_USUAL.scenario}]")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, _LARGEST_SEED),
              help=f"Number that the world is grown from.  [default: {_USUAL.seed}]")  # fmt: skip
@click.option("--now", metavar="INSTANT",
              help=f"Where its clock stands.  [default: {_USUAL.now}]")  # fmt: skip
@click.option("--format", "formats", metavar="NAME,NAME",
              help=f"Of {', '.join(FORMATS)}; msw brings ts along.  [default: all]")  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing; say what is stale.")
def export(folder: Path, check: bool, **given: Any) -> None:
    """Write a world out for frontends: JSON, TypeScript, MSW handlers, HAR, Postman."""
    recipe = _recipe(folder, given)
    files = files_of(recipe)
    if check:
        _tell_stale(folder, recipe, compare(folder, files))
        return
    changes = write(folder, files)
    click.echo(
        f"{folder}: {len(files)} files ({', '.join(recipe.formats)}), {len(changes)} of them "
        f"changed. The server of this world: mockserver serve {recipe.flags}"
    )


def _recipe(folder: Path, given: dict[str, Any]) -> Recipe:
    """What is given, else what the folder was made from, else the defaults."""
    earlier = read_recipe(folder)
    asked = {name: value for name, value in given.items() if value is not None}
    if "formats" in asked:
        names = (part.strip() for part in asked["formats"].split(","))
        asked["formats"] = tuple(name for name in names if name)
    return replace(earlier[0] if earlier else _USUAL, **asked)


def _tell_stale(folder: Path, recipe: Recipe, found: list[Difference]) -> None:
    if not found:
        click.echo(f"{folder} is fresh.")
        return
    for each in found[:_SHOWN]:
        click.echo(f"{each.what}: {folder / each.name}", err=True)
    if len(found) > _SHOWN:
        click.echo(f"… and {len(found) - _SHOWN} more", err=True)
    again = f"--out {quote(str(folder))} {recipe.flags} --format {','.join(recipe.formats)}"
    click.echo(f"Renew it: mockserver export {again}", err=True)
    click.get_current_context().exit(1)
