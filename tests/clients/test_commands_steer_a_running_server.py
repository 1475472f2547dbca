"""The commands that steer a running server: tables for people, JSON for scripts, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mockserver.cli.commands import commands
from mockserver.client import MockWorld

Run = Callable[..., Result]
COMMANDS = ("reset", "snapshot", "diff", "clock", "faults", "requests", "coverage")
SAMPLE = "/v1/bookings/bk_01HQ3K5M7N8P9R"


@pytest.fixture
def run(url: str, world: MockWorld) -> Run:
    """Runs a command in the world of the test."""

    def run(*words: str, **environment: str) -> Result:
        given = {"MOCKSERVER_URL": url, "MOCKSERVER_WORLD": world.name, **environment}
        return CliRunner().invoke(commands, words, env=given, prog_name="mockserver")

    return run


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def cancel(world: MockWorld) -> None:
    world.client.post(f"{SAMPLE}/cancel", json={"notify_customer": True}, headers=world.auth)


def test_a_world_is_reset(run: Run, world: MockWorld) -> None:
    world.clock.advance("P1D")
    assert run("reset").stdout == f"World {world.name} is as it began.\n"
    assert world.clock.now.day == 20
    assert told(run("reset", "--json")) == {"reset": world.name}


def test_what_changed_since_a_snapshot_is_shown_and_undone(run: Run, world: MockWorld) -> None:
    assert run("snapshot").stdout == f"World {world.name} has no snapshots.\n"
    run("snapshot", "take", "before")
    assert run("diff", "before").stdout == "Nothing changed.\n"
    cancel(world)
    lines = run("diff", "before").stdout.splitlines()
    assert lines[0].split() == ["change", "where", "value"]
    assert lines[1].split() == ["replace", "/bookings/bk_01HQ3K5M7N8P9R/status", "cancelled"]
    run("snapshot", "take", "after")
    assert told(run("diff", "before", "after", "--json")) == world.changes("before")
    assert [each["name"] for each in told(run("snapshot", "list", "--json"))] == ["before", "after"]
    assert "bookings" in run("snapshot", "show", "before").stdout
    assert run("snapshot", "restore", "before").exit_code == 0
    assert world.changes("before") == []
    assert told(run("snapshot", "save", "before", "--json"))["name"] == "before"
    assert run("snapshot", "delete", "before").exit_code == 0
    assert run("snapshot", "read", "before").exit_code == 0
    assert run("snapshot").stdout.splitlines()[1].startswith("after ")


def test_time_is_told_and_moved(run: Run) -> None:
    assert run("clock").stdout == "2026-02-20T15:00:00Z (stopped)\n"
    assert run("clock", "advance", "PT2H").stdout.startswith("2026-02-20T17:00:00Z (stopped)")
    assert run("clock", "advance", "-P1D").stdout.startswith("2026-02-19T17:00:00Z")
    assert "things became due" in run("clock", "set", "2026-03-01T00:00:00Z").stdout
    assert told(run("clock", "run", "--json"))["running"] is True
    assert told(run("clock", "freeze", "2026-02-20T15:00:00Z", "--json"))["running"] is False
    assert told(run("clock", "--json"))["now"] == "2026-02-20T15:00:00Z"


def test_faults_are_switched_on_listed_and_off(run: Run, world: MockWorld) -> None:
    assert "flaky-3" in run("faults", "add", "--preset", "flaky").stdout
    added = told(run("faults", "add", "--operation", "createBooking", "--status", "500",
                     "--first", "1", "--delay", "10-20", "--json"))  # fmt: skip
    assert added[0]["effect"] == {"delay_ms": [10, 20], "status": 500}
    assert added[0]["schedule"] == {"first": 1}
    run("faults", "add", "--reset", "--header", "X-A: b", "--id", "off", "--from",
        "2027-01-01T00:00:00Z")  # fmt: skip
    shown = run("faults").stdout
    assert "off header=x-a: b from=2027-01-01T00:00:00Z reset 0 0" in " ".join(shown.split())
    assert run("faults", "remove", "off").exit_code == 0
    assert len(world.faults.list()) == 4
    assert run("faults", "clear").exit_code == 0
    assert run("faults").stdout == f"World {world.name} has no faults.\n"


def test_exchanges_are_listed_narrowed_counted_and_shown_whole(run: Run, world: MockWorld) -> None:
    assert run("requests").stdout == "No exchange yet.\n"
    cancel(world)
    world.client.get("/v1/customers?status=odd", headers=world.auth)
    lines = run("requests").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["no.", "2", "1"]
    assert "listCustomers" in lines[1]
    narrowed = run("requests", "--status", "4xx", "--query", "status=odd", "--header",
                   "X-Mock-World", "--operation", "listCustomers", "--json")  # fmt: skip
    assert [each["number"] for each in told(narrowed)["data"]] == [2]
    assert run("requests", "--status", "200", "--count").stdout == "1\n"
    assert run("requests", "--status", "204").stdout == "No exchange meets that.\n"
    assert run("requests", "--limit", "1").stdout.endswith("(1 older ones; --limit shows more)\n")
    whole = run("requests", "2").stdout
    assert "violation in query: " in whole
    assert '"param": "status"' in whole
    assert run("requests", "--clear").exit_code == 0
    assert world.requests.count() == 0


def test_coverage_is_shown_and_a_missed_threshold_is_exit_code_1(
    run: Run, world: MockWorld
) -> None:
    world.client.get("/v1/customers?nonsense=1", headers=world.auth)
    shown = run("coverage")
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[1].split()[:2] == ["operations", "1"]
    assert "createBooking" in shown.stdout
    assert "nonsense" in shown.stdout
    missed = run("coverage", "--min-operations", "80", "--min-statuses", "0", "--json")
    assert missed.exit_code == 1
    assert missed.stderr == "mockserver: 3.1 % of operations, 80 % wanted.\n"
    assert json.loads(missed.stdout)["thresholds"]["met"] is False


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["diff", "nope"], 1, "mockserver: There is no snapshot 'nope'"),
        (["faults", "remove", "nope"], 1, "mockserver: There is no fault rule 'nope'"),
        (["requests", "99"], 1, "mockserver: "),
        (["reset", "--world", "a b"], 2, "mockserver: 'world' must match"),
        (["faults", "add"], 2, "mockserver: "),
        (["faults", "add", "--preset", "odd"], 2, "'odd' is not one of"),
        (["faults", "add", "--delay", "1s"], 2, "'1s' is neither milliseconds"),
        (["faults", "add", "--operation", "nope", "--status", "500"], 2, "'nope' is no operation"),
        (["clock", "advance", "2h"], 2, "'2h' is not a duration"),
        (["clock", "set", "noon"], 2, "'noon' is not a date-time"),
        (["requests", "--status", "4x"], 2, "'4x' is neither a status"),
        (["reset", "--url", "http://127.0.0.1:1"], 3, "mockserver: No server answers at"),
        (["clock", "--url", "nonsense"], 3, "mockserver: No server answers at nonsense"),
        (["nonsense"], 2, "No such command 'nonsense'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_an_exit_code(
    run: Run, words: list[str], code: int, said: str
) -> None:
    result = run(*words)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert result.stdout == ""
    if "mockserver: " in said:
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(run: Run, command: str) -> None:
    shown = run(command, "--help").stdout
    assert "Examples:" in shown
    assert f"  mockserver {command}" in shown


def test_a_command_does_not_load_the_server() -> None:
    code = (
        "import sys; from click.testing import CliRunner;"
        "from mockserver.cli.commands import commands;"
        "CliRunner().invoke(commands, ['reset', '--url', 'http://127.0.0.1:1']);"
        "print([m for m in ('connexion', 'uvicorn', 'faker', 'jsonschema_rs') if m in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
