"""However long the journal, the page holds only what it shows, and stays under a reader."""

from __future__ import annotations

import socket
from typing import BinaryIO
from urllib.parse import urlsplit

import pytest

from tests.client import OTESSE
from tests.inspector.browser.looking import Inspected, Locator, Page, expect

pytestmark = pytest.mark.xdist_group("inspector")
MANY = 10_000
ROW = 40


def sent_at_once(inspected: Inspected, many: int) -> None:
    """So many requests on one connection, one behind the other (RFC 9112, 9.3.2)."""
    where = urlsplit(inspected.url)
    head = "GET /v1/customers/cust_NOBODY HTTP/1.1\r\nHost: localhost\r\n"
    head += f"Authorization: {OTESSE['Authorization']}\r\nX-Mock-World: {inspected.world}\r\n"
    batch = 100
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=20) as peer:
        answers = peer.makefile("rb")
        for _ in range(many // batch):
            peer.sendall(f"{head}\r\n".encode() * batch)
            for _ in range(batch):
                _read_answer(answers)


def _read_answer(answers: BinaryIO) -> None:
    length = 0
    while (line := answers.readline()) != b"\r\n":
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    answers.read(length)


def number_of(line: Locator) -> Locator:
    return line.locator(".exchange-line > span").first


def rows_in_page(page: Page) -> int:
    return int(page.evaluate("document.querySelectorAll('.list-row').length"))


def scrolled_to(page: Page, row: int) -> None:
    page.evaluate("top => { document.querySelector('.list').scrollTop = top }", row * ROW)


def test_only_what_is_shown_is_held_wherever_one_is(inspected: Inspected) -> None:
    sent_at_once(inspected, MANY)
    page = inspected.open()
    expect(page.locator(".total b")).to_have_text("10,000")
    elements = page.evaluate("document.querySelectorAll('*').length")
    for row in (0, 2500, 5000, 9000):
        scrolled_to(page, row)
        expect(inspected.lines.filter(has_text=f"{MANY - row}").first).to_be_visible()
        assert rows_in_page(page) <= 40
        assert page.evaluate("document.querySelectorAll('*').length") <= elements + 100
    page.locator(".list").focus()
    page.keyboard.press("End")
    expect(number_of(inspected.lines.last)).to_have_text("1")
    expect(inspected.lines.last).to_have_attribute("aria-posinset", str(MANY))


def test_what_one_reads_stays_in_place_while_more_comes_in(inspected: Inspected) -> None:
    sent_at_once(inspected, 300)
    page = inspected.open()
    expect(page.locator(".total b")).to_have_text("300")
    scrolled_to(page, 100)
    expect(inspected.lines.filter(has_text="200").first).to_be_visible()
    top = page.evaluate("document.querySelector('.list').scrollTop")
    sent_at_once(inspected, 200)
    newer = page.get_by_role("button", name="new")
    expect(newer).to_have_text("↑ 200 new")
    assert page.evaluate("document.querySelector('.list').scrollTop") == top
    expect(inspected.lines.filter(has_text="200").first).to_be_visible()
    newer.click()
    expect(number_of(inspected.lines.first)).to_have_text("500")
    expect(newer).to_be_hidden()
