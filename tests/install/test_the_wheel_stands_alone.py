"""What is installed from a wheel works anywhere, brings what it needs, and takes no names."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator

import httpx
import pytest

from mockserver.version import VERSION
from tests.install.conftest import ROOT, Installed

pytestmark = pytest.mark.xdist_group("install")  # so that one process builds the wheel
BUNDLE = "mockserver/_bundle"
JUDGE = ("schemathesis", "pytest", "openapi-spec-validator", "common-expression-language")


@pytest.fixture(scope="module")
def url(installed: Installed) -> Iterator[str]:
    """The server of the wheel."""
    with subprocess.Popen(
        [*installed.python, "-m", "mockserver", "serve", "--port", "0", "-q"],
        cwd=installed.elsewhere, env=installed.environment, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            yield re.findall(r"listening on (\S+)", said)[0]
        finally:
            process.kill()


def test_no_name_but_our_own_is_taken(installed: Installed) -> None:
    tops = {name.partition("/")[0] for name in installed.names}
    assert tops == {"mockserver", f"mockserver-{VERSION}.dist-info"}
    assert not [name for name in installed.names if "__pycache__" in name or name.endswith(".pyc")]


@pytest.mark.parametrize(
    ("folder", "inside"),
    [
        ("mockserver", "mockserver"),
        ("contract_tests", f"{BUNDLE}/contract_tests"),
        ("fixtures/scenarios", f"{BUNDLE}/fixtures/scenarios"),
        ("openapi.semantics", f"{BUNDLE}/openapi.semantics"),
    ],
)
def test_every_file_of_the_package_travels(installed: Installed, folder: str, inside: str) -> None:
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    own = [path.relative_to(ROOT / folder) for path in files if "__pycache__" not in path.parts]
    expected = {f"{inside}/{path.as_posix()}" for path in own}
    assert expected
    assert expected <= set(installed.names)


def test_contract_and_rules_travel_as_they_are(text_in: Callable[[str], str]) -> None:
    for name in ("openapi.yaml", "openapi.semantics.yaml", "schemathesis.toml"):
        assert text_in(f"{BUNDLE}/{name}") == (ROOT / name).read_text()


def test_the_judge_is_an_extra_and_its_packages_are_not_needed_to_serve(
    text_in: Callable[[str], str],
) -> None:
    metadata = text_in(f"mockserver-{VERSION}.dist-info/METADATA")
    for package in JUDGE:
        lines = re.findall(rf"^Requires-Dist: {package}\b.*$", metadata, re.MULTILINE)
        assert lines
        assert all("; extra == '" in line for line in lines), lines
        assert any("'check'" in line for line in lines), lines


def test_it_says_its_version(installed: Installed) -> None:
    assert installed.run("--version").stdout == f"mockserver, version {VERSION}\n"


def test_it_serves_its_own_contract_and_world(installed: Installed, url: str) -> None:
    auth = {"Authorization": "Bearer otesse_test_sk_demo"}
    found = httpx.get(f"{url}/v1/customers/cust_01HQ3K5M7N", headers=auth)
    assert found.status_code == 200
    assert httpx.get(f"{url}/docs").status_code == 200
    assert httpx.get(f"{url}/openapi.yaml").text == (ROOT / "openapi.yaml").read_text()
    assert installed.run("clock", "--url", url).returncode == 0


def test_it_judges_with_its_own_kit(installed: Installed, url: str) -> None:
    theirs = installed.elsewhere / "contract_tests"  # a folder of the caller, with a name of ours
    theirs.mkdir(exist_ok=True)
    (theirs / "__init__.py").write_text("raise ImportError('this is not the kit')\n")
    ended = installed.run(
        "check", "--url", url, "--profile", "smoke", "--workers", "1",
        "--packs", "lint,protocol,rules", "--only", "listCustomers,getCustomer",
        "--json",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert {pack["pack"] for pack in json.loads(ended.stdout)["packs"]} >= {"lint", "protocol"}
