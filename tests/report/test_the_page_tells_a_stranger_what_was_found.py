from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from contract_tests.report import FILES, ReportError, write_reports
from contract_tests.report.page import page
from tests.report.runs import clean, exchange, faulty, finding, item

VOID = {"meta", "link", "wbr", "br", "img", "input"}


class Reader(HTMLParser):
    """Keeps the elements, the text and whether every element is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_first_screen_has_verdict_facts_packs_and_gaps_before_any_finding() -> None:
    text = Reader(page(faulty())).text
    order = [
        "6 faults found",
        "http://127.0.0.1:4010",
        "Home services",
        "standard",
        "2026-02-20T15:00:00Z",
        "1 min 23 s, 1,785 requests",
        "Packs by severity",
        "Not reached, and why",
        "none could be made",
        "Operations by status",
        "Only the members that are sent",
    ]
    place = text.index("Contract test report")
    for words in order:
        place = text.find(words, place)
        assert place >= 0, words


def test_a_finding_shows_rule_values_difference_chain_and_how_to_see_it_again() -> None:
    text = Reader(
        page(replace(clean(), items=(item(finding(reproduction="def test(): ...")),)))
    ).text
    for words in (
        "Only the members that are sent are changed",
        "openapi.yaml, PATCH /v1/customers/{id}, description",
        '-   "phone": "+15550100"',
        '+   "phone": null',
        "…   2 members the same",
        """curl -i -X PATCH -H "Authorization: Bearer $BEARER_VALID\"""",
        "Set BEARER_VALID first",
        "Answer: 200 OK · application/json",
        "--packs lifecycle --only updateCustomer --seed 7",
        "def test(): ...",
        finding().fingerprint,
    ):
        assert words in text, words


def test_the_last_answer_is_compared_with_that_of_the_reference() -> None:
    other = exchange("PATCH", "/v1/customers/cust_01", 409, {"error": "conflict"})
    found = finding(reference=(finding().exchanges[0], other))
    text = Reader(page(replace(clean(), items=(item(found),)))).text
    assert '-   "status": 409' in text
    assert '+   "status": 200' in text
    assert "The reference answers: 409 Conflict" in text


def test_the_map_says_in_words_what_it_says_in_colours() -> None:
    text = Reader(page(faulty())).text
    assert "declared, not seen" in text
    assert re.search(
        r"GET /leads/v1/customers/search: seen .*; seen but not declared 500 \(1\)", text
    )
    assert "declared but not seen 403, 412, 429" in text


def test_the_page_asks_for_nothing_and_its_own_policy_lets_nothing_in() -> None:
    text = page(faulty())
    read = Reader(text)
    addresses = [a[n] for _, a in read.elements for n in ("src", "href", "action") if n in a]
    assert all(str(each).startswith(("#", "data:")) for each in addresses)
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text
    assert not any("style" in a or any(n.startswith("on") for n in a) for _, a in read.elements)


def test_every_link_within_the_page_leads_somewhere() -> None:
    read = Reader(page(faulty()))
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {str(a["href"])[1:] for tag, a in read.elements if tag == "a"}
    assert links <= set(ids)


def test_a_clean_run_says_so_and_offers_no_filter() -> None:
    text = page(clean())
    assert "No fault was found." in text
    assert 'class="filters"' not in text


def test_each_kind_is_written_to_its_file(tmp_path: Path) -> None:
    written = write_reports(faulty(), FILES, tmp_path / "new" / "directory")
    assert [path.name for path in written] == [
        "report.html",
        "junit.xml",
        "report.json",
        "report.md",
    ]
    assert all(path.stat().st_size for path in written)


def test_a_kind_that_is_unknown_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="--report 'pdf' is unknown; choose from html, junit"):
        write_reports(clean(), ["html", "pdf"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match=r"report\.html cannot be written: .* --report-dir"):
        write_reports(clean(), ["html"], tmp_path / "file")
