"""What the tests of the page do with it, in the words of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

pytest.importorskip(
    "playwright.sync_api", reason="Playwright is not installed: pip install -e .[dev]"
)

from playwright.sync_api import Browser, Locator, Page, Route, expect

expect.set_options(timeout=20_000)  # a machine may be busy with other tests

__all__ = ["Browser", "Inspected", "Locator", "Page", "Route", "expect"]

SAMPLE = "bk_01HQ3K5M7N8P9R"


@dataclass(frozen=True, slots=True)
class Inspected:
    """A page that shows one world, and a client whose calls concern that world."""

    page: Page
    client: httpx.Client
    url: str
    world: str

    def open(self, view: str = "exchanges", query: str = "") -> Page:
        """The page with a view of the world, listening."""
        more = f"&{query}" if query else ""
        self.page.goto(f"{self.url}/__admin/ui#{view}?world={self.world}{more}")
        expect(self.page.locator("#live")).to_have_text("live")
        expect(self.page.locator("#world")).to_have_value(self.world)
        expect(self.page.locator(f"main .{view}")).to_be_visible()
        return self.page

    def admin(self, path: str) -> Any:
        """What the admin API says of the world now."""
        return self.client.get(f"/__admin{path}").raise_for_status().json()

    @property
    def lines(self) -> Locator:
        """The rows of the list that is shown."""
        return self.page.get_by_role("option").and_(self.page.locator(".list-row"))

    @property
    def detail(self) -> Locator:
        """What lies open beside the list."""
        return self.page.locator("aside.detail")

    def cancel(self) -> None:
        """Cancel the sample booking."""
        self.client.post(f"/v1/bookings/{SAMPLE}/cancel", json={"notify_customer": True})
