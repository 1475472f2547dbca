"""The page is read at any width, in light and dark, by any means, and needs no mouse."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest

from tests.inspector.browser.looking import SAMPLE, Inspected, Page, expect

pytestmark = pytest.mark.xdist_group("inspector")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
SIZES: dict[str, Any] = {
    "narrow": {"width": 390, "height": 844},
    "wide": {"width": 1440, "height": 900},
}
VIEWS = {
    "exchanges": "number=3", "state": f"collection=bookings&id={SAMPLE}", "worlds": "",
    "faults": "", "coverage": "", "outbox": "",
}  # fmt: skip


def busy(inspected: Inspected) -> None:
    """Something of everything that the page can show."""
    inspected.client.get("/v1/customers?search=john")
    inspected.client.delete("/v1/nothing")
    inspected.client.post("/v1/customers", json={"first_name": 7})
    inspected.client.post("/__admin/faults", json={"preset": "flaky"})
    inspected.client.post("/__admin/snapshots/before")


def settled(page: Page) -> None:
    """Wait until what was asked for is there."""
    page.wait_for_load_state("networkidle")


def wrong_for_some(page: Page) -> list[str]:
    """What axe calls serious or critical."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text())
    found: Any = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{each['id']}: {node['html']} {node['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize(("size", "scheme"), [("narrow", "dark"), ("wide", "light")])
def test_axe_finds_nothing_serious_in_any_view(
    inspected: Inspected, size: str, scheme: Any
) -> None:
    pytest.importorskip("axe_playwright_python", reason="pip install axe-playwright-python")
    page = inspected.page
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme=scheme)
    busy(inspected)
    inspected.open()
    found = {view: wrong_for_some(seen(inspected, view, query)) for view, query in VIEWS.items()}
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(SIZES["wide"])
    assert {view: faults for view, faults in found.items() if faults} == {}


def seen(inspected: Inspected, view: str, query: str) -> Page:
    """A view with something in it."""
    page = inspected.open(view, query)
    expect(page.locator("#views [aria-current]")).to_have_text(view.capitalize())
    what = {"exchanges": ".judged", "state": "pre.json", "worlds": ".card", "faults": ".rows li",
            "coverage": ".heat-line", "outbox": ".list-row"}[view]  # fmt: skip
    expect(page.locator(what).first).to_be_visible()
    return page


def test_nothing_is_wider_than_a_telephone(inspected: Inspected) -> None:
    page = inspected.page
    page.set_viewport_size(SIZES["narrow"])
    busy(inspected)
    inspected.open()
    wide = {
        view: seen(inspected, view, query).evaluate("document.documentElement.scrollWidth")
        for view, query in VIEWS.items()
    }
    page.set_viewport_size(SIZES["wide"])
    assert {view: width for view, width in wide.items() if width > 390} == {}


def test_an_exchange_is_found_opened_and_closed_by_keys_alone(inspected: Inspected) -> None:
    for number in range(3):
        inspected.client.get(f"/v1/customers?page={number + 1}")
    page = inspected.open()
    expect(inspected.lines).to_have_count(3)
    page.locator("main").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(page.locator(".list")).to_have_attribute(
        "aria-activedescendant", inspected.lines.nth(1).get_attribute("id") or ""
    )
    page.keyboard.press("Enter")
    expect(inspected.detail.locator(".facts")).to_contain_text("#2 ·")
    expect(inspected.lines.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(inspected.detail).to_be_hidden()


def test_views_search_and_help_have_keys(inspected: Inspected) -> None:
    page = inspected.open()
    page.locator("main").focus()
    for number, view in enumerate(VIEWS, 1):
        page.keyboard.press(str(number))
        expect(page.locator("#views [aria-current]")).to_have_text(view.capitalize())
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Move in a list")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("w")
    expect(page.locator("#world")).to_be_focused()
