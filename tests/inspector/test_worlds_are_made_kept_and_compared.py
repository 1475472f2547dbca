"""Worlds are made, started over and deleted; snapshots taken, compared and put back."""

from __future__ import annotations

import pytest

from tests.inspector.looking import SAMPLE, Inspected, expect

pytestmark = pytest.mark.xdist_group("inspector")


def status(inspected: Inspected) -> str:
    return str(inspected.client.get(f"/v1/bookings/{SAMPLE}").json()["status"])


def test_a_world_is_made_from_another_seed_and_deleted(inspected: Inspected) -> None:
    page = inspected.open("worlds")
    form = page.locator("form", has=page.get_by_role("button", name="Make"))
    form.get_by_label("Name").fill("made-by-hand")
    form.get_by_label("Scenario").select_option("empty")
    form.get_by_label("Seed").fill("7")
    form.get_by_role("button", name="Make").click()
    expect(page.locator("#world")).to_have_value("made-by-hand")
    card = page.locator(".card", has_text="made-by-hand")
    expect(card).to_contain_text("empty · seed 7 · ")
    card.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(card).to_have_count(0)
    expect(page.locator("#world")).to_have_value("default")
    assert inspected.client.get("/__admin/worlds/made-by-hand").status_code == 404


def test_a_world_starts_over_only_when_it_is_confirmed(inspected: Inspected) -> None:
    inspected.cancel()
    page = inspected.open("worlds")
    reset = page.get_by_role("button", name=f"Reset {inspected.world}")
    reset.click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert status(inspected) == "cancelled"
    reset.click()
    page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    expect(page.locator("#toasts")).to_contain_text("as it was grown")
    assert status(inspected) == "confirmed"


def test_a_snapshot_is_taken_compared_and_restored(inspected: Inspected) -> None:
    page = inspected.open("worlds")
    form = page.locator("form", has=page.get_by_role("button", name="Take a snapshot"))
    form.get_by_label("Name").fill("before")
    form.get_by_role("button").click()
    expect(page.locator(".rows")).to_contain_text("before")
    inspected.cancel()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".patch")).to_contain_text("status cancelled")
    page.get_by_role("button", name="Restore before").click()
    page.get_by_role("dialog").get_by_role("button", name="Restore it").click()
    expect(page.locator("#toasts")).to_contain_text("as it was at before")
    assert status(inspected) == "confirmed"
    page.get_by_role("button", name="Delete before").click()
    expect(page.locator(".rows")).to_contain_text("None yet")
