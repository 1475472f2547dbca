from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from mockserver.cli.commands import commands
from mockserver.errors import SetupError
from tests.judge.compare.documents import request
from tests.judge.traffic import talk
from tests.judge.traffic.proxying import upstream

LIST = talk.entry("GET /pets", 200, [], headers={"X-Total": "0"})
WRONG = talk.entry("GET /pets", 200, [{"id": "\x1b[31m"}], headers={"X-Total": "0"})


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


def spec(tmp_path: Path) -> str:
    talk.contract(tmp_path)
    return str(tmp_path / "pets.yaml")


def recording(tmp_path: Path, *entries: talk.Json) -> str:
    path = tmp_path / "talk.har"
    path.write_text(json.dumps(talk.har(*entries)))
    return str(path)


def test_traffic_that_keeps_the_contract_is_0(tmp_path: Path) -> None:
    result = run("traffic", recording(tmp_path, LIST), "--spec", spec(tmp_path))
    assert result.exit_code == 0
    assert "keeps the contract: 1 exchanges, 1 of 3 operations met" in result.output


def test_findings_are_1_and_written_down(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    result = run("traffic", recording(tmp_path, LIST, WRONG), "--spec", spec(tmp_path),
                 "--report", "json,markdown", "--report-dir", str(reports))  # fmt: skip
    assert result.exit_code == 1
    assert "traffic.response_schema" in result.output
    assert "\x1b" not in result.output
    assert {path.name for path in reports.iterdir()} == {"report.json", "report.md"}


def test_traffic_of_another_api_is_2(tmp_path: Path) -> None:
    other = talk.entry("GET /else", 404, {})
    result = run("traffic", recording(tmp_path, other), "--spec", spec(tmp_path))
    assert (result.exit_code, "Nothing was judged" in result.output) == (2, True)


def test_what_is_no_recording_is_told_in_one_sentence(tmp_path: Path) -> None:
    result = run("traffic", str(tmp_path / "none.har"), "--spec", spec(tmp_path))
    assert isinstance(result.exception, SetupError)
    assert "none.har cannot be read" in result.exception.message


def test_a_server_that_is_not_there_is_3() -> None:
    result = run("traffic", "http://127.0.0.1:1")
    assert (result.exit_code, "No server answers" in result.output) == (3, True)


def versions(tmp_path: Path, version: str) -> list[str]:
    old, new = request({"type": "string"}), request({"type": "integer"})
    new["info"]["version"] = version
    for name, value in (("old.json", old), ("new.json", new)):
        (tmp_path / name).write_text(json.dumps(value))
    return [str(tmp_path / "old.json"), str(tmp_path / "new.json")]


@pytest.mark.parametrize(("version", "code"), [("1.1.0", 1), ("2.0.0", 0)])
def test_a_break_without_a_major_version_is_1(tmp_path: Path, version: str, code: int) -> None:
    result = run("compare", *versions(tmp_path, version))
    assert result.exit_code == code
    assert "breaking" in result.output


@pytest.mark.parametrize("form", ["--json", "--markdown"])
def test_a_comparison_has_other_forms(tmp_path: Path, form: str) -> None:
    output = run("compare", *versions(tmp_path, "2.0.0"), form).output
    if form == "--json":
        assert json.loads(output)["verdict"]["level"] == "major"
    else:
        assert "### `POST /things`" in output


def test_a_document_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: 1")
    result = run("compare", str(tmp_path / "x.yaml"), str(tmp_path / "x.yaml"))
    assert isinstance(result.exception, SetupError)


@pytest.mark.parametrize("address", ["ftp://a", "nowhere", "http://a/?q=1", "http://"])
def test_an_upstream_that_is_no_address_is_told(address: str) -> None:
    result = run("proxy", "--upstream", address)
    assert isinstance(result.exception, SetupError)
    assert "--upstream" in result.exception.message


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("fails", [True, False])
def test_a_stopped_proxy_has_written_and_told_all(
    tmp_path: Path, stop: signal.Signals, fails: bool
) -> None:
    with upstream() as (url, _):
        command = [sys.executable, "-m", "mockserver", "proxy", "--upstream", url, "--port", "0",
                   "--spec", spec(tmp_path), "--record", str(tmp_path / "out.har"),
                   *(["--fail"] if fails else [])]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as proxy:
            assert proxy.stdout
            own = proxy.stdout.readline().split()[5]
            httpx.get(f"{own}/pets", headers={"X-Key": "hush"}, trust_env=False)
            live = proxy.stdout.readline()
            proxy.send_signal(stop)
            told, _ = proxy.communicate(timeout=20)
    assert live.startswith("major     traffic.response_schema  GET /pets 200: ")
    assert "recorded: 1 exchanges" in told
    assert "1 findings: 1 exchanges, 1 of 3 operations met" in told
    assert proxy.returncode == (1 if fails else 0)
    assert "hush" not in (tmp_path / "out.har").read_text()
    assert len(json.loads((tmp_path / "out.har").read_text())["log"]["entries"]) == 1
