"""Promises of the README that no room of its own is about."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from contract_tests.mutants.scores import Scores, as_markdown
from contract_tests.plan import PROFILES
from mockserver.app import Server, build_server
from mockserver.client import MockWorld
from mockserver.settings import Settings
from mockserver.wire.credentials import load_credentials
from tests.conftest import NOW
from tests.docs.claims import ROOT
from tests.docs.pages import page

README = page("README.md")
PROJECT = tomllib.loads(page("pyproject.toml"))["project"]


def test_it_names_the_python_that_the_package_asks_for() -> None:
    (version,) = re.findall(r"Python (\S+) or newer", README)
    assert PROJECT["requires-python"] == f">={version}"


def test_make_sets_itself_up_serves_and_tests(tmp_path: Path) -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("examples/frontend", "tests/clients/generated"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "package-lock.json").touch()

    def planned(*arguments: str) -> str:
        done = subprocess.run(
            ["make", "-n", *arguments],
            cwd=tmp_path,
            env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    for target, last in (
        (["serve"], ".venv/bin/mockserver serve --port 4010"),
        (["serve", "PORT=5000"], ".venv/bin/mockserver serve --port 5000"),
        (["test"], ".venv/bin/pytest "),
    ):
        told = planned(*target)
        assert "-m venv .venv" in told
        assert ".venv/bin/pip install" in told
        assert told.strip().splitlines()[-1].startswith(last)
    assert told.count("npm ci") == 2
    assert told.count("SKIPPED") == 4  # it says so where there is no Node, or no package


def test_the_licence_is_mit() -> None:
    assert PROJECT["license"] == "MIT"
    assert page("LICENSE").startswith("MIT License")


def test_every_exception_for_schemathesis_has_its_reason() -> None:
    text = page("schemathesis.toml")
    exceptions = re.findall(r"(?m)^(.*)\n\[\[operations\]\]$", text)
    assert len(exceptions) > 5
    assert [line for line in exceptions if not line.startswith("# ")] == []


def test_the_example_of_credentials_narrows_keys() -> None:
    path = "fixtures/examples/credentials.yaml"
    assert f"`--credentials`\n  [{path}]({path})" in README
    load_credentials(ROOT / path)
    written = yaml.safe_load(page(path))["credentials"]
    assert "bookings:write" not in written["otesse_test_sk_readonly1"]["scopes"]


def test_each_part_of_the_compiled_way_can_be_turned_off(built: Server) -> None:
    assert built.desk is not None
    assert built.protocol("fast") != "auto"
    assert built.protocol("plain") == "auto"
    without = build_server(Settings(scenario="empty", now=NOW, fast=False))
    assert without.desk is None
    assert without.protocol("fast") == "auto"


def test_busy_is_as_large_as_it_says() -> None:
    scenario = yaml.safe_load(page("fixtures/scenarios/busy.yaml"))
    (number,) = re.findall(r"--scenario busy --seed 7 +# ([\d ]+) customers", README)
    assert str(scenario["customers"]["count"]) == number.replace(" ", "")


def test_a_scenario_is_copied_changed_and_named_by_its_path(tmp_path: Path) -> None:
    text = page("fixtures/scenarios/documented.yaml")
    mine = tmp_path / "mine.yaml"
    mine.write_text(re.sub(r"(?m)^name: documented$", "name: mine", text))
    server = build_server(Settings(scenario=str(mine), now=NOW))
    assert server.worlds.default.world.scenario == "mine"


def test_a_world_of_a_test_has_what_is_named() -> None:
    (sentence,) = re.findall(r"`mock_world` has .*?\n\n", README, re.DOTALL)
    named = re.findall(r"`\.(\w+)", sentence.partition("Settings are")[0])
    assert len(named) == 10
    source = page("mockserver/client/world.py")
    assert [n for n in named if not hasattr(MockWorld, n) and f"self.{n} = " not in source] == []


def test_the_plugin_has_the_settings_that_are_named_and_no_others() -> None:
    (listed,) = re.findall(r"ini entries (.*?)\.\n", README, re.DOTALL)
    named = {each.removeprefix("mock_server") for each in re.findall(r"`(\w+)`", listed)}
    plugin = import_module("mockserver.pytest_plugin")
    assert named == {f"_{name}" for name, _, _ in plugin._OPTIONS}


def test_seven_packs_stand_beside_schemathesis() -> None:
    assert "seven\nmore packs" in README
    assert len(set(PROFILES["standard"].packs) - {"schema"}) == 7


def test_the_page_of_mutants_tells_what_was_measured() -> None:
    assert as_markdown(Scores.read(ROOT / "docs" / "mutants.json")) == page("docs/mutants.md")
