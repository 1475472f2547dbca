"""The wheel, built once from this checkout and unpacked where nothing else of it lies."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class Installed:
    """An unpacked wheel: the names in it, where it lies, and a folder to work in."""

    names: tuple[str, ...]
    site: Path
    elsewhere: Path

    @property
    def environment(self) -> dict[str, str]:
        """What finds the wheel and its dependencies, but never this checkout."""
        clean = {name: value for name, value in os.environ.items() if "MOCKSERVER" not in name}
        paths = [str(self.site), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
        return {**clean, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}

    @property
    def python(self) -> list[str]:
        """A Python that reads no `.pth` file: an editable install of the checkout is not seen."""
        return [sys.executable, "-S", "-u"]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m mockserver` to its end."""
        return subprocess.run(
            [*self.python, "-m", "mockserver", *arguments],
            cwd=self.elsewhere, env=self.environment, timeout=TIMEOUT_S,
            capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, capture_output=True, timeout=TIMEOUT_S, check=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
        names = tuple(archive.namelist())
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return Installed(names, folder / "site", elsewhere)


@pytest.fixture
def text_in(installed: Installed) -> Callable[[str], str]:
    """What a file of the wheel says."""
    return lambda name: (installed.site / name).read_text()
