"""The command line explains itself: examples that work, near names, variables, completion."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from mockserver.cli.commands import commands
from mockserver.cli.table import table
from mockserver.cli.terminal import status_colour
from mockserver.settings import Settings, environment_of, flag_of


def _below(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            yield from _below(found, f"{name} {each}".strip())


COMMANDS = dict(_below(commands, ""))
EXAMPLE = re.compile(r"^ {2,}(?:[A-Z_]+=\S+ )?mockserver (.+?)(?= {2,}| \(| \d?>|$)", re.MULTILINE)


def _help(name: str) -> str:
    return CliRunner().invoke(commands, [*name.split(), "--help"]).output


def _examples() -> list[str]:
    shown = [line for name in COMMANDS for line in EXAMPLE.findall(_help(name))]
    return sorted({line for line in shown if not line.startswith("COMMAND")})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_examples_and_every_flag_a_sentence(name: str) -> None:
    text = _help(name)
    assert "Examples:" in text
    assert EXAMPLE.search(text), text
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("line", _examples())
def test_every_example_is_a_call_of_a_command_there_is(line: str) -> None:
    words = shlex.split(line)
    taken = next(n for n in range(len(words), -1, -1) if " ".join(words[:n]) in COMMANDS)
    command = COMMANDS[" ".join(words[:taken])]
    assert taken > 0
    with click.Context(command, **command.context_settings) as context:
        command.make_parser(context).parse_args(words[taken:])


def test_every_flag_has_a_variable_of_its_own() -> None:
    named: Counter[str] = Counter()
    for name, command in COMMANDS.items():
        for option in command.params:
            if name and isinstance(option, click.Option):
                assert isinstance(option.envvar, str), f"{name} {option.opts}"
                named[option.envvar] += 1
    shared = {"MOCKSERVER_URL", "MOCKSERVER_WORLD", "MOCKSERVER_ADMIN_TOKEN"}
    assert {variable for variable, times in named.items() if times > 1} == shared
    flags = Settings.__dataclass_fields__.keys() - {"documents"}
    assert {environment_of(field) for field in flags} <= named.keys()


def test_a_flag_is_set_by_its_variable() -> None:
    ended = CliRunner(env={"MOCKSERVER_COMPARE_JSON": "1"}).invoke(
        commands, ["compare", "openapi.yaml", "openapi.yaml"]
    )
    assert json.loads(ended.output)["changes"] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("rest", "reset"), ("chek --url x", "check"), ("faults ad", "add"), ("serve --prt 1", "port")],
)
def test_a_slip_is_answered_with_what_was_meant(typed: str, meant: str) -> None:
    ended = CliRunner().invoke(commands, typed.split())
    assert ended.exit_code == 2
    assert re.search(f"[Dd]id you mean .*{meant}", ended.output), ended.output


def test_the_settings_are_told_with_where_they_are_from() -> None:
    runner = CliRunner(env={"MOCKSERVER_ADMIN_TOKEN": "hush", "MOCKSERVER_SEED": "3"})
    now = "2026-02-20T15:00:00Z"
    ended = runner.invoke(commands, ["serve", "--show-config", "--now", now, "-q", "-p", "0"])
    rows = {line.split()[0]: line.split()[1:] for line in ended.output.splitlines()}
    assert rows["--seed"] == ["3", "environment", "MOCKSERVER_SEED"]
    assert rows["--port"] == ["0", "flag", "MOCKSERVER_PORT"]
    assert rows["--now"] == [now, "flag", "MOCKSERVER_NOW"]
    assert rows["--log"] == ["off", "flag", "MOCKSERVER_LOG"]
    assert rows["--journal"] == ["1000", "default", "MOCKSERVER_JOURNAL"]
    assert rows["--admin-token"][0] == "(set)"
    assert "hush" not in ended.output
    flags = Settings.__dataclass_fields__.keys() - {"documents"}
    assert {flag_of(field) for field in flags} | {"DOCUMENTS"} <= rows.keys()


def test_the_settings_are_told_as_json_too() -> None:
    ended = CliRunner().invoke(commands, ["serve", "--show-config", "--json", "-p", "0"])
    told = {row["setting"]: row for row in json.loads(ended.output)}
    assert told["--port"]["value"] == "0"
    assert told["--port"]["from"] == "flag"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_given_its_script(shell: str) -> None:
    ended = CliRunner().invoke(commands, ["completion", shell])
    assert ended.exit_code == 0
    assert f"_MOCKSERVER_COMPLETE={shell}_complete" in ended.output
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=ended.output, text=True, check=True)


def test_commands_and_flags_are_completed() -> None:
    def completed(line: str) -> list[str]:
        asked = {"_MOCKSERVER_COMPLETE": "bash_complete", "COMP_WORDS": line,
                 "COMP_CWORD": str(len(line.split(" ")) - 1)}  # fmt: skip
        ended = CliRunner(env=asked).invoke(commands, prog_name="mockserver")
        return [each.removeprefix("plain,") for each in ended.output.splitlines()]

    assert completed("mockserver co") == ["compare", "coverage", "completion"]
    assert completed("mockserver clock fr") == ["freeze"]
    assert completed("mockserver serve --rate") == ["--rate-limit"]


def test_help_does_not_wait_for_the_server_to_be_imported() -> None:
    asked = "import sys; from mockserver.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", asked, "serve", "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = set(ended.stdout.splitlines()[-1].split())
    assert imported.isdisjoint({"connexion", "starlette", "uvicorn", "faker", "httpx"})


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def shown() -> None:
        click.echo(table(["no.", "status"], [[1, 404]], "", {"status": status_colour}))

    monkeypatch.setattr(commands, "get_command", lambda *_: shown)
    call = ["reset"]
    assert CliRunner().invoke(commands, call).output == "no.  status\n  1     404\n"
    assert "\x1b[33m   404\x1b[0m" in CliRunner().invoke(commands, call, color=True).output
    plain = CliRunner(env={"NO_COLOR": "1"}).invoke(commands, call, color=True)
    assert plain.output == "no.  status\n  1     404\n"
