"""A server with an admin token is looked at by whoever knows it, for as long as the tab is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mockserver.background import background_server
from mockserver.settings import Settings
from tests.conftest import NOW
from tests.inspector.browser.looking import Browser, expect

pytestmark = pytest.mark.xdist_group("inspector")


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    with background_server(Settings(now=NOW, scenario="empty", admin_token="open sesame")) as url:
        yield url


def test_it_is_asked_for_until_it_is_right_and_kept_for_the_tab(
    browser: Browser, guarded: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{guarded}/~alice/__admin/ui")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Token").fill("guess")
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog).to_contain_text("That token was not accepted")
    dialog.get_by_label("Token").fill("open sesame")
    dialog.get_by_label("Token").press("Enter")
    expect(page.locator("#live")).to_have_text("live")
    expect(page.locator("#world")).to_have_value("alice")
    page.reload()
    expect(page.locator("#live")).to_have_text("live")
    expect(dialog).to_have_count(0)
    assert page.evaluate("[localStorage.length, document.cookie, location.search]") == [0, "", ""]
    context.close()
