"""The five-minute paths: every line of them runs, with the exit code and the output they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Terminal, expected_exit, lines, page

PATHS = ("docs/run.md", "docs/ci.md")
PAGES = sorted(str(each.relative_to(ROOT)) for each in (ROOT / "docs").glob("*.md"))

LOGGED = re.compile(r"#\d+ [A-Z]+ /\S* \w+ \d{3} \d+\.\d ms \w+")  # what a server tells on stderr


@pytest.mark.parametrize("name", PATHS)
def test_every_line_does_what_the_page_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOCKSERVER_CHECK_WORKERS", "1")
    terminal = Terminal()
    try:
        for line in lines(page(name)):
            if line.kind == "console":
                assert terminal.run(line.text) == expected_exit(line.text), terminal.output
            elif not LOGGED.fullmatch(line.text):
                assert line.text in terminal.output
    finally:
        terminal.close()


@pytest.mark.parametrize("name", PATHS)
def test_a_path_has_something_to_run(name: str) -> None:
    assert len([line for line in lines(page(name)) if line.kind == "console"]) >= 8


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!http|#)([^)#]+)(?:#[^)]*)?\)", page(name)):
        assert (ROOT / "docs" / target).exists(), target
