"""The example frontend in Chromium: against the server, and against the exported world."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from mockserver.background import background_server
from mockserver.export.recipe import Recipe
from mockserver.export.records import KEY
from tests.export.conftest import FRONTEND, Tools, environment

_COLUMN = "section[data-status={}]"
_SHOWN_MS = 10_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no chromium: apt-get install chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def built(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board as it would be deployed."""
    folder = tmp_path_factory.mktemp("board")
    ran = tools.run("vite", "build", "--outDir", str(folder), "--logLevel", "warn")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture
def server() -> Iterator[str]:
    """A server of the exported world."""
    with background_server(Recipe().settings) as address:
        yield address


@pytest.fixture
def board(tools: Tools, built: Path, server: str) -> Iterator[str]:
    """The address of the board, which calls the server under its own address."""
    command = tools.command("vite", "preview", "--port", "0", "--outDir", str(built))
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1"],
        cwd=FRONTEND,
        env=environment({"MOCKSERVER_URL": server}),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        told = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stdout)
        yield next(found[0] for found in told if found)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        process.stdout.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of its own, service workers included; what it logs as an error fails the test."""
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(_SHOWN_MS)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        assert errors == []


def _open(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(_COLUMN.format("cancelled"))


def _count(page: Any, status: str) -> int:
    return int(page.locator(f"{_COLUMN.format(status)} .count").inner_text())


def _book(page: Any, customer: str) -> None:
    page.get_by_role("button", name="New booking").click()
    page.get_by_label("Customer").select_option(label=customer)
    page.get_by_label("When (UTC)").fill("2027-03-01T09:30")
    page.get_by_role("button", name="Book", exact=True).click()


def test_a_booking_is_made_and_cancelled_on_the_server(board: str, server: str, page: Any) -> None:
    _open(page, board)
    confirmed, cancelled = _count(page, "confirmed"), _count(page, "cancelled")
    _book(page, "John Smith")
    page.get_by_text("John Smith is booked.").wait_for()
    card = page.locator(_COLUMN.format("confirmed")).locator(".card", has_text="Mar 1, 9:30")
    card.wait_for()
    assert _count(page, "confirmed") == confirmed + 1
    made = card.get_attribute("data-id")
    card.get_by_role("button", name="Cancel the booking of John Smith").click()
    card.get_by_role("button", name="Yes, cancel it").click()
    page.get_by_text("The booking of John Smith is cancelled.").wait_for()
    page.locator(f"{_COLUMN.format('cancelled')} [data-id={made}]").wait_for()
    assert (_count(page, "confirmed"), _count(page, "cancelled")) == (confirmed, cancelled + 1)
    kept = httpx.get(f"{server}/v1/bookings/{made}", headers=KEY).json()
    assert kept["status"] == "cancelled"
    assert kept["cancellation"]["reason"] == "Cancelled on the board."


def test_the_exported_world_looks_as_the_server_does_to_the_letter(board: str, page: Any) -> None:
    _open(page, board)
    live = page.locator("main").inner_html()
    answers: list[bool] = []
    page.on(
        "response",
        lambda found: answers.append(found.from_service_worker) if "/v1/" in found.url else None,
    )
    _open(page, f"{board}/?mock")
    assert page.locator("main").inner_html() == live
    assert len(answers) >= 4
    assert all(answers)


def test_the_exported_world_refuses_writes_and_says_what_would_take_them(
    board: str, page: Any
) -> None:
    _open(page, f"{board}/?mock")
    confirmed = _count(page, "confirmed")
    _book(page, "John Smith")
    page.get_by_role("dialog").get_by_text("these handlers only read").wait_for()
    page.get_by_role("button", name="Not now").click()
    card = page.locator(f"{_COLUMN.format('confirmed')} .card").first
    card.get_by_role("button").click()
    card.get_by_role("button", name="Yes, cancel it").click()
    page.get_by_text("mockserver serve --scenario showroom").wait_for()
    assert _count(page, "confirmed") == confirmed


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_runs_over_the_edge(board: str, page: Any, width: int, colours: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    _open(page, f"{board}/?mock")
    page.get_by_role("button", name="New booking").click()
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.get_by_role("button", name="Not now").click()
        page.screenshot(path=f"{folder}/board-{width}-{colours}.png")
