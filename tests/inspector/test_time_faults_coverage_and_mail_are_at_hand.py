"""One click moves time or makes an operation fail; one look tells what was used, and sent."""

from __future__ import annotations

import pytest

from tests.inspector.looking import SAMPLE, Inspected, expect

pytestmark = pytest.mark.xdist_group("inspector")


def test_the_clock_is_moved_run_and_frozen(inspected: Inspected) -> None:
    page = inspected.open()
    clock = page.get_by_role("group", name="Clock of this world")
    expect(clock).to_contain_text("2026-02-20 15:00:00")
    expect(clock).to_contain_text("frozen")
    clock.get_by_role("button", name="+1 h").click()
    expect(clock).to_contain_text("2026-02-20 16:00:00")
    clock.get_by_role("button", name="+1 day").click()
    expect(clock).to_contain_text("2026-02-21 16:00:00")
    expect(page.locator("#toasts")).to_contain_text("became due and happened")
    clock.get_by_role("button", name="Run").click()
    expect(clock).to_contain_text("running")
    clock.get_by_role("button", name="Freeze").click()
    expect(clock).to_contain_text("frozen")
    assert inspected.admin("/clock")["running"] is False


def test_the_clock_is_set_to_an_instant(inspected: Inspected) -> None:
    page = inspected.open()
    page.get_by_title("Set the time").click()
    field = page.get_by_role("dialog").get_by_label("Time")
    field.fill("someday")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator(".toast.failed")).to_have_count(1)
    field.fill("2026-03-01T08:00:00Z")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator("#clock")).to_contain_text("2026-03-01 08:00:00")


def test_a_preset_is_switched_on_and_off_with_one_click(inspected: Inspected) -> None:
    page = inspected.open("faults")
    switch = page.get_by_role("switch", name="down for listBookings")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    assert inspected.client.get("/v1/bookings").status_code == 503
    assert inspected.client.get("/v1/customers").status_code == 200
    expect(page.locator(".rows")).to_contain_text("met 1, fired 1")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    assert inspected.client.get("/v1/bookings").status_code == 200


def test_every_fault_is_switched_off_at_once(inspected: Inspected) -> None:
    page = inspected.open("faults")
    page.get_by_role("switch", name="flaky for every operation").click()
    expect(page.locator(".rows li")).to_have_count(3)
    page.get_by_role("button", name="Switch all off").click()
    expect(page.locator(".rows")).to_contain_text("Nothing misbehaves")
    assert inspected.admin("/faults")["data"] == []


def test_coverage_grows_with_what_is_asked(inspected: Inspected) -> None:
    page = inspected.open("coverage")
    line = page.locator(".heat-line", has=page.get_by_role("heading", name="listBookings"))
    answered = line.get_by_role("link", name="200:")
    expect(answered).to_have_accessible_name("200: 0 exchanges")
    for _ in range(2):
        inspected.client.get("/v1/bookings?status=confirmed")
    expect(answered).to_have_accessible_name("200: 2 exchanges")
    expect(line.locator("summary")).to_have_text("1/7 parameters, 1/4 enum values")
    expect(page.locator(".share").first).to_contain_text("1 of ")
    answered.click()
    expect(inspected.lines).to_have_count(2)


def test_the_invitation_can_be_read(inspected: Inspected) -> None:
    inspected.open("outbox")
    person = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com",
              "phone": "+15551230000"}  # fmt: skip
    made = inspected.client.post("/v1/customers", json=person).json()["id"]
    first = inspected.lines.first
    expect(first).to_contain_text("ada@example.com")
    first.click()
    expect(inspected.detail).to_contain_text("Hello Ada Lovelace")
    inspected.detail.get_by_role("link", name=made).click()
    expect(inspected.detail.locator("pre.json")).to_contain_text("ada@example.com")


def test_a_mail_is_found_by_what_it_says(inspected: Inspected) -> None:
    inspected.cancel()
    page = inspected.open("outbox")
    page.get_by_label("Search").fill(SAMPLE)
    expect(inspected.lines).to_have_count(1)
    expect(inspected.lines.first).to_contain_text("cancel")
