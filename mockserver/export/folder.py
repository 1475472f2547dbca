"""An export on disk: written whole, and compared with what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mockserver.errors import SetupError
from mockserver.export.recipe import MANIFEST, read_recipe

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as an export would leave it: `stale`, `missing` or `left over`."""

    name: str
    what: str


def compare(folder: Path, files: Files) -> list[Difference]:
    """How a folder differs from an export, by name; empty when it does not.

    Files of others in the folder do not count: only what an earlier export says that it wrote.
    """
    found = [Difference(name, what) for name, what in _states(folder, files).items() if what]
    found += [Difference(name, "left over") for name in _left_over(folder, files)]
    return sorted(found, key=lambda each: each.name)


def write(folder: Path, files: Files) -> list[Difference]:
    """Make a folder hold an export; gives what was changed.

    Only files that differ are written, and only files of an earlier export are removed. SetupError
    when a file that no export wrote is in the way, or the folder cannot be written.
    """
    changes = compare(folder, files)
    _refuse_to_overwrite(folder, changes)
    try:
        for change in changes:
            path = folder / change.name
            if change.what == "left over":
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(files[change.name])
    except OSError as error:
        raise SetupError(f"--out {folder} cannot be written: {error}") from error
    return changes


def _states(folder: Path, files: Files) -> dict[str, str]:
    return {name: _state(folder / name, content) for name, content in files.items()}


def _state(path: Path, content: bytes) -> str:
    try:
        return "" if path.read_bytes() == content else "stale"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error}") from error


def _left_over(folder: Path, files: Files) -> list[str]:
    earlier = read_recipe(folder)
    written = earlier[1] if earlier else ()
    return [name for name in written if name not in files and (folder / name).is_file()]


def _refuse_to_overwrite(folder: Path, changes: list[Difference]) -> None:
    earlier = read_recipe(folder)
    ours = {MANIFEST, *(earlier[1] if earlier else ())}
    foreign = [each.name for each in changes if each.what == "stale" and each.name not in ours]
    if foreign:
        raise SetupError(
            f"{folder / foreign[0]} exists and no export wrote it: choose another --out, or move "
            f"it away."
        )
