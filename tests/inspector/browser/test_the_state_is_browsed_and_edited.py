"""The rows of a world: found, followed to what they name, changed and deleted when sound."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.inspector.browser.looking import SAMPLE, Inspected, Page, Route, expect

pytestmark = pytest.mark.xdist_group("inspector")


def test_collections_are_browsed_and_searched(inspected: Inspected) -> None:
    page = inspected.open("state")
    counts = inspected.admin(f"/worlds/{inspected.world}")["collections"]
    links = page.get_by_role("navigation", name="Collections").get_by_role("link")
    expect(links).to_have_count(len(counts))
    links.filter(has_text="bookings").click()
    expect(page.locator(".total")).to_have_text(f"{counts['bookings']} rows")
    page.get_by_label("Search").fill(SAMPLE)
    expect(inspected.lines).to_have_count(1)
    expect(inspected.lines.first).to_contain_text("confirmed")


def test_references_are_followed_both_ways(inspected: Inspected) -> None:
    inspected.open("state", f"collection=bookings&id={SAMPLE}")
    inspected.detail.locator("pre").get_by_role("link", name="cust_01HQ3K5M7N").click()
    expect(inspected.detail.get_by_role("heading").first).to_have_text("customers cust_01HQ3K5M7N")
    back = inspected.detail.get_by_role("link", name="of bookings")
    told = inspected.admin("/state/bookings?q=cust_01HQ3K5M7N")["total"]
    expect(back).to_have_text(f"{told} rows of bookings")
    back.click()
    expect(inspected.lines).to_have_count(told)


def test_a_row_stands_still_while_others_change(inspected: Inspected) -> None:
    page = inspected.open("state", f"collection=bookings&id={SAMPLE}")
    customer = "/v1/customers/cust_01HQ3K5M7N"
    inspected.client.patch(customer, json={"phone": "+15550100001"}).raise_for_status()
    expect(page.locator(".last-change summary")).to_contain_text("customers/cust_01HQ3K5M7N")
    element = inspected.detail.locator("pre").get_by_role("link").first.element_handle()
    for number in range(2, 4):
        with page.expect_response(lambda answer: "/state/outbox?" in answer.url):  # who names it?
            inspected.client.patch(customer, json={"phone": f"+1555010000{number}"})
    assert element.evaluate("node => node.isConnected")


def test_a_row_that_is_not_sound_is_refused_with_every_finding(inspected: Inspected) -> None:
    page = inspected.open("state", f"collection=bookings&id={SAMPLE}")
    page.get_by_role("button", name="Edit").click()
    area = page.get_by_role("textbox", name=f"bookings {SAMPLE} as JSON")
    before = area.input_value()
    area.fill(before.replace('"confirmed"', '"lost"').replace("120", '"long"'))
    page.get_by_role("button", name="Save").click()
    findings = inspected.detail.get_by_role("alert").get_by_role("listitem")
    expect(findings.filter(has_text=re.compile("^status is 'lost'"))).to_have_count(1)
    expect(findings.filter(has_text="duration_minutes is 'long'")).to_have_count(1)
    area.fill("{")
    page.get_by_role("button", name="Save").click()
    expect(inspected.detail.get_by_role("alert")).to_contain_text("This is no JSON")
    assert inspected.admin(f"/state/bookings/{SAMPLE}")["row"]["status"] == "confirmed"


def test_a_row_that_is_sound_is_saved(inspected: Inspected) -> None:
    page = inspected.open("state", f"collection=bookings&id={SAMPLE}")
    page.get_by_role("button", name="Edit").click()
    area = page.get_by_role("textbox", name=f"bookings {SAMPLE} as JSON")
    area.fill(area.input_value().replace('"city": "Eugene"', '"city": "Salem"'))
    area.press("Control+Enter")
    expect(inspected.detail.locator("pre.json")).to_contain_text('"city": "Salem"')
    assert inspected.client.get(f"/v1/bookings/{SAMPLE}").json()["address"]["city"] == "Salem"


def test_an_edit_outlives_an_answer_that_was_on_its_way(inspected: Inspected) -> None:
    page = inspected.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/__admin/state/bookings/{SAMPLE}*", hold)
    inspected.open("state", f"collection=bookings&id={SAMPLE}")
    _until(page, lambda: held)
    held.pop().continue_()
    page.get_by_role("button", name="Edit").wait_for()
    inspected.cancel()  # the row is asked for again, and the answer waits
    _until(page, lambda: held)
    page.get_by_role("button", name="Edit").click()
    with page.expect_response(lambda answer: SAMPLE in answer.url):
        held.pop().continue_()
    area = page.get_by_role("textbox", name=f"bookings {SAMPLE} as JSON")
    expect(area).to_be_visible()
    page.evaluate("() => new Promise((next) => setTimeout(next, 0))")
    expect(area).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")


def test_a_row_is_deleted_by_keys_alone_once_that_is_confirmed(inspected: Inspected) -> None:
    zone = {"id": "zone_new", "name": "New", "postal_codes": ["90210"]}
    inspected.client.put("/__admin/state/zones/zone_new", json=zone)
    page = inspected.open("state", "collection=zones&id=zone_new")
    expect(inspected.detail.locator("pre.json")).to_be_visible()
    page.locator("main").focus()
    page.keyboard.press("Delete")
    expect(page.get_by_role("dialog")).to_contain_text("zone_new of zones will be deleted")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert inspected.admin("/state/zones/zone_new")["row"].items() >= zone.items()
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("zone_new of zones is gone")
    expect(inspected.detail).to_be_hidden()
    expect(page.get_by_role("listbox", name="Rows")).to_be_focused()
    expect(inspected.lines.filter(has_text="zone_new")).to_have_count(0)
    assert inspected.client.get("/__admin/state/zones/zone_new").status_code == 404


def test_a_row_that_others_name_stays_and_they_are_listed(inspected: Inspected) -> None:
    page = inspected.open("state", "collection=customers&id=cust_01HQ3K5M7N")
    inspected.detail.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.locator("#toasts")).to_contain_text("is named by")
    expect(page.locator("#toasts")).to_contain_text(SAMPLE)
    expect(inspected.detail.locator("pre.json")).to_be_visible()
    assert inspected.admin("/state/customers/cust_01HQ3K5M7N")["row"]["id"] == "cust_01HQ3K5M7N"


def _until(page: Page, is_so: Callable[[], Any]) -> None:
    """Let the page work until something is so."""
    for _ in range(1000):
        if is_so():
            return
        page.wait_for_timeout(10)
    raise AssertionError("not within 10 s")


def test_what_the_last_exchange_changed_is_marked(inspected: Inspected) -> None:
    page = inspected.open("state", f"collection=bookings&id={SAMPLE}")
    inspected.cancel()
    expect(page.locator(".last-change summary")).to_contain_text(f"bookings/{SAMPLE}")
    expect(page.locator("mark", has_text='"cancelled"').first).to_be_visible()
    collections = page.get_by_role("navigation", name="Collections")
    expect(collections.get_by_role("link", name="outbox")).to_contain_text("changed")
