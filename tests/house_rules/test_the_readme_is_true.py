"""What the README says exists, and what it shows works."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mockserver.cli.commands import commands
from mockserver.settings import Settings, environment_of, flag_of
from tests.client import LEADS, MERCHANT, OTESSE, Client

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_it_is_short_and_begins_with_the_two_commands() -> None:
    assert len(README.splitlines()) <= 200
    commands_shown = re.findall(r"^make \w+", README, re.MULTILINE)
    assert commands_shown[:2] == ["make serve", "make test"]


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"make (\w+)", README):
        assert f"\n{target}:" in makefile, target


def _flags(command: click.Command) -> set[str]:
    """Every flag of a command and of its subcommands."""
    own = {f for p in command.params for f in (*p.opts, *p.secondary_opts)}
    if isinstance(command, click.Group):
        context = click.Context(command)
        subcommands = [command.get_command(context, n) for n in command.list_commands(context)]
        own.update(*(_flags(each) for each in subcommands if each is not None))
    return own


def test_every_flag_it_shows_is_one_of_a_command() -> None:
    known = _flags(commands) | {"--help", "--base-url", "--url"}
    assert set(re.findall(r"(?<=[\s`])--[a-z][a-z-]*", README)) <= known


def test_the_help_of_serve_teaches_every_setting_with_its_variable() -> None:
    text = CliRunner().invoke(commands, ["serve", "--help"]).output
    for field in fields(Settings):
        assert flag_of(field.name) in text or field.name == "documents"
        assert environment_of(field.name) in text
    assert "Examples:" in text


def test_every_command_it_shows_is_one_that_there_is() -> None:
    shown = re.findall(r"(?m)(?:^|run: |`)(?:\.venv/bin/)?mockserver ([^`\n]*?)(?: +#|`|$)", README)
    assert len(shown) > 15
    for line in shown:
        command: click.Command = commands
        words = shlex.split(line)
        while words and isinstance(command, click.Group):
            found = command.get_command(click.Context(command), words[0])
            assert found is not None, line
            command, words = found, words[1:]
        with click.Context(command, **command.context_settings) as context:
            command.make_parser(context).parse_args(words)


def _shown_calls() -> list[tuple[str, str]]:
    table = [line for line in README.splitlines() if line.startswith("| ") and "`GET /" in line]
    pasted = re.findall(r'curl .*\\\n\s+"http://127\.0\.0\.1:4010(/[^"]+)"', README)
    calls = [found for line in table for found in re.findall(r"`GET (/[^`]+)`", line)]
    return [(path, "GET") for path in [*pasted, *calls]]


@pytest.mark.parametrize(("path", "method"), _shown_calls())
def test_every_call_it_shows_answers_with_something(client: Client, path: str, method: str) -> None:
    auth = OTESSE if path.startswith("/v1") else MERCHANT if path.startswith("/api") else LEADS
    answer = client.request(method, path, headers=auth)
    assert answer.status_code == 200
    assert len(answer.content) > 100
