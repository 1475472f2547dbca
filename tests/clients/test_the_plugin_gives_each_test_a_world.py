"""The pytest plugin, as users have it: in a folder of their own, found by its entry point."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
ENTRY_POINT = "[pytest11]\nmockserver = mockserver.pytest_plugin\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder beside an installation of the package."""
    installed = tmp_path / "site" / "mockserver_for_tests-0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: mockserver-for-tests\n")
    (installed / "entry_points.txt").write_text(ENTRY_POINT)
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def run_pytest(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the tests in a folder, every warning an error."""
    path = os.pathsep.join([str(folder.parent / "site"), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-W", "error", "-p", "no:cacheprovider",
         "-p", "no:schemathesis", *words],
        cwd=folder, capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "PYTHONPATH": path, "PYTEST_ADDOPTS": "", **environment},
    )  # fmt: skip


def passed(ended: subprocess.CompletedProcess[str], count: int) -> None:
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(rf"\b{count} passed", ended.stdout), ended.stdout
    assert ended.stderr == ""


def test_the_entry_point_is_declared() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert '[project.entry-points.pytest11]\nmockserver = "mockserver.pytest_plugin"\n' in text


def test_the_first_test_of_a_user_is_short_and_passes_from_an_empty_folder(folder: Path) -> None:
    [shown] = [
        block for block in re.findall(r"```python\n(.*?)```", README, re.S) if "mock_world" in block
    ]
    assert len(shown.strip().splitlines()) < 10
    (folder / "test_mine.py").write_text(shown)
    passed(run_pytest(folder), 1)


# Every test makes the same customer and finds no other: none meets what another did.
CROWD = """
import httpx
import pytest

ADA = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}

@pytest.mark.parametrize("number", range(24))
def test_alone(mock_world, number):
    api, key = mock_world.client, mock_world.auth
    with mock_world.assert_changes({"/customers/*": {"email": ADA["email"]}, "outbox": ...}):
        assert api.post("/v1/customers", json=ADA, headers=key).status_code == 201
    found = httpx.get(mock_world.url + "/v1/customers?search=byron", headers=key).json()
    assert found["pagination"]["total"] == 1
    assert mock_world.requests.count() == 2
    mock_world.faults.add(preset="down")
    mock_world.clock.advance("PT2H")
    assert mock_world.clock.now.hour == 17
    assert api.get("/v1/customers", headers=key).status_code == 503

def test_the_server_is_there(mock_server, mock_world):
    names = [each["name"] for each in mock_server.admin.list_worlds()]
    assert mock_world.name not in names
"""


# A small machine has no time for the plugins of others.
BARE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
OURS = ("-p", "mockserver.pytest_plugin")
EIGHT = (*OURS, "-p", "xdist.plugin", "-n", "8")


def test_eight_workers_do_not_meet_with_servers_of_their_own(folder: Path) -> None:
    (folder / "test_crowd.py").write_text(CROWD)
    passed(run_pytest(folder, *EIGHT, **BARE), 25)


def test_eight_workers_do_not_meet_on_one_running_server(folder: Path, url: str) -> None:
    (folder / "test_crowd.py").write_text(CROWD)
    passed(run_pytest(folder, *EIGHT, "--mock-server-url", url, **BARE), 25)


def test_settings_come_from_ini_and_flags_win(folder: Path) -> None:
    (folder / "pytest.ini").write_text(
        "[pytest]\nmock_server_scenario = empty\nmock_server_seed = 9\n"
        "mock_server_now = 2030-01-01T00:00:00Z\n"
    )
    (folder / "test_settings.py").write_text(
        "def test_it(mock_server, mock_world):\n"
        "    world = mock_server.admin.get_world('default')\n"
        "    assert (world['seed'], world['scenario']) == (7, 'empty')\n"
        "    assert mock_world.clock.now.year == 2030\n"
    )
    passed(run_pytest(folder, *OURS, "--mock-server-seed", "7", **BARE), 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--mock-server-scenario", "nowhere"], "The mock server cannot be set up: "),
        (["--mock-server-now", "noon"], "'noon' is not a date-time"),
        (["--mock-server-url", "http://127.0.0.1:1"], "No server answers at http://127.0.0.1:1"),
    ],
)
def test_what_cannot_be_set_up_is_one_sentence(folder: Path, words: list[str], said: str) -> None:
    (folder / "test_mine.py").write_text("def test_it(mock_world): pass\n")
    ended = run_pytest(folder, *OURS, *words, **BARE)
    assert ended.returncode == 1
    assert said in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "pytest_plugin.py" not in ended.stdout


def test_runs_that_do_not_use_it_load_nothing_of_it_but_its_options(folder: Path) -> None:
    (folder / "test_other.py").write_text(
        "import sys\n\n"
        "def test_it():\n"
        "    loaded = {name for name in sys.modules if name.split('.')[0] == 'mockserver'}\n"
        "    assert loaded == {'mockserver', 'mockserver.pytest_plugin'}\n"
        "    assert not {'connexion', 'uvicorn', 'starlette'} & set(sys.modules)\n"
    )
    passed(run_pytest(folder), 1)
