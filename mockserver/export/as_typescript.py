"""TypeScript: the types of the contract, and each collection as a constant of its type."""

from __future__ import annotations

from mockserver.export.as_json import rows_text
from mockserver.export.dataset import Dataset
from mockserver.export.declarations import types_text
from mockserver.export.recipe import Recipe
from mockserver.export.records import Collection


def typescript_files(dataset: Dataset) -> dict[str, str]:
    """`types.ts`, a module for each collection, and `index.ts` that gives them all."""
    head = heading(dataset.recipe)
    collections = dataset.collections
    modules = {f"ts/{name}.ts": head + _constant(each) for name, each in collections.items()}
    gives = "".join(f"export {{ {name} }} from './{name}.js';\n" for name in collections)
    return {
        "ts/types.ts": head + types_text(dataset.contract),
        **modules,
        "ts/index.ts": f"{head}export type * from './types.js';\n{gives}",
    }


def heading(recipe: Recipe) -> str:
    """The first line of a generated module."""
    return f"// Made by `mockserver export {recipe.flags}`: do not edit.\n\n"


def _constant(collection: Collection) -> str:
    return (
        f"import type {{ {collection.type} }} from './types.js';\n\n"
        f"export const {collection.name}: readonly {collection.type}[] = "
        f"{rows_text(collection.rows)};\n"
    )
