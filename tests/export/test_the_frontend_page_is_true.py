"""What `docs/frontend.md` shows works as shown, in a project of one's own."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from mockserver.cli.commands import commands
from mockserver.export import FORMATS, Recipe
from tests.export.conftest import FRONTEND, ROOT, Tools

pytestmark = pytest.mark.xdist_group("frontend")  # tools share a cache in node_modules
PAGE = (ROOT / "docs" / "frontend.md").read_text("utf-8")
SHOWN = re.findall(r"^mockserver (export .*)$", PAGE, re.MULTILINE)
SOURCES = re.findall(r"```ts\n// (\S+)\n(.*?)```", PAGE, re.DOTALL)


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target


def test_every_script_it_names_is_one_of_the_board() -> None:
    scripts = json.loads((FRONTEND / "package.json").read_text())["scripts"]
    named = re.findall(r"npm run ([a-z:]+)", PAGE)
    assert named
    assert set(named) <= set(scripts)


def test_the_server_that_it_starts_is_that_of_the_export() -> None:
    (flags,) = re.findall(r"^\.venv/bin/mockserver serve (.*)$", PAGE, re.MULTILINE)
    assert flags == Recipe().flags


def test_every_format_it_names_is_one_and_has_its_row() -> None:
    (named,) = re.findall(r"--format (\S+,\S+)\]`", PAGE)
    assert tuple(named.split(",")) == FORMATS
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(FORMATS)


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (FRONTEND / "package-lock.json").read_text()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in which the commands of the page were run, and its files were written."""
    monkeypatch.chdir(tmp_path)
    for command in SHOWN:
        ran = CliRunner().invoke(commands, shlex.split(command))
        assert ran.exit_code == 0, ran.output
    for name, text in SOURCES:
        (tmp_path / name).write_text(text)
    return tmp_path


def test_its_commands_make_what_its_code_imports(project: Path) -> None:
    assert len(SHOWN) == 2
    imported = {name for _, text in SOURCES for name in re.findall(r"'\./(fixtures/.*)\.js'", text)}
    assert imported == {"fixtures/msw/handlers", "fixtures/ts/index"}
    assert all((project / "src" / f"{name}.ts").exists() for name in imported)


def test_its_code_keeps_to_strict_types_and_its_test_passes(tools: Tools, project: Path) -> None:
    (project / "node_modules").symlink_to(FRONTEND / "node_modules")
    settings = json.loads((FRONTEND / "tsconfig.json").read_text())
    del settings["compilerOptions"]["paths"]
    settings["include"] = ["src"]
    (project / "tsconfig.json").write_text(json.dumps(settings))
    typed = tools.run("tsc", "-p", str(project))
    assert typed.returncode == 0, typed.stdout
    ran = tools.run("vitest", "run", "--root", str(project))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "2 passed" in ran.stdout
