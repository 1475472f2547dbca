"""From a recipe to every file of an export."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mockserver.export.as_har import har_files
from mockserver.export.as_json import json_files
from mockserver.export.as_msw import msw_files
from mockserver.export.as_postman import postman_files
from mockserver.export.as_typescript import typescript_files
from mockserver.export.dataset import Dataset, record
from mockserver.export.recipe import MANIFEST, Recipe

_SURFACES: Mapping[str, Callable[[Dataset], Mapping[str, str]]] = {
    "json": json_files,
    "ts": typescript_files,
    "msw": msw_files,
    "har": har_files,
    "postman": postman_files,
}
# The handlers answer from the constants.
_NEEDS = {"msw": ("ts",)}


def files_of(recipe: Recipe) -> dict[str, bytes]:
    """Every file of an export by its path inside the folder, with `/` between the parts.

    The same recipe gives the same bytes. SetupError when the recipe cannot be used.
    """
    return files_from(record(recipe))


def files_from(dataset: Dataset) -> dict[str, bytes]:
    """The files of a world that has been recorded; see :func:`files_of`."""
    recipe = dataset.recipe
    wanted = {name for each in recipe.formats for name in (each, *_NEEDS.get(each, ()))}
    files = {
        name: text.encode()
        for form, made in _SURFACES.items()
        if form in wanted
        for name, text in made(dataset).items()
    }
    return {**files, MANIFEST: recipe.manifest(files)}
