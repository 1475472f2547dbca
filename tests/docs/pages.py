"""Pages of documentation as what one would type: their lines run in order, in one folder."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click
import httpx
from click.testing import CliRunner

from mockserver.background import background_server
from mockserver.cli.commands import commands
from mockserver.settings import Settings
from tests.clients.test_the_admin_page_is_true import read

ROOT = Path(__file__).parents[2]
_HERE = "http://127.0.0.1:4010"
_BLOCK = re.compile(r"^```(console|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"  # exit code (\d)$")


@dataclass(frozen=True, slots=True)
class Line:
    """A command of a page, or, of a block of text, what must stand in the output before it."""

    kind: str
    text: str


def page(name: str) -> str:
    """What a page says."""
    return (ROOT / name).read_text()


def lines(text: str) -> Iterator[Line]:
    """The lines of the blocks that are run or compared; continued ones are joined."""
    for kind, block in _BLOCK.findall(text):
        for line in block.replace("\\\n", "").splitlines():
            yield Line(kind, line)


class Terminal:
    """Runs the lines of one page; `mockserver serve` starts a server that the others reach."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._url = _HERE
        self.output = ""

    def close(self) -> None:
        """Stop the server."""
        self._stack.close()

    def run(self, line: str) -> int:
        """Run a line; its exit code."""
        text = _EXIT.sub("", line)
        if text.startswith("mockserver serve") and "--show-config" not in text:
            return self._serve(shlex.split(text)[2:])
        text = text.replace(_HERE, self._url)
        if text.startswith("mockserver "):
            return self._command(shlex.split(text)[1:])
        if text.startswith("curl "):
            return self._curl(text)
        ended = subprocess.run(["bash", "-c", text], capture_output=True, text=True, check=False)
        self.output = ended.stdout + ended.stderr
        return ended.returncode

    def _serve(self, arguments: list[str]) -> int:
        command = commands.get_command(click.Context(commands), "serve")
        assert command is not None
        given = command.make_context("serve", arguments).params
        chosen = {name: given[name] for name in Settings.__dataclass_fields__}
        self._url = self._stack.enter_context(background_server(Settings(**chosen)))
        return 0

    def _command(self, arguments: list[str]) -> int:
        ended = CliRunner(env={"MOCKSERVER_URL": self._url}).invoke(commands, arguments)
        self.output = ended.output
        return ended.exit_code

    def _curl(self, text: str) -> int:
        text, _, path = re.sub(r" -o (\S+)(.*)", r"\2\0\1", text.replace(" -s", "")).partition("\0")
        method, url, headers, body = read(text)
        answer = httpx.request(method, url, headers=headers, content=body)
        self.output = answer.text
        if path:
            Path(path).write_text(answer.text)
        return 0 if answer.status_code < 400 else 22


def expected_exit(line: str) -> int:
    """The exit code that the page says, 0 where it says none."""
    said = _EXIT.search(line)
    return int(said[1]) if said else 0
