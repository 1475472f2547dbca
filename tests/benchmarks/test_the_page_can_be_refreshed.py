"""The tables of docs/performance.md, and the commands that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from benchmarks.__main__ import benchmarks
from benchmarks.checking import Facts
from benchmarks.contenders import CONTENDERS
from benchmarks.operations import OPERATIONS
from benchmarks.page import BEGIN, END, markdown, put_between_marks, write_page
from benchmarks.results import Entry, Results, Sample
from benchmarks.soak import main as soak

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"


def results() -> Results:
    found = Results("wrk", 2, 1, ("get one",), machine="2026-11-22, one machine")
    facts = Facts("", "yes", "no", "no", 3)
    found.entries = [
        Entry("bare", "bare uvicorn", "1.0", start_s=[0.1], start_cpu_s=[0.1]),
        Entry(
            *("other", "Another", "2.0"),
            facts=facts,
            start_s=[0.5, 0.3, 0.4],
            start_cpu_s=[0.1],
            idle_mib=20,
        ),
        Entry("third", "A third", missing="not installed: get it"),
    ]
    for number, cpu in enumerate((100.0, 300.0)):
        found.samples.append(Sample("bare", "get one", number, 9000, 50, 1.2, 3.4, 0))
        found.samples.append(Sample("other", "get one", number, 900, cpu, 12, 34, number))
    return found


def test_a_line_tells_what_was_seen_and_what_it_took() -> None:
    text = markdown(results())
    assert "| Another | 2.0 | yes | no | no | 0.40 (0.35–0.45) | 0.10 | 20 | 0 |" in text
    assert "| Another | 4.0 (3.0–5.0) ! |" in text
    assert "| Another | 200 |" in text
    assert "| Another | 12.00 / 34.0 |" in text


def test_what_is_missing_or_wrong_is_said_below() -> None:
    text = markdown(results())
    assert "- A third: was skipped, not installed: get it." in text
    assert "- Another: checks nothing" in text
    assert "- Another: its list has 3 rows instead of 25." in text
    assert "- Another: ! 1 requests of `get one` were not answered as they should be." in text


def test_only_what_stands_between_the_marks_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n\n{BEGIN}\nold\n{END}\n\nafter\n")
    write_page(page, results())
    text = page.read_text()
    assert text.startswith(f"before\n\n{BEGIN}\n\n2026-11-22, one machine.\nRequests by wrk")
    assert text.endswith(f"\n\n{END}\n\nafter\n")
    assert "old" not in text


def test_a_page_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="needs two lines"):
        put_between_marks("a page", "tables")


def test_the_documented_page_has_the_marks_and_names_every_operation() -> None:
    page = PAGE.read_text()
    assert put_between_marks(page, "tables").count("tables") >= 1
    assert [each for each in OPERATIONS if f"| {each.name} |" not in page] == []


def test_the_commands_it_shows_exist() -> None:
    shown = re.findall(r"^python -m (benchmarks\S*)(.*)", PAGE.read_text(), re.MULTILINE)
    assert {module for module, _ in shown} == {"benchmarks", "benchmarks.soak"}
    for module, words in shown:
        arguments = words.partition("#")[0].split()
        command: click.Command = soak
        if module == "benchmarks":
            command = benchmarks.commands[arguments.pop(0)]
        context = command.make_context(module, arguments)
        keys = context.params.get("only") or "bare"
        assert set(keys.split(",")) <= {each.key for each in CONTENDERS}
