from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from contract_tests.report import summary
from contract_tests.report.json_report import json_report
from contract_tests.report.junit import junit
from contract_tests.report.markdown import markdown
from contract_tests.report.page import page
from contract_tests.results import RunResult
from tests.report.runs import clean, exchange, finding, hostile, item
from tests.report.test_the_page_tells_a_stranger_what_was_found import Reader

TEXTS = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>",
    "--></style></pre></code></details><h1>owned</h1>",
    "a\x00b\x1b[31mc\x07\x9b31m\r\nd\u2028e\u202ef\ufffe",
    "]]><failure/>&lt;&#0;",
    "```\n````\n| a | b |\n</details>\n# big\n@everyone #1 ![x](http://evil.example/x.png)",
    "lone \ud800 surrogate",
    "${jndi:x} `id` $(id) \\ ' \"",
)
hostile_texts = pytest.mark.parametrize("text", TEXTS)


@hostile_texts
def test_html_has_the_elements_that_it_has_for_a_harmless_text(text: str) -> None:
    assert _structure(hostile(text)) == _structure(hostile("harmless text"))


def _structure(run: RunResult) -> list[tuple[str, list[str]]]:
    """Elements with their attributes; spans are lines of differences, and long ones are folded."""
    return [
        (tag, sorted(name for name in attributes if name != "open"))
        for tag, attributes in Reader(page(run)).elements
        if tag != "span"
    ]


@hostile_texts
def test_junit_is_xml_without_foreign_elements(text: str) -> None:
    root = ElementTree.fromstring(junit(hostile(text)))
    assert len(root.findall(".//failure")) == 1
    assert {each.tag for each in root.iter()} <= {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "error",
        "skipped", "system-out",
    }  # fmt: skip


@hostile_texts
def test_json_is_json_for_strict_readers(text: str) -> None:
    report = json_report(hostile(text)).encode()
    assert json.loads(report)["findings"][0]["seed"] == 7


@hostile_texts
def test_markdown_keeps_hostile_text_within_fences_and_escapes(text: str) -> None:
    lines = _outside_fences(markdown(hostile(text)))
    assert sum(line.startswith("<details>") for line in lines) == 1
    assert sum(line.startswith("</details>") for line in lines) == 1
    prose = "\n".join(lines)
    assert not re.search(r"(?<!\\)<(?!/?(details|summary|code|b)>)", prose)
    assert not re.search(r"(?<!\\)!\[", prose)
    assert not re.search(r"@\w", prose)
    rows = [line for line in lines if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}


def _outside_fences(text: str) -> list[str]:
    """The lines that GitHub reads as markup."""
    lines: list[str] = []
    fence = ""
    for line in text.splitlines():
        opened = re.match(r"`{3,}", line)
        if not fence and opened:
            fence = opened[0]
        elif fence and line.strip() == fence:
            fence = ""
        elif not fence:
            lines.append(line)
    assert not fence
    return lines


@hostile_texts
def test_a_terminal_gets_no_control_character(text: str) -> None:
    shown = summary(hostile(text))
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028]", shown) is None
    shown.encode()


def test_a_body_of_a_megabyte_is_cut_with_a_note() -> None:
    big = exchange("GET", "/v1/customers", 200, b"<b>" + b"x" * 1_000_000)
    found = finding(exchanges=(big, big), got="y" * 1_000_000, reference=())
    run = replace(clean(), items=(item(found),))
    text = page(run)
    assert "cut here: 16,000 of 1,000,003 characters are shown" in text
    assert len(text) < 200_000
    assert len(junit(run)) < 50_000
    assert len(summary(run)) < 10_000


def test_json_nested_without_end_is_told_and_not_followed() -> None:
    deep = b"[" * 100_000
    found = finding(
        expected=[], got=_nested(900), exchanges=(exchange("GET", "/", 200, deep),), reference=()
    )
    run = replace(clean(), items=(item(found),))
    assert "(nested too deeply)" in page(run)
    json.loads(json_report(run))


def _nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value
