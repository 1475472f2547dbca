"""A server, a browser that all these tests share, and a page that looks at a world of its own."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from mockserver.background import background_server
from mockserver.settings import Settings
from tests.client import OTESSE
from tests.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.inspector.browser.looking import Inspected

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="package")
def url() -> Iterator[str]:
    """The address of a running server."""
    with background_server(Settings(now=NOW, journal=20_000)) as address:
        yield address


# Of the package, not of the session: while it lives, no other event loop can run in this thread.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not everybody has it

    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM)
        yield started
        started.close()


@pytest.fixture(scope="package")
def shared(browser: Browser) -> tuple[Page, list[str]]:
    """One page for all tests, loaded once and led to a world of its own by each, and its faults."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    broken: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.on("console", lambda said: broken.append(said.text) if _is_fault(said) else None)
    opened.set_default_timeout(20_000)
    return opened, broken


@pytest.fixture
def page(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page; whatever broke in it breaks the test."""
    opened, broken = shared
    broken.clear()
    yield opened
    opened.evaluate("for (const each of document.querySelectorAll('dialog')) each.close()")
    opened.evaluate("document.getElementById('toasts')?.replaceChildren()")
    assert broken == []


def _is_fault(said: object) -> bool:
    """A refusal that is told to the person is an error to the console alone."""
    kind, text = getattr(said, "type", ""), getattr(said, "text", "")
    return kind == "error" and "Failed to load resource" not in text


@pytest.fixture
def inspected(page: Page, url: str, request: pytest.FixtureRequest) -> Iterator[Inspected]:
    """The inspector, and a client of the world it looks at."""
    world = f"w{zlib.crc32(request.node.name.encode())}"
    from tests.inspector.browser.looking import Inspected  # noqa: PLC0415 - it needs Playwright

    headers = {**OTESSE, "X-Mock-World": world}
    with httpx.Client(base_url=url, headers=headers, timeout=20) as client:
        client.get("/__admin/clock")  # the world is there from now on
        yield Inspected(page, client, url, world)
        client.delete(f"/__admin/worlds/{world}")
