"""`mockserver new`: what it writes serves, and its test passes, for documents of every kind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mockserver.cli.commands import commands
from tests.serving.served import BOOKS, CONTRACTS, client_of


def made(directory: Path, document: str) -> Path:
    done = CliRunner().invoke(commands, ["new", str(directory / "shop"), "--from", document])
    assert done.exit_code == 0, done.output
    assert "mockserver serve openapi.yaml --handlers handlers" in done.output
    return directory / "shop"


@pytest.mark.parametrize("name", ["books", "notes", "petshop", "clinic"])
def test_it_is_served_with_its_handlers(tmp_path: Path, name: str) -> None:
    project = made(tmp_path, str(CONTRACTS / f"{name}.yaml"))
    document = str(project / "openapi.yaml")
    with client_of(document, handlers=str(project / "handlers")) as client:
        assert client.get("/openapi.json").json()["paths"]


def test_its_own_test_passes(tmp_path: Path) -> None:
    project = made(tmp_path, BOOKS)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "mockserver.pytest_plugin"],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},  # it may be installed, or not
        cwd=project, capture_output=True, check=False, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = CliRunner().invoke(commands, ["new", str(tmp_path), "--from", BOOKS])
    assert done.exit_code != 0
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_document_that_cannot_be_served_makes_no_project(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("no: document")
    target = tmp_path / "shop"
    done = CliRunner().invoke(commands, ["new", str(target), "--from", str(tmp_path / "bad.yaml")])
    assert done.exit_code != 0
    assert not target.exists()
