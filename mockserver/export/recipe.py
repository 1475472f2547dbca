"""What an export is made from, and how it is remembered beside what was made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from shlex import quote
from typing import Any

from mockserver.clock import instant_text, parse_instant
from mockserver.errors import SetupError
from mockserver.settings import Settings

FORMATS = ("json", "ts", "msw", "har", "postman")
MANIFEST = "export.json"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Scenario, seed and instant of a world, and the formats it is written in, in their order."""

    scenario: str = "showroom"
    seed: int = 1
    now: str = "2026-02-20T15:00:00Z"
    formats: tuple[str, ...] = FORMATS

    def __post_init__(self) -> None:
        """Refuse what cannot be used, with SetupError; `now` becomes its UTC form."""
        unknown = [name for name in self.formats if name not in FORMATS]
        if unknown or not self.formats:
            wrong = f"{', '.join(unknown)} is none of them" if unknown else "it names nothing"
            raise SetupError(f"--format takes {', '.join(FORMATS)}: {wrong}.")
        ordered = tuple(name for name in FORMATS if name in self.formats)
        object.__setattr__(self, "formats", ordered)
        object.__setattr__(self, "now", instant_text(self.instant))

    @property
    def instant(self) -> datetime:
        """Where the clock of the world stands; SetupError when `now` is no instant."""
        try:
            return parse_instant(self.now)
        except ValueError as error:
            raise SetupError(f"--now {self.now}: {error}") from error

    @property
    def settings(self) -> Settings:
        """The settings of a server that answers the same."""
        return Settings(scenario=self.scenario, seed=self.seed, now=self.instant)

    @property
    def flags(self) -> str:
        """The flags of `mockserver serve` for the same world."""
        return f"--scenario {quote(self.scenario)} --seed {self.seed} --now {self.now}"

    def manifest(self, files: Iterable[str]) -> bytes:
        """The file that remembers the recipe and names every other file."""
        kept = {
            "scenario": self.scenario,
            "seed": self.seed,
            "now": self.now,
            "formats": self.formats,
            "files": sorted(files),
        }
        return (json.dumps(kept, indent=2, ensure_ascii=False) + "\n").encode()


def read_recipe(folder: Path) -> tuple[Recipe, tuple[str, ...]] | None:
    """The recipe of the export in a folder and the files it wrote; None when there is none.

    SetupError when the file that remembers them cannot be used.
    """
    path = folder / MANIFEST
    try:
        kept = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise SetupError(f"{path} cannot be read ({error}): delete it and export anew.") from error
    if not _is_manifest(kept):
        raise SetupError(f"{path} is no manifest of an export: delete it and export anew.")
    recipe = Recipe(kept["scenario"], kept["seed"], kept["now"], tuple(kept["formats"]))
    return recipe, tuple(kept["files"])


def _is_manifest(kept: Any) -> bool:
    kinds = {"scenario": str, "seed": int, "now": str, "formats": list, "files": list}
    return (
        isinstance(kept, dict)
        and all(isinstance(kept.get(name), kind) for name, kind in kinds.items())
        and all(isinstance(each, str) for each in (*kept["formats"], *kept["files"]))
        and all(_stays_inside(name) for name in kept["files"])
    )


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.parts != ()
